"""Answers: the matches of several parts of the index as one sequence, newest first, that is never merged as a whole.

A part (a segment or the tail) knows its matches in the order of their times. A page from the middle needs the element
at one position of all of them together: times are halved until the count above is right, then 200 are merged.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import overload


@dataclass(frozen=True, slots=True)
class View:
    """Matches of one part: `ranks` in ascending order of `whens[rank]`, and how to read an id."""

    ranks: Sequence[int]
    whens: Sequence[int]
    id_at: Callable[[int], str]
    """Rank to item id."""

    def above(self, time: int, low: int, high: int) -> int:
        """The first place in `ranks[low:high]` whose time is later."""
        return bisect_right(self.ranks, time, low, high, key=self.whens.__getitem__)

    def between(self, since: int | None, until: int | None) -> View:
        """Only what lies in the times, both included."""
        key = self.whens.__getitem__
        low = 0 if since is None else bisect_left(self.ranks, since, key=key)
        high = len(self.ranks) if until is None else bisect_right(self.ranks, until, key=key)
        return View(self.ranks[low : max(low, high)], self.whens, self.id_at)

    def down(self, end: int, order: int) -> Iterator[tuple[int, int, int]]:
        """(time, order, rank) of places `end - 1` to 0."""
        for place in range(end - 1, -1, -1):
            rank = self.ranks[place]
            yield self.whens[rank], order, rank


class Found(Sequence[str]):
    """Item ids, newest first; among equal times those of later parts, then those stored later, come first."""

    def __init__(self, views: Sequence[View]) -> None:
        """`views` in the order in which their parts were stored."""
        self._views = [view for view in views if len(view.ranks)]
        self._length = sum(len(view.ranks) for view in self._views)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._length)
            if step != 1:
                return [self[i] for i in range(start, stop, step)]
            return list(islice(self._from(start), max(0, stop - start)))
        place = index + self._length if index < 0 else index
        if not 0 <= place < self._length:
            raise IndexError(index)
        return next(self._from(place))

    def __iter__(self) -> Iterator[str]:
        return self._from(0)

    def _from(self, start: int) -> Iterator[str]:
        ends = _ends(self._views, start) if start else [len(view.ranks) for view in self._views]
        streams = [view.down(end, order) for order, (view, end) in enumerate(zip(self._views, ends, strict=True))]
        for _, order, rank in merge(*streams, reverse=True):
            yield self._views[order].id_at(rank)


def _ends(views: Sequence[View], skip: int) -> list[int]:
    """How many matches of each view remain when the `skip` newest of all are left out."""
    lows = [0 for _ in views]
    highs = [len(view.ranks) for view in views]
    skipped = 0
    while True:
        widest = max(range(len(views)), key=lambda v: highs[v] - lows[v])
        view = views[widest]
        if highs[widest] == lows[widest]:
            return highs
        time = view.whens[view.ranks[(lows[widest] + highs[widest]) // 2]]
        above = [v.above(time, low, high) for v, low, high in zip(views, lows, highs, strict=True)]
        newer = sum(highs) - sum(above)
        if skipped + newer > skip:
            lows = above
            continue
        since = [
            bisect_left(v.ranks, time, low, high, key=v.whens.__getitem__)
            for v, low, high in zip(views, lows, above, strict=True)
        ]
        skipped += newer
        equal = sum(above) - sum(since)
        if skipped + equal > skip:
            return _within_equal(above, since, skip - skipped)
        skipped += equal
        highs = since


def _within_equal(highs: list[int], lows: list[int], skip: int) -> list[int]:
    """Of equal times, later parts come first: leave out from those."""
    ends = list(highs)
    for v in range(len(highs) - 1, -1, -1):
        take = min(skip, highs[v] - lows[v])
        ends[v] -= take
        skip -= take
    return ends
