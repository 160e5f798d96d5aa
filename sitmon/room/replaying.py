"""What is stored, played again as it became known: through stories, rules and levels as feeds.yaml has them now.

The machine alone is played: what officers did is in the watch log. Feed health is not stored by time, so every feed
that is on counts as speaking, and nothing is silent. Levels are those of the board and of countries: divisions and
places repeat what is said of theirs. Pure: the same items and configuration give the same events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sitmon import story
from sitmon.config import Config
from sitmon.geography import Geography
from sitmon.model import Alert, FeedHealth, FeedState, Item, Level, RegionStatus, Story
from sitmon.rules import rehearsal
from sitmon.rules.engine import Engine
from sitmon.status import Board
from sitmon.world import cast_of, publishers, world_of

LEARNING = timedelta(days=28)
"""Read before the time that is played, so that rules know what was usual and stories are open."""
FADING = timedelta(hours=1)
"""Between two looks at levels while nothing comes in: they fade slowly."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An item came in."""

    item: Item


@dataclass(frozen=True, slots=True)
class Rang:
    """An alert was raised, changed or went back to normal: `how`, and why in words."""

    alert: Alert
    how: str
    words: str


@dataclass(frozen=True, slots=True)
class Stands:
    """A region stands at another level."""

    status: RegionStatus
    before: Level


What = Arrived | Rang | Stands


@dataclass(frozen=True, slots=True)
class Told:
    at: datetime
    what: What


def replay(
    config: Config, geography: Geography, items: Iterable[Item], since: datetime, until: datetime
) -> Iterator[Told]:
    """What became known from `since` to `until`, in that order; `items` come as they were stored, and reach back by
    `LEARNING` before it."""
    return _Player(config, geography, since, until).play(items)


def ring(before: Alert | None, after: Alert) -> Rang | None:
    """What is to be told of an alert beside what was told of it last; None where only its count grew."""
    if before is None:
        return Rang(after, "raised", after.because)
    if after.returned and not before.returned:
        return Rang(after, "returned", "its condition went away")
    if after.turns != before.turns:
        return Rang(after, "changed", after.news)
    return None


class _Player:
    def __init__(self, config: Config, geography: Geography, since: datetime, until: datetime) -> None:
        self._since, self._until = since, until
        self._geography = geography
        self._folder = story.Folder(cast_of(config.actors).kin, publishers(config))
        self._engine = Engine(config.rules, world=world_of(config, geography, level=self._level))
        self._board = Board(
            config.regions,
            config.enabled,
            countries=geography.countries,
            areas=geography.boards,
            names=geography.names,
        )
        # A country that a region of the board is made of is told as that.
        self._twins = frozenset(country for country in geography.countries if geography.is_same(country))
        self._health = {feed.id: FeedState(feed.id, FeedHealth.OK) for feed in config.enabled}
        self._alerts: dict[str, Alert] = {}
        self._levels: dict[str, Level] = {}
        """Last told."""
        self._found: dict[str, Level] = {}
        """Of all regions, for queries."""

    def play(self, items: Iterable[Item]) -> Iterator[Told]:
        known: list[Item] = []
        for item in items:
            if item.first_seen < self._since:  # a month of them is not held: they are learnt as they were stored
                self._engine.remember(item, self._fold(item))
            elif item.first_seen <= self._until:
                known.append(item)
        self._levels = {status.id: status.level for status in self._statuses(self._since)}
        fresh = ((i.first_seen, i) for i in sorted(known, key=lambda i: (i.first_seen, i.when, i.id)))
        steps = rehearsal.course(self._engine, fresh, self._fold, self._since, self._until)
        assessed = self._since
        for at, group in groupby(steps, key=lambda step: step.at):  # what a poll brought is judged as one
            together = list(group)
            for step in together:
                yield from (Told(at, what) for what in self._step(step))
            if at - assessed >= FADING or any(step.item or step.alerts for step in together):
                assessed = at
                yield from (Told(at, stands) for stands in self._changes(at))

    def _fold(self, item: Item) -> Story | None:
        self._geography.learn(item)
        joined = self._folder.fold(item)
        told = self._folder.story(joined.story) if joined.story else None
        self._board.add(item, told)
        return told

    def _step(self, step: rehearsal.Step) -> Iterator[What]:
        if step.item:
            yield Arrived(step.item)
        for alert in step.alerts:
            if rang := ring(self._alerts.get(alert.id), alert):
                yield rang
            self._alerts[alert.id] = alert

    def _changes(self, at: datetime) -> Iterator[Stands]:
        statuses = self._statuses(at)
        for status in statuses:
            before = self._levels.get(status.id, Level.NORMAL)
            if status.level is not before:
                yield Stands(status, before)
        self._levels = {status.id: status.level for status in statuses}

    def _statuses(self, at: datetime) -> list[RegionStatus]:
        found = self._board.assess(at, alerts=self._engine.alerts, feeds=self._health)
        self._found = {status.id: status.level for status in found}
        return [s for s in found if s.kind == "board" or (s.kind == "country" and s.id not in self._twins)]

    def _level(self, region: str) -> Level:
        return self._found.get(region, Level.UNKNOWN)
