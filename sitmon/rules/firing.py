"""What a rule hands to the engine: a firing, or the end of one. The engine decides what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from sitmon.model import EventType, FeedState, Priority
from sitmon.rules.rule import Rule
from sitmon.rules.sight import Sight

_K = TypeVar("_K")
_V = TypeVar("_V")

MATTERS = {
    EventType.BATTLES: "violence",
    EventType.EXPLOSIONS: "violence",
    EventType.CIVILIANS: "violence",
    EventType.RIOTS: "violence",
    EventType.STRATEGIC: "movement",
    EventType.DISASTER: "disaster",
    EventType.ACCIDENT: "disaster",
}


@dataclass(slots=True)
class Firing:
    """A rule's condition holds. Firings with the same `key` are about the same thing, and make one alert.

    Not frozen: that takes 5 us longer to make, for each rule that an item answers.
    """

    rule: Rule
    key: str
    title: str
    because: Callable[[], str]
    """Which words, numbers or rates made it fire. Worked out only when an alert takes them up."""
    priority: Priority
    region: str | None = None
    countries: tuple[str, ...] = ()
    story: str | None = None
    items: tuple[str, ...] = ()
    rating: str = "F6"
    facts: tuple[str, ...] = ()
    expires: datetime | None = None
    old: str | None = None
    """Why it does not ring."""
    matter: str = ""
    """What kind of thing happened: `violence`, `movement` or `disaster`."""
    episodic: bool = False
    """It comes and goes: long after it went away, it is another alert."""
    suppressed: tuple[tuple[str, int], ...] = ()
    """What stands behind it without alerts of its own, by reason."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The condition of a firing with this key went away."""

    key: str


Signal = Firing | Ended


def firing(
    sight: Sight, rule: Rule, because: Callable[[], str], *, key: str = "", priority: Priority | None = None
) -> Firing:
    """A firing on what is seen. `key` and `priority` are the story's and the rule's where not given."""
    return Firing(
        rule=rule,
        key=key or sight.key,
        title=sight.title,
        because=because,
        priority=rule.priority if priority is None else priority,
        region=sight.region(rule.regions),
        countries=sight.item.tags.countries,
        story=sight.story.id if sight.story else None,
        items=(sight.item.id,),
        rating=sight.rating,
        facts=sight.told,
        old=sight.old(rule),
        matter=MATTERS.get(sight.item.tags.type, ""),
    )


class Watcher(Protocol):
    """A rule at work: what it has to remember from item to item. Time reaches it only as `now`."""

    def observe(self, sight: Sight) -> Iterable[Signal]:
        """The item is new, in the rule's regions, and answers its query."""

    def remember(self, sight: Sight) -> None:
        """As `observe`, of an item from before: nothing may come of it."""

    def tick(self, now: datetime, feeds: Mapping[str, FeedState], held: Collection[str]) -> Iterable[Signal]:
        """Time passed. `held` are the keys of this rule's alerts that have not returned to normal."""

    def learning(self, now: datetime) -> str:
        """Why the rule cannot fire yet, in words; empty when it can."""


class Idle:
    """The parts of a watcher that many kinds do not need."""

    __slots__ = ()

    def observe(self, sight: Sight) -> Iterable[Signal]:  # noqa: ARG002
        return ()

    def remember(self, sight: Sight) -> None:
        pass

    def tick(self, now: datetime, feeds: Mapping[str, FeedState], held: Collection[str]) -> Iterable[Signal]:  # noqa: ARG002
        return ()

    def learning(self, now: datetime) -> str:  # noqa: ARG002
        return ""


MOST = 100_000
"""Entries of one kind that a watcher remembers: some months of a busy watch, in about 20 MB."""


def put(memory: dict[_K, _V], key: _K, value: _V) -> None:
    """Remember as the newest; where there are too many, the oldest goes."""
    memory.pop(key, None)
    memory[key] = value
    if len(memory) > MOST:
        del memory[next(iter(memory))]
