"""`silence`: a feed or a region that should speak does not. Many feeds failing at once are one alert."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from sitmon.rules.rule import NEVER, Rule, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Rule):
    """No news for `after` from each of `feeds`, or of each of `regions`; with neither, any feed that went blind."""

    kind: ClassVar[str] = "silence"

    feeds: tuple[str, ...] = ()
    after: timedelta = timedelta(hours=24)
    mass: float = 0.5
    """Share of all feeds, at least three, whose failing together is one alert."""

    def __post_init__(self) -> None:
        Rule.__post_init__(self)
        require(self.after > NEVER, "after", "must be longer than nothing")
        require(0 < self.mass <= 1, "mass", "must be over 0, at most 1")
