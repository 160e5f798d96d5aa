"""`match`: a story that answers a query raises one alert."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from sitmon.query import Hit, Query, World, because, explain
from sitmon.rules.firing import Firing, Idle, Watcher, firing
from sitmon.rules.rule import Rule, require
from sitmon.rules.sampled import Sampled
from sitmon.rules.sight import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Rule):
    """An item, with its story, answers `query`."""

    kind: ClassVar[str] = "match"

    def __post_init__(self) -> None:
        Rule.__post_init__(self)
        require(bool(self.query.strip()), "query", "a match rule needs a query")

    def watcher(self, world: World, sampled: Sampled) -> Watcher:  # noqa: ARG002
        return _Matching(self, self.asked(world))


@dataclass(slots=True)
class _Matching(Idle):
    rule: Match
    asked: Query

    def observe(self, sight: Sight) -> Iterable[Firing]:
        def why() -> str:
            return told(explain(self.asked, sight.item, sight.story, sight.now)) or "every item matches"

        return (firing(sight, self.rule, why),)


LONG = 32
"""A condition of more characters is named by its field alone: a list of twenty capitals explains nothing."""


def told(hits: tuple[Hit, ...]) -> str:
    return because(tuple(replace(hit, condition=_name(hit.condition)) for hit in hits))


def _name(condition: str) -> str:
    return condition.partition(":")[0] if len(condition) > LONG and ":" in condition else condition
