"""Alarm floods as ISA-18.2 counts them: more than 10 alerts in 10 minutes, until fewer than 5."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SPAN = timedelta(minutes=10)
START = 10
END = 5


@dataclass(slots=True)
class Flood:
    """Told of each firing that would ring. `since` is when the flood that is on began, None for none."""

    since: datetime | None = None
    _rings: deque[datetime] = field(default_factory=deque)

    def ring(self, now: datetime) -> None:
        self._rings.append(now)
        self.pass_time(now)

    def pass_time(self, now: datetime) -> None:
        while self._rings and self._rings[0] <= now - SPAN:
            self._rings.popleft()
        if self.since is None and len(self._rings) > START:
            self.since = now
        elif self.since is not None and len(self._rings) < END:
            self.since = None

    @property
    def rate(self) -> int:
        """Firings in the last 10 minutes, as of the time last passed."""
        return len(self._rings)


def floods(rings: Iterable[datetime]) -> tuple[tuple[datetime, datetime], ...]:
    """Start and end of every flood among the times of alerts."""
    found: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    rate = 0
    for at, step in sorted((time, step) for ring in rings for time, step in ((ring, 1), (ring + SPAN, -1))):
        rate += step
        if since is None and rate > START:
            since = at
        elif since is not None and rate < END:
            found.append((since, at))
            since = None
    return tuple(found)


def load(rings: Iterable[datetime], now: datetime) -> tuple[int, bool]:
    """How many rang in the last 10 minutes, and whether a flood is on, which ends later than it began."""
    times = [ring for ring in rings if now - timedelta(days=1) < ring <= now]
    rate = sum(ring > now - SPAN for ring in times)
    return rate, any(end > now for _, end in floods(times))
