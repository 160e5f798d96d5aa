"""What an officer means by the words behind a verb: an alert, a rule, a region, a story, by id and often by name.

What names nothing, or several things, raises a UsageError that says where to look: an order is never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.errors import UsageError
from sitmon.room import Room

ITEMS = "`sitmon search --json` gives ids"


def alert(room: Room, text: str) -> str:
    """By its id, whole or by its beginning."""
    known = [alert.id for alert in room.all_alerts]
    found = [name for name in known if name == text] or [name for name in known if name.startswith(text)]
    if len(found) != 1:
        what = "several alerts begin so" if found else "no such alert"
        raise UsageError(f"{text!r}: {what}; `sitmon alerts` lists them")
    return found[0]


def in_service(room: Room, text: str) -> str:
    """A rule, a feed or an alert."""
    if text in _rules(room) or text in room.feeds:
        return text
    if not any(alert.id.startswith(text) for alert in room.all_alerts):
        raise UsageError(f"{text!r}: no rule or feed of feeds.yaml and no alert is called so")
    return alert(room, text)


def region(room: Room, text: str) -> str:
    """Of the board before any other of that id or name."""
    key = text.strip().casefold()
    for status in room.statuses:
        if status.kind == "board" and key in {status.id.casefold(), status.name.casefold()}:
            return status.id
    return room.names.find("region", text)


def story(room: Room, text: str) -> str:
    """By its id, or by that of one of its items."""
    item = room.store.item(text)
    if item is not None:
        home = room.corrected(item).story
        if home is None:
            raise UsageError(f"{text}: this item is in no story")
        return home
    told = room.story(text)
    if told is None:
        raise UsageError(f"{text!r}: no such story or item; `sitmon stories` lists stories, {ITEMS} of items")
    return told.id


def items(room: Room, text: str) -> tuple[str, tuple[str, ...]]:
    """Items of one story, their ids joined by commas; the story's id and theirs."""
    ids = tuple(dict.fromkeys(filter(None, text.split(","))))
    strangers = [one for one in ids if room.store.item(one) is None]
    if strangers or not ids:
        raise UsageError(f"{(strangers or [text])[0]!r}: no such item; {ITEMS}, as does `sitmon search story:s-1f2e3d`")
    homes = dict.fromkeys(story(room, one) for one in ids)
    if len(homes) > 1:
        raise UsageError(f"these items are in {len(homes)} stories, {', '.join(homes)}: split one story at a time")
    return next(iter(homes)), ids


def note(room: Room, words: Sequence[str]) -> tuple[str, str]:
    """Subject and text: the first word is the subject where it is an id of something, else a word of the text."""
    if len(words) > 1 and _is_known(room, words[0]):
        return words[0], " ".join(words[1:])
    text = " ".join(words).strip()
    if not text or _is_known(room, text):
        raise UsageError(f'what should the watch log say? sitmon note {text or "[ID]"} "a few words"')
    return "", text


def _is_known(room: Room, text: str) -> bool:
    named = text in _rules(room) or text in room.feeds or text in room.geography.names
    if named or any(alert.id == text for alert in room.all_alerts) or any(s.id == text for s in room.statuses):
        return True
    return room.store.item(text) is not None or room.story(text) is not None


def _rules(room: Room) -> set[str]:
    return {rule.id for rule in room.config.rules}
