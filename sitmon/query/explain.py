"""Why an item matched: the words and tags that did, for an alert's `because` and the item view's highlights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sitmon.model import FieldName, Item, Mention, Story
from sitmon.query import match
from sitmon.query.compare import comparison, totals
from sitmon.query.fields import BY_NAME
from sitmon.query.match import near_places, word_places
from sitmon.query.nodes import And, Compare, Near, Node, Not, Or, Words, canonical
from sitmon.query.words import begun, spans
from sitmon.query.world import World


@dataclass(frozen=True, slots=True)
class Hit:
    """One reason. Without a `field` it is nothing that stands in the text, such as a number of sources."""

    condition: str
    """The part of the query that it satisfies."""
    text: str
    """The words of the item, or the value found."""
    field: FieldName | None = None
    start: int = 0
    end: int = 0


def explain(node: Node, item: Item, story: Story | None, now: datetime, world: World) -> tuple[Hit, ...]:
    """Hits of every branch that is true; a negation gives none."""
    return tuple(dict.fromkeys(_hits(node, item, story, now, world)))


def because(hits: tuple[Hit, ...]) -> str:
    """Hits as one line: `convoy; actor:jnim (GSIM); killed>=10 (47)`."""
    told: dict[str, list[str]] = {}
    for hit in hits:
        texts = told.setdefault(hit.condition, [])
        if hit.text.casefold() != hit.condition.casefold() and hit.text not in texts:
            texts.append(hit.text)
    return "; ".join(
        f"{condition} ({', '.join(texts[:3])})" if texts else condition for condition, texts in told.items()
    )


def _hits(node: Node, item: Item, story: Story | None, now: datetime, world: World) -> Iterator[Hit]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                if match.compile(part, world)(item, story, now):
                    yield from _hits(part, item, story, now, world)
        case Not():
            return
        case Words() | Near():
            yield from _words(node, item, ("title", "summary"))
        case Compare():
            yield from _compare(node, item, story, now, world)


def _words(node: Words | Near, item: Item, fields: tuple[FieldName, ...], condition: str = "") -> Iterator[Hit]:
    for name in fields:
        text = getattr(item, name)
        found = list(spans(text))
        plain = [word for word, _, _ in found]
        places = near_places(node, plain) if isinstance(node, Near) else word_places(node, plain)
        for first, after in places:
            start, end = found[first][1], found[after - 1][2]
            yield Hit(condition or canonical(node), text[start:end], name, start, end)


def _compare(node: Compare, item: Item, story: Story | None, now: datetime, world: World) -> Iterator[Hit]:
    if not comparison(node, world)(item, story, now):
        return
    condition, tags = canonical(node), item.tags
    match node.field:
        case "title" | "text":
            fields: tuple[FieldName, ...] = ("title",) if node.field == "title" else ("title", "summary", "content")
            for value in node.values:
                yield from _words(Words(*begun(value)), item, fields, condition)
        case "region" | "actor":
            # Each tag alone must satisfy the condition: only those that do are the reason.
            yield from _tags(node, item, now, world)
        case "type" | "country" | "severity":
            yield Hit(condition, _found(node.field, item))
        case "sources" | "items":
            yield Hit(condition, str(len(story.owners if node.field == "sources" else story.items)) if story else "1")
        case name if BY_NAME[name].kind == "number":
            for event in tags.events:
                for low, high in totals(event, name):
                    field, start, end = event.span
                    yield Hit(condition, f"{low}" if low == high else f"{low}-{high}", field, start, end)
        case _:
            yield Hit(condition, condition)


def _found(field: str, item: Item) -> str:
    tags = item.tags
    found = {"type": tags.type.value, "country": ", ".join(tags.countries), "severity": tags.severity.name.lower()}
    return found[field]


def _tags(node: Compare, item: Item, now: datetime, world: World) -> Iterator[Hit]:
    condition, test = canonical(node), comparison(node, world)
    none = replace(item.tags, regions=(), actors=())
    regions = [(tag.name, tag.mentions, replace(none, regions=(tag,))) for tag in item.tags.regions]
    actors = [(tag.name, tag.mentions, replace(none, actors=(tag,))) for tag in item.tags.actors]
    for name, mentions, alone in [*regions, *actors]:
        if test(replace(item, tags=alone), None, now):
            yield from (_mentioned(condition, mention) for mention in mentions)
            if not mentions:
                yield Hit(condition, name)


def _mentioned(condition: str, mention: Mention) -> Hit:
    return Hit(condition, mention.text, mention.field, mention.start, mention.end)
