"""Queries over a store: candidates from the indexes, each put to the test, newest first and only as far as asked.

A query that matches rarely must look at many candidates. So an `Answer` remembers how far it got, and is taken further
in slices of time: the first page comes at once, the total grows until the search is complete.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sitmon import query as q
from sitmon.model import Item, Story
from sitmon.store import Store

Told = Callable[[Item], tuple[Item, Story | None]]
"""A stored item -> the item as officers corrected it, and its story, if it is held."""

CHUNK = 200
"""Candidates between two looks at the time: about 20 ms of decoding and testing."""


def find(store: Store, query: q.Query, told: Told, now: datetime) -> Iterator[Item]:
    """Every stored item that matches, newest first."""
    for item, story in map(told, store.items(store.ids(q.narrow(query, now)))):
        if q.matches(query, item, story, now):
            yield item


@dataclass(slots=True)
class Answer:
    """The ids and times that match a query, as far as was looked."""

    query: q.Query
    now: datetime
    candidates: Sequence[str]
    matched: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    """POSIX times of `matched`, negated so that they ascend."""
    looked: int = 0

    @property
    def is_complete(self) -> bool:
        return self.looked >= len(self.candidates)

    def further(self, store: Store, told: Told, *, wanted: int, seconds: float) -> None:
        """Look on until `wanted` have matched, the time is used up, or nothing is left to look at."""
        until = time.monotonic() + seconds
        while not self.is_complete and len(self.matched) < wanted:
            for item, story in map(told, store.items(self.candidates[self.looked : self.looked + CHUNK])):
                if q.matches(self.query, item, story, self.now):
                    self.matched.append(item.id)
                    self.times.append(-item.when.timestamp())
            self.looked += CHUNK
            if time.monotonic() > until:
                return


def ask(store: Store, query: q.Query, now: datetime) -> Answer:
    return Answer(query, now, store.ids(q.narrow(query, now)))
