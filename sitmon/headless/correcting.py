"""`sitmon tags`: an officer corrects a tag; the operator reads the corrections as proposals for feeds.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitmon.codec import noun_json
from sitmon.errors import UsageError
from sitmon.headless import opening
from sitmon.headless.output import json_line, line
from sitmon.model import ActorTag, Item, RegionTag
from sitmon.options import Options
from sitmon.room import Room
from sitmon.watch.corrections import Correction, corrections


def tags(options: Options) -> int:
    with opening.room(options, "reader" if options.action == "review" else "seat") as room:
        return review(options, room) if options.action == "review" else correct(options, room)


def correct(options: Options, room: Room) -> int:
    """Into the watch log: add ITEM NAME, remove ITEM ID, or sense ITEM ID NAME."""
    item = room.store.item(options.subject or "")
    if item is None:
        raise UsageError(f"{options.subject!r}: no such item; `sitmon search --json` gives ids")
    if len(options.text) != (2 if options.action == "sense" else 1):
        raise UsageError("tags sense: name the id that is wrong and the one that is right; add and remove take one")
    room.fill()
    name, to = (*options.text, "")[:2]
    data = (("op", options.action or ""), ("id", name), ("to", to))
    line(f"{room.act('tag', item.id, options.reason, data=data, by=options.by)}: {item.title}")
    return 0


def review(options: Options, room: Room) -> int:
    """Every correction, and below it what would make it unnecessary."""
    found = corrections(room.entries, room.now())
    for item in room.store.items(tuple(found)):
        for made in found[item.id]:
            if options.json:
                json_line(noun_json(made) | {"title": item.title, "proposal": list(proposal(made, item))})
                continue
            reason = f' "{made.reason}"' if made.reason else ""
            line(f"# {made.by}: {made.op} {made.id} {made.to}{reason}: {item.title}".replace("  ", " "))
            for text in proposal(made, item):
                line(text)
    return 0


def proposal(made: Correction, item: Item) -> Iterator[str]:
    """Lines for feeds.yaml: the words that led astray are blocked for the wrong name, and lead to the right one."""
    section = "places" if made.what == "region" else "actors"
    words = ", ".join(sorted(set(mentioned(made.id, item)))) or "…"
    yield f"{section}:"
    if made.op != "add":
        yield f"  - {{id: {made.id}, block: [{words}]}}"
    if made.op == "sense":
        yield f"  - {{id: {made.to}, aliases: [{words}]}}"
    if made.op == "add":
        yield f"  - {{id: {made.id}, aliases: [{words}]}}"


def mentioned(name: str, item: Item) -> Iterable[str]:
    """The words in the item that a tag stands on."""
    tags_: tuple[RegionTag | ActorTag, ...] = (*item.tags.regions, *item.tags.actors)
    return (mention.text for tag in tags_ if tag.id == name for mention in tag.mentions)
