"""`movement`: somebody is told of at a place where nobody told of them within memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar, Literal

from sitmon.model import Item
from sitmon.query import World
from sitmon.rules.firing import Firing, Idle, Watcher, firing, put
from sitmon.rules.rule import NEVER, Rule, require, words
from sitmon.rules.sampled import Sampled
from sitmon.rules.sight import Sight, inside

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

    def watcher(self, world: World, sampled: Sampled) -> Watcher:
        return _Moving(self, world, sampled)


@dataclass(slots=True)
class _Moving(Idle):
    rule: Movement
    world: World
    sampled: Sampled
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When an actor was last told of at a place."""

    def observe(self, sight: Sight) -> Iterable[Firing]:
        newcomers = [pair for pair in self._note(sight) if pair]
        if not newcomers or self.learning(sight.now):
            return ()
        because = f"{'; '.join(newcomers)} (none within {words(self.rule.memory)})"
        return (firing(sight, self.rule, lambda: because),)

    def remember(self, sight: Sight) -> None:
        for _ in self._note(sight):
            pass

    def learning(self, now: datetime) -> str:
        since = self.sampled.since or now
        if now - since >= self.rule.learn:
            return ""
        return f"learns who is where: {words(now - since)} of {words(self.rule.learn)}"

    def _note(self, sight: Sight) -> Iterator[str]:
        """Take in who is where; yields words for those who were not there before."""
        for actor, place, at in sightings(sight.item, self.rule):
            if not self.rule.regions or inside(place, self.rule.regions, self.world):
                last = self.seen.get((actor, place))
                put(self.seen, (actor, place), max(at, last or at))
                if last is None or at - last > self.rule.memory:
                    yield f"{actor} at {place}" + (f", last {last:%Y-%m-%d}" if last else "")


def sightings(item: Item, rule: Movement) -> Iterator[tuple[str, str, datetime]]:
    """Actor, place and time of each of its events, of the actors and at the depth that the rule asks for."""
    wanted = {tag.id for tag in item.tags.actors if _counts(tag.id, tag.kind, rule)}
    depth = 2 if rule.depth == "admin1" else 3
    for event in item.tags.events:
        if event.place and event.place.count(".") >= depth - 1:
            at = datetime.combine(event.date, time(), UTC) if event.date else item.when
            for actor in event.actors:
                if actor in wanted:
                    yield actor, ".".join(event.place.split(".")[:depth]), min(at, item.when)


def _counts(actor: str, kind: str, rule: Movement) -> bool:
    return actor in rule.actors if rule.actors else kind in rule.kinds
