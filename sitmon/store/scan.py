"""Reading a journal in order: whole transactions, what is damaged in between, and where the good part ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from sitmon.store.lines import Line, decode

LONGEST = 64 * 1024 * 1024
"""Bytes of a line: more without an end is damage (a run of zeros), and is not read into memory at once."""


class Placed(NamedTuple):
    """A good line and the byte at which it starts."""

    offset: int
    line: Line


class Bad(NamedTuple):
    """Bytes that are no line, though something follows them."""

    offset: int
    raw: bytes


@dataclass(slots=True)
class Scan:
    """One pass over a journal from `end` on; iterating it moves `end` behind each transaction that is whole.

    A transaction that the file's end cuts off is not yielded: to its writer it is a torn tail, to a follower one that
    is still being written. A damaged line in the middle costs only itself: what was written after it shows that its
    transaction was complete once.
    """

    file: BinaryIO
    end: int
    bad: list[Bad] = field(default_factory=list)
    torn: int = 0
    """Bytes after `end`, known when the pass is over."""

    def __iter__(self) -> Iterator[list[Placed]]:
        pending: list[Placed] = []
        closed_by_damage = False
        offset = self.end
        self.file.seek(offset)
        while (raw := self.file.readline(LONGEST)).endswith(b"\n") or len(raw) == LONGEST:
            start, offset = offset, offset + len(raw)
            line = decode(raw)
            if line is None:
                self.bad.append(Bad(start, raw))
                closed_by_damage = True
                continue
            if pending and line.remaining >= pending[-1].line.remaining:
                self.end = start
                yield pending
                pending = []
            closed_by_damage = False
            pending.append(Placed(start, line))
            if line.remaining == 0:
                self.end = offset
                yield pending
                pending = []
        if closed_by_damage:
            self.end = offset
            yield pending
        self.torn = offset + len(raw) - self.end
