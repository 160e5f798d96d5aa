"""`movement`: somebody is told of at a place where nobody told of them within memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Literal

from sitmon.rules.rule import NEVER, Rule, require

ARMED = ("military", "armed_group", "pmc", "coalition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement(Rule):
    """An actor newly told of at a place."""

    kind: ClassVar[str] = "movement"

    actors: tuple[str, ...] = ()
    """Actor ids; empty for all of `kinds`."""
    kinds: tuple[str, ...] = ARMED
    memory: timedelta = timedelta(days=30)
    learn: timedelta = timedelta(days=7)
    """For so long after its first report the rule only learns, and says so."""
    depth: Literal["admin1", "place"] = "admin1"
    """How precise a place counts as another one."""

    def __post_init__(self) -> None:
        Rule.__post_init__(self)
        require(self.memory > NEVER, "memory", "must be longer than nothing")
        require(self.learn >= NEVER, "learn", "must not be negative")
        require(self.depth in {"admin1", "place"}, "depth", f"{self.depth!r} is neither admin1 nor place")
