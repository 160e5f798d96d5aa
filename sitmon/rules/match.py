"""`match`: a story that answers a query raises one alert."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sitmon.rules.rule import Rule, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Rule):
    """An item, with its story, answers `query`."""

    kind: ClassVar[str] = "match"

    def __post_init__(self) -> None:
        Rule.__post_init__(self)
        require(bool(self.query.strip()), "query", "a match rule needs a query")
