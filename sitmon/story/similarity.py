"""How well an item fits a story: named pieces of evidence, and the sum of what each is worth by `weights`.

`evidence` looks, and adds up: above zero means 'rather the same event than not'.
"""

from __future__ import annotations

from typing import Final

from sitmon.model import EventType
from sitmon.story import deed, wording
from sitmon.story.account import Account
from sitmon.story.evidence import Evidence, Sight
from sitmon.story.profile import Profile
from sitmon.story.weights import PLACED, UNPLACED
from sitmon.story.when import when
from sitmon.story.where import where

HOPELESS: Final = -5.0
"""Place and time so wrong that nothing said of the rest has ever made up for it."""

COMMON: Final = frozenset(
    ("shared actor", "shared state", "same toll", "shared names", "shared things", "shared words")
)
"""What an item can have in common with a story besides where, when and what kind of event it was."""


def evidence(sight: Sight, story: Account, least: float) -> Evidence:
    """What speaks for and against; of place and time alone where the rest cannot bring the score over `least`."""
    profile = sight.profile
    found = Evidence(PLACED if profile.places and story.main else UNPLACED)
    found.add("base")
    where(found, sight, story)
    when(found, profile, story)
    if found.score > max(HOPELESS, least - sight.hope):
        deed.who(found, sight, story)
        deed.what(found, profile, story)
        deed.what_was_hit(found, profile, story)
        deed.how_many(found, profile, story)
        wording.names(found, sight, story)
        wording.things(found, sight, story)
        wording.stems(found, sight, story)
        wording.said(found, sight, story)
        if found.worth.keys().isdisjoint(COMMON):
            found.add("nothing in common", 2.0 if profile.type == EventType.OTHER else 1.0)  # the fair beside the raid
    return found


def sight(profile: Profile, rarity: dict[str, float], said: dict[str, float], crowd: float) -> Sight:
    return Sight(profile, rarity, said, crowd, _hope(profile))


def _hope(profile: Profile) -> float:
    """The sum of what `deed` and the words give at most; a little more, for rounding."""
    most = Evidence(_MOST)
    most.add("same kind")
    most.add("shared words")
    most.add("rarest word", wording.MOST_TELLING**2)
    most.add("rarest name", wording.MOST_TELLING**2)
    if profile.actors or profile.kin:
        most.add("shared actor", 2.0)
    if profile.states or profile.kin:
        most.add("shared state")
    if profile.tolls:
        most.add("same toll", 1.5)
        most.add("same figure")
    if profile.names:
        most.add("shared names", 8.0)
    if profile.things:
        most.add("shared things", 3.0)
    return most.score + 1e-6


_MOST: Final = {name: max(0.0, PLACED.get(name, 0.0), UNPLACED.get(name, 0.0)) for name in PLACED | UNPLACED}
