"""How well an item fits a story: named pieces of evidence, and what each is worth.

`evidence` looks; `score` adds up. The weights come from a logistic regression over pairs of the development stories
in tests/stories and were rounded: a positive sum means 'more likely the same event than not'.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from sitmon.model import EventType
from sitmon.story.account import Account
from sitmon.story.profile import Place, Profile

Rarity = Callable[[str], float]
"""How much a key tells: natural logarithm of the open stories over those that share it."""

Evidence = dict[str, float]

NONE: Evidence = {}

WEIGHTS: Evidence = {
    "base": -2.2,
    "same place": 3.0,
    "same division": 1.2,
    "within": 1.6,
    "near": 1.4,
    "same country": 0.4,
    "other place": -2.8,
    "other country": -3.5,
    "place unsaid": -0.2,
    "shared actor": 1.1,
    "other actor": -1.2,
    "shared state": 0.4,
    "same kind": 0.6,
    "other kind": -2.0,
    "same day": 1.0,
    "day apart": -1.2,
    "days apart": -3.5,
    "hours apart": -0.05,
    "same toll": 1.0,
    "other toll": -0.5,
    "shared names": 0.35,
    "shared words": 4.0,
}

VIOLENT = frozenset((EventType.BATTLES, EventType.EXPLOSIONS, EventType.CIVILIANS))
_KINDRED = (
    VIOLENT,
    frozenset((EventType.CIVILIANS, EventType.CRIME)),
    frozenset((EventType.PROTESTS, EventType.RIOTS, EventType.CIVILIANS)),
    frozenset((EventType.EXPLOSIONS, EventType.ACCIDENT)),
    frozenset((EventType.DISASTER, EventType.ACCIDENT)),
    frozenset((EventType.STRATEGIC, EventType.DIPLOMACY)),
    frozenset((EventType.STRATEGIC, EventType.BATTLES)),
    frozenset((EventType.CYBER, EventType.CRIME)),
)
NEAR_KM = 30.0
"""As far as reporters round a village to the town that readers know."""


def score(found: Evidence) -> float:
    return sum(WEIGHTS[name] * amount for name, amount in found.items())


def evidence(profile: Profile, story: Account, rarity: Rarity) -> Evidence:
    found: Evidence = {"base": 1.0}
    found |= _where(profile, story, rarity)
    found |= _who(profile, story, rarity)
    found |= _what(profile, story)
    found |= _when(profile, story)
    found |= _how_many(profile, story)
    found |= _words(profile, story, rarity)
    return found


# ---------------------------------------------------------------- where


def _where(profile: Profile, story: Account, rarity: Rarity) -> Evidence:
    theirs = story.main_places()
    if profile.places and theirs:
        return _places(profile, story, theirs, rarity)
    shared = profile.countries & story.countries.keys()
    if shared:
        return {"same country": min(1.5, max(rarity("c:" + country) for country in shared) / 2)}
    if profile.countries and story.countries:
        return {"other country": 1.0}
    return {"place unsaid": 1.0}


def _places(profile: Profile, story: Account, theirs: list[str], rarity: Rarity) -> Evidence:
    best, found = -9.0, {"other place": 1.0}
    for place in profile.places:
        for other in theirs:
            name, amount = _relation(place, story.points[other], rarity)
            if WEIGHTS[name] * amount > best:
                best, found = WEIGHTS[name] * amount, {name: amount}
    return found


def _relation(one: Place, two: Place, rarity: Rarity) -> tuple[str, float]:
    if one.id == two.id:
        deep = one.id.count(".") > 1
        return ("same place", _told(rarity("p:" + one.id))) if deep else ("same division", _told(rarity("p:" + one.id)))
    if one.id.startswith(two.id + ".") or two.id.startswith(one.id + "."):
        return "within", 1.0
    away = distance(one, two)
    if away is not None and away < NEAR_KM:
        return "near", 1.0 - away / (2 * NEAR_KM)
    return ("other place" if one.id[:2] == two.id[:2] else "other country"), 1.0


def _told(rarity: float) -> float:
    """From a half for what everybody talks about to one for what nobody else mentions."""
    return min(1.0, 0.5 + rarity / 8)


def distance(one: Place, two: Place) -> float | None:
    """Kilometres on a flat earth, good to a few percent at the distances that matter here."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    across = (one.lon - two.lon) * math.cos(math.radians((one.lat + two.lat) / 2))
    return 111.2 * math.hypot(one.lat - two.lat, across)


# ---------------------------------------------------------------- who, what, when, how many


def _who(profile: Profile, story: Account, rarity: Rarity) -> Evidence:
    found: Evidence = {}
    shared = profile.actors & story.actors.keys()
    if shared:
        found["shared actor"] = min(
            2.0, 0.6 + max(rarity("a:" + actor) for actor in shared) / 4 + 0.2 * (len(shared) - 1)
        )
    elif profile.actors and story.actors:
        found["other actor"] = 1.0
    if profile.states & story.states.keys():
        found["shared state"] = 1.0
    return found


def _what(profile: Profile, story: Account) -> Evidence:
    kind = profile.type
    if EventType.OTHER in (kind, story.type):
        return {}
    if kind == story.type:
        return {"same kind": 1.0}
    if kind in story.types or any(kind in kin and story.type in kin for kin in _KINDRED):
        return {"same kind": 0.3}
    return {"other kind": 1.0}


def _when(profile: Profile, story: Account) -> Evidence:
    found = {"hours apart": _hours(profile, story)}
    day = profile.day if profile.day is not None else None if profile.old else _published_day(profile.hour)
    theirs = story.day if story.day is not None else _published_day(story.first)
    both_say = profile.day is not None and story.day is not None
    if day is None:
        return {"days apart": 1.0}
    gap = abs(day - theirs)
    if gap == 0:
        found["same day"] = 1.0 if both_say else 0.5
    elif both_say:
        found["day apart" if gap == 1 else "days apart"] = 1.0
    elif profile.day is not None and (gap > 2 or day > _published_day(story.latest)):
        found["days apart"] = 0.7
    return found


def _published_day(hour: float) -> int:
    return int(hour // 24) + _EPOCH


_EPOCH = datetime(1970, 1, 1).toordinal()


def _hours(profile: Profile, story: Account) -> float:
    """Hours from the story's nearest end; within it, none."""
    return max(0.0, story.first - profile.hour, profile.hour - story.latest)


def _how_many(profile: Profile, story: Account) -> Evidence:
    best: Evidence = {}
    for harm, low, high in profile.tolls:
        theirs = story.tolls.get(harm)
        if not theirs:
            continue
        if any(low <= other_high and other_low <= high for other_low, other_high in theirs):
            return {"same toll": min(1.5, 0.4 + math.log(1 + high) / 4)}
        nearest = min(max(high, other_high) / max(1, min(low, other_low)) for other_low, other_high in theirs)
        best = {"other toll": min(2.0, math.log(nearest))}
    return best


# ---------------------------------------------------------------- words


def _words(profile: Profile, story: Account, rarity: Rarity) -> Evidence:
    found: Evidence = {}
    shared = profile.names & story.names.keys()
    if shared:
        found["shared names"] = min(8.0, sum(max(0.0, rarity("n:" + name) - 1) for name in shared))
    if profile.stems:
        own = {stem: rarity("w:" + stem) ** 2 for stem in profile.stems}
        total = sum(own.values()) or 1.0
        best = max((sum(own[stem] for stem in profile.stems & wording) for wording in story.wordings), default=0.0)
        found["shared words"] = best / total
    return found
