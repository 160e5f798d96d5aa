"""The timeline's pages: articles and the events they tell as one sequence, newest first, woven where it is looked at.

Articles are counted in the store's index and events in memory, so a page from the middle of a million lines costs what
its two hundred lines cost.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime

from sitmon.picture import Row

Articles = Callable[[int, int], Sequence[Row]]
"""Article lines from a start to a stop, newest first."""

NewerThan = Callable[[datetime], int]
"""How many articles are newer than a time."""


def window(
    offset: int,
    limit: int,
    articles: Articles,
    events: Sequence[Row],
    newer_than: NewerThan,
) -> tuple[Row, ...]:
    """Lines `offset` to `offset + limit`. `articles(start, stop)` gives article lines; `events` are newest first."""

    def place(index: int) -> int:
        """Line at which an event stands: articles newer than it, and the events before it."""
        return newer_than(events[index].when) + index

    first = bisect_left(range(len(events)), offset, key=place)
    last = bisect_left(range(len(events)), offset + limit, lo=first, key=place)
    placed = {place(index): events[index] for index in range(first, last)}
    told = iter(articles(offset - first, offset - first + limit - len(placed)))
    woven = (placed.get(line) or next(told, None) for line in range(offset, offset + limit))
    return tuple(row for row in woven if row is not None)
