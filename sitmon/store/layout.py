"""The file of a segment: sections of arrays of fixed width, and at its end a footer that says where each lies.

The footer also says of which stretch of which journal the segment was made, and a checksum covers everything: a file
that is damaged, cut short, or of another machine's byte order is refused as a whole.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from sitmon.store.ranks import bitmap

_MAGIC = b"sitmonS1"
_TAIL = 4 + 8 + len(_MAGIC)
"""Bytes after the footer: checksum, length of the footer, magic."""
_BLOCK = 1 << 20
_DENSE = 96
"""A posting with more than one in 96 of the ranks becomes a bitmap. That is smaller from one in 32 on; the rest costs
1 % more disk, and halves the time of joining the dozen countries of an area."""


@dataclass(slots=True)
class Columns:
    """What a segment holds of each item, by rank, but for its keys."""

    whens: array[int] = field(default_factory=lambda: array("q"))
    offsets: array[int] = field(default_factory=lambda: array("Q"))
    seen: array[int] = field(default_factory=lambda: array("q"))
    hashes: array[int] = field(default_factory=lambda: array("Q"))
    """Of ids."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of which journal a segment covers."""

    generation: str
    start: int
    end: int
    sums: tuple[tuple[int, int, int], ...]
    """Start, end and checksum of stretches of the journal, for noticing damage without reading line by line."""
    lines: int
    """Item lines in it, those included that no longer count."""


Other = tuple[str, str, int | None]
"""A document of another table: table, id, and its offset or None where it was removed."""


def write(
    path: Path,
    span: Span,
    columns: Columns,
    postings: Iterable[tuple[int, Sequence[int]]],
    gone: Iterable[int],
    others: Sequence[Other],
) -> None:
    """Write a segment, there as a whole or not at all. `postings` come in the order of their hashes. OSError."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with temporary.open("wb") as file:
            _fill(_Writer(file.write), span, columns, postings, gone, others)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _fill(
    out: _Writer,
    span: Span,
    columns: Columns,
    postings: Iterable[tuple[int, Sequence[int]]],
    gone: Iterable[int],
    others: Sequence[Other],
) -> None:
    order = sorted(range(len(columns.hashes)), key=columns.hashes.__getitem__)
    sparse = _Sparse(len(columns.whens))
    out.section("whens", [columns.whens])
    out.section("offsets", [columns.offsets])
    out.section("seen", [columns.seen])
    out.section("ids", [array("Q", map(columns.hashes.__getitem__, order))])
    out.section("id_ranks", [array("I", order)])
    out.section("gone", [array("Q", sorted(gone))])
    out.section("postings", sparse.blocks(postings))
    out.section("keys", [sparse.keys])
    out.section("starts", [sparse.starts])
    out.section("dense", [array("Q", sparse.dense)])
    out.section("bitmaps", sparse.dense.values())
    about = {"generation": span.generation, "start": span.start, "end": span.end, "sums": span.sums}
    out.footer(**about, lines=span.lines, order=sys.byteorder, others=others)


class _Sparse:
    """Postings of few ranks, on their way to the file; what has many is kept back, as bitmaps."""

    def __init__(self, size: int) -> None:
        self.keys = array("Q")
        self.starts = array("I", [0])
        self.dense: dict[int, bytearray] = {}
        self._size = size

    def blocks(self, postings: Iterable[tuple[int, Sequence[int]]]) -> Iterator[array[int]]:
        block = array("I")
        total = 0
        for key, ranks in postings:
            if len(ranks) * _DENSE > self._size:
                self.dense[key] = bitmap(ranks, self._size)
                continue
            block.extend(ranks)
            total += len(ranks)
            self.keys.append(key)
            self.starts.append(total)
            if len(block) >= 1 << 16:
                yield block
                block = array("I")
        yield block


class _Writer:
    def __init__(self, put: Callable[[bytes], object]) -> None:
        self._put = put
        self._at = 0
        self._sum = 0
        self._sections: dict[str, tuple[int, int]] = {}

    def section(self, name: str, arrays: Iterable[array[int] | bytearray]) -> None:
        start = self._at
        for values in arrays:
            self._write(bytes(values))
        self._sections[name] = (start, self._at)
        self._write(bytes(-self._at % 8))

    def footer(self, **about: Any) -> None:
        footer = json.dumps({"sections": self._sections, **about}).encode()
        self._write(footer)
        self._put(self._sum.to_bytes(4, "little") + len(footer).to_bytes(8, "little") + _MAGIC)

    def _write(self, data: bytes) -> None:
        self._sum = crc32(data, self._sum)
        self._at += len(data)
        self._put(data)


def footer(path: Path) -> dict[str, Any]:
    """What the footer says. ValueError when the checksum or the byte order is wrong, OSError when it cannot be read."""
    size = path.stat().st_size
    with path.open("rb", buffering=0) as file:
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
        if len(tail) < _TAIL or not tail.endswith(_MAGIC):
            raise ValueError("no segment")
        length = int.from_bytes(tail[4:12], "little")
        if not 0 < length <= size - _TAIL:
            raise ValueError("no footer")
        if _sum(file, size - _TAIL) != int.from_bytes(tail[:4], "little"):
            raise ValueError("checksum")
        file.seek(size - _TAIL - length)
        about: dict[str, Any] = json.loads(file.read(length))
    if about["order"] != sys.byteorder:
        raise ValueError("byte order")
    return about


def _sum(file: Any, size: int) -> int:
    """Read in blocks, not through the map: pages that are only checked need not stay in memory."""
    file.seek(0)
    total = 0
    block = memoryview(bytearray(_BLOCK))
    while size > 0:
        got = file.readinto(block[: min(_BLOCK, size)])
        if not got:
            break
        total = crc32(block[:got], total)
        size -= got
    return total
