"""`escalation`: a story grew: its toll, its independent sources, or the places it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from sitmon.query import World
from sitmon.rules.firing import Firing, Idle, Watcher, firing, put
from sitmon.rules.rule import Rule, require
from sitmon.rules.sampled import Sampled
from sitmon.rules.sight import Sight


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

    def watcher(self, world: World, sampled: Sampled) -> Watcher:  # noqa: ARG002
        return _Growing(self)


@dataclass(slots=True)
class _Size:
    toll: int
    owners: int
    areas: int


@dataclass(slots=True)
class _Growing(Idle):
    rule: Escalation
    sizes: dict[str, _Size] = field(default_factory=dict)
    """How large each story was when it was first seen, or last grew enough."""

    def observe(self, sight: Sight) -> Iterable[Firing]:
        if sight.story is None:
            return ()
        size = _size(sight, self.rule)
        before = self.sizes.get(sight.story.id)
        if before is None:
            put(self.sizes, sight.story.id, size)
            return ()
        if size == before:
            return ()
        grown = "; ".join(_growth(before, size, self.rule))
        if not grown:
            return ()
        put(self.sizes, sight.story.id, size)
        return (firing(sight, self.rule, lambda: grown),)

    def remember(self, sight: Sight) -> None:
        if sight.story:
            put(self.sizes, sight.story.id, _size(sight, self.rule))


def _size(sight: Sight, rule: Escalation) -> _Size:
    assert sight.story
    areas = {".".join(region.split(".")[:2]) for region in sight.story.regions if "." in region} if rule.areas else ()
    return _Size(sight.tolls.get(rule.harm, 0), len(sight.story.owners), len(areas))


def _growth(before: _Size, now: _Size, rule: Escalation) -> Iterator[str]:
    added = now.toll - before.toll
    if rule.factor and added >= rule.step and now.toll >= rule.factor * before.toll:
        yield f"{now.toll} {rule.harm}, {before.toll} before (from ×{rule.factor:g} and +{rule.step} on)"
    if rule.sources and now.owners - before.owners >= rule.sources:
        yield f"{now.owners} independent sources, {before.owners} before (from +{rule.sources} on)"
    if rule.areas and now.areas - before.areas >= rule.areas:
        yield f"told of {now.areas} divisions, {before.areas} before (from +{rule.areas} on)"
