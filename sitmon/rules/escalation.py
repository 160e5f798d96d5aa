"""`escalation`: a story grew: its toll, its independent sources, or the places it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from sitmon.rules.rule import Rule, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(Rule):
    """The toll by `factor` and `step`, or the owners by `sources`, or the places by `areas`; 0 switches one off."""

    kind: ClassVar[str] = "escalation"

    harm: Literal["killed", "injured", "missing", "abducted", "displaced"] = "killed"
    factor: float = 2.0
    step: int = 10
    """The toll must also have grown by so many."""
    sources: int = 0
    areas: int = 0

    def __post_init__(self) -> None:
        Rule.__post_init__(self)
        harms = ("killed", "injured", "missing", "abducted", "displaced")
        require(self.harm in harms, "harm", f"{self.harm!r} is none of {', '.join(harms)}")
        require(self.factor == 0 or self.factor >= 1, "factor", "must be at least 1, or 0 for off")
        require(self.step >= 1, "step", "must be at least 1")
        require(self.sources >= 0, "sources", "must not be negative")
        require(self.areas >= 0, "areas", "must not be negative")
        require(any((self.factor, self.sources, self.areas)), "factor", "factor, sources and areas are all off")
