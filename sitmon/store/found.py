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

from sitmon.store.ranks import before


@dataclass(frozen=True, slots=True)
class View:
    """Matches of one part: `ranks[low:high]`, in a part whose ranks are in the order of their times `whens`."""

    ranks: Sequence[int]
    whens: Sequence[int]
    id_at: Callable[[int], str]
    """Rank to item id."""
    low: int
    high: int

    @staticmethod
    def between(
        ranks: Sequence[int],
        whens: Sequence[int],
        id_at: Callable[[int], str],
        since: int | None = None,
        until: int | None = None,
    ) -> View:
        """Only what lies in the times, both included."""
        low = 0 if since is None else before(ranks, bisect_left(whens, since))
        high = len(ranks) if until is None else before(ranks, bisect_right(whens, until))
        return View(ranks, whens, id_at, low, max(low, high))

    def __len__(self) -> int:
        return self.high - self.low

    def time(self, place: int) -> int:
        return self.whens[self.ranks[place]]

    def after(self, time: int, low: int, high: int) -> int:
        """The first place from `low` to `high` whose time is later."""
        return min(max(before(self.ranks, bisect_right(self.whens, time)), low), high)

    def at(self, time: int, low: int, high: int) -> int:
        """The first place from `low` to `high` whose time is this or later."""
        return min(max(before(self.ranks, bisect_left(self.whens, time)), low), high)

    def down(self, end: int, order: int) -> Iterator[tuple[int, int, int]]:
        """(time, order, place) of places `end - 1` down."""
        return ((self.time(place), order, place) for place in range(end - 1, self.low - 1, -1))


class Found(Sequence[str]):
    """Item ids, newest first; among equal times those of later parts, then those stored later, come first."""

    def __init__(self, views: Sequence[View]) -> None:
        """`views` in the order in which their parts were stored."""
        self._views = [view for view in views if len(view)]
        self._length = sum(map(len, self._views))

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
        ends = _ends(self._views, start) if start else [view.high for view in self._views]
        if len(self._views) == 1:
            view = self._views[0]
            return (view.id_at(view.ranks[place]) for place in range(ends[0] - 1, view.low - 1, -1))
        streams = [view.down(end, order) for order, (view, end) in enumerate(zip(self._views, ends, strict=True))]
        newest = merge(*streams, reverse=True)
        return (self._views[order].id_at(self._views[order].ranks[place]) for _, order, place in newest)


def _ends(views: Sequence[View], skip: int) -> list[int]:
    """Up to which place each view remains when the `skip` newest of all are left out."""
    lows = [view.low for view in views]
    highs = [view.high for view in views]
    while True:
        width, widest = max((high - low, n) for n, (low, high) in enumerate(zip(lows, highs, strict=True)))
        if not width:
            return highs
        time = views[widest].time((lows[widest] + highs[widest]) // 2)
        after = [view.after(time, low, high) for view, low, high in zip(views, lows, highs, strict=True)]
        newer = sum(highs) - sum(after)
        if newer > skip:
            lows = after
            continue
        at = [view.at(time, low, high) for view, low, high in zip(views, lows, after, strict=True)]
        skip -= newer
        equal = sum(after) - sum(at)
        if equal > skip:
            return _within_equal(after, at, skip)
        skip -= equal
        highs = at


def _within_equal(highs: list[int], lows: list[int], skip: int) -> list[int]:
    """Of equal times, later parts come first: leave out from those."""
    ends = list(highs)
    for v in range(len(highs) - 1, -1, -1):
        take = min(skip, highs[v] - lows[v])
        ends[v] -= take
        skip -= take
    return ends
