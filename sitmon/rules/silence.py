"""`silence`: a feed or a region that should speak does not. Many feeds failing at once are one alert."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import ClassVar

from sitmon.model import BLIND, FeedHealth, FeedState
from sitmon.query import World
from sitmon.rules.firing import Ended, Firing, Idle, Signal, Watcher
from sitmon.rules.rule import NEVER, Rule, require, words
from sitmon.rules.sampled import Sampled
from sitmon.rules.sight import Sight, inside

MASS_LEAST = 3
_FAILED = frozenset({FeedHealth.PARSE, FeedHealth.BLOCKED, FeedHealth.DEAD})


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

    def watcher(self, world: World, sampled: Sampled) -> Watcher:
        return _Listening(self, world, sampled)


@dataclass(slots=True)
class _Listening(Idle):
    rule: Silence
    world: World
    sampled: Sampled
    heard: dict[str, datetime] = field(default_factory=dict)
    """When each of the rule's regions was last told of."""

    def observe(self, sight: Sight) -> Iterable[Signal]:
        self.remember(sight)
        return ()

    def remember(self, sight: Sight) -> None:
        for region in self.rule.regions:
            if any(inside(place, (region,), self.world) for place in sight.places):
                at = min(sight.item.when, sight.now)
                self.heard[region] = max(at, self.heard.get(region, at))

    def tick(self, now: datetime, feeds: Mapping[str, FeedState], held: Collection[str]) -> Iterable[Signal]:
        silent = {found.key: found for found in (*self._feeds(now, feeds), *self._regions(now))}
        mass = self._mass(feeds, len(silent))
        if mass:
            # The feeds' own alerts wait: if they are still silent when the mass failure is over, they ring then.
            silent = {mass.key: mass, **{key: found for key, found in silent.items() if key in held}}
        return (*silent.values(), *(Ended(key) for key in held if key not in silent))

    def _feeds(self, now: datetime, feeds: Mapping[str, FeedState]) -> Iterator[Firing]:
        for state in feeds.values():
            if self.rule.feeds:
                spoke = state.newest or state.last_ok or self.sampled.since
                silent = state.feed in self.rule.feeds and spoke is not None and now - spoke >= self.rule.after
                words_ = f"nothing new since {spoke:%Y-%m-%d %H:%MZ}"
            else:
                silent = not self.rule.regions and state.health in BLIND and _lasts(state, now, self.rule.after)
                words_ = f"{state.health} for {words(self.rule.after)} or more: {state.reason or 'no reason given'}"
            if silent and state.health is not FeedHealth.OFF:
                yield _silent(self.rule, f"feed/{state.feed}", f"Feed {state.feed} is silent", words_)

    def _regions(self, now: datetime) -> Iterator[Firing]:
        for region in self.rule.regions:
            spoke = self.heard.get(region, self.sampled.since) or now
            if now - spoke >= self.rule.after:
                because = f"not told of since {spoke:%Y-%m-%d %H:%MZ} (limit {words(self.rule.after)})"
                found = _silent(self.rule, f"region/{region}", f"No news of {region}", because)
                yield replace(found, region=region)

    def _mass(self, feeds: Mapping[str, FeedState], silent: int) -> Firing | None:
        asked = [state for state in feeds.values() if state.health is not FeedHealth.OFF and state.last_polled]
        failing = [state for state in asked if state.failures or state.health in _FAILED]
        if self.rule.regions or self.rule.feeds:
            return None
        if len(failing) < MASS_LEAST or len(failing) < self.rule.mass * len(asked):
            return None
        reasons = [state.reason or str(state.health) for state in failing]
        common = max(sorted(set(reasons)), key=reasons.count)
        title = f"{len(failing)} of {len(asked)} feeds fail"
        found = _silent(self.rule, "mass", title, f"{title} (from {self.rule.mass:.0%} on); most often: {common}")
        return replace(found, suppressed=(("mass failure", silent),) if silent else ())


def _lasts(state: FeedState, now: datetime, after: timedelta) -> bool:
    return state.since is not None and now - state.since >= after


def _silent(rule: Silence, what: str, title: str, because: str) -> Firing:
    return Firing(
        rule=rule, key=f"{rule.id}/{what}", title=title, because=lambda: because, priority=rule.priority, episodic=True
    )
