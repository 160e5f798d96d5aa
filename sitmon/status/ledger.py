"""What weighs on one region: masses of stories by time, kept so that a new one costs the same at any size.

All masses fade alike, so their order never changes: a story's rank is fixed when it is put in. Sums are kept in
buckets of six hours, each faded to its end, from which the sum at any bucket's start, and now, is read off.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import log2

from sitmon.status.formula import HALF_LIFE, POWER, fade

BUCKET = timedelta(hours=6)
SPAN = timedelta(days=28)
"""After so long a mass has faded to less than a trillionth."""
STEP = fade(BUCKET)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Part:
    mass: float
    at: datetime
    rank: float


@dataclass(slots=True)
class Ledger:
    parts: dict[str, Part] = field(default_factory=dict)
    ranked: list[tuple[float, str]] = field(default_factory=list)
    """Negated rank and key, the heaviest first."""
    buckets: dict[int, float] = field(default_factory=dict)

    def put(self, key: str, mass: float, at: datetime) -> None:
        """Set what `key` weighs; nothing, to take it out."""
        old = self.parts.get(key)
        if old is not None:
            if old.mass == mass and old.at == at:
                return
            del self.parts[key]
            del self.ranked[bisect_left(self.ranked, (-old.rank, key))]
            self._add(-old.mass, old.at)
        if mass > 0:
            part = Part(mass, at, log2(mass) + POWER * ((at - _EPOCH) / HALF_LIFE))
            self.parts[key] = part
            insort(self.ranked, (-part.rank, key))
            self._add(mass, at)

    def _add(self, mass: float, at: datetime) -> None:
        number = bucket(at)
        total = self.buckets.get(number, 0.0) + mass * fade(_edge(number + 1) - at)
        if total > 1e-12:
            self.buckets[number] = total
        else:
            self.buckets.pop(number, None)

    def total(self, now: datetime) -> float:
        """Sum of the masses; all of them lie before now."""
        last = bucket(now) + 1
        return self.course((last,))[0] * fade(now - _edge(last))

    def course(self, starts: Sequence[int]) -> list[float]:
        """Sums as they were at the starts of these buckets, which are in rising order."""
        sums: list[float] = []
        waiting = sorted(self.buckets, reverse=True)
        total, edge = 0.0, 0
        for start in starts:
            while waiting and waiting[-1] < start:
                number = waiting.pop()
                total = total * STEP ** (number + 1 - edge) + self.buckets[number]
                edge = number + 1
            sums.append(total * STEP ** (start - edge))
        return sums

    def top(self, now: datetime, count: int) -> tuple[tuple[str, float], ...]:
        """The heaviest keys with their masses now, the heaviest first."""
        found = ((key, self.parts[key]) for _, key in self.ranked[:count])
        return tuple((key, part.mass * fade(now - part.at)) for key, part in found)

    def forget(self, now: datetime) -> tuple[str, ...]:
        """Take out what has faded away; returns the keys."""
        gone = tuple(key for key, part in self.parts.items() if part.at < now - SPAN)
        for key in gone:
            self.put(key, 0.0, now)
        return gone


def bucket(at: datetime) -> int:
    """Number of the bucket that holds a time; at midnight UTC it is a multiple of four."""
    return (at - _EPOCH) // BUCKET


def _edge(number: int) -> datetime:
    return _EPOCH + number * BUCKET
