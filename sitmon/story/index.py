"""Inverted indexes over the open stories: which share a place, an actor, a name or a word with an item.

How many stories stand under a key also says how much the key tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sitmon.story.lore import Lore

LOOKED_AT: Final = 20
"""Newest stories looked at under one key: a country at war has hundreds, the fitting one shares rarer keys too."""
READ: Final = 100
"""Entries read for one item, which bounds its cost however many stories are open."""
USUAL: Final = 4
"""Items that a story has at most, mostly, in one day."""
VOTES: Final = {"p": 4.0, "a": 2.0, "n": 1.0, "t": 1.0, "w": 0.3, "d": 2.0, "c": 0.5}
"""What a shared place, actor, name, thing, word, day in a country, and country are worth in choosing candidates."""
WEIGHED: Final = 4
"""Candidates to be weighed in full: with more of them recall stays, and precision falls."""


class _Entry:
    """A story in the index. Votes for the item looked at are counted on it, which takes no look-up."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.asked = 0
        """The question that it has votes for."""
        self.votes = 0.0
        self.items: dict[str, int] = {}
        """How many of its items tell of each day of a country."""


class Index:
    def __init__(self) -> None:
        self._entries: dict[int, _Entry] = {}
        self._newest: dict[str, list[_Entry]] = {}
        """Under each key the newest `LOOKED_AT` stories, oldest first: most keys have no more, and small lists."""
        self._older: dict[str, dict[_Entry, None]] = {}
        """The other stories of keys that have more, oldest first."""
        self._asked = 0
        self._items: dict[str, int] = {}
        """How many items the stories under a day of a country have there."""
        self.lore = Lore()

    def post(self, number: int, keys: Iterable[str]) -> None:
        """Put a story under its keys, as their newest."""
        entry = self._entries.get(number)
        if entry is None:
            entry = self._entries[number] = _Entry(number)
        for key in keys:
            newest = self._newest.get(key)
            if newest is None:
                self._newest[key] = [entry]
            elif newest[-1] is not entry:
                self._move(key, newest, entry)
            if key[0] == "d":
                entry.items[key] = entry.items.get(key, 0) + 1
                self._items[key] = self._items.get(key, 0) + 1

    def _move(self, key: str, newest: list[_Entry], entry: _Entry) -> None:
        older = self._older.get(key)
        if older is not None and entry in older:
            del older[entry]
        elif (at := _place(newest, entry)) >= 0:
            del newest[at]
        if len(newest) == LOOKED_AT:
            if older is None:
                older = self._older[key] = {}
            older[newest.pop(0)] = None
        newest.append(entry)

    def drop(self, number: int, keys: Iterable[str]) -> None:
        entry = self._entries.pop(number, None)
        if entry is None:
            return
        for key in keys:
            newest, older = self._newest[key], self._older.get(key)
            at = _place(newest, entry)
            if at >= 0:
                del newest[at]
                if older:
                    newest.insert(0, older.popitem()[0])
                elif not newest:
                    del self._newest[key]
            elif older is not None:
                older.pop(entry, None)
            if older is not None and not older:
                del self._older[key]
        for key, items in entry.items.items():
            self._items[key] -= items
            if not self._items[key]:
                del self._items[key]

    def crowd(self, keys: Iterable[str]) -> float:
        """How many stories stand under the keys; one under several counts for each, which is near enough and cheap.

        One with more items than a story mostly has is taken for several: it may have swallowed what it should not.
        """
        found = 0.0
        for key in keys:
            found += max(self._count(key), self._items.get(key, 0) / USUAL)
        return found

    def _count(self, key: str) -> int:
        newest = self._newest.get(key)
        if newest is None:
            return 0
        count = len(newest)
        return count if count < LOOKED_AT else count + len(self._older.get(key, ()))

    def candidates(self, keys: Iterable[str], rarity: dict[str, float]) -> list[int]:
        """Numbers of the stories that share the most telling of the keys; the newest first among equals.

        Rare keys are read first, and what everybody talks about no longer once `READ` stories have been looked at.
        """
        self._asked += 1
        asked, left = self._asked, READ
        found: list[_Entry] = []
        known = sorted([key for key in keys if key in self._newest])  # the order of a set does not matter
        for key in sorted(known, key=rarity.__getitem__, reverse=True):
            newest = self._newest[key]
            weight = rarity[key] * VOTES[key[0]]
            for entry in newest:
                if entry.asked == asked:
                    entry.votes += weight
                else:
                    entry.asked, entry.votes = asked, weight
                    found.append(entry)
            left -= len(newest)
            if left < 0:
                break
        return _most(found)


def _place(entries: list[_Entry], entry: _Entry) -> int:
    """Where an entry stands, looked for from the end; -1 for nowhere."""
    at = len(entries) - 1
    while at >= 0 and entries[at] is not entry:
        at -= 1
    return at


def _most(entries: list[_Entry]) -> list[int]:
    """The `WEIGHED` with the most votes, best first, whose votes are then spent."""
    found: list[int] = []
    while len(found) < WEIGHED and len(found) < len(entries):
        best = entries[0]
        for entry in entries:
            if entry.votes > best.votes or (entry.votes == best.votes and entry.number > best.number):
                best = entry
        found.append(best.number)
        best.votes = -1.0
    return found
