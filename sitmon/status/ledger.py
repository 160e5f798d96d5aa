"""What weighs on one region: masses of stories by time, kept so that a new one costs the same at any size.

All masses fade alike, so their order never changes: a story's rank is fixed when it is put in. Sums are kept in
buckets of six hours, each faded to its end, from which the sum at any bucket's start, and now, is read off.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import nsmallest
from math import log2
from typing import Final

from sitmon.status.formula import HALF_LIFE, POWER, fade

BUCKET: Final = timedelta(hours=6)
SPAN: Final = timedelta(days=28)
"""After so long a mass has faded to less than a trillionth."""
STEP: Final = fade(BUCKET)
RANKED: Final = 16
"""Heaviest parts of a ledger that are kept in order: more than are ever shown, so that some may go."""
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


class Clock:
    """When a mass was whole, and what follows for all that are of that time."""

    def __init__(self, at: datetime) -> None:
        since = at - _EPOCH
        number, gone = divmod(since, BUCKET)
        self.at = at
        self.rank = POWER * (since / HALF_LIFE)
        self.bucket = number
        self.rest = fade(BUCKET - gone)
        """What is left of a mass at the end of the bucket."""


class Part:
    """A mass, with all that ledgers ask of it: worked out once for all regions that it weighs on."""

    def __init__(self, mass: float, clock: Clock) -> None:
        self.mass = mass
        self.at = clock.at
        self.rank = log2(mass) + clock.rank
        self.bucket = clock.bucket
        self.rest = mass * clock.rest


def part(mass: float, clock: Clock) -> Part | None:
    """None for no mass."""
    return Part(mass, clock) if mass > 0 else None


@dataclass(slots=True)
class Ledger:
    parts: dict[str, Part] = field(default_factory=dict)
    buckets: dict[int, float] = field(default_factory=dict)
    _ranked: list[tuple[float, str]] = field(default_factory=list)
    """Negated rank and key of the heaviest, the heaviest first: not all, and none where a lighter one is missing."""

    def put(self, key: str, part: Part | None) -> None:
        """Set what `key` weighs; None, to take it out."""
        old = self.parts.get(key)
        if old is not None:
            if part is not None and old.mass == part.mass and old.at == part.at:
                return
            self._take_out(key, old)
        if part is not None:
            self._put_in(key, part)

    def _take_out(self, key: str, old: Part) -> None:
        del self.parts[key]
        rank = -old.rank, key
        if self._ranked and rank <= self._ranked[-1]:
            del self._ranked[bisect_left(self._ranked, rank)]
        self._add(old.bucket, -old.rest)

    def _put_in(self, key: str, part: Part) -> None:
        rank = -part.rank, key
        if len(self._ranked) == len(self.parts) or (self._ranked and rank < self._ranked[-1]):
            insort(self._ranked, rank)
            del self._ranked[RANKED:]
        self.parts[key] = part
        self._add(part.bucket, part.rest)

    def _add(self, number: int, rest: float) -> None:
        total = self.buckets.get(number, 0.0) + rest
        if total > 1e-12:
            self.buckets[number] = total
        else:
            self.buckets.pop(number, None)

    def course(self, starts: Sequence[int], now: datetime) -> tuple[list[float], float]:
        """Sums of the masses as they were at the starts of these buckets, which are in rising order, and as it is now.

        All masses lie before now, and no start lies after it.
        """
        sums: list[float] = []
        waiting = sorted(self.buckets, reverse=True)
        total, edge, last = 0.0, 0, bucket(now) + 1
        for start in (*starts, last):
            while waiting and waiting[-1] < start:
                number = waiting.pop()
                total = total * STEP ** (number + 1 - edge) + self.buckets[number]
                edge = number + 1
            sums.append(total * STEP ** (start - edge) if total else 0.0)
        return sums, sums.pop() * fade(now - _edge(last))

    def top(self, now: datetime, count: int) -> tuple[tuple[str, float], ...]:
        """The heaviest keys with their masses now, the heaviest first; at most `RANKED`."""
        if len(self._ranked) < min(count, len(self.parts)):
            self._ranked = nsmallest(RANKED, [(-part.rank, key) for key, part in self.parts.items()])
        found = [(key, self.parts[key]) for _, key in self._ranked[:count]]
        return tuple([(key, part.mass * fade(now - part.at)) for key, part in found])

    def forget(self, now: datetime) -> tuple[str, ...]:
        """Take out what has faded away; returns the keys."""
        since = now - SPAN
        gone = tuple([key for key, part in self.parts.items() if part.at < since])
        for key in gone:
            self.put(key, None)
        return gone


def bucket(at: datetime) -> int:
    """Number of the bucket that holds a time; at midnight UTC it is a multiple of four."""
    return (at - _EPOCH) // BUCKET


def _edge(number: int) -> datetime:
    return _EPOCH + number * BUCKET
