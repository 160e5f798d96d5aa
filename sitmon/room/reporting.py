"""What a situation report of a room is made of: a period as it was known at its end, beside how it began."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile

from sitmon.model import Alert, Item, RegionStatus, Story
from sitmon.room import Room
from sitmon.watch import sitrep
from sitmon.watch.sitrep import OFFICERS, Sitrep, Speaker

WIDE = frozenset({"board", "country"})
"""Kinds of regions in a report of everything: divisions and places repeat what is said of their country."""


def report(room: Room, since: datetime, now: datetime, region: str = "", by: str = "") -> Sitrep:
    """The report of the time from `since` to `now`, at which the room then looks; `region` is an id, empty for all."""
    before = {status.id: status for status in _statuses(room, since)}
    _statuses(room, now)
    wanted = f'region:"{region}"' if region else ""
    items = list(takewhile(lambda item: item.when > since, room.find(wanted)))
    stories = tuple(_stories(room, items))
    speakers = tuple(_speakers(room, items))
    alerts = [alert for alert in _alerts(room, region, wanted) if sitrep.is_ringing(alert)]
    fresh = tuple(alert for alert in alerts if _is_news(alert, since))
    statuses = tuple(status for status in room.statuses if _is_shown(room, status, region))
    entries = tuple(entry for entry in room.entries if since < entry.at <= now)
    return Sitrep(
        now=now,
        since=since,
        number=sitrep.number(now, now - since),
        by=by or room.config.settings.initials,
        region=room.names.name("region", region) if region else "",
        alerts=fresh,
        waiting=sum(alert.is_open for alert in alerts) - sum(alert.is_open for alert in fresh),
        stories=stories,
        items=len(items),
        late=_late(room, since, wanted),
        regions=statuses,
        before={name: status for name, status in before.items() if _is_shown(room, status, region)},
        speakers=speakers,
        feeds={name: state for name, state in room.store.feeds().items() if _serves(room, name, region)},
        entries=entries,
        names=_names(room, stories, fresh),
    )


def _statuses(room: Room, at: datetime) -> tuple[RegionStatus, ...]:
    room.look_back(at)
    room.fill()
    return room.statuses


def _stories(room: Room, items: list[Item]) -> list[Story]:
    """The most told first: by independent owners, then by items in the period."""
    counts = Counter(item.story for item in items if item.story)
    found = [told for name in counts if name and (told := room.story(name))]
    return sorted(found, key=lambda told: (-len(told.owners), -counts[told.id], -told.latest.timestamp(), told.id))


def _speakers(room: Room, items: list[Item]) -> list[Speaker]:
    counts = Counter(item.feed for item in items)
    latest = {item.feed: item.when for item in reversed(items)}
    ordered = sorted(counts, key=lambda feed: (-counts[feed], feed))
    return [_speaker(room, feed, counts[feed], latest[feed]) for feed in ordered]


def _speaker(room: Room, name: str, count: int, latest: datetime) -> Speaker:
    feed = room.feeds.get(name)
    if feed is None:
        return Speaker(name, name, "F", "not in feeds.yaml", OFFICERS, count, latest)
    return Speaker(name, feed.name or name, feed.reliability, feed.kind, feed.tlp, count, latest)


def _alerts(room: Room, region: str, wanted: str) -> list[Alert]:
    answering = {alert.id for alert in room.alerts(wanted)}
    return [alert for alert in room.all_alerts if alert.id in answering or _lies_in(room, alert.region, region)]


def _lies_in(room: Room, place: str | None, region: str) -> bool:
    return bool(place and region) and room.geography.contains(place or "", region)


def _is_news(alert: Alert, since: datetime) -> bool:
    return alert.raised > since or any(turn.at > since for turn in alert.turns)


def _is_shown(room: Room, status: RegionStatus, region: str) -> bool:
    return room.geography.contains(status.id, region) if region else status.kind in WIDE


def _serves(room: Room, name: str, region: str) -> bool:
    feed = room.feeds.get(name)
    if feed is None:
        return False
    homes = (*feed.regions, *feed.countries)
    return not region or any(_lies_in(room, home, region) or _lies_in(room, region, home) for home in homes)


def _late(room: Room, since: datetime, wanted: str) -> int:
    """Items that came in during the period and are of before it."""
    query = room.parse(wanted)
    came = (i for i in room.store.recent(since) if since < i.first_seen <= room.now() and i.when <= since)
    return sum(query.test(*room.told(item), room.now()) for item in came)


def _names(room: Room, stories: tuple[Story, ...], alerts: tuple[Alert, ...]) -> dict[str, str]:
    """What the ids in the report are called."""
    actors = {one for story in stories for one in (*story.actors, *_claimants(story))}
    regions = {one for story in stories for one in story.countries} | {a.region for a in alerts if a.region}
    regions |= {one for alert in alerts for one in alert.countries} | {entry.subject for entry in room.entries}
    return {one: room.names.name("region", one) for one in regions} | {
        one: room.names.name("actor", one) for one in actors
    }


def _claimants(story: Story) -> Iterator[str]:
    for toll in story.tolls:
        yield from (one for one in (toll.count.by, toll.count.of) if one)
