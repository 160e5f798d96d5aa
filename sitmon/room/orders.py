"""An officer's orders about tags and stories, looked over before they are written down: what they name must exist.

Each function takes what was asked and gives the data of the entry, with words for what it does, or raises UsageError,
which says what to ask instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitmon import dtg
from sitmon.errors import UsageError
from sitmon.model import Entry, Item, Story
from sitmon.room.naming import Names, What
from sitmon.watch import value

DONE = {"add": "added", "remove": "removed", "sense": "changed"}


@dataclass(frozen=True, slots=True)
class Order:
    """An entry's `data`, and what it does in words."""

    data: tuple[tuple[str, str], ...]
    words: str


def tag(item: Item | None, asked: Mapping[str, str], names: Names) -> Order:
    """`asked` has op, id, perhaps what, and to for sense. New tags may be names; old ones are ids of its tags."""
    if item is None:
        raise UsageError("no such item is stored")
    op, old, new = asked.get("op", ""), asked.get("id", ""), asked.get("to", "")
    if op not in DONE:
        raise UsageError(f"{op!r}: a tag can be corrected by add, remove or sense")
    tagged = _tagged(item)
    if op == "add":
        what, old = names.either(old) if (given := _what(asked)) is None else (given, names.find(given, old))
        if old in tagged:
            raise UsageError(f"{old} is among its tags already")
    elif old not in tagged:
        raise UsageError(f"{old} is not among its tags: {' '.join(tagged) or 'it has none'}")
    else:
        what = tagged[old]
    new = names.find(what, new) if op == "sense" else ""
    if new in tagged:
        raise UsageError(f"{new} is among its tags already: remove {old} instead")
    to = f" to {new} ({names.name(what, new)})" if new else ""
    data = (("op", op), ("what", what), ("id", old), ("to", new))
    return Order(data, f"{DONE[op]} {what} {old} ({names.name(what, old)}){to}")


def _what(asked: Mapping[str, str]) -> What | None:
    return "actor" if asked.get("what") == "actor" else "region" if asked.get("what") == "region" else None


def _tagged(item: Item) -> dict[str, What]:
    found: dict[str, What] = {region.id: "region" for region in item.tags.regions}
    return found | {actor.id: "actor" for actor in item.tags.actors}


def split(told: Story | None, items: Sequence[str]) -> Order:
    """These items of the story become one of their own."""
    if told is None:
        raise UsageError("this story is closed: only stories with news in the last days can be split")
    if not items or not set(items) <= set(told.items):
        raise UsageError("a split names items of the story; what it holds has changed, look again")
    if set(items) == set(told.items):
        raise UsageError("these are all the items of the story: nothing would stay in it")
    words = "the item is a story of its own" if len(items) == 1 else f"{len(items)} items are a story of their own"
    return Order((("items", " ".join(items)),), words)


def merge(told: Story | None, other: Story | None) -> Order:
    """The story is told as a part of the other."""
    if told is None or other is None:
        raise UsageError("one of the stories is closed: only stories with news in the last days can be merged")
    if told.id == other.id:
        raise UsageError("they are one story already")
    return Order((("into", other.id), ("items", " ".join(told.items))), f"now in: {other.title}")


def undo(entry: Entry | None, told: Story | None) -> Order:
    """The entry is struck; `told` is the story that it is about, if it is about one."""
    if entry is None:
        raise UsageError("nothing stands here that could be undone; `sitmon log` lists what was done")
    if entry.verb in {"split", "merge"} and told is None:
        raise UsageError("this story is closed: only stories with news in the last days can be put together again")
    if entry.verb == "merge" and not value(entry, "items"):
        raise UsageError("the log does not say which items this merge moved; split them off instead")
    text = f' "{entry.text}"' if entry.text else ""
    return Order((), f"undone: {entry.verb} by {entry.by} {dtg.dtg(entry.at)}{text}")
