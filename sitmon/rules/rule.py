"""What every alert rule has: its keys in feeds.yaml, and how a rule that cannot be read says so.

A rule is configuration, frozen and replayable; what it has to remember is in the `Watcher` that it makes.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from sitmon.model import Priority, Source
from sitmon.query import Query, QueryError, World, comparisons, parse

if TYPE_CHECKING:
    from sitmon.rules.firing import Watcher
    from sitmon.rules.sampled import Sampled

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
NEVER = timedelta(0)
_LATER = frozenset({"level", "status"})
"""Fields of the query language that stand for what comes of the rules: none of them can be asked while rules run."""


class RuleError(ValueError):
    """A rule cannot be read: `field` is the key at fault; `position` the character in it, for a query."""

    def __init__(self, field: str, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.position = position


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(ABC):
    """The keys that all kinds share. RuleError when a value makes no sense."""

    kind: ClassVar[str] = ""

    id: str
    query: str = ""
    """Only items that it matches count; empty lets all count."""
    priority: Priority = Priority.P3
    regions: tuple[str, ...] = ()
    """Region ids, of which an item must lie in one; empty for the world."""
    cooldown: timedelta = NEVER
    """For so long after an alert, further ones of this rule in the same first-level division are counted on it."""
    together: timedelta = timedelta(hours=36)
    """So soon after a P1 on violence, movement or disaster in a first-level division, the next P1 story of the same
    matter there brings that alert back instead of raising another; 0 to keep stories apart."""
    fresh: timedelta = timedelta(hours=6)
    """What had been published longer ago than this when its feed was first read after a start does not ring."""
    past: timedelta = timedelta(days=7)
    """What happened longer ago than this is history: it does not ring, however new the article."""
    enabled: bool = True
    note: str = ""
    source: Source | None = None

    def __post_init__(self) -> None:
        if not _ID.match(self.id):
            raise RuleError("id", f"{self.id!r} is not made of a-z, 0-9, - and _")
        require(self.cooldown >= NEVER, "cooldown", "must not be negative")
        require(self.together >= NEVER, "together", "must not be negative")
        require(self.fresh > NEVER, "fresh", "must be longer than nothing")
        require(self.past > NEVER, "past", "must be longer than nothing")
        asked = parse(self.query)
        if isinstance(asked, QueryError):
            raise RuleError("query", asked.message, asked.position)
        for at, compare in comparisons(self.query):
            if compare.field in _LATER:
                raise RuleError(
                    "query", f"{compare.field}: is known after the rules alone; filter and search by it", at
                )

    def asked(self, world: World) -> Query:
        """The query, in the world that it is asked in."""
        asked = parse(self.query, world)
        assert isinstance(asked, Query), "read once already"
        return asked

    @abstractmethod
    def watcher(self, world: World, sampled: Sampled) -> Watcher:
        """The rule at work, knowing nothing yet."""


def require(holds: bool, field: str, message: str) -> None:
    if not holds:
        raise RuleError(field, message)


def words(span: timedelta) -> str:
    """A time span as feeds.yaml writes it, in its largest fitting unit: `36h`, `15m`, `2d`."""
    seconds = round(span.total_seconds())
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
