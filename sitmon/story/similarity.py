"""How well an item fits a story: named pieces of evidence, and what each is worth.

`evidence` looks; `score` adds up: above zero means 'rather the same event than not'. The weights were fitted by
logistic regression over items held against the stories of tests/stories (as they are, and moved into one fortnight)
over headlines of UCDP events, and over general news of which nothing belongs together; drawn towards values set by
hand, and rounded. `tests.bench.stories` measures them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from sitmon.model import EventType
from sitmon.story.account import Account
from sitmon.story.profile import Place, Profile

Evidence = dict[str, float]


@dataclass(frozen=True, slots=True)
class Sight:
    """An item about to be held against several stories: what is worked out once for all of them."""

    profile: Profile
    rarity: dict[str, float]
    """How much each of its keys tells: natural logarithm of the open stories over those that share it."""
    words: dict[str, float]
    """Share of each stem in what its words tell."""
    names: float
    """What all of its names tell."""
    things: float
    """What its concepts tell, but for those of `~`, which only speak for a story."""
    crowd: float
    """Natural logarithm of how many open stories tell of its countries in its days."""
    hope: float
    """The most that all but place and time can speak for a story."""


def sight(profile: Profile, rarity: dict[str, float], crowd: int) -> Sight:
    told = {stem: rarity["w:" + stem] ** 2 for stem in profile.stems}
    total = math.fsum(told.values()) or 1.0  # exact, so that the order of a set does not matter
    return Sight(
        profile,
        rarity,
        words={stem: worth / total for stem, worth in told.items()},
        names=math.fsum([rarity["n:" + name] for name in profile.names]),
        things=math.fsum([rarity["t:" + thing] for thing in profile.things if thing[0] != "~"]),
        crowd=math.log(max(1, crowd - 1)),
        hope=_hope(profile),
    )


def _hope(profile: Profile) -> float:
    """The sum of what `_who`, `_what`, `_how_many` and `_words` give at most; a little more, for rounding."""
    most = {
        "shared actor": 2.0 if profile.actors or profile.kin else 0.0,
        "shared state": 1.0 if profile.states or profile.kin else 0.0,
        "same kind": 1.0,
        "same toll": 1.5 if profile.tolls else 0.0,
        "shared names": 8.0 if profile.names else 0.0,
        "shared things": 3.0 if profile.things else 0.0,
        "shared words": 1.0,
    }
    return score(most) + 1e-6


NONE: Evidence = {}

WEIGHTS: Evidence = {
    "base": -0.8,
    "same place": 1.55,
    "same division": 1.15,
    "much told": 1.3,
    "within": -0.2,
    "near": 0.55,
    "same country": 0.83,
    "crowd": -1.5,
    "other place": -2.75,
    "other country": -3.2,
    "place unsaid": -0.15,
    "shared actor": 0.6,
    "other actor": -0.35,
    "shared state": 0.38,
    "same victims": -0.4,
    "other victims": -1.2,
    "same kind": 0.63,
    "kind unsaid": -0.3,
    "nothing told": -1.6,
    "nothing before": -1.3,
    "other kind": -0.35,
    "same day": 1.2,
    "day apart": -2.0,
    "days apart": -1.3,
    "hours apart": -0.1,
    "days between": -1.2,
    "same toll": 2.1,
    "fewer": -0.5,
    "shared names": 0.05,
    "other names": -0.35,
    "shared things": 0.63,
    "other things": -1.6,
    "shared words": 0.9,
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
    return sum([WEIGHTS[name] * amount for name, amount in found.items()])


MUCH = 12
"""Items from which on a story draws what is still said of its place: reactions, admissions, new figures."""
HOPELESS = -5.0
"""Place and time so wrong that nothing said of the rest has ever made up for it."""


def evidence(sight: Sight, story: Account, least: float) -> Evidence:
    """What speaks for and against; of place and time alone where the rest cannot bring the score over `least`."""
    profile = sight.profile
    found: Evidence = {"base": 1.0}
    found |= _where(sight, story)
    found |= _when(profile, story)
    if score(found) > max(HOPELESS, least - sight.hope):
        found |= _who(profile, story, sight.rarity)
        found |= _what(profile, story)
        found |= _how_many(profile, story)
        found |= _words(sight, story)
    return found


# ---------------------------------------------------------------- where


def _where(sight: Sight, story: Account) -> Evidence:
    profile = sight.profile
    if profile.places and story.main:
        found = _places(profile, story, story.main, sight.rarity)
        if "same place" in found:
            found["much told"] = min(1.0, math.log(len(story.items)) / math.log(MUCH))
        return found
    if not profile.countries.isdisjoint(story.countries):
        return {"same country": 1.0, "crowd": sight.crowd}
    if profile.countries and story.countries:
        return {"other country": 1.0}
    return {"place unsaid": 1.0}


def _places(profile: Profile, story: Account, theirs: tuple[str, ...], rarity: dict[str, float]) -> Evidence:
    best, found = -9.0, {"other place": 1.0}
    for place in profile.places:
        for other in theirs:
            name, amount = _relation(place, story.points[other], rarity)
            if WEIGHTS[name] * amount > best:
                best, found = WEIGHTS[name] * amount, {name: amount}
    return found


def _relation(one: Place, two: Place, rarity: dict[str, float]) -> tuple[str, float]:
    if one.id == two.id:
        name = "same place" if one.id.count(".") > 1 else "same division"
        return name, _told(rarity["p:" + one.id]) * (0.6 if one.capital else 1.0)
    if one.id.startswith(two.id + ".") or two.id.startswith(one.id + "."):
        return "within", 1.3 if _last(one.id) == _last(two.id) else 1.0
    away = distance(one, two)
    if away is not None and away < NEAR_KM:
        return "near", 1.0 - away / (2 * NEAR_KM)
    return ("other place" if one.id[:2] == two.id[:2] else "other country"), 1.0


def _last(region: str) -> str:
    """A division is often named after its town, and either may be meant: `UA.Poltava`, `UA.Poltava.Poltava`."""
    return region.rpartition(".")[2]


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


KIN = 0.8
"""Worth of an actor's parent, part or successor beside the actor itself."""


def _who(profile: Profile, story: Account, rarity: dict[str, float]) -> Evidence:
    found: Evidence = {}
    shared = [actor for actor in profile.actors | profile.kin if actor in story.actors]
    if shared:
        told = [_actor(actor, profile, story, rarity) for actor in shared]
        found["shared actor"] = min(2.0, max(told) + 0.2 * (len(shared) - 1))
    elif profile.actors and story.actors:
        found["other actor"] = 1.0
    if not (profile.states | profile.kin).isdisjoint(story.states):
        found["shared state"] = 1.0
    if profile.victims and story.victims:
        found["other victims" if profile.victims.isdisjoint(story.victims) else "same victims"] = 1.0
    return found


def _actor(actor: str, profile: Profile, story: Account, rarity: dict[str, float]) -> float:
    near = 1.0 if actor in profile.actors else KIN
    return near * story.share(story.actors[actor]) * (0.6 + rarity["a:" + actor] / 4)


def _what(profile: Profile, story: Account) -> Evidence:
    kind = profile.type
    if kind == story.type:
        return {"same kind": 1.0} if kind != EventType.OTHER else {"nothing told": 1.0}
    if story.type == EventType.OTHER:
        return {"kind unsaid": 1.0, "nothing before": 1.0 if profile.tolls and not story.tolls else 0.0}
    if kind == EventType.OTHER:
        return {"kind unsaid": 1.0}
    if kind in story.types or any(kind in kin and story.type in kin for kin in _KINDRED):
        return {"same kind": 0.3}
    return {"other kind": 1.0}


LONG_AGO = 2.5
"""Worth of an event that the text dates weeks or years back: looked back upon, it is not today's."""


def _when(profile: Profile, story: Account) -> Evidence:
    hours = _hours(profile, story)
    found = {"hours apart": min(24.0, hours), "days between": min(4.0, max(0.0, hours / 24 - 1))}
    day = profile.day if profile.day is not None else None if profile.old else _published_day(profile.hour)
    theirs = story.day if story.day is not None else _published_day(story.first)
    both_say = profile.day is not None and story.day is not None
    if day is None:
        return {"days apart": LONG_AGO}
    gap = abs(day - theirs)
    if gap == 0:
        same = {"same day": 1.0 if both_say else 0.5}
        return same if profile.day is not None else found | same  # who names the day may be late
    if both_say:
        found |= {"day apart": 1.0} if gap == 1 else {"days apart": min(LONG_AGO, gap / 2)}
    elif profile.day is not None and (gap > 2 or day > _published_day(story.latest)):
        found["days apart"] = min(LONG_AGO, max(0.7, gap / 4))
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
            return {"same toll": min(1.5, 0.4 + math.log(1 + high) / 4) * (0.5 if high % 10 == 0 else 1.0)}
        least = min(other_low for other_low, _ in theirs)
        if high < least:  # tolls rise; one that has fallen is another event's
            best = {"fewer": min(2.0, math.log(least / max(1, high)))}
    return best


# ---------------------------------------------------------------- words


def _words(sight: Sight, story: Account) -> Evidence:
    profile = sight.profile
    found: Evidence = {}
    shared = [name for name in profile.names if name in story.names]
    if shared:
        told = [story.share(story.names[name]) * max(0.0, sight.rarity["n:" + name] - 1) for name in shared]
        found["shared names"] = min(8.0, math.fsum(told))
    if profile.names and story.names:
        missed = math.fsum([sight.rarity["n:" + name] for name in profile.names.difference(shared)])
        found["other names"] = missed / sight.names
    found |= _things(sight, story)
    told = [worth * story.share(story.stems[stem]) for stem, worth in sight.words.items() if stem in story.stems]
    same = math.fsum(told)
    if same:
        found["shared words"] = same
    return found


def _things(sight: Sight, story: Account) -> Evidence:
    """Concepts count by their rarity; those that only the item names speak against it where the story names others."""
    told, theirs, whole = sight.profile.things, story.things, sight.things
    if not told or not theirs:
        return {}
    shared = {t: sight.rarity["t:" + t] * story.share(theirs[t]) for t in told if t in theirs}
    same = math.fsum([worth for thing, worth in shared.items() if thing[0] != "~"])
    found = {"shared things": min(3.0, math.fsum(shared.values()) / 2)}
    if whole:
        found["other things"] = (1 - same / whole) * min(1.0, whole / 3)
    return found
