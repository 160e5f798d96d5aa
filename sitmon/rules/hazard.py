"""`hazard`: the warning levels of GDACS, CAP and USGS, each read by its own scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sitmon.model import Priority
from sitmon.rules.rule import Rule, require

SCHEMES = ("gdacs", "cap", "usgs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard(Rule):
    """`priority` is the most urgent that it may raise, `least` the least; what is below only highlights."""

    kind: ClassVar[str] = "hazard"

    priority: Priority = Priority.P1
    least: Priority = Priority.P3
    schemes: tuple[str, ...] = SCHEMES
    magnitude: float = 6.5
    """An earthquake from this magnitude on alerts even where no level was published."""
    population: int = 100_000
    """A GDACS Red that exposes so many people, or does not say how many, is P1, otherwise P2."""

    def __post_init__(self) -> None:
        Rule.__post_init__(self)
        unknown = [scheme for scheme in self.schemes if scheme not in SCHEMES]
        require(not unknown, "schemes", f"{', '.join(map(repr, unknown))}: none of {', '.join(SCHEMES)}")
        require(bool(self.schemes), "schemes", "needs at least one")
        require(self.magnitude > 0, "magnitude", "must be over 0")
        require(self.population >= 0, "population", "must not be negative")
        require(self.priority <= self.least, "least", "must not be more urgent than `priority`")
