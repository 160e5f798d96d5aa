"""How regions stand: items, stories, alerts, feed health and officers' levels in, a RegionStatus for each region out.

The level comes from `formula`, the sources from `coverage`. What is missing lowers coverage and never the level: a
region whose sources are all blind is UNKNOWN, and its note says what it was told last. The board keeps what each region
weighs, so that a new item costs the same at a hundred items and at a million.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from typing import Final

from sitmon.model import (
    Alert,
    Driver,
    Feed,
    FeedState,
    Item,
    Level,
    Priority,
    Region,
    RegionStatus,
    Story,
)
from sitmon.status import formula
from sitmon.status.around import Around
from sitmon.status.coverage import Coverage, Sources, speaking
from sitmon.status.ledger import SPAN, Clock, Ledger, Part, bucket, part
from sitmon.status.weighing import Weighed, told_of, weighed
from sitmon.watch import SetLevel

DRIVERS: Final = 5
SHOWN: Final = 2.0
"""A division or place with a lower score has nothing going on."""
REFRESH: Final = timedelta(minutes=10)
LATEST: Final = timedelta(hours=1)
SHARE: Final = 10
"""Fading alone changes a score slowly: a region without news is assessed again after ten minutes, so many of them at
a time that none costs the new item its speed, and after an hour in any case. More are taken where there are so many
that they would all come due with the hour, which cost one item in thousands a tenth of a second."""


def _nowhere(_region: str) -> tuple[str, ...]:
    return ()


class Board:
    """`areas` tells which areas and board regions contain a region id; `countries`, name by code, are always shown."""

    def __init__(
        self,
        regions: Iterable[Region] = (),
        feeds: Iterable[Feed] = (),
        *,
        countries: Mapping[str, str] | None = None,
        areas: Callable[[str], tuple[str, ...]] = _nowhere,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self._regions = {region.id: region for region in regions}
        self._countries = dict(countries or {})
        self._names = dict(names or {}) | self._countries | {r.id: r.name for r in self._regions.values()}
        self._around = Around(self._regions, areas)
        self._coverage = Coverage(feeds, self._around.containers)
        self._ledgers: dict[str, Ledger] = {}
        self._stories: dict[str, Weighed] = {}
        self._floors: dict[str, Priority] = {}
        self._alerts: dict[str, Alert] = {}
        self._last: tuple[Alert, ...] = ()
        self._dirty: set[str] = set()
        self._shown: dict[str, RegionStatus] = {}
        self._order: list[tuple[int, float, str]] = []
        """Ranks of what is shown outside the board, the worst first."""
        self._ordered: list[RegionStatus] = []
        """The same as it is shown."""
        self._assessed: dict[str, datetime] = dict.fromkeys((*self._regions, *self._countries), _LONG_AGO)
        """When each region was last assessed, oldest first."""
        self._last_assessed: datetime | None = None
        self._serving: dict[str, frozenset[str]] = {}
        self._alive: frozenset[str] = frozenset()
        self._levels: dict[str, SetLevel] = {}
        self._ages: list[tuple[datetime, str]] = []
        """A heap of what weighs, the longest ago first."""

    # ---------------------------------------------------------------- what comes in

    def add(self, item: Item, story: Story | None) -> None:
        """Take in an item, new or edited, with its story as it is now."""
        for tag in item.tags.regions:
            self._names.setdefault(tag.id, tag.name)
        told = self._around.spread(told_of(item))
        self._coverage.told(told, item.feed, item.when)
        self._dirty |= told
        if story:
            self._weigh(weighed(item, story, self._stories.get(story.id)))

    def drop(self, story: str) -> None:
        """Forget a story: it was merged into another, or its items are to be added anew."""
        if old := self._stories.pop(story, None):
            for region in self._around.spread(old.regions):
                self._put(region, story, None)

    def _weigh(self, now: Weighed) -> None:
        name = now.story.id
        old = self._stories.get(name)
        self._stories[name] = now
        weight = max(formula.weight(now.story), formula.ALERTED[self._floors.get(name, Priority.FLAG)])
        scenes, around = self._around.spread(now.scenes), self._around.spread(now.regions)
        if old and old.regions != now.regions:
            for region in self._around.spread(old.regions) - around:
                self._put(region, name, None)
        clock = Clock(now.at)
        here = part(weight**formula.POWER, clock)
        elsewhere = part((weight * formula.MENTIONED) ** formula.POWER, clock)
        for region in around:
            self._put(region, name, here if region in scenes else elsewhere)
        if old is None or old.at != now.at:
            heappush(self._ages, (now.at, name))

    def _put(self, region: str, key: str, part: Part | None) -> None:
        ledger = self._ledgers.get(region)
        if ledger is None:
            ledger = self._ledgers[region] = Ledger()
        ledger.put(key, part)
        self._dirty.add(region)

    def _take_alerts(self, alerts: Iterable[Alert]) -> None:
        """Open alerts give their story a floor; those without a story weigh by themselves."""
        alerts = tuple(alerts)
        if alerts == self._last:
            return
        self._last = alerts
        floors: dict[str, Priority] = {}
        alone: dict[str, Alert] = {}
        for alert in alerts:
            if alert.is_open and alert.story:
                floors[alert.story] = min(alert.priority, floors.get(alert.story, alert.priority))
            elif alert.is_open and alert.region and alert.items:  # silence has no items: it is coverage, not harm
                alone[alert.id] = alert
        before, self._floors = self._floors, floors
        for story in before.keys() | floors.keys():
            if before.get(story) != floors.get(story) and story in self._stories:
                self._weigh(self._stories[story])
        self._take_alone(alone)

    def _take_alone(self, alerts: dict[str, Alert]) -> None:
        before, self._alerts = self._alerts, alerts
        for name in before.keys() | alerts.keys():
            if before.get(name) != alerts.get(name):
                alert = alerts.get(name) or before[name]
                mass = formula.ALERTED[alert.priority] ** formula.POWER if name in alerts else 0.0
                for region in self._around.spread((alert.region or "",)):
                    self._put(region, f"alert:{name}", part(mass, Clock(alert.raised)))
                heappush(self._ages, (alert.raised, f"alert:{name}"))

    # ---------------------------------------------------------------- what comes out

    def assess(
        self,
        now: datetime,
        *,
        alerts: Iterable[Alert] = (),
        feeds: Mapping[str, FeedState] | None = None,
        levels: Mapping[str, SetLevel] | None = None,
    ) -> tuple[RegionStatus, ...]:
        """The operator's board in its order, then every region with something going on, the worst first.

        Only what changed is worked out anew. `now` must not lie before what was taken in: for a past time, build a
        board of what was known then.
        """
        self._take_alerts(alerts)
        self._forget(now)
        self._take_health(speaking(feeds or {}))
        self._take_levels(levels or {})
        for region in (*sorted(self._dirty), *self._faded(now)):  # in one order, for a replay to be the same each time
            self._show(region, now)
        self._dirty.clear()
        return (*[self._shown[name] for name in self._regions], *self._ordered)

    def _take_health(self, alive: frozenset[str]) -> None:
        changed, self._alive = alive ^ self._alive, alive
        if changed:
            self._dirty |= {region for region, serving in self._serving.items() if not changed.isdisjoint(serving)}

    def _take_levels(self, levels: Mapping[str, SetLevel]) -> None:
        before, self._levels = self._levels, dict(levels)
        both = before.keys() | levels.keys()
        self._dirty |= {region for region in both if before.get(region) != levels.get(region)}

    def _faded(self, now: datetime) -> tuple[str, ...]:
        """Regions that were assessed too long ago."""
        found: list[str] = []
        spent, self._last_assessed = now - (self._last_assessed or now), now
        share = max(SHARE, len(self._assessed) * (spent / (LATEST - REFRESH)))
        for region, at in self._assessed.items():
            if now - at < (REFRESH if len(found) < share else LATEST):
                break
            if region not in self._dirty:
                found.append(region)
        return tuple(found)

    def _show(self, region: str, now: datetime) -> None:
        self._assessed.pop(region, None)
        self._assessed[region] = now
        given = self._levels.get(region)
        serving = self._serving[region] = self._coverage.serving(region, now)
        status = self._status(region, now, Sources(len(serving & self._alive), len(serving)), given)
        self._hide(region)
        always = region in self._regions or region in self._countries or given is not None
        if not always and region not in self._ledgers:
            del self._assessed[region], self._serving[region]
        if always or status.score >= SHOWN:
            self._shown[region] = status
            if region not in self._regions:
                rank = _rank(status)
                at = bisect_left(self._order, rank)
                self._order.insert(at, rank)
                self._ordered.insert(at, status)

    def _hide(self, region: str) -> None:
        old = self._shown.pop(region, None)
        if old is not None and region not in self._regions:
            at = bisect_left(self._order, _rank(old))
            del self._order[at], self._ordered[at]

    def _status(self, region: str, now: datetime, sources: Sources, given: SetLevel | None) -> RegionStatus:
        ledger = self._ledgers.get(region) or Ledger()
        mass, yesterday, days = _course(ledger, now)
        score = formula.score(mass)
        told = formula.level(score)
        # Enough was told to know that it is bad, though too few sources speak to know how bad.
        computed = Level.UNKNOWN if sources.blind and (told < Level.ELEVATED or not sources.alive) else told
        drivers = self._drivers(ledger, mass, now)
        return RegionStatus(
            id=region,
            name=self._names.get(region, region.rpartition(".")[2]),
            kind=self._kind(region),
            level=given.level if given else computed,
            computed=computed,
            score=round(score, 1),
            trend=formula.trend(score, yesterday),
            spark=(*days, round(score, 1)),
            drivers=drivers,
            sources_alive=sources.alive,
            sources_total=sources.total,
            blind=sources.blind,
            formula=formula.VERSION,
            note=_note(sources, told, drivers, given, now),
            set_by=given.by if given else None,
            set_at=given.at if given else None,
            set_reason=given.reason if given else "",
            review_by=given.review_by if given else None,
        )

    def _drivers(self, ledger: Ledger, total: float, now: datetime) -> tuple[Driver, ...]:
        found = ((key, mass / total) for key, mass in ledger.top(now, DRIVERS) if total > 0)
        return tuple(self._driver(key, round(min(share, 1.0), 3)) for key, share in found if share >= 0.005)

    def _driver(self, key: str, share: float) -> Driver:
        if key.startswith("alert:"):
            alert = self._alerts[key.removeprefix("alert:")]
            return Driver(alert.title, share, items=alert.items)
        story = self._stories[key].story
        return Driver(story.title, share, story=story.id, items=story.items)

    def _kind(self, region: str) -> str:
        if region in self._regions:
            return "board"
        if region[:1].islower():
            return "area"
        return ("country", "admin1", "place")[min(region.count("."), 2)]

    def _forget(self, now: datetime) -> None:
        """Take out what has faded away."""
        since = now - SPAN
        while self._ages and self._ages[0][0] < since:
            _, key = heappop(self._ages)
            for region in self._around.spread(self._faded_away(key, since)):
                ledger = self._ledgers.get(region)
                if ledger is None:
                    continue
                ledger.put(key, None)
                if not ledger.parts:
                    del self._ledgers[region]
                    self._dirty.add(region)

    def _faded_away(self, key: str, since: datetime) -> Iterable[str]:
        """Regions in which a story or an alert weighed; none where it has been told of since."""
        alert = self._alerts.get(key.removeprefix("alert:"))
        if alert is not None:
            return (alert.region or "",)
        held = self._stories.get(key)
        if held is None or held.at >= since:
            return ()
        del self._stories[key]
        return held.regions


_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _course(ledger: Ledger, now: datetime) -> tuple[float, float, tuple[float, ...]]:
    """The mass now, the score a day ago, to six hours, and at the end of each of the six days before this one."""
    if not ledger.parts:
        return 0.0, 0.0, (0.0,) * 6
    last = bucket(now)
    midnights = [last - last % 4 - 4 * days for days in range(5, -1, -1)]
    starts = sorted({*midnights, last - 4})
    masses, mass = ledger.course(starts, now)
    scores = {start: formula.score(mass) for start, mass in zip(starts, masses, strict=True)}
    return mass, scores[last - 4], tuple([round(scores[midnight], 1) for midnight in midnights])


def _note(sources: Sources, told: Level, drivers: tuple[Driver, ...], given: SetLevel | None, now: datetime) -> str:
    if given and given.review_by and given.review_by <= now:
        return "REVIEW DUE"
    if sources.blind:
        known = f", at least {told.name} by what was told" if told > Level.NORMAL else ""
        return (
            f"BLIND: {sources.alive} of {sources.total} sources speak{known}" if sources.total else "BLIND: no source"
        )
    if drivers and told > Level.NORMAL:
        return f"{drivers[0].what} ({drivers[0].share:.0%})"
    return "QUIET"


def _rank(status: RegionStatus) -> tuple[int, float, str]:
    return (-status.level, -status.score, status.id)
