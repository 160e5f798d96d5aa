"""Evidence of words: names, things in no language, stems, and what is told in the same words."""

from __future__ import annotations

import math

from sitmon.story.account import Account
from sitmon.story.evidence import Evidence, Sight, counts


def names(found: Evidence, sight: Sight, story: Account) -> None:
    """Names count by their rarity."""
    theirs = story.names
    told = [worth * story.share(theirs[name]) for name, worth in sight.names.items() if name in theirs]
    if told:
        found.add("shared names", min(8.0, math.fsum(told)))


def things(found: Evidence, sight: Sight, story: Account) -> None:
    """Concepts count by their rarity; those that only the item names speak against it where the story names others."""
    theirs, whole = story.things, sight.counted
    if not sight.things or not theirs:
        return
    shared: list[float] = []
    counted: list[float] = []
    for thing, rarity in sight.things.items():
        told = theirs.get(thing)
        if told is not None:
            worth = rarity * story.share(told)
            shared.append(worth)
            if counts(thing):
                counted.append(worth)
    if shared:
        found.add("shared things", min(3.0, math.fsum(shared) / 2))
    if whole:
        found.add("other things", (1 - math.fsum(counted) / whole) * min(1.0, whole / 3))


def stems(found: Evidence, sight: Sight, story: Account) -> None:
    theirs = story.stems
    same = math.fsum([worth * story.share(theirs[stem]) for stem, worth in sight.words.items() if stem in theirs])
    if same:
        found.add("shared words", same)


def said(found: Evidence, sight: Sight, story: Account) -> None:
    """The most telling word of the title that the story has too, and the most telling name: one is enough."""
    theirs = story.said
    best, name = 0.0, 0.0
    for key, rarity in sight.said.items():
        told = theirs.get(key)
        if told is not None:
            worth = rarity * story.share(told)
            if key[0] == "w":
                best = max(best, worth)
            else:
                name = max(name, worth)
    if best > 0:
        found.add("rarest word", best * best)
    if name > 0:
        found.add("rarest name", name * name)
