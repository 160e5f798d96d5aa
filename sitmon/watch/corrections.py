"""What officers corrected in the tags of items: folded from the watch log, and laid over the tags.

A correction adds, removes or exchanges (`sense`) one region or actor. It outlives re-tagging, since it is never written
into the item but laid over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sitmon.model import ActorTag, Entry, Event, Item, RegionKind, RegionTag, Tags
from sitmon.watch import effective, value

OPS = ("add", "remove", "sense")


@dataclass(frozen=True, slots=True)
class Correction:
    item: str
    op: str
    what: str
    """`region` or `actor`."""
    id: str
    to: str
    """The other sense, for `sense`."""
    by: str
    at: datetime
    reason: str


def corrections(entries: Iterable[Entry], now: datetime) -> dict[str, tuple[Correction, ...]]:
    """By item, in the order in which they were made."""
    found: dict[str, tuple[Correction, ...]] = {}
    for entry in effective(entry for entry in entries if entry.at <= now):
        if entry.verb == "tag" and value(entry, "op") in OPS and value(entry, "what") in {"region", "actor"}:
            op, what, name, to = (value(entry, key) for key in ("op", "what", "id", "to"))
            made = Correction(entry.subject, op, what, name, to, entry.by, entry.at, entry.text)
            found[entry.subject] = (*found.get(entry.subject, ()), made)
    return found


def _bare_region(region: str) -> RegionTag:
    depth = region.count(".")
    kind: RegionKind = (
        "area" if region[:1].islower() else "country" if not depth else "admin1" if depth == 1 else "place"
    )
    country = None if kind == "area" else region.partition(".")[0]
    return RegionTag(region, region.rpartition(".")[2].replace("-", " "), kind, country, None, None, 1.0)


def _bare_actor(actor: str) -> ActorTag:
    return ActorTag(actor, actor, "other", None)


def corrected(
    item: Item,
    made: Iterable[Correction],
    *,
    region: Callable[[str], RegionTag] = _bare_region,
    actor: Callable[[str], ActorTag] = _bare_actor,
) -> Item:
    """The item with its corrections. `region` and `actor` make a tag for an id that an officer added."""
    tags = item.tags
    for one in made:
        tags = _with_region(tags, one, region) if one.what == "region" else _with_actor(tags, one, actor)
    return item if tags is item.tags else item.tagged(tags)


def _with_region(tags: Tags, one: Correction, make: Callable[[str], RegionTag]) -> Tags:
    regions = {tag.id: tag for tag in tags.regions}
    old = regions.pop(one.id, None)
    if one.op != "remove":
        new = make(one.to if one.op == "sense" else one.id)
        regions[new.id] = replace(new, score=1.0, mentions=old.mentions if old else ())
    places = {one.id: None if one.op == "remove" else one.to} if one.op != "add" else {}
    events = tuple(replace(e, place=places[e.place]) if e.place in places else e for e in tags.events)
    countries = _countries(tags, tuple(regions.values()), one)
    return replace(tags, regions=tuple(regions.values()), events=events, countries=countries)


def _countries(tags: Tags, regions: tuple[RegionTag, ...], one: Correction) -> tuple[str, ...]:
    """A country that nothing but the removed place stood for goes with it."""
    lost = one.id.partition(".")[0] if one.op != "add" else ""
    told = tuple(tag.country for tag in regions if tag.country)
    kept = tuple(code for code in tags.countries if code != lost or code in told)
    return tuple(dict.fromkeys((*kept, *(code for code in told if one.op != "remove"))))


def _with_actor(tags: Tags, one: Correction, make: Callable[[str], ActorTag]) -> Tags:
    actors = {tag.id: tag for tag in tags.actors}
    old = actors.pop(one.id, None)
    if one.op != "remove":
        new = make(one.to if one.op == "sense" else one.id)
        actors[new.id] = replace(new, mentions=old.mentions if old else ())
    return replace(tags, actors=tuple(actors.values()), events=tuple(_acted(event, one) for event in tags.events))


def _acted(event: Event, one: Correction) -> Event:
    if one.op == "add" or one.id not in event.actors:
        return event
    changed = (one.to if name == one.id else name for name in event.actors if one.op == "sense" or name != one.id)
    return replace(event, actors=tuple(dict.fromkeys(changed)))
