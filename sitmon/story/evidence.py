"""What is held against what: an item about to be weighed, and the named pieces of evidence that are found."""

from __future__ import annotations

import math

from sitmon.story.profile import Profile


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
    same of each word of its title; `crowd` how many open stories tell of its countries in its days; `hope` the most
    that all but place and time can speak for a story.
    """

    def __init__(
        self, profile: Profile, rarity: dict[str, float], said: dict[str, float], crowd: float, hope: float
    ) -> None:
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
        self.things = math.fsum([rarity[thing] for thing in profile.things if counts(thing)])
        """What its concepts tell, but for those of `~`, which only speak for a story."""
        self.said = said
        self.crowd = math.log(1 + crowd)
        self.hope = hope


def counts(thing: str) -> bool:
    """Whether the lack of a concept speaks against a story: of `t:~village` it does not."""
    return not thing.startswith("~", 2)
