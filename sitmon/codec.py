"""The model to and from JSON objects: those of the command line's contract, and the store's documents.

Keys of items and tags are those of the contract. Empty values that the contract does not promise are left out of
stored documents (`item_doc`), and all of them are there in exports (`item_json`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import Any, Final, cast

from sitmon.model import (
    HARMS,
    ActorTag,
    Alert,
    AlertState,
    Count,
    DatePrecision,
    Entry,
    Event,
    EventType,
    FeedHealth,
    FeedState,
    FieldName,
    Hazard,
    Item,
    Mention,
    Priority,
    RegionTag,
    Revision,
    Severity,
    Tags,
    Turn,
)

Doc = dict[str, Any]
"""A JSON object: its shape is the contract's, which types cannot say."""


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_bytes(doc: Mapping[str, Any]) -> bytes:
    """Compact JSON in UTF-8; half a surrogate pair, which has no UTF-8, is written as an escape."""
    try:
        return _compact(doc).encode()
    except UnicodeEncodeError:
        return json.dumps(doc, separators=(",", ":")).encode()


def time_text(at: datetime | None) -> str | None:
    """UTC ISO 8601 with a `Z`, to the second where there is no fraction."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat()[:-6] + "Z"


def time_of(text: str | None) -> datetime | None:
    """The reverse of `time_text`. ValueError when it is no ISO 8601 time with a zone."""
    if text is None:
        return None
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"no zone: {text!r}")
    return at.astimezone(UTC)


def must_time(text: str) -> datetime:
    return cast(datetime, time_of(text))


# ---------------------------------------------------------------- tags


def mention_json(m: Mention) -> Doc:
    return {"field": m.field, "start": m.start, "end": m.end, "text": m.text, "alias": m.alias, "rule": m.rule}


def mention_of(d: Doc) -> Mention:
    return Mention(d["field"], d["start"], d["end"], d["text"], d["alias"], d["rule"])


def region_json(r: RegionTag) -> Doc:
    return {
        "id": r.id,
        "name": r.name,
        "kind": r.kind,
        "country": r.country,
        "lat": r.lat,
        "lon": r.lon,
        "score": round(r.score, 3),
        "mentions": [mention_json(m) for m in r.mentions],
    }


def region_of(d: Doc) -> RegionTag:
    return RegionTag(
        d["id"], d["name"], d["kind"], d["country"], d["lat"], d["lon"], d["score"], mentions_of(d["mentions"])
    )


def mentions_of(docs: list[Doc]) -> tuple[Mention, ...]:
    return tuple(mention_of(m) for m in docs)


def actor_json(a: ActorTag) -> Doc:
    return {
        "id": a.id,
        "name": a.name,
        "kind": a.kind,
        "country": a.country,
        "mentions": [mention_json(m) for m in a.mentions],
    }


def actor_of(d: Doc) -> ActorTag:
    return ActorTag(d["id"], d["name"], d["kind"], d.get("country"), mentions_of(d["mentions"]))


def count_json(c: Count) -> Doc:
    return {"low": c.low, "high": c.high, "by": c.by, "of": c.of}


def counts_json(counts: tuple[Count, ...]) -> Doc | list[Doc] | None:
    """Null for none, an object for one, a list for several."""
    if not counts:
        return None
    if len(counts) == 1:
        return count_json(counts[0])
    return [count_json(c) for c in counts]


def counts_of(value: Doc | list[Doc] | None) -> tuple[Count, ...]:
    if not value:
        return ()
    docs = value if isinstance(value, list) else [value]
    return tuple(Count(d["low"], d["high"], d.get("by"), d.get("of")) for d in docs)


def event_json(e: Event) -> Doc:
    return {
        "type": e.type.value,
        "date": e.date.isoformat() if e.date else None,
        "date_precision": e.date_precision,
        "place": e.place,
        "actors": list(e.actors),
        **{harm: counts_json(getattr(e, harm)) for harm in HARMS},
        "qualifier": e.qualifier,
        "claimed_by": e.claimed_by,
        "span": list(e.span),
    }


def event_of(d: Doc) -> Event:
    field, start, end = d["span"]
    return Event(
        type=EventType(d["type"]),
        date=date.fromisoformat(d["date"]) if d["date"] else None,
        date_precision=cast(DatePrecision | None, d["date_precision"]),
        place=d["place"],
        actors=tuple(d["actors"]),
        **{harm: counts_of(d[harm]) for harm in HARMS},
        qualifier=d["qualifier"],
        claimed_by=d["claimed_by"],
        span=(cast(FieldName, field), start, end),
    )


def tags_json(t: Tags) -> Doc:
    return {
        "countries": list(t.countries),
        "regions": [region_json(r) for r in t.regions],
        "actors": [actor_json(a) for a in t.actors],
        "events": [event_json(e) for e in t.events],
        "type": t.type.value,
        "severity": t.severity.name.lower(),
    }


def tags_of(d: Doc) -> Tags:
    return Tags(
        countries=tuple(d["countries"]),
        regions=tuple(region_of(r) for r in d["regions"]),
        actors=tuple(actor_of(a) for a in d["actors"]),
        events=tuple(event_of(e) for e in d["events"]),
        type=EventType(d["type"]),
        severity=Severity[d["severity"].upper()],
    )


# ---------------------------------------------------------------- items


def hazard_json(h: Hazard) -> Doc:
    doc: Doc = {name: getattr(h, name) for name in _names(Hazard)}
    doc["expires"] = time_text(h.expires)
    return {key: value for key, value in doc.items() if value not in (None, ())}


def hazard_of(d: Doc) -> Hazard:
    return Hazard(
        **{
            **d,
            "expires": time_of(d.get("expires")),
            "references": tuple(d.get("references", ())),
            "areas": tuple(d.get("areas", ())),
            "geocodes": tuple((name, value) for name, value in d.get("geocodes", ())),
        }
    )


def item_json(item: Item) -> Doc:
    """The item as `export` prints it: every key of the contract, then what else is known."""
    return {
        "id": item.id,
        "feed": item.feed,
        "guid": item.guid,
        "title": item.title,
        "summary": item.summary,
        "link": item.link,
        "published": time_text(item.published),
        "published_note": item.published_note,
        "first_seen": time_text(item.first_seen),
        "revised": time_text(item.revised),
        "lang": item.lang,
        **tags_json(item.tags),
        "story": item.story,
        "content": item.content,
        "author": item.author,
        "categories": list(item.categories),
        "points": [list(p) for p in item.points],
        "hazard": hazard_json(item.hazard) if item.hazard else None,
        "revisions": [{"seen": time_text(r.seen), "title": r.title, "summary": r.summary} for r in item.revisions],
    }


def item_doc(item: Item) -> Doc:
    """The item as it is stored: as `item_json`, without what is empty."""
    return {key: value for key, value in item_json(item).items() if value not in (None, "", [])}


def item_of(d: Doc) -> Item:
    """An item from either of the two. KeyError, ValueError or TypeError when the object is no item."""
    tags = {"countries": [], "regions": [], "actors": [], "events": [], **d}
    return Item(
        id=d["id"],
        feed=d["feed"],
        guid=d.get("guid"),
        title=d.get("title", ""),
        summary=d.get("summary", ""),
        content=d.get("content", ""),
        link=d.get("link"),
        published=time_of(d.get("published")),
        published_note=d.get("published_note"),
        first_seen=must_time(d["first_seen"]),
        revised=time_of(d.get("revised")),
        lang=d.get("lang"),
        author=d.get("author"),
        categories=tuple(d.get("categories", ())),
        points=tuple((lat, lon) for lat, lon in d.get("points", ())),
        hazard=hazard_of(d["hazard"]) if d.get("hazard") else None,
        revisions=tuple(Revision(must_time(r["seen"]), r["title"], r["summary"]) for r in d.get("revisions", ())),
        tags=tags_of(tags),
        story=d.get("story"),
    )


# ---------------------------------------------------------------- alerts, feed states, watch log

_TIMES: Final = frozenset(
    (
        "raised",
        "updated",
        "returned",
        "at",
        "until",
        "event_at",
        "since",
        "next_due",
        "last_polled",
        "last_ok",
        "newest",
        "retry_at",
    )
)
"""Keys that hold times in alerts, feed states and log entries."""


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


def _names(noun: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(noun))


def _flat(noun: object, names: tuple[str, ...]) -> Doc:
    values = {name: getattr(noun, name) for name in names}
    return {name: _plain(value) for name, value in values.items() if value not in (None, "", (), 0)}


def _fields(d: Doc) -> Doc:
    """Times become datetimes and lists tuples, as every frozen noun holds them."""
    out: Doc = {}
    for key, value in d.items():
        if key in _TIMES:
            out[key] = time_of(value)
        elif isinstance(value, list):
            out[key] = tuple(tuple(v) if isinstance(v, list) else v for v in value)
        else:
            out[key] = value
    return out


def alert_doc(alert: Alert) -> Doc:
    doc = {**_flat(alert, _names(Alert)), "priority": alert.priority.name, "state": alert.state.value}
    if alert.turns:
        doc["turns"] = [[time_text(t.at), t.what, t.words] for t in alert.turns]
    return doc


def alert_of(d: Doc) -> Alert:
    turns = tuple(Turn(must_time(at), what, words) for at, what, words in d.get("turns", ()))
    named = {"priority": Priority[d["priority"]], "state": AlertState(d["state"]), "turns": turns}
    return Alert(**{**_fields(d), **named})


def feed_state_doc(state: FeedState) -> Doc:
    return {**_flat(state, _names(FeedState)), "health": state.health.value}


def feed_state_of(d: Doc) -> FeedState:
    gap = d.get("usual_gap")
    return FeedState(
        **{
            **_fields(d),
            "health": FeedHealth(d["health"]),
            "usual_gap": timedelta(seconds=gap) if gap is not None else None,
        }
    )


def entry_doc(entry: Entry) -> Doc:
    return _flat(entry, _names(Entry))


def entry_of(d: Doc) -> Entry:
    return Entry(**{"subject": "", **_fields(d)})


# ---------------------------------------------------------------- anything else, for lists


def noun_json(noun: Any) -> Any:
    """Any noun of the model, every key there: enums by name in small letters, times as text, spans as seconds."""
    if hasattr(noun, "__dataclass_fields__"):
        return {name: noun_json(getattr(noun, name)) for name in noun.__dataclass_fields__}
    if isinstance(noun, tuple):
        return [noun_json(part) for part in noun]
    if isinstance(noun, IntEnum):
        return noun.name if isinstance(noun, Priority) else noun.name.lower()
    if isinstance(noun, date) and not isinstance(noun, datetime):
        return noun.isoformat()
    return _plain(noun)
