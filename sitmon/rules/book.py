"""The alerts that the rules have raised: what becomes of a firing.

One thing is one alert: a firing whose key an alert knows joins it, whichever rule it comes from, and makes it more
urgent where it is. A new P1 of the same matter in the same division brings the one there back. Otherwise it rings,
unless it is old, its rule cools down, or a flood is on; then it is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2s

from sitmon.codec import must_time, time_text
from sitmon.model import Alert, Priority, Turn
from sitmon.rules.firing import Ended, Firing
from sitmon.rules.flood import SPAN, Flood
from sitmon.rules.news import merged, news
from sitmon.rules.rule import NEVER
from sitmon.rules.sight import Sight

ITEMS = 50
TURNS = 40
"""An alert keeps so many of its latest items and turns: it is written anew with each, and its story has them all."""
TOGETHER = "told together"
EPISODE = timedelta(hours=6)
"""What comes back sooner than this after it went away is the same alert, not another one."""


@dataclass(slots=True)
class Book:
    alerts: dict[str, Alert] = field(default_factory=dict)
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
            self._keep(alert)
            self._last(alert)
            if alert.priority is not Priority.FLAG:
                self.flood.ring(alert.raised)
            for fact in alert.facts:
                what, _, rest = fact.partition(":")
                if what == "about":
                    self._hold(alert, (rest,))
                elif what == "until":
                    at, _, key = rest.partition(" ")
                    self.expiries[key] = must_time(at)

    def held(self, rule: str) -> tuple[str, ...]:
        """Keys of a rule's own alerts whose condition holds."""
        return tuple(key for key in self.episodes.get(rule, ()) if not self.alerts[self.holders[key]].returned)

    # ---------------------------------------------------------------- signals

    def fire(self, firing: Firing, now: datetime) -> Alert | None:
        """The alert that the firing raised or changed."""
        self.flood.pass_time(now)
        held = self.holders.get(firing.key) or self.holders.get(f"story:{firing.story}")
        if held is not None and not self._breaks_out(firing, self.alerts[held], now):
            return self._again(self.alerts[held], firing, now)
        if firing.old:
            self.silenced[firing.rule.id, firing.old] += 1
            return None
        gathered, why = self._gathering(firing, now)
        if firing.priority is not Priority.FLAG and why != "cooldown":
            self.flood.ring(now)
        return self._join(gathered, firing, why, now) if gathered else self._raise(firing, now)

    def end(self, ended: Ended, now: datetime) -> Alert | None:
        held = self.holders.get(ended.key)
        self.expiries.pop(ended.key, None)
        if held is None:
            return None
        alert = self.alerts[held]
        facts = tuple(
            fact for fact in alert.facts if not (fact.startswith("until:") and fact.endswith(f" {ended.key}"))
        )
        others = any(fact.startswith("until:") for fact in facts)
        about_story = alert.facts[:1] == (f"about:story:{alert.story}",)
        if alert.returned or others or about_story:
            return None
        return self._keep(replace(alert, facts=facts, returned=now, updated=now))

    def expire(self, now: datetime) -> Iterable[Alert]:
        for key in [key for key, at in self.expiries.items() if at <= now]:
            if alert := self.end(Ended(key), now):
                yield alert

    def tell(self, sight: Sight) -> Alert | None:
        """What an item adds to the alert on its story, where it adds something."""
        held = self.holders.get(sight.key)
        if held is None or not sight.is_fresh:
            return None
        alert = self.alerts[held]
        flooded = sight.story is not None and alert.story != sight.story.id and "flood" in dict(alert.suppressed)
        if alert.priority is Priority.FLAG or flooded:
            return None
        found = news(alert.facts, sight)
        if not found:
            return None
        told = replace(alert, facts=merged(alert.facts, sight), items=_added(alert.items, (sight.item.id,)))
        if sight.story and alert.story == sight.story.id:
            told = replace(told, title=sight.title, rating=sight.rating)
        return self._keep(self._turned(told, found, sight.now))

    # ---------------------------------------------------------------- what becomes of a firing

    def _breaks_out(self, firing: Firing, alert: Alert, now: datetime) -> bool:
        """A flag hides no alert, nor another story's alert a P1; a condition that ended long ago is another episode."""
        if alert.priority is Priority.FLAG and firing.priority is not Priority.FLAG:
            return True
        if firing.episodic and alert.returned:
            return now - alert.returned > EPISODE
        other = firing.story is not None and firing.story != alert.story
        return other and firing.priority is Priority.P1 and alert.priority is not Priority.P1

    def _again(self, alert: Alert, firing: Firing, now: datetime) -> Alert | None:
        fresh = [item for item in firing.items if item not in alert.items]
        turns: list[tuple[str, str]] = []
        changed = alert
        if firing.rule.id != alert.rule and f"rule:{firing.rule.id}" not in alert.facts:
            because = f"{alert.because}; {firing.rule.id}: {firing.because()}"
            changed = replace(changed, because=because, facts=(*alert.facts, f"rule:{firing.rule.id}"))
            changed = replace(changed, suppressed=_counted(alert.suppressed, f"also {firing.rule.id}"))
        if firing.priority < alert.priority and not firing.old:
            turns.insert(0, ("priority", f"{alert.priority.name} to {firing.priority.name} by {firing.rule.id}"))
            changed = replace(changed, priority=firing.priority)
        if alert.returned and not firing.old and (fresh or not firing.items):
            turns.append(("again", "the condition is back"))
            changed = replace(changed, returned=None)
        if fresh:
            changed = replace(changed, items=_added(alert.items, firing.items), count=alert.count + 1, updated=now)
        changed = self._until(self._about(changed, firing), firing)
        changed = self._turned(changed, tuple(turns), now) if turns else changed
        return self._keep(changed) if changed is not alert and changed != alert else None

    def _gathering(self, firing: Firing, now: datetime) -> tuple[Alert | None, str]:
        """The alert that a firing is counted on instead of ringing, and why."""
        near = self._latest(firing, _division(firing.region))
        if near and firing.rule.cooldown > NEVER and now - near.raised < firing.rule.cooldown:
            return near, "cooldown"
        same, since = self._latest(firing, _country(firing.region)), self.flood.since
        if same and since and firing.priority > Priority.P1 and same.updated >= since - SPAN:
            return same, "flood"
        kin = self.alerts.get(self.matters.get(_matter(firing), ""))
        if kin and kin.priority is firing.priority is Priority.P1 and now - kin.raised < firing.rule.together:
            return kin, TOGETHER
        return None, ""

    def _latest(self, firing: Firing, where: str) -> Alert | None:
        """The rule's last alert there, unless the firing is more urgent."""
        alert = self.alerts.get(self.latest.get((firing.rule.id, where), ""))
        return alert if alert and alert.priority <= firing.priority else None

    def _join(self, alert: Alert, firing: Firing, why: str, now: datetime) -> Alert:
        joined = replace(
            self._about(alert, firing),
            items=_added(alert.items, firing.items),
            count=alert.count + 1,
            suppressed=_counted(alert.suppressed, why),
            updated=now,
        )
        if why == TOGETHER:
            # Another event, or the same one told apart: nobody can be sure, so the officer looks again.
            joined = self._turned(joined, (("fact", f"also: {firing.title}"),), now)
        return self._keep(self._until(joined, firing))

    def _raise(self, firing: Firing, now: datetime) -> Alert:
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
        self._last(alert)
        return self._keep(self._until(self._about(alert, firing), firing))

    def _last(self, alert: Alert) -> None:
        self.latest[alert.rule, _country(alert.region)] = alert.id
        self.latest[alert.rule, _division(alert.region)] = alert.id
        if alert.priority is not Priority.FLAG:
            self.matters.update((fact[7:], alert.id) for fact in alert.facts if fact.startswith("matter:/"))

    def _about(self, alert: Alert, firing: Firing) -> Alert:
        """The alert holds the firing's key from now on, and its story's: a hazard and the news of it are one alert."""
        keys = (firing.key, f"story:{firing.story}") if firing.story else (firing.key,)
        if all([self.holders.get(key) == alert.id for key in keys]):
            return alert
        self._hold(alert, keys)
        return replace(alert, facts=_added_facts(alert.facts, tuple([f"about:{key}" for key in keys])))

    def _hold(self, alert: Alert, keys: Iterable[str]) -> None:
        for key in keys:
            self.holders[key] = alert.id
            if key.startswith(f"{alert.rule}/"):
                self.episodes.setdefault(alert.rule, set()).add(key)

    def _until(self, alert: Alert, firing: Firing) -> Alert:
        """Remember when the condition ends by itself."""
        if firing.expires is None:
            return alert
        self.expiries[firing.key] = firing.expires
        rest = tuple(f for f in alert.facts if not (f.startswith("until:") and f.endswith(f" {firing.key}")))
        return replace(alert, facts=(*rest, f"until:{time_text(firing.expires)} {firing.key}"))

    def _turned(self, alert: Alert, turns: tuple[tuple[str, str], ...], now: datetime) -> Alert:
        added = tuple(Turn(now, what, words) for what, words in turns)
        words = "; ".join(turn.words for turn in added)
        return replace(alert, turns=(*alert.turns, *added)[-TURNS:], news=words, updated=now)

    def _keep(self, alert: Alert) -> Alert:
        self.alerts[alert.id] = alert
        return alert


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


def _added_facts(facts: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*facts, *more)))


def _added(items: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*more, *items)))[:ITEMS]


def _counted(counts: tuple[tuple[str, int], ...], reason: str) -> tuple[tuple[str, int], ...]:
    sums = Counter(dict(counts))
    sums[reason] += 1
    return tuple(sums.items())
