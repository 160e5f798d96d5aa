"""What of an item says which event it tells: who, where, what, when, how many, in which words.

An article about several things goes to its main event: what the title names counts, then what the summary adds where
the title is silent; the body only where both are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sitmon.model import HARMS, ActorTag, Event, EventType, Item, Mention, RegionTag
from sitmon.story.spelling import names, stems

STALE = timedelta(days=10)
"""An event dated further back from the publication than this is looked back upon, not reported."""

STATE_KINDS = frozenset(("state", "military", "police", "igo", "media", "ngo", "party"))
"""Actors that occur in the news of many events, and so tell less which one it is."""

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Profile:
    """One item as the folding sees it. Sets are small; `hour` counts from the epoch."""

    item: str
    hour: float
    day: int | None
    """Ordinal of the event's day where the text dates it to the day."""
    old: bool
    """The text dates its event long before its own publication."""
    type: EventType
    places: tuple[Place, ...]
    """Towns and divisions, the most telling first; none contains another."""
    countries: frozenset[str]
    actors: frozenset[str]
    """Those who fight or are named: groups, companies, persons."""
    states: frozenset[str]
    """Governments, armies, organisations."""
    tolls: tuple[tuple[str, int, int], ...]
    """Kind of harm, low, high."""
    stems: frozenset[str]
    names: frozenset[str]


_Tag = TypeVar("_Tag", RegionTag, ActorTag)

Kin = Callable[[str], frozenset[str]]
"""The family of an actor: itself, its parents, what it became or came from."""


def of(item: Item, kin: Kin) -> Profile:
    tags = item.tags
    event = main_event(tags.events, item.when)
    text = f"{item.title} {item.summary[:300]}"
    actors = telling(tags.actors)
    fighting = [actor for actor in actors if actor.kind not in STATE_KINDS]
    ruling = [actor for actor in actors if actor.kind in STATE_KINDS]
    places = _places(tags.regions, event)
    day = event.date.toordinal() if event and event.date and event.date_precision == "day" else None
    return Profile(
        item=item.id,
        hour=item.when.timestamp() / 3600,
        day=day,
        old=bool(event and is_old(event, item.when)),
        type=event.type if event and event.type != EventType.OTHER else tags.type,
        places=places,
        countries=frozenset((*(p.id.partition(".")[0] for p in places), *_countries(tags.regions, tags.countries))),
        actors=frozenset(relative for actor in fighting for relative in kin(actor.id)),
        states=frozenset(relative for actor in ruling for relative in kin(actor.id)),
        tolls=tuple(_tolls(event)) if event else (),
        stems=stems(text),
        names=names(text),
    )


def main_event(events: Iterable[Event], when: datetime) -> Event | None:
    """The first fresh event of the title, else of the rest; one long past only where there is no other."""
    order = {"title": 0, "summary": 1, "content": 2}
    ranked = sorted(events, key=lambda event: (is_old(event, when), order[event.span[0]], event.span[1]))
    return ranked[0] if ranked else None


def is_old(event: Event, when: datetime) -> bool:
    if event.date is None:
        return False
    length = {"day": 1, "month": 31, "year": 366, None: 1}[event.date_precision]
    last = datetime(event.date.year, event.date.month, event.date.day, tzinfo=UTC) + timedelta(days=length)
    return last < when - STALE


def _first_field(mentions: tuple[Mention, ...]) -> int:
    fields = {mention.field for mention in mentions}
    return 0 if "title" in fields or not fields else 1 if "summary" in fields else 2


def telling(tags: Iterable[_Tag]) -> list[_Tag]:
    """The tags of the first field that has any, in their order in the text."""
    kept = list(tags)
    best = min((_first_field(tag.mentions) for tag in kept), default=0)
    return sorted((tag for tag in kept if _first_field(tag.mentions) == best), key=_offset)


def _offset(tag: RegionTag | ActorTag) -> int:
    return min((mention.start for mention in tag.mentions), default=0)


def _places(regions: tuple[RegionTag, ...], event: Event | None) -> tuple[Place, ...]:
    deep = telling(tag for tag in regions if "." in tag.id)
    if event and event.place:
        deep.sort(key=lambda tag: tag.id != event.place)
    ids = {tag.id for tag in deep}
    kept = [tag for tag in deep if not any(other.startswith(tag.id + ".") for other in ids)]
    return tuple(Place(tag.id, tag.lat, tag.lon) for tag in kept[:4])


def _countries(regions: tuple[RegionTag, ...], countries: tuple[str, ...]) -> list[str]:
    named = telling(tag for tag in regions if tag.kind != "area")
    return [tag.id.partition(".")[0] for tag in named] or list(countries[:3])


def _tolls(event: Event) -> Iterable[tuple[str, int, int]]:
    for harm in HARMS:
        counts = getattr(event, harm)
        if counts:
            yield harm, min(count.low for count in counts), sum({count.of: count.high for count in counts}.values())
