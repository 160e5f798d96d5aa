"""A tagged text for people: the words marked where they stand, then a line a tag that says why."""

from __future__ import annotations

import os
import sys

from sitmon.headless.output import line
from sitmon.model import ActorTag, Document, Event, FieldName, Mention, RegionTag, Tags
from sitmon.room import rows

REGION, ACTOR, OFF = "\x1b[4;36m", "\x1b[4;35m", "\x1b[0m"


def show(document: Document, tags: Tags) -> None:
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for name in ("title", "summary", "content"):
        text = document.text(name)
        if text:
            line(marked(text, spans(name, tags), colour))
            line()
    for region in tags.regions:
        line(f"place  {region.name} [{region.id}] {region.score:.2f}: {why(region)}")
    for actor in tags.actors:
        line(f"actor  {actor.name} [{actor.id}] {actor.kind}: {why(actor)}")
    for event in tags.events:
        line(f"event  {happened(document, event)}")
    line(f"is     {tags.type.value}, {tags.severity.name.lower()}; countries: {', '.join(tags.countries) or 'none'}")


def spans(name: FieldName, tags: Tags) -> list[tuple[int, int, str]]:
    """Where tagged words stand in a field, in order and without overlap."""
    found = [(m.start, m.end, REGION) for r in tags.regions for m in r.mentions if m.field == name]
    found += [(m.start, m.end, ACTOR) for a in tags.actors for m in a.mentions if m.field == name]
    kept: list[tuple[int, int, str]] = []
    for span in sorted(found, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def marked(text: str, found: list[tuple[int, int, str]], colour: bool) -> str:
    """Underlined colours on a terminal, [square] and {curly} brackets elsewhere."""
    out, at = [], 0
    for start, end, style in found:
        before, after = (style, OFF) if colour else ("[", "]") if style == REGION else ("{", "}")
        out += [text[at:start], before, text[start:end], after]
        at = end
    return "".join([*out, text[at:]])


def why(tag: RegionTag | ActorTag) -> str:
    return ", ".join(f'"{m.text}" ({because(m)})' for m in tag.mentions[:4]) + (
        f" and {len(tag.mentions) - 4} more" if len(tag.mentions) > 4 else ""
    )


def because(mention: Mention) -> str:
    return mention.rule if mention.alias == mention.text else f"{mention.rule}: {mention.alias}"


def happened(document: Document, event: Event) -> str:
    name, start, end = event.span
    when = f"{event.date} ({event.date_precision})" if event.date else "undated"
    toll = rows.harm(event)
    claim = f", says {event.claimed_by}" if event.claimed_by else ""
    where = f" at {event.place}" if event.place else ""
    words = document.text(name)[start:end]
    return f'{event.type.value} {when}{where}{": " + toll if toll else ""}{claim}: "{words}"'
