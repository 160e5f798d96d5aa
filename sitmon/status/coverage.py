"""Which feeds serve a region, and how many of them speak: the difference between QUIET and BLIND.

A feed serves a region that its `regions` or `countries` name, every region around or inside it, and for two weeks
every region that it has told of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sitmon.model import BLIND, Feed, FeedHealth, FeedState

MEMORY: Final = timedelta(days=14)
LEAST: Final = 1 / 3
"""With a smaller share of its sources speaking, a region is blind."""
_MUTE: Final = BLIND | {FeedHealth.NEW, FeedHealth.OFF}


@dataclass(frozen=True, slots=True)
class Sources:
    alive: int
    total: int

    @property
    def blind(self) -> bool:
        return self.alive == 0 or self.alive < LEAST * self.total


class Coverage:
    """`containers` tells the regions and areas around a region id, without itself."""

    def __init__(self, feeds: Iterable[Feed], containers: Callable[[str], tuple[str, ...]]) -> None:
        self._containers = containers
        self._enabled: set[str] = set()
        self._direct: dict[str, set[str]] = {}
        self._inner: dict[str, set[str]] = {}
        for feed in feeds:
            if not feed.enabled:
                continue
            self._enabled.add(feed.id)
            for region in (*feed.regions, *feed.countries):
                self._direct.setdefault(region, set()).add(feed.id)
                for around in containers(region):
                    self._inner.setdefault(around, set()).add(feed.id)
        self._declared: dict[str, frozenset[str]] = {}
        self._told: dict[str, dict[str, datetime]] = {}

    def told(self, regions: Iterable[str], feed: str, at: datetime) -> None:
        """A feed told of these regions."""
        for region in regions:
            feeds = self._told.setdefault(region, {})
            feeds[feed] = max(at, feeds.get(feed, at))

    def serving(self, region: str, now: datetime) -> frozenset[str]:
        told = self._told.get(region, {})
        recent = {feed for feed, at in told.items() if at > now - MEMORY and feed in self._enabled}
        return self._declared_for(region) | recent

    def _declared_for(self, region: str) -> frozenset[str]:
        """Feeds that say of themselves that they serve it."""
        if region not in self._declared:
            around = (self._direct.get(container, set()) for container in self._containers(region))
            found = frozenset[str]().union(self._direct.get(region, ()), self._inner.get(region, ()), *around)
            self._declared[region] = found
        return self._declared[region]


def speaking(states: Mapping[str, FeedState]) -> frozenset[str]:
    return frozenset(feed for feed, state in states.items() if state.health not in _MUTE)
