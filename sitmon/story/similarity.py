"""How well an item fits a story: named pieces of evidence, and the sum of what each is worth by `weights`.

`evidence` looks, and adds up: above zero means 'rather the same event than not'.
"""

from __future__ import annotations

import math
from datetime import datetime
from functools import cache
from typing import Final

from sitmon.model import EventType
from sitmon.story.account import Account
from sitmon.story.profile import Place, Profile
from sitmon.story.weights import PLACED, UNPLACED


class Evidence:
    """What was found by name, what each is worth, and the sum of it. Add a name once.

    No dataclass: those are made by an `__init__` that nothing compiles, and this is made several times an item.
    """

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights
        self.worth: dict[str, float] = {}
        self.score = 0.0

    def add(self, name: str, amount: float = 1.0) -> None:
        self.worth[name] = worth = self.weights[name] * amount
        self.score += worth


class Sight:
    """An item about to be held against several stories: what is worked out once for all of them.

    `rarity` is how much each of its keys tells: natural logarithm of all stories over those that share it; `said` the
    same of each word of its title; `crowd` how many open stories tell of its countries in its days.
    """

    def __init__(self, profile: Profile, rarity: dict[str, float], said: dict[str, float], crowd: float) -> None:
        told = {stem: rarity[stem] ** 2 for stem in profile.stems}
        total = math.fsum(told.values()) or 1.0  # exact, so that the order of a set does not matter
        self.profile = profile
        self.rarity = rarity
        self.kin = profile.actors | profile.kin
        """Its actors, and their kin."""
        self.powers = profile.states | profile.kin
        """Its states, and their kin."""
        self.words = {stem: worth / total for stem, worth in told.items()}
        """Share of each stem in what its words tell."""
        self.things = math.fsum([rarity[thing] for thing in profile.things if _counts(thing)])
        """What its concepts tell, but for those of `~`, which only speak for a story."""
        self.said = said
        self.crowd = math.log(1 + crowd)
        self.hope = _hope(profile)
        """The most that all but place and time can speak for a story."""


def _counts(thing: str) -> bool:
    """Whether the lack of a concept speaks against a story: of `t:~village` it does not."""
    return not thing.startswith("~", 2)


def _hope(profile: Profile) -> float:
    """The sum of what `_who`, `_what`, `_how_many` and the words give at most; a little more, for rounding."""
    most = Evidence(_MOST)
    most.add("same kind")
    most.add("shared words")
    most.add("rarest word", MOST_TELLING**2)
    most.add("rarest name", MOST_TELLING**2)
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
CROWDED: Final = 3.0
"""Of two that both say where, twenty rivals in the country speak against them as much as hundreds do."""
NEAR_KM: Final = 30.0
"""As far as reporters round a village to the town that readers know."""


HOPELESS: Final = -5.0
"""Place and time so wrong that nothing said of the rest has ever made up for it."""


def evidence(sight: Sight, story: Account, least: float) -> Evidence:
    """What speaks for and against; of place and time alone where the rest cannot bring the score over `least`."""
    profile = sight.profile
    found = Evidence(PLACED if profile.places and story.main else UNPLACED)
    found.add("base")
    _where(found, sight, story)
    _when(found, profile, story)
    if found.score > max(HOPELESS, least - sight.hope):
        _who(found, sight, story)
        _what(found, profile, story)
        _how_many(found, profile, story)
        _names(found, sight, story)
        _things(found, sight, story)
        _stems(found, sight, story)
        _said(found, sight, story)
    return found


# ---------------------------------------------------------------- where


def _where(found: Evidence, sight: Sight, story: Account) -> None:
    profile = sight.profile
    if profile.places and story.main:
        name, amount = _nearest(profile.places, story.main, sight.rarity)
        found.add(name, amount)
        found.add("crowd here", min(CROWDED, sight.crowd))
    elif not (profile.countries.isdisjoint(story.countries) and profile.areas.isdisjoint(story.areas)):
        found.add("same country")
        found.add("crowd", sight.crowd)
        if story.main and not profile.places and profile.type == EventType.OTHER:
            found.add("place left out", story.most / story.size)
    elif profile.countries and story.countries:
        found.add("other country")
    else:
        found.add("place unsaid")
        found.add("crowd", sight.crowd)


def _nearest(ours: list[Place], theirs: list[Place], rarity: dict[str, float]) -> tuple[str, float]:
    """The relation of two places that speaks most for the story, and how much."""
    best, found, much = -9.0, "other place", 1.0
    for one in ours:
        for two in theirs:
            name, amount = _relation(one, two, rarity)
            worth = PLACED[name] * amount
            if worth > best:
                best, found, much = worth, name, amount
    return found, much


def _relation(one: Place, two: Place, rarity: dict[str, float]) -> tuple[str, float]:
    if one.id == two.id:
        name = "same place" if len(one.keys) > 1 else "same division"
        return name, _told(rarity[one.keys[-1]]) * (0.6 if one.capital else 1.0)
    if one.country == two.country and (one.id.startswith(two.id + ".") or two.id.startswith(one.id + ".")):
        return "within", 1.3 if one.last == two.last else 1.0  # UA.Poltava, UA.Poltava.Poltava: either may be meant
    away = distance(one, two)
    if away is not None and away < NEAR_KM:
        return "near", 1.0 - away / (2 * NEAR_KM)
    return ("other place" if one.country == two.country else "other country"), 1.0


def _told(rarity: float) -> float:
    """From a half for what everybody talks about to one for what nobody else mentions."""
    return min(1.0, 0.5 + rarity / 8)


KM: Final = 111.2
"""Kilometres in one degree of latitude."""


def distance(one: Place, two: Place) -> float | None:
    """Kilometres on a flat earth, good to a few percent at the distances that matter here; None for far, or unknown."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    down = abs(one.lat - two.lat)
    if KM * down >= NEAR_KM:
        return None
    across = (one.lon - two.lon) * math.cos(math.radians((one.lat + two.lat) / 2))
    return KM * math.hypot(down, across)


# ---------------------------------------------------------------- who, what, when, how many


KIN: Final = 0.8
"""Worth of an actor's parent, part or successor beside the actor itself."""


def _who(found: Evidence, sight: Sight, story: Account) -> None:
    profile = sight.profile
    best, shared = 0.0, 0
    for actor in sight.kin:
        if actor in story.actors:
            shared += 1
            near = 1.0 if actor in profile.actors else KIN
            best = max(best, near * story.share(story.actors[actor]) * (0.6 + sight.rarity[actor] / 4))
    if shared:
        found.add("shared actor", min(2.0, best + 0.2 * (shared - 1)))
    if not sight.powers.isdisjoint(story.states):
        found.add("shared state")
    if profile.victims and story.victims and profile.victims.isdisjoint(story.victims):
        found.add("other victims")


def _what(found: Evidence, profile: Profile, story: Account) -> None:
    kind = profile.type
    if kind == story.type:
        found.add("nothing told" if kind == EventType.OTHER else "same kind")
    elif story.type == EventType.OTHER:
        found.add("kind unsaid")
        if profile.tolls and not story.tolls:
            found.add("nothing before")
    elif kind == EventType.OTHER:
        found.add("kind unsaid")
    elif kind in story.types or story.type in _kindred(kind):
        found.add("same kind", 0.3)
    else:
        found.add("other kind")


@cache
def _kindred(kind: EventType) -> frozenset[EventType]:
    return frozenset().union(*[kin for kin in _KINDRED if kind in kin])


LONG_AGO: Final = 2.5
"""Days' worth of an event that is dated by as many days or more from the story's."""


def _when(found: Evidence, profile: Profile, story: Account) -> None:
    if profile.again and _published_day(profile.hour) > _published_day(story.first):
        found.add("told as another", 1.0 - story.share(story.again))
    if profile.old:
        found.add("looks back")
        return
    if profile.day is None:  # it tells of the day that it was published
        _late(found, profile, story)
        return
    theirs = story.day if story.day is not None else _published_day(story.first)
    gap = abs(profile.day - theirs)
    if gap == 0:  # who names the day may be late
        return
    _late(found, profile, story)
    if story.day is not None:
        found.add("day apart" if gap == 1 else "days apart", 1.0 if gap == 1 else min(LONG_AGO, gap / 2))
    elif gap > 2 or profile.day > _published_day(story.latest):
        found.add("days apart", min(LONG_AGO, max(0.7, gap / 4)))


def _late(found: Evidence, profile: Profile, story: Account) -> None:
    """Hours from the story's nearest end; within it, none."""
    hours = max(0.0, story.first - profile.hour, profile.hour - story.latest)
    found.add("hours apart", min(24.0, hours))
    found.add("days between", min(4.0, max(0.0, hours / 24 - 1)))
    day = _published_day(profile.hour)
    nights = max(0, _published_day(story.first) - day, day - _published_day(story.latest))
    found.add("nights between", min(4.0, nights))


def _published_day(hour: float) -> int:
    return int(hour // 24) + _EPOCH


_EPOCH: Final = datetime(1970, 1, 1).toordinal()


def _how_many(found: Evidence, profile: Profile, story: Account) -> None:
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


# ---------------------------------------------------------------- words


def _names(found: Evidence, sight: Sight, story: Account) -> None:
    """Names count by their rarity."""
    ours, theirs = sight.profile.names, story.names
    told = [story.share(theirs[name]) * max(0.0, sight.rarity[name] - 1) for name in ours if name in theirs]
    if told:
        found.add("shared names", min(8.0, math.fsum(told)))


def _things(found: Evidence, sight: Sight, story: Account) -> None:
    """Concepts count by their rarity; those that only the item names speak against it where the story names others."""
    ours, theirs, whole = sight.profile.things, story.things, sight.things
    if not ours or not theirs:
        return
    shared = {thing: sight.rarity[thing] * story.share(theirs[thing]) for thing in ours if thing in theirs}
    found.add("shared things", min(3.0, math.fsum(shared.values()) / 2))
    if whole:
        same = math.fsum([worth for thing, worth in shared.items() if _counts(thing)])
        found.add("other things", (1 - same / whole) * min(1.0, whole / 3))


def _stems(found: Evidence, sight: Sight, story: Account) -> None:
    theirs = story.stems
    same = math.fsum([worth * story.share(theirs[stem]) for stem, worth in sight.words.items() if stem in theirs])
    if same:
        found.add("shared words", same)


MOST_TELLING: Final = 6.0
"""Rarity above which a shared word tells no more: one story in four hundred has it."""


def _said(found: Evidence, sight: Sight, story: Account) -> None:
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
