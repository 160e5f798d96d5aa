"""What a situation report is made of, and its lines: highlights, figures with who claims them, regions, sources.

`forms` sets them as OCHA, the military or an intelligence section would. Pure: the same report gives the same lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from sitmon import watch
from sitmon.dtg import dtg, short
from sitmon.model import HARMS, Alert, Count, Entry, FeedState, Level, Priority, RegionStatus, Story

TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
"""Traffic light protocol 2.0 (FIRST), the freest first."""
OFFICERS = "AMBER"
"""Of an officer's own words, and of a source that is not in feeds.yaml any more."""
NAMED = 4
"""Sources named behind a line."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A feed that told something in the period."""

    feed: str
    name: str
    letter: str
    """Admiralty letter."""
    kind: str
    tlp: str
    items: int
    latest: datetime


@dataclass(frozen=True, slots=True)
class Sitrep:
    """A period as it was known at its end. Everything is of the one region, where there is one."""

    now: datetime
    since: datetime
    number: int
    by: str
    region: str
    """Name; empty for all."""
    alerts: tuple[Alert, ...]
    """Raised or changed in the period, with their states; flags are none."""
    waiting: int
    """Further alerts that are open from before."""
    stories: tuple[Story, ...]
    """Told in the period, the most told first."""
    items: int
    late: int
    """Items of before the period that came in during it."""
    regions: tuple[RegionStatus, ...]
    before: Mapping[str, RegionStatus]
    """Regions as they stood when the period began."""
    speakers: tuple[Speaker, ...]
    """Who told most first."""
    feeds: Mapping[str, FeedState]
    entries: tuple[Entry, ...]
    """What officers did in the period."""
    names: Mapping[str, str]
    """Of regions and actors, by id."""

    @property
    def tlp(self) -> str:
        """The strictest of all that is in it."""
        own = (OFFICERS,) if self.entries or any(status.set_by for status in self.regions) else ()
        return TLP[max(map(strictness, (*own, *(speaker.tlp for speaker in self.speakers))), default=0)]

    @property
    def due(self) -> datetime:
        """When the next one is."""
        return self.now + (self.now - self.since)

    def name(self, one: str) -> str:
        return self.names.get(one, one)


def strictness(tlp: str) -> int:
    return TLP.index(tlp) if tlp in TLP else TLP.index(OFFICERS)


def number(now: datetime, span: timedelta) -> int:
    """Periods of this length since the year began, this one included: the same whoever makes the report, and when."""
    return ceil((now - datetime(now.astimezone(UTC).year, 1, 1, tzinfo=UTC)) / span) or 1


# ---------------------------------------------------------------- highlights


def highlights(given: Sitrep) -> Iterator[str]:
    """Alerts by priority, then what else was told most."""
    yield from alerts(given)
    yield from others(given)


def alerts(given: Sitrep) -> Iterator[str]:
    stories = {story.id: story for story in given.stories}
    for alert in sorted(given.alerts, key=lambda alert: (alert.priority, alert.raised, alert.id)):
        told = stories.get(alert.story or "")
        by = f" by {alert.by}" if alert.by and not alert.is_unseen else ""
        news = f"; news: {alert.news}" if alert.news else ""
        where = given.name(alert.region) if alert.region else ", ".join(map(given.name, alert.countries))
        cited = f"{alert.rule}, {alert.state.value}{by}; {sources(told) + '; ' if told else ''}{alert.rating}"
        yield f"{alert.priority.name} {dtg(alert.raised)} {where or '--'}: {alert.title} ({cited}{news})"
    if given.waiting:
        yield f"open from before the period, without news: {given.waiting}"


def others(given: Sitrep) -> Iterator[str]:
    """Stories that no alert tells, the most told first."""
    alerted = {alert.story for alert in given.alerts}
    yield from (story_line(given, story) for story in given.stories if story.id not in alerted)


def story_line(given: Sitrep, story: Story) -> str:
    where = ", ".join(map(given.name, story.countries[:3])) or "--"
    return f"{dtg(story.latest)} {where}: {story.title} ({sources(story)}; {story.rating})"


def sources(story: Story) -> str:
    """`3 sources: a, b, c`: owners that tell it independently of each other."""
    named = ", ".join(story.owners[:NAMED])
    more = f" and {len(story.owners) - NAMED} more" if len(story.owners) > NAMED else ""
    return f"{counted(len(story.owners), 'source')}: {named}{more}"


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


# ---------------------------------------------------------------- figures


def figures(given: Sitrep) -> Iterator[str]:
    """Of each story and harm the spread of what is claimed, and every claim with who makes it. Never added up."""
    for story in given.stories:
        for harm in HARMS:
            claimed = claims(story, harm)
            if claimed:
                low, high = min(low for low, _, _ in claimed), max(high for _, high, _ in claimed)
                told = "; ".join(f"{words(given, parts)} ({cited})" for parts, cited in cited_by(claimed).items())
                yield f"{harm} {spread(low, high)}: {story.title}: {told}"


Claim = tuple[int, int, tuple[tuple[Count, ...], str]]
"""Low and high of the groups added, and the groups with who told them when."""


def claims(story: Story, harm: str) -> list[Claim]:
    """The latest figure that each feed gives on each claimant's word; groups of one item are added."""
    latest: dict[tuple[str, str | None], tuple[str, datetime, list[Count]]] = {}
    for toll in sorted(story.tolls, key=lambda toll: (toll.at, toll.item)):
        if toll.harm != harm:
            continue
        key = toll.feed, toll.count.by
        if key not in latest or latest[key][0] != toll.item:
            latest[key] = toll.item, toll.at, []
        latest[key][2].append(toll.count)
    return [
        (sum(c.low for c in counts), sum(c.high for c in counts), (tuple(counts), f"{feed} {short(at)}"))
        for (feed, _), (_, at, counts) in latest.items()
    ]


def cited_by(claimed: Iterable[Claim]) -> dict[tuple[Count, ...], str]:
    """Feeds that say the same stand behind one figure."""
    found: dict[tuple[Count, ...], list[str]] = {}
    for _, _, (counts, cited) in claimed:
        found.setdefault(counts, []).append(cited)
    return {counts: ", ".join(cites) for counts, cites in found.items()}


def words(given: Sitrep, counts: tuple[Count, ...]) -> str:
    """`47 soldiers + 84 mercenaries by CSP`."""
    groups = (f"{spread(c.low, c.high)} {given.name(c.of)}" if c.of else spread(c.low, c.high) for c in counts)
    by = counts[0].by
    return " + ".join(groups) + (f" by {given.name(by)}" if by else "")


def spread(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"


# ---------------------------------------------------------------- regions, officers, sources


def regions(given: Sitrep) -> Iterator[str]:
    """Regions that stand at ELEVATED or above, and all that changed: those before the others."""
    lines = [(status_before(given, status) is None, status) for status in given.regions]
    for unchanged, status in sorted(lines, key=lambda pair: pair[0]):
        if not unchanged or status.level >= Level.ELEVATED:
            yield status_line(given, status)
    shown = {status.id for status in given.regions}
    for old in given.before.values():
        if old.id not in shown and old.level >= Level.ELEVATED:
            yield f"NORMAL (was {old.level.name}) {old.name}: nothing going on"


def is_unchanged(given: Sitrep) -> bool:
    shown = {status.id for status in given.regions}
    left = any(old.level >= Level.ELEVATED for old in given.before.values() if old.id not in shown)
    return not left and all(status_before(given, status) is None for status in given.regions)


def status_before(given: Sitrep, status: RegionStatus) -> Level | None:
    """The level that it had, where it is another now; what was not shown then had nothing going on."""
    old = given.before.get(status.id)
    level = old.level if old else Level.NORMAL
    return None if level is status.level else level


def status_line(given: Sitrep, status: RegionStatus) -> str:
    before = status_before(given, status)
    was = f" (was {before.name})" if before is not None else ""
    by = f" set by {status.set_by}, computed {status.computed.name}" if status.set_by else ""
    why = status.set_reason if status.set_by else status.note
    speak = f"{status.sources_alive}/{status.sources_total} sources speak"
    return f"{status.level.name}{was} {status.name}, {status.trend.value}{by}: {why} ({speak})"


def deeds(given: Sitrep) -> Iterator[str]:
    """What officers did, oldest first."""
    for entry in watch.effective(given.entries):
        data = "".join(f" {key}={value}" for key, value in entry.data)
        subject = f" {given.name(entry.subject)}" if entry.subject else ""
        yield f"{short(entry.at)} {entry.by} {entry.verb}{subject}{data}" + (f": {entry.text}" if entry.text else "")


def speakers(given: Sitrep) -> Iterator[str]:
    for one in given.speakers:
        name = f" {one.name}" if one.name != one.feed else ""
        told = f"{counted(one.items, 'item')}, latest {short(one.latest)}, TLP:{one.tlp}"
        yield f"{one.letter} {one.feed}{name}, {one.kind}: {told}"
    if given.late:
        yield f"came in during the period, and are of before it: {counted(given.late, 'item')}"


def is_ringing(alert: Alert) -> bool:
    return alert.priority is not Priority.FLAG
