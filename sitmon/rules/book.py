"""The alerts that the rules have raised: what becomes of a firing.

One thing is one alert: a firing whose key an alert knows joins it, whichever rule it comes from, and makes it more
urgent where it is. A new P1 of the same matter in the same division brings the one there back. Otherwise it rings,
unless it is old, its rule cools down, or a flood is on; then it is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import Final

from sitmon.codec import must_time, time_text
from sitmon.model import Alert, Priority
from sitmon.rules.case import Case
from sitmon.rules.firing import Ended, Firing
from sitmon.rules.flood import SPAN, Flood
from sitmon.rules.news import merged, news
from sitmon.rules.rule import NEVER
from sitmon.rules.sight import Sight

TOGETHER: Final = "told together"
EPISODE: Final = timedelta(hours=6)
"""What comes back sooner than this after it went away is the same alert, not another one."""


@dataclass(slots=True)
class Book:
    cases: dict[str, Case] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    """Which alert holds a key."""
    episodes: dict[str, set[str]] = field(default_factory=dict)
    """Keys that come and go, by rule."""
    latest: dict[tuple[str, str], str] = field(default_factory=dict)
    """The alert last raised by a rule in a country or area, and in a first-level division."""
    matters: dict[str, str] = field(default_factory=dict)
    """The alert last raised on a matter in a first-level division."""
    expiries: dict[str, datetime] = field(default_factory=dict)
    """When the condition of a key ends by itself."""
    silenced: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Firings that no alert counts, by rule and reason."""
    flood: Flood = field(default_factory=Flood)

    def load(self, alerts: Iterable[Alert]) -> None:
        """Take up stored alerts, so that nothing they hold rings again."""
        for alert in sorted(alerts, key=lambda alert: alert.raised):
            self._last(self._keep(alert))
            if alert.priority is not Priority.FLAG:
                self.flood.ring(alert.raised)
            for fact in alert.facts:
                what, _, rest = fact.partition(":")
                if what == "about":
                    self._hold(self.cases[alert.id], (rest,))
                elif what == "until":
                    at, _, key = rest.partition(" ")
                    self.expiries[key] = must_time(at)

    def held(self, rule: str) -> tuple[str, ...]:
        """Keys of a rule's own alerts whose condition holds."""
        return tuple(key for key in self.episodes.get(rule, ()) if not self.cases[self.holders[key]].returned)

    # ---------------------------------------------------------------- signals

    def fire(self, firing: Firing, now: datetime) -> Case | None:
        """The alert that the firing raised or changed."""
        self.flood.pass_time(now)
        held = self.holders.get(firing.key) or self.holders.get(f"story:{firing.story}")
        case = self.cases[held] if held is not None else None
        if case is not None and not self._breaks_out(firing, case, now):
            return case if self._again(case, firing, now) else None
        if firing.old:
            self.silenced[firing.rule.id, firing.old] += 1
            return None
        gathered, why = self._gathering(firing, now)
        if firing.priority is not Priority.FLAG and why != "cooldown":
            self.flood.ring(now)
        return self._join(gathered, firing, why, now) if gathered else self._raise(firing, now)

    def end(self, ended: Ended, now: datetime) -> Case | None:
        held = self.holders.get(ended.key)
        self.expiries.pop(ended.key, None)
        if held is None:
            return None
        case = self.cases[held]
        others = any(fact.startswith("until:") and not fact.endswith(f" {ended.key}") for fact in case.facts)
        about_story = any([fact.startswith("about:story:") for fact in case.facts[:1]])
        if case.returned or others or about_story:
            return None
        case.until(ended.key, None)
        case.returned = case.updated = now
        case.touch()
        return case

    def expire(self, now: datetime) -> Iterable[Case]:
        for key in [key for key, at in self.expiries.items() if at <= now]:
            if case := self.end(Ended(key), now):
                yield case

    def tell(self, sight: Sight) -> Case | None:
        """The alert on an item's story, where the item adds something to it."""
        held = self.holders.get(sight.key)
        if held is None or not sight.is_fresh:
            return None
        case = self.cases[held]
        own = sight.story is not None and case.story == sight.story.id
        flooded = sight.story is not None and not own and "flood" in dict(case.suppressed)
        if case.priority is Priority.FLAG or flooded:
            return None
        found = news(case.facts, sight)
        if not found:
            return None
        case.facts = merged(case.facts, sight)
        case.add((sight.item.id,))
        if own:
            case.title, case.rating = sight.title, sight.rating
        case.turn(found, sight.now)
        return case

    # ---------------------------------------------------------------- what becomes of a firing

    def _breaks_out(self, firing: Firing, case: Case, now: datetime) -> bool:
        """A flag hides no alert, nor another story's alert a P1; a condition that ended long ago is another episode."""
        if case.priority is Priority.FLAG and firing.priority is not Priority.FLAG:
            return True
        if firing.episodic and case.returned:
            return now - case.returned > EPISODE
        other = firing.story is not None and firing.story != case.story
        return other and firing.priority is Priority.P1 and case.priority is not Priority.P1

    def _again(self, case: Case, firing: Firing, now: datetime) -> bool:
        """Whether the firing changes the alert that knows it already."""
        fresh = any([item not in case.items for item in firing.items])
        turns: list[tuple[str, str]] = []
        changes = self._also(case, firing)
        if firing.priority < case.priority and not firing.old:
            turns.append(("priority", f"{case.priority.name} to {firing.priority.name} by {firing.rule.id}"))
            case.priority, case.title = firing.priority, firing.title
            if firing.rule.id == case.rule:
                case.because = firing.because()  # `Orange` says nothing of what is Red now
        if case.returned and not firing.old and (fresh or not firing.items):
            turns.append(("again", "the condition is back"))
            case.returned = None
        if fresh:
            case.add(firing.items)
            case.count += 1
            case.updated = now
        changes |= self._about(case, firing)
        changes |= self._until(case, firing)
        if turns:
            case.turn(turns, now)
        return changes or fresh or bool(turns)

    def _also(self, case: Case, firing: Firing) -> bool:
        """Whether it is another rule's alert, and hears of this one for the first time."""
        rule = firing.rule.id
        if rule == case.rule or f"rule:{rule}" in case.facts:
            return False
        case.because = f"{case.because}; {rule}: {firing.because()}"
        case.learn((f"rule:{rule}",))
        case.suppress(f"also {rule}")
        return True

    def _gathering(self, firing: Firing, now: datetime) -> tuple[Case | None, str]:
        """The alert that a firing is counted on instead of ringing, and why."""
        near = self._latest(firing, _division(firing.region))
        if near and firing.rule.cooldown > NEVER and now - near.raised < firing.rule.cooldown:
            return near, "cooldown"
        same, since = self._latest(firing, _country(firing.region)), self.flood.since
        if same and since and firing.priority > Priority.P1 and same.updated >= since - SPAN:
            return same, "flood"
        kin = self.cases.get(self.matters.get(_matter(firing), ""))
        if kin and kin.priority is firing.priority is Priority.P1 and now - kin.raised < firing.rule.together:
            return kin, TOGETHER
        return None, ""

    def _latest(self, firing: Firing, where: str) -> Case | None:
        """The rule's last alert there, unless the firing is more urgent."""
        case = self.cases.get(self.latest.get((firing.rule.id, where), ""))
        return case if case and case.priority <= firing.priority else None

    def _join(self, case: Case, firing: Firing, why: str, now: datetime) -> Case:
        self._about(case, firing)
        case.add(firing.items)
        case.count += 1
        case.suppress(why)
        case.updated = now
        if why == TOGETHER:
            # Another event, or the same one told apart: nobody can be sure, so the officer looks again.
            case.turn([("fact", f"also: {firing.title}")], now)
        self._until(case, firing)
        return case

    def follow(self, before: str, after: str) -> Case | None:
        """The alert on a story that turned out to be one with another: it is on that from now on, if none is yet."""
        held = self.holders.get(f"story:{before}")
        if held is None or f"story:{after}" in self.holders:
            return None
        case = self.cases[held]
        self._hold(case, (f"story:{after}",))
        case.learn([f"about:story:{after}"])
        if case.story == before:
            case.story = after
            case.touch()
        return case

    def _raise(self, firing: Firing, now: datetime) -> Case:
        episode = f"{firing.key} {time_text(now)}" if firing.episodic else firing.key
        name = alert_id(firing.rule.id, episode)
        alert = Alert(
            id=name,
            rule=firing.rule.id,
            priority=firing.priority,
            title=firing.title,
            raised=now,
            updated=now,
            region=firing.region,
            countries=firing.countries,
            story=firing.story,
            items=firing.items,
            because=firing.because(),
            rating=firing.rating,
            suppressed=firing.suppressed,
            facts=(f"about:{firing.key}", f"matter:{_matter(firing)}", *firing.facts),
        )
        case = self._keep(alert)
        self._last(case)
        self._about(case, firing)
        self._until(case, firing)
        return case

    def _last(self, case: Case) -> None:
        self.latest[case.rule, _country(case.region)] = case.id
        self.latest[case.rule, _division(case.region)] = case.id
        if case.priority is not Priority.FLAG:
            self.matters.update([(fact[7:], case.id) for fact in case.facts if fact.startswith("matter:/")])

    def _about(self, case: Case, firing: Firing) -> bool:
        """The alert holds the firing's key from now on, and its story's: a hazard and the news of it are one alert."""
        keys = (firing.key, f"story:{firing.story}") if firing.story else (firing.key,)
        if all([self.holders.get(key) == case.id for key in keys]):
            return False
        self._hold(case, keys)
        return case.learn([f"about:{key}" for key in keys])

    def _hold(self, case: Case, keys: Iterable[str]) -> None:
        for key in keys:
            self.holders[key] = case.id
            if key.startswith(f"{case.rule}/"):
                self.episodes.setdefault(case.rule, set()).add(key)

    def _until(self, case: Case, firing: Firing) -> bool:
        """Remember when the condition ends by itself."""
        if firing.expires is None:
            return False
        self.expiries[firing.key] = firing.expires
        return case.until(firing.key, time_text(firing.expires))

    def _keep(self, alert: Alert) -> Case:
        case = self.cases[alert.id] = Case(alert)
        return case


def alert_id(rule: str, key: str) -> str:
    """The same on every run: an alert that was raised before a restart is not raised again after it."""
    return f"{rule}-{blake2s(key.encode(), digest_size=4).hexdigest()}"


def _country(region: str | None) -> str:
    """Floods gather by country, or by area."""
    return (region or "").partition(".")[0]


def _division(region: str | None) -> str:
    """A cooldown holds for one first-level division: told of the country alone, for what is told of it alone."""
    return "/" + ".".join((region or "").split(".")[:2])


def _matter(firing: Firing) -> str:
    """The division and what happened there; empty where either is not known well enough."""
    precise = firing.matter and "." in (firing.region or "")
    return f"{_division(firing.region)} {firing.matter}" if precise else ""
