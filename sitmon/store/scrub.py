"""Finding damage in what an index covers, without reading it line by line.

Opening a month trusts its index and reads only what came after it. So that a flipped bit in an old line is noticed
before somebody asks for that very line, the stretches that were sealed are summed up again and compared; only one
that differs is read by lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitmon.store.damage import Notices, quarantine
from sitmon.store.file import JournalFile
from sitmon.store.index import ItemIndex
from sitmon.store.scan import Bad, Scan

Stretch = tuple[int, int, int]
"""Start, end, checksum."""

AT_ONCE = 16 * 1024 * 1024
"""Bytes of a month that are summed while opening, in some 8 ms once they are in memory; more is done beside the writer,
so that opening a year does not read a gigabyte from a disk."""


def differing(file: JournalFile, stretches: list[Stretch]) -> list[Stretch]:
    """Those whose bytes are not what they were when they were sealed."""
    return [(start, end, total) for start, end, total in stretches if file.checksum(start, end) != total]


def heal(file: JournalFile, index: ItemIndex, stretches: list[Stretch], notices: Notices) -> None:
    """Quarantine the damaged lines, and take the items that stood in them out of the index."""
    for stretch in stretches:
        for bad in _bad_lines(file, stretch):
            quarantine(file, bad, notices)
            index.kill_between(bad.offset, bad.offset + len(bad.raw))


def _bad_lines(file: JournalFile, stretch: Stretch) -> Iterator[Bad]:
    start, end, _ = stretch
    scan = Scan(file.scanner(), start)
    with scan.file:
        for _ in scan:
            if scan.end >= end:
                break
    return (bad for bad in scan.bad if bad.offset < end)
