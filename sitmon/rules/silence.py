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
OVERDUE = timedelta(minutes=10)
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
    overdue: datetime | None = None
    """Since when every feed has been overdue."""
    massed: datetime | None = None
    """When a mass failure was last seen."""

    def observe(self, sight: Sight) -> Iterable[Signal]:
        self.remember(sight)
        return ()

    def remember(self, sight: Sight) -> None:
        for region in self.rule.regions:
            if any(inside(place, (region,), self.world) for place in sight.places):
                at = min(sight.item.when, sight.now)
                self.heard[region] = max(at, self.heard.get(region, at))

    def tick(self, now: datetime, feeds: Mapping[str, FeedState], held: Collection[str]) -> Iterable[Signal]:
        asked = tuple(state for state in feeds.values() if self._is_asked(state))
        silent = {found.key: found for found in (*self._feeds(now, asked), *self._regions(now))}
        mass = self._mass(now, asked, len(silent))
        if mass:
            self.massed = now
        if self.massed and now - self.massed < self.rule.after:
            # The feeds' own alerts wait. Those that failed with the others come back one by one, as each is asked
            # again: only one that stays silent for as long after the mass failure as it takes alone rings then.
            silent = {key: found for key, found in silent.items() if key in held}
        if mass:
            silent[mass.key] = mass
        return (*silent.values(), *(Ended(key) for key in held if key not in silent))

    def _is_asked(self, state: FeedState) -> bool:
        """Not one that was switched off, or taken out of feeds.yaml and is only remembered."""
        known = not self.world.feeds or state.feed in self.world.feeds
        return known and state.health is not FeedHealth.OFF and state.last_polled is not None

    def _feeds(self, now: datetime, asked: Iterable[FeedState]) -> Iterator[Firing]:
        for state in asked:
            why = self._quiet(state, now) if self.rule.feeds else self._blind(state, now)
            if why:
                yield _silent(self.rule, f"feed/{state.feed}", f"Feed {state.feed} is silent", why)

    def _quiet(self, state: FeedState, now: datetime) -> str:
        """Why a feed that the rule names is silent, though it may answer."""
        spoke = state.newest or state.last_ok or self.sampled.since
        if state.feed not in self.rule.feeds or spoke is None or now - spoke < self.rule.after:
            return ""
        return f"nothing new since {spoke:%Y-%m-%d %H:%MZ} (limit {words(self.rule.after)})"

    def _blind(self, state: FeedState, now: datetime) -> str:
        """Why any feed at all is silent: it tells nothing of the present, and has not for long."""
        if self.rule.regions or state.health not in BLIND or state.since is None or now - state.since < self.rule.after:
            return ""
        return f"{state.health} since {state.since:%Y-%m-%d %H:%MZ}: {state.reason or 'no reason given'}"

    def _regions(self, now: datetime) -> Iterator[Firing]:
        for region in self.rule.regions:
            spoke = self.heard.get(region, self.sampled.since) or now
            if now - spoke >= self.rule.after:
                because = f"not told of since {spoke:%Y-%m-%d %H:%MZ} (limit {words(self.rule.after)})"
                found = _silent(self.rule, f"region/{region}", f"No news of {region}", because)
                yield replace(found, region=region)

    # ---------------------------------------------------------------- many at once

    def _mass(self, now: datetime, asked: tuple[FeedState, ...], silent: int) -> Firing | None:
        """One firing for all feeds, where too many of them fail, or none of them is reached any more."""
        if self.rule.regions or self.rule.feeds or len(asked) < MASS_LEAST:
            return None
        because = self._unreached(now, asked) or self._failing(asked)
        if not because:
            return None
        found = _silent(self.rule, "mass", because.partition(" (")[0], because)
        return replace(found, suppressed=(("mass failure", silent),) if silent else ())

    def _failing(self, asked: tuple[FeedState, ...]) -> str:
        failing = [state for state in asked if state.failures or state.health in _FAILED]
        if len(failing) < max(MASS_LEAST, self.rule.mass * len(asked)):
            return ""
        reasons = [state.reason or str(state.health) for state in failing]
        common = max(sorted(set(reasons)), key=reasons.count)
        return f"{len(failing)} of {len(asked)} feeds fail (from {self.rule.mass:.0%} on); most often: {common}"

    def _unreached(self, now: datetime, asked: tuple[FeedState, ...]) -> str:
        """A lost network leaves the feeds' states as they were: it shows in that every one of them is overdue.

        So it does when a sleeping machine wakes: it counts when from one tick to a later one none was asked.
        """
        last = max(state.last_polled for state in asked if state.last_polled)
        if any(state.next_due is None or now - state.next_due < OVERDUE for state in asked):
            self.overdue = None
            return ""
        if self.overdue is None or last >= self.overdue:
            self.overdue = now
        if now - self.overdue < OVERDUE:
            return ""
        return f"None of {len(asked)} feeds reached (the last one at {last:%Y-%m-%d %H:%MZ}): is this machine online?"


def _silent(rule: Silence, what: str, title: str, because: str) -> Firing:
    return Firing(
        rule=rule, key=f"{rule.id}/{what}", title=title, because=lambda: because, priority=rule.priority, episodic=True
    )
