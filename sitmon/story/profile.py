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
from sitmon.story.concepts import concepts
from sitmon.story.spelling import names, stems, words

STALE = timedelta(days=10)
"""An event dated further back from the publication than this is looked back upon, not reported."""

READ = 240
"""Characters of title and of summary that are read as words: what an item is about stands at its beginning."""

STATE_KINDS = frozenset(("state", "military", "police", "igo", "media", "ngo", "party"))
"""Actors that occur in the news of many events, and so tell less which one it is."""


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    lat: float | None
    lon: float | None
    capital: bool = False
    """Much happens in capitals, and so being there tells less."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What an item's tags say first of all."""

    event: Event | None
    places: list[RegionTag]
    actors: list[ActorTag]


@dataclass(frozen=True, slots=True)
class Profile:
    """One item as the folding sees it. Sets are small; `hour` counts from the epoch."""

    item: str
    gist: Gist
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
    kin: frozenset[str]
    """Parents, parts, successors and predecessors of all of these: near enough to be meant."""
    tolls: tuple[tuple[str, int, int], ...]
    """Kind of harm, low, high."""
    victims: frozenset[str]
    """Of whom the harm is told: actors, or words in English."""
    stems: frozenset[str]
    names: frozenset[str]
    things: frozenset[str]
    """Concepts, in no language."""


_DAILY = re.compile(
    r"\b24[ -]?(?:hours?|hrs?|h\b|heures|horas|stunden|час|годин|ساع)|\b(?:past|last) day\b|"
    r"за (?:сутки|добу|минулу добу)|derni\w+ jour|último día|último dia|letzten tag",
    re.IGNORECASE,
)
"""A tally of one day is of that day, however like yesterday's it reads."""

_SPEAKING = re.compile(
    r"(?:['’]s)?\s+(?:says?|said|claims?|accus|blam|warns?|den(?:y|ies)|vows?|calls?|wants?|seeks?|military|forces|troops|army|"
    r"officials|government|dit|affirm|annonc|dénonc|dice|denunci|anunci|afirm|diz|sagt|meldet|wirft|заяв|обвин|звинува)",
    re.IGNORECASE,
)
"""What follows a capital's name where it means a government: to say, to claim, its army, in the languages we read."""

_Tag = TypeVar("_Tag", RegionTag, ActorTag)

Kin = Callable[[str], frozenset[str]]
"""Parents, parts, successors and predecessors of an actor, not itself."""


def gist_of(item: Item) -> Gist:
    tags = item.tags
    return Gist(main_event(tags.events, item.when), telling(tags.regions), telling(tags.actors))


def of(item: Item, kin: Kin) -> Profile:
    tags, gist = item.tags, gist_of(item)
    event, actors = gist.event, gist.actors
    fighting = [actor for actor in actors if actor.kind not in STATE_KINDS]
    ruling = [actor for actor in actors if actor.kind in STATE_KINDS]
    places = _places(tags.regions, event, item.title)
    placed, acting = _said(tags.regions), _said(tags.actors)
    title, summary = words(item.title[:READ]), words(item.summary[:READ])
    day = item.when.toordinal() if _DAILY.search(item.title[:READ]) else _told_day(event, item.when)
    return Profile(
        item=item.id,
        gist=gist,
        hour=item.when.timestamp() / 3600,
        day=day,
        old=bool(event and is_old(event, item.when)),
        type=event.type if event and event.type != EventType.OTHER else tags.type,
        places=places,
        countries=frozenset((*(p.id.partition(".")[0] for p in places), *_countries(tags.regions, tags.countries))),
        actors=frozenset(actor.id for actor in fighting),
        states=frozenset(actor.id for actor in ruling),
        kin=frozenset(relative for actor in actors for relative in kin(actor.id)),
        tolls=tuple(_tolls(event)) if event else (),
        victims=frozenset(_victims(event)) if event else frozenset(),
        stems=_fewest(5, stems, title, summary) - placed[0],
        names=names((*title, *summary)) - placed[1] - acting[1],
        things=_fewest(2, concepts, title, summary),
    )


def _fewest(
    least: int, of: Callable[[list[str]], frozenset[str]], title: list[str], summary: list[str]
) -> frozenset[str]:
    """Of the title; of the summary too where the title says fewer than `least`."""
    found = of(title)
    return found if len(found) >= least else found | of(summary)


def _said(tags: tuple[RegionTag, ...] | tuple[ActorTag, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Stems and skeletons of what is tagged: evidence as a place or an actor, and not again as words."""
    said = words(" ".join([mention.text for tag in tags for mention in tag.mentions]))
    return stems(said), names(said)


def main_event(events: Iterable[Event], when: datetime) -> Event | None:
    """The first fresh event of the title, else of the rest; one long past only where there is no other."""
    return min(events, key=lambda event: (is_old(event, when), _FIELDS[event.span[0]], event.span[1]), default=None)


_FIELDS = {"title": 0, "summary": 1, "content": 2}


def _told_day(event: Event | None, when: datetime) -> int | None:
    """The day that the text itself gives; the day of publication is what taggers take where it gives none."""
    if event is None or event.date is None or event.date_precision != "day" or event.date == when.date():
        return None
    return event.date.toordinal()


def is_old(event: Event, when: datetime) -> bool:
    if event.date is None:
        return False
    length = {"day": 1, "month": 31, "year": 366, None: 1}[event.date_precision]
    last = datetime(event.date.year, event.date.month, event.date.day, tzinfo=UTC) + timedelta(days=length)
    return last < when - STALE


def _first_field(mentions: tuple[Mention, ...]) -> int:
    first = 0 if not mentions else 2
    for mention in mentions:
        if mention.field == "title":
            return 0
        if mention.field == "summary":
            first = 1
    return first


def telling(tags: Iterable[_Tag]) -> list[_Tag]:
    """The tags of the first field that has any, in their order in the text."""
    found = [(_first_field(tag.mentions), tag) for tag in tags]
    if len(found) < 2:
        return [tag for _, tag in found]
    best = min([field for field, _ in found])
    return sorted([tag for field, tag in found if field == best], key=_offset)


def _offset(tag: RegionTag | ActorTag) -> int:
    return min([mention.start for mention in tag.mentions], default=0)


def _places(regions: tuple[RegionTag, ...], event: Event | None, title: str) -> tuple[Place, ...]:
    deep = telling(tag for tag in regions if "." in tag.id)
    speaking = _governments(deep, title)
    deep = [tag for tag in deep if tag.id not in speaking]
    if event and event.place:
        deep.sort(key=lambda tag: tag.id != event.place)
    ids = {tag.id for tag in deep}
    kept = [tag for tag in deep if not any(other.startswith(tag.id + ".") for other in ids)]
    return tuple(Place(tag.id, tag.lat, tag.lon, _is_capital(tag)) for tag in kept[:4])


def _is_capital(tag: RegionTag) -> bool:
    return any(mention.rule.startswith("capital") for mention in tag.mentions)


def _governments(deep: list[RegionTag], title: str) -> set[str]:
    """Capitals that stand for those who rule in them: `Kiev says`, `: Kiev military`, `Kiev et Moscou`."""
    capitals = [tag for tag in deep if _is_capital(tag)]
    if len({tag.country for tag in capitals}) > 1:
        return {tag.id for tag in capitals}
    return {tag.id for tag in capitals if all(_speaks(mention, title) for mention in tag.mentions)}


def _speaks(mention: Mention, title: str) -> bool:
    if mention.field != "title":
        return False
    behind = title[mention.end :]
    named_last = len(behind.split()) <= 2 and re.search(r"(?:[:–—]|\s-)\s*$", title[: mention.start]) is not None
    return named_last or _SPEAKING.match(behind) is not None


def _countries(regions: tuple[RegionTag, ...], countries: tuple[str, ...]) -> list[str]:
    named = telling(tag for tag in regions if tag.kind != "area")
    return [tag.id.partition(".")[0] for tag in named] or list(countries[:3])


def _tolls(event: Event) -> Iterable[tuple[str, int, int]]:
    for harm in HARMS:
        counts = getattr(event, harm)
        if counts:
            yield harm, min(count.low for count in counts), sum({count.of: count.high for count in counts}.values())


def _victims(event: Event) -> Iterable[str]:
    return (count.of for harm in HARMS for count in getattr(event, harm) if count.of)
