"""`surge`: far more reports of a region or an actor than at the same hours of other weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Literal

from sitmon.rules.rule import NEVER, Rule, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge(Rule):
    """The reports of the last `window` against the same hours of the `weeks` before."""

    kind: ClassVar[str] = "surge"

    by: Literal["region", "country", "actor"] = "country"
    """What is counted, each against its own baseline."""
    window: timedelta = timedelta(hours=3)
    minimum: int = 6
    """Fewer reports than this are never a surge."""
    factor: float = 3.0
    """At least so many times the usual number."""
    sigma: float = 4.0
    """At least so many robust deviations above it."""
    sources: int = 2
    """At least so many feeds."""
    weeks: int = 8
    min_samples: int = 3
    """With fewer weeks sampled the rule is still learning, and says so."""

    def __post_init__(self) -> None:
        Rule.__post_init__(self)
        require(self.by in {"region", "country", "actor"}, "by", f"{self.by!r} is none of region, country, actor")
        require(NEVER < self.window <= timedelta(days=7), "window", "must be longer than nothing, at most 7d")
        require(self.minimum >= 1, "minimum", "must be at least 1")
        require(self.factor >= 1, "factor", "must be at least 1")
        require(self.sigma >= 0, "sigma", "must not be negative")
        require(self.sources >= 1, "sources", "must be at least 1")
        require(1 <= self.weeks <= 52, "weeks", "must be 1 to 52")
        require(1 <= self.min_samples <= self.weeks, "min_samples", "must be 1 to `weeks`")
