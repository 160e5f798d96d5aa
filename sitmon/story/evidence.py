"""What is held against what: an item about to be weighed, and the named pieces of evidence that are found."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(slots=True)
class Sight:
    """An item about to be held against several stories: what is worked out once for all of them."""

    profile: Profile
    rarity: dict[str, float]
    """How much each of its keys tells: natural logarithm of the open stories over those that share it."""
    kin: set[str]
    """Its actors, and their kin."""
    powers: set[str]
    """Its states, and their kin."""
    words: dict[str, float]
    """Share of each stem in what its words tell."""
    things: float
    """What its concepts tell, but for those of `~`, which only speak for a story."""
    said: dict[str, float]
    """How much each word of its title tells."""
    crowd: float
    """Natural logarithm of how many open stories tell of its countries in its days."""
    hope: float
    """The most that all but place and time can speak for a story."""


def counts(thing: str) -> bool:
    """Whether the lack of a concept speaks against a story: of `t:~village` it does not."""
    return not thing.startswith("~", 2)
