"""A new item's document as JSON text, written straight from the item: a third of the time of making an object first.

It is the text of `codec.item_doc`, which says what an item's keys are; tests/test_written.py holds the two together.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from json import dumps
from json.encoder import encode_basestring as quoted

from sitmon.codec import hazard_json, time_text
from sitmon.model import ActorTag, Count, Event, Item, Mention, RegionTag, Tags


def item_text(item: Item) -> str:
    """The item in compact JSON, without what is empty. It may hold half surrogate pairs, which UTF-8 has none of."""
    parts = ['{"id":', quoted(item.id), ',"feed":', quoted(item.feed)]
    _say(parts, "guid", item.guid)
    _say(parts, "title", item.title)
    _say(parts, "summary", item.summary)
    _say(parts, "link", item.link)
    _say(parts, "published", time_text(item.published))
    _say(parts, "published_note", item.published_note)
    _say(parts, "first_seen", _poll_text(item.first_seen))
    _say(parts, "revised", time_text(item.revised))
    _say(parts, "lang", item.lang)
    _tags(parts, item.tags)
    _say(parts, "story", item.story)
    _say(parts, "content", item.content)
    _say(parts, "author", item.author)
    if item.categories:
        parts.append(f',"categories":{_texts(item.categories)}')
    if item.points:
        parts.append(f',"points":[{",".join([f"[{_number(lat)},{_number(lon)}]" for lat, lon in item.points])}]')
    if item.hazard:
        _dump(parts, "hazard", hazard_json(item.hazard))
    if item.revisions:
        told = [{"seen": time_text(r.seen), "title": r.title, "summary": r.summary} for r in item.revisions]
        _dump(parts, "revisions", told)
    parts.append("}")
    return "".join(parts)


def _tags(parts: list[str], tags: Tags) -> None:
    if tags.countries:
        parts.append(f',"countries":{_texts(tags.countries)}')
    if tags.regions:
        parts.append(f',"regions":[{",".join([_region(region) for region in tags.regions])}]')
    if tags.actors:
        parts.append(f',"actors":[{",".join([_actor(actor) for actor in tags.actors])}]')
    if tags.events:
        parts.append(f',"events":[{",".join([_event(event) for event in tags.events])}]')
    parts.append(f',"type":"{tags.type.value}","severity":"{tags.severity.name.lower()}"')


def _region(r: RegionTag) -> str:
    return (
        f'{{"id":{quoted(r.id)},"name":{quoted(r.name)},"kind":"{r.kind}","country":{_text(r.country)},'
        f'"lat":{_number(r.lat)},"lon":{_number(r.lon)},"score":{_number(round(r.score, 3))},'
        f'"mentions":{_mentions(r.mentions)}}}'
    )


def _actor(a: ActorTag) -> str:
    return (
        f'{{"id":{quoted(a.id)},"name":{quoted(a.name)},"kind":{quoted(a.kind)},"country":{_text(a.country)},'
        f'"mentions":{_mentions(a.mentions)}}}'
    )


def _mentions(mentions: tuple[Mention, ...]) -> str:
    return f"[{','.join([_mention(mention) for mention in mentions])}]"


def _mention(m: Mention) -> str:
    return (
        f'{{"field":"{m.field}","start":{m.start},"end":{m.end},"text":{quoted(m.text)},"alias":{quoted(m.alias)},'
        f'"rule":{quoted(m.rule)}}}'
    )


def _event(e: Event) -> str:
    told = f'"{e.date.isoformat()}"' if e.date else "null"
    field, start, end = e.span
    return (
        f'{{"type":"{e.type.value}","date":{told},"date_precision":{_text(e.date_precision)},"place":{_text(e.place)},'
        f'"actors":{_texts(e.actors)},"killed":{_counts(e.killed)},"injured":{_counts(e.injured)},'
        f'"missing":{_counts(e.missing)},"abducted":{_counts(e.abducted)},"displaced":{_counts(e.displaced)},'
        f'"qualifier":{_text(e.qualifier)},"claimed_by":{_text(e.claimed_by)},"span":["{field}",{start},{end}]}}'
    )


def _counts(counts: tuple[Count, ...]) -> str:
    """As `codec.counts_json`: null for none, an object for one, a list for several."""
    if not counts:
        return "null"
    told = ",".join([_count(count) for count in counts])
    return told if len(counts) == 1 else f"[{told}]"


def _count(c: Count) -> str:
    return f'{{"low":{c.low},"high":{c.high},"by":{_text(c.by)},"of":{_text(c.of)}}}'


@lru_cache(maxsize=8)
def _poll_text(at: datetime) -> str | None:
    """When a poll took place, which is when all that it brought was first seen."""
    return time_text(at)


def _say(parts: list[str], key: str, value: str | None) -> None:
    if value:
        parts.append(f',"{key}":{quoted(value)}')


def _dump(parts: list[str], key: str, value: object) -> None:
    parts.append(f',"{key}":{dumps(value, ensure_ascii=False, separators=(",", ":"))}')


def _text(value: str | None) -> str:
    return "null" if value is None else quoted(value)


def _number(value: float | None) -> str:
    return "null" if value is None else repr(value)


def _texts(values: tuple[str, ...]) -> str:
    return f"[{','.join([quoted(value) for value in values])}]"
