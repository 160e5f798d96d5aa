"""`match`: a story that answers a query raises one alert."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from sitmon.query import Query, World, because, explain
from sitmon.rules.firing import Firing, Idle, Watcher, firing
from sitmon.rules.rule import Rule, require
from sitmon.rules.sight import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Rule):
    """An item, with its story, answers `query`."""

    kind: ClassVar[str] = "match"

    def __post_init__(self) -> None:
        Rule.__post_init__(self)
        require(bool(self.query.strip()), "query", "a match rule needs a query")

    def watcher(self, world: World) -> Watcher:
        return _Matching(self, self.asked(world))


@dataclass(slots=True)
class _Matching(Idle):
    rule: Match
    asked: Query

    def observe(self, sight: Sight) -> Iterable[Firing]:
        def why() -> str:
            hits = explain(self.asked, sight.item, sight.story, sight.now)
            return because(hits) or "every item matches"

        return (firing(sight, self.rule, why),)
