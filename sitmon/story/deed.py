"""Evidence of what was done: by whom, to whom, of what kind, to how many."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from sitmon.model import EventType
from sitmon.story.account import Account
from sitmon.story.evidence import Evidence, Sight
from sitmon.story.profile import Profile

OTHER: Final = EventType.OTHER
VIOLENT: Final = frozenset((EventType.BATTLES, EventType.EXPLOSIONS, EventType.CIVILIANS))
_KINDRED: Final = (
    VIOLENT,
    frozenset((EventType.CIVILIANS, EventType.CRIME)),
    frozenset((EventType.PROTESTS, EventType.RIOTS, EventType.CIVILIANS)),
    frozenset((EventType.EXPLOSIONS, EventType.ACCIDENT)),
    frozenset((EventType.DISASTER, EventType.ACCIDENT)),
    frozenset((EventType.STRATEGIC, EventType.DIPLOMACY)),
    frozenset((EventType.STRATEGIC, EventType.BATTLES)),
    frozenset((EventType.CYBER, EventType.CRIME)),
)

KIN: Final = 0.8
"""Worth of an actor's parent, part or successor beside the actor itself."""


def who(found: Evidence, sight: Sight, story: Account) -> None:
    profile = sight.profile
    best, shared = 0.0, 0
    for actor in sight.kin:
        if actor in story.actors:
            shared += 1
            near = 1.0 if actor in profile.actors else KIN
            best = max(best, near * story.share(story.actors[actor]) * (0.6 + sight.rarity[actor] / 4))
    if shared:
        found.add("shared actor", min(2.0, best + 0.2 * (shared - 1)))
    if sight.powers and story.states and not sight.powers.isdisjoint(story.states):
        found.add("shared state")
    if profile.victims and story.victims and profile.victims.isdisjoint(story.victims):
        found.add("other victims")


def what(found: Evidence, profile: Profile, story: Account) -> None:
    kind = profile.type
    if kind == story.type:
        found.add("nothing told" if kind == OTHER else "same kind")
    elif story.type == OTHER:
        found.add("kind unsaid")
        if profile.tolls and not story.tolls:
            found.add("nothing before")
    elif kind == OTHER:
        found.add("kind unsaid")
    elif kind in story.types or story.type in _kindred(kind):
        found.add("same kind", 0.3)
    else:
        found.add("other kind")


@cache
def _kindred(kind: EventType) -> frozenset[EventType]:
    return frozenset().union(*[kin for kin in _KINDRED if kind in kin])


def how_many(found: Evidence, profile: Profile, story: Account) -> None:
    for harm, low, high in profile.tolls:
        theirs = story.tolls.get(harm)
        if not theirs:
            continue
        if (low, high) in theirs:
            found.add("same figure")
        for other_low, other_high in theirs:
            if low <= other_high and other_low <= high:
                few = min(1.0, 2 / len(theirs))  # among many different figures, one is the same by chance
                found.add("same toll", few * min(1.5, 0.4 + math.log(1 + high) / 4) * (0.5 if high % 10 == 0 else 1.0))
                return
        least = min([low for low, _ in theirs])
        if high < least and profile.hour > story.first:
            found.add("toll falls", min(2.0, math.log(least / max(1, high))))
        return


def what_was_hit(found: Evidence, profile: Profile, story: Account) -> None:
    """Airport one day, hotel the next: against a story of which most say another."""
    theirs = story.targets
    if profile.targets and theirs:
        told = max([theirs.get(target, 0) for target in profile.targets])
        found.add("other target", 1 - told / max(theirs.values()))
