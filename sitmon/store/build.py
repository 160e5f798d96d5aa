"""Making segments: of a tail, and of several segments that follow each other."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sitmon.store.layout import Columns, Other, Span, write
from sitmon.store.segment import Segment, digest
from sitmon.store.tail import Tail

_NONE = 0xFFFFFFFF
"""Rank of an item that is left out."""


def seal(path: Path, span: Span, tail: Tail, others: Sequence[Other]) -> None:
    """Write what the tail holds. OSError."""
    order = tail.matches(())
    columns = Columns(
        array("q", [tail.whens[old] for old in order]),
        array("Q", [tail.offsets[old] for old in order]),
        array("q", [tail.seen[old] for old in order]),
        array("Q", [digest(tail.id_at(old)) for old in order]),
    )
    write(path, span, columns, _postings([tail.terms[old] for old in order]), map(digest, tail.gone), others)


def _postings(terms: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Hashes of terms, sorted, and the ranks of the items that have them; each item's terms come one a line."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for rank, found in enumerate(terms):
        for term in found.split("\n"):
            postings[term].append(rank)
    yield from sorted([(digest(term), ranks) for term, ranks in postings.items()])


def join(path: Path, segments: Sequence[Segment], dead: Sequence[Set[int]]) -> None:
    """Write one segment in place of several, in the order of the journal, without the `dead` ranks of each. OSError."""
    columns, maps = _joined(segments, dead)
    first, last = segments[0].span, segments[-1].span
    sums = tuple(stretch for segment in segments for stretch in segment.span.sums)
    span = Span(first.generation, first.start, last.end, sums, sum(segment.span.lines for segment in segments))
    others = {(table, doc_id): offset for segment in segments for table, doc_id, offset in segment.others}
    gone = {id_hash for segment in segments for id_hash in segment.gone}
    listed = [(table, doc_id, offset) for (table, doc_id), offset in others.items()]
    write(path, span, columns, _mapped(segments, maps), gone, listed)


def move(
    path: Path, segment: Segment, dead: Set[int], moved: Mapping[int, int], span: Span, others: Sequence[Other]
) -> None:
    """Write a segment again for a copy of its journal, in which offsets have moved. OSError."""
    lost = {rank for rank, offset in enumerate(segment.offsets) if offset not in moved}
    columns, maps = _joined([segment], [lost | dead])
    columns.offsets = array("Q", map(moved.__getitem__, columns.offsets))
    write(path, span, columns, _mapped([segment], maps), segment.gone, others)


def _joined(segments: Sequence[Segment], dead: Sequence[Set[int]]) -> tuple[Columns, list[array[int]]]:
    """The columns of all in the order of their times, and for each segment the new rank of each old one."""
    old = Columns()
    keep: list[int] = []
    bases: list[int] = []
    for segment, gone in zip(segments, dead, strict=True):
        base = len(old.whens)
        bases.append(base)
        old.whens.extend(segment.whens)
        old.offsets.extend(segment.offsets)
        old.seen.extend(segment.seen)
        old.hashes.extend(segment.hashes())
        keep.extend(base + rank for rank in range(len(segment.whens)) if rank not in gone)
    keep.sort(key=old.whens.__getitem__)
    new = array("I", [_NONE]) * len(old.whens)
    for rank, place in enumerate(keep):
        new[place] = rank
    columns = Columns(
        array("q", map(old.whens.__getitem__, keep)),
        array("Q", map(old.offsets.__getitem__, keep)),
        array("q", map(old.seen.__getitem__, keep)),
        array("Q", map(old.hashes.__getitem__, keep)),
    )
    return columns, [new[b : b + len(segment.whens)] for b, segment in zip(bases, segments, strict=True)]


def _mapped(segments: Sequence[Segment], maps: Sequence[array[int]]) -> Iterator[tuple[int, list[int]]]:
    streams = [_keyed(segment, ranks) for segment, ranks in zip(segments, maps, strict=True)]
    for key, same in groupby(merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        found = sorted(rank for _, ranks in same for rank in ranks if rank != _NONE)
        if found:
            yield key, found


def _keyed(segment: Segment, new: array[int]) -> Iterator[tuple[int, list[int]]]:
    for key, ranks in segment.postings():
        yield key, [new[rank] for rank in ranks]
