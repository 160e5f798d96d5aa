"""Evidence of words: names, things in no language, stems, and what is told in the same words."""

from __future__ import annotations

import math
from typing import Final

from sitmon.story.account import Account
from sitmon.story.evidence import Evidence, Sight, counts


def names(found: Evidence, sight: Sight, story: Account) -> None:
    """Names count by their rarity."""
    ours, theirs = sight.profile.names, story.names
    told = [story.share(theirs[name]) * max(0.0, sight.rarity[name] - 1) for name in ours if name in theirs]
    if told:
        found.add("shared names", min(8.0, math.fsum(told)))


def things(found: Evidence, sight: Sight, story: Account) -> None:
    """Concepts count by their rarity; those that only the item names speak against it where the story names others."""
    ours, theirs, whole = sight.profile.things, story.things, sight.things
    if not ours or not theirs:
        return
    shared = {thing: sight.rarity[thing] * story.share(theirs[thing]) for thing in ours if thing in theirs}
    if shared:
        found.add("shared things", min(3.0, math.fsum(shared.values()) / 2))
    if whole:
        same = math.fsum([worth for thing, worth in shared.items() if counts(thing)])
        found.add("other things", (1 - same / whole) * min(1.0, whole / 3))


def stems(found: Evidence, sight: Sight, story: Account) -> None:
    theirs = story.stems
    same = math.fsum([worth * story.share(theirs[stem]) for stem, worth in sight.words.items() if stem in theirs])
    if same:
        found.add("shared words", same)


MOST_TELLING: Final = 6.0
"""Rarity above which a shared word tells no more: one story in four hundred has it."""


def said(found: Evidence, sight: Sight, story: Account) -> None:
    """The most telling word of the title that the story has too, and the most telling name: one is enough."""
    theirs = story.said
    best, name = 0.0, 0.0
    for key, rarity in sight.said.items():
        told = theirs.get(key)
        if told:
            worth = min(MOST_TELLING, rarity) * story.share(told)
            if key[0] == "w":
                best = max(best, worth)
            else:
                name = max(name, worth)
    if best > 0:
        found.add("rarest word", best * best)
    if name > 0:
        found.add("rarest name", name * name)
