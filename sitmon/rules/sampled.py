"""What was watched, and since when: so that nothing is taken for quiet that was never looked at.

A baseline is only worth the hours in which items came in at all, and the feeds that were being read then.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sitmon.model import Item

WEEK: Final = timedelta(days=7)
IN_WEEK: Final = 7 * 24
"""Hours."""
LONGEST: Final = 54 * IN_WEEK
"""No rule looks back farther than a year: in hours."""


@dataclass(slots=True)
class Sampled:
    """Told of every item, whatever the rules ask for."""

    starts: dict[str, datetime] = field(default_factory=dict)
    """When each feed was first read, as far as its items tell."""
    since: datetime | None = None
    _hours: set[int] = field(default_factory=set)
    """Those in which anything came, counted from the epoch."""
    _swept: datetime | None = None

    def take(self, item: Item) -> None:
        at = item.first_seen
        self.since = min(self.since or at, at)
        self.starts[item.feed] = min(self.starts.get(item.feed, at), at)
        self._hours.add(_hour(at))

    def is_live(self, item: Item) -> bool:
        """Whether it was published while its feed was being read: the past that a first poll finds is no sample."""
        return item.when >= self.starts.get(item.feed, item.when)

    def weeks(self, end: datetime, window: timedelta, count: int) -> tuple[int, ...]:
        """How many weeks before `end`, up to `count`, the same window was watched for at least half of its hours."""
        last, hours = _hour(end), max(1, round(window / timedelta(hours=1)))
        watched = (
            (week, sum([last - week * IN_WEEK - hour in self._hours for hour in range(1, hours + 1)]))
            for week in range(1, count + 1)
        )
        return tuple(week for week, found in watched if 2 * found >= hours)

    def feeds_since(self, at: datetime) -> Collection[str]:
        return {feed for feed, start in self.starts.items() if start <= at}

    def forget(self, now: datetime) -> None:
        """Hours longer ago than any rule looks back, once a week."""
        if self._swept is None or now - self._swept > WEEK:
            self._swept = now
            self._hours = {hour for hour in self._hours if hour > _hour(now) - LONGEST}


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)
