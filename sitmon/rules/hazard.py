"""`hazard`: the warning levels of GDACS, CAP and USGS, each read by its own scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import ClassVar

from sitmon import model
from sitmon.model import Priority
from sitmon.query import World
from sitmon.rules.firing import Ended, Idle, Signal, Watcher, firing, put
from sitmon.rules.rule import Rule, require
from sitmon.rules.sampled import Sampled
from sitmon.rules.sight import Sight

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

    def watcher(self, world: World, sampled: Sampled) -> Watcher:  # noqa: ARG002
        return _Warned(self)


@dataclass(slots=True)
class _Warned(Idle):
    rule: Hazard
    chains: dict[str, str] = field(default_factory=dict)
    """The first id of each CAP message's chain of updates."""

    def observe(self, sight: Sight) -> Iterable[Signal]:
        hazard = sight.item.hazard
        if hazard is None or hazard.scheme not in self.rule.schemes:
            return ()
        key = self._key(hazard, sight.item)
        over = hazard.expires is not None and hazard.expires <= sight.now
        if over or is_cancelled(hazard):
            return (Ended(key),)
        priority, because = grade(hazard, self.rule)
        if priority is None:
            # A test message says nothing of the real warning; an event that was graded down is over.
            return () if hazard.scheme == "cap" else (Ended(key),)
        bounded = max(priority, self.rule.priority) if priority <= self.rule.least else Priority.FLAG
        found = firing(sight, self.rule, lambda: because, key=key, priority=bounded)
        return (replace(found, expires=hazard.expires, old=None if self._is_regraded(sight) else found.old),)

    def _is_regraded(self, sight: Sight) -> bool:
        """A hazard keeps its first date through every update: what counts is when it was last revised."""
        revised = sight.item.revised
        return revised is not None and sight.now - revised < self.rule.fresh

    def remember(self, sight: Sight) -> None:
        if sight.item.hazard:
            self._key(sight.item.hazard, sight.item)

    def _key(self, hazard: model.Hazard, item: model.Item) -> str:
        """Updates and cancels refer to what came before: one chain is one alert."""
        own = hazard.event_id or item.guid or item.id
        earlier = [identifier(reference) for reference in hazard.references]
        first = next((self.chains[name] for name in earlier if name in self.chains), earlier[0] if earlier else own)
        for name in (own, *earlier):
            put(self.chains, name, self.chains.get(name, first))
        return f"{hazard.scheme}:{self.chains[own]}"


def identifier(reference: str) -> str:
    """The identifier in a CAP reference, which is `sender,identifier,sent`."""
    parts = reference.split(",")
    return parts[1] if len(parts) == 3 else reference


def is_cancelled(hazard: model.Hazard) -> bool:
    return (hazard.msg_type or "").lower() == "cancel"


def grade(hazard: model.Hazard, rule: Hazard) -> tuple[Priority | None, str]:
    """The priority that the foreign scale stands for, and the words that decided; None where it is no alert."""
    match hazard.scheme:
        case "gdacs":
            return _gdacs(hazard, rule)
        case "cap":
            return _cap(hazard)
        case "usgs":
            return _usgs(hazard, rule)


def _gdacs(hazard: model.Hazard, rule: Hazard) -> tuple[Priority | None, str]:
    level = (hazard.level or "").lower()
    exposed = f", {hazard.population:,} people exposed" if hazard.population is not None else ""
    if level == "red":
        many = hazard.population is None or hazard.population >= rule.population
        return (Priority.P1 if many else Priority.P2), f"GDACS Red{exposed}"
    if level == "orange":
        return Priority.P3, f"GDACS Orange{exposed}"
    return _magnitude(hazard, rule) if not level else (None, "")


def _cap(hazard: model.Hazard) -> tuple[Priority | None, str]:
    """CAP 1.2's three axes. What is no actual message is no alert; what is past or unlikely only highlights."""
    if (hazard.status or "actual").lower() != "actual" or (hazard.msg_type or "alert").lower() not in {
        "alert",
        "update",
    }:
        return None, ""
    severity, urgency, certainty = (
        (axis or "unknown").lower() for axis in (hazard.level, hazard.urgency, hazard.certainty)
    )
    because = f"CAP {severity}, {urgency}, {certainty}"
    if severity in {"minor", "unknown"} or urgency == "past" or certainty == "unlikely":
        return Priority.FLAG, because
    if severity == "extreme":
        now = urgency == "immediate" and certainty in {"observed", "likely"}
        return (Priority.P1 if now else Priority.P2), because
    return {"severe": Priority.P2, "moderate": Priority.P3}.get(severity, Priority.FLAG), because


_PAGER = {"red": Priority.P1, "orange": Priority.P2, "yellow": Priority.P3}
"""USGS PAGER: red from about 1,000 deaths expected, orange from 100, yellow from 1 (earthquake.usgs.gov/data/pager)."""


def _usgs(hazard: model.Hazard, rule: Hazard) -> tuple[Priority | None, str]:
    level = (hazard.level or "").lower()
    if level in _PAGER:
        return _PAGER[level], f"USGS PAGER {level}"
    return _magnitude(hazard, rule)


def _magnitude(hazard: model.Hazard, rule: Hazard) -> tuple[Priority | None, str]:
    """Each whole unit over the rule's magnitude is one priority more urgent; P1 takes a published level."""
    if hazard.magnitude is None or hazard.magnitude < rule.magnitude:
        return None, ""
    strong = hazard.magnitude >= rule.magnitude + 1
    return (Priority.P2 if strong else Priority.P3), f"magnitude {hazard.magnitude:g} (from {rule.magnitude:g} on)"
