"""What is held against what: an item about to be weighed, and the named pieces of evidence that are found."""

from __future__ import annotations

import math
from typing import Final

from sitmon.story.profile import Profile
from sitmon.story.weights import PLACED, UNPLACED

MOST_TELLING: Final = 6.0
"""Rarity above which a shared word tells no more: one story in four hundred has it."""


class Evidence:
    """What was found by name, what each is worth, and the sum of it. Add a name once.

    No dataclass: only of frozen ones the `__init__` is compiled, and this is made several times an item.
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

    `rarity` is how much each of its keys tells: natural logarithm of all stories over those that share it; `crowd` how
    many open stories tell of its countries in its days.
    """

    def __init__(self, profile: Profile, rarity: dict[str, float], crowd: float) -> None:
        told = {stem: rarity[stem] * rarity[stem] for stem in profile.stems}
        total = math.fsum(told.values()) or 1.0  # exact, so that the order of a set does not matter
        self.profile = profile
        self.rarity = rarity
        self.kin = profile.actors | profile.kin
        """Its actors, and their kin."""
        self.powers = profile.states | profile.kin
        """Its states, and their kin."""
        self.words = {stem: worth / total for stem, worth in told.items()}
        """Share of each stem in what its words tell."""
        self.names = {name: max(0.0, rarity[name] - 1) for name in profile.names}
        """What each of its names tells."""
        self.things = {thing: rarity[thing] for thing in profile.things}
        """What each of its concepts tells."""
        self.counted = math.fsum([worth for thing, worth in self.things.items() if counts(thing)])
        """What they tell, but for those of `~`, which only speak for a story."""
        self.said = {key: min(MOST_TELLING, rarity[key]) for key in profile.said}
        """What each stem and name of its title tells."""
        self.crowd = math.log(1 + crowd)
        self.named = min(8.0, math.fsum(self.names.values()))
        self.meant = min(3.0, math.fsum([max(0.0, worth) for worth in self.things.values()]) / 2)
        self.telling = max(self.said.values(), default=0.0) ** 2
        """What names, concepts and its most telling word can speak for a story at most."""
        self.unplaced = Hope(self, UNPLACED)
        self.placed = Hope(self, PLACED) if profile.places else self.unplaced


class Hope:
    """The most that can speak for any story by these weights beside place and time; a little more, for rounding."""

    def __init__(self, sight: Sight, weights: dict[str, float]) -> None:
        profile = sight.profile
        self.weights = weights
        words = (weights["rarest word"] + weights["rarest name"]) * sight.telling + weights["shared words"]
        self.words = words + weights["shared names"] * sight.named + 1e-6
        """By names and words."""
        deeds = weights["same kind"] + weights["shared things"] * sight.meant
        if profile.actors or profile.kin:
            deeds += weights["shared actor"] * 2.0
        if profile.states or profile.kin:
            deeds += weights["shared state"]
        if profile.tolls:
            deeds += weights["same toll"] * 1.5 + weights["same figure"]
        self.all = deeds + self.words


def counts(thing: str) -> bool:
    """Whether the lack of a concept speaks against a story: of `t:~village` it does not."""
    return thing[2] != "~"
