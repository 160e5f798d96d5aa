"""The packed gazetteer's format: columns of places and of their names, written by the build, read by `tag.gazetteer`.

A file is one zlib stream of a JSON line, which tells the length of each column in bytes, and then the columns.
Numbers are little-endian arrays; texts are UTF-8 with a newline between entries.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Container, Iterable, Mapping
from typing import TypeAlias

FORMS = ("name", "demonym", "abbreviation", "spelling")
"""What an alias is; `spelling` is what a settlement is called besides its name."""
KINDS = ("area", "country", "admin1", "place")
SEATS = ("", "capital", "seat", "town", "district")

FORM_BITS = 3
CASED_BIT, LOWER_BIT, CONTEXT_BIT, TAIL_BIT = 4, 8, 16, 32
"""Of an alias' flag byte; the lowest two bits are its form. TAIL: the last word begins with a small letter."""

WEIGHT_SCALE = 25
DEGREES = 100
"""Coordinates are hundredths of a degree: a kilometre."""

Column: TypeAlias = "array[int] | list[str]"


def bloom_bits(word: str, size: int) -> tuple[int, ...]:
    """The bits of a word in a Bloom filter of `size` bits: seven, from two checksums."""
    one, two = zlib.crc32(word.encode()), zlib.adler32(word.encode()) * 2654435761
    return tuple((one + n * two) % size for n in range(7))


def bloom(words: Iterable[str], size: int) -> array[int]:
    """A Bloom filter of the words, as bytes."""
    bits = array("B", bytes(size // 8))
    for word in words:
        for n in bloom_bits(word, size):
            bits[n >> 3] |= 1 << (n & 7)
    return bits


def packed(columns: Mapping[str, Column]) -> bytes:
    """The columns as one file; the same columns give the same bytes on every machine."""
    blobs = {name: _blob(column) for name, column in columns.items()}
    kinds = {name: [c.typecode if isinstance(c, array) else "", len(blobs[name])] for name, c in columns.items()}
    return zlib.compress(json.dumps(kinds).encode() + b"\n" + b"".join(blobs.values()), 9)


def unpacked(data: bytes, whole: Container[str] = ()) -> tuple[dict[str, Column], dict[str, bytes]]:
    """The columns, and those of text named in `whole` as bytes: what is large is sooner read in parts."""
    raw = zlib.decompress(data)
    end = raw.index(b"\n")
    columns: dict[str, Column] = {}
    blocks: dict[str, bytes] = {}
    view = memoryview(raw)
    start = end + 1
    for name, (code, length) in json.loads(raw[:end]).items():
        if name in whole:
            blocks[name] = bytes(view[start : start + length])
        else:
            columns[name] = _column(code, view[start : start + length])
        start += length
    return columns, blocks


def _blob(column: Column) -> bytes:
    if isinstance(column, list):
        return "\n".join(column).encode()
    if sys.byteorder == "big":
        column = array(column.typecode, column)
        column.byteswap()
    return column.tobytes()


def _column(code: str, blob: memoryview) -> Column:
    if not code:
        return str(blob, "utf-8").split("\n")
    column = array(code)
    column.frombytes(blob)
    if sys.byteorder == "big":
        column.byteswap()
    return column
