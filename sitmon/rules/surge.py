"""`surge`: far more reports of a region or an actor than at the same hours of other weeks."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import sqrt
from statistics import median
from typing import ClassVar, Literal

from sitmon.model import FeedState
from sitmon.query import World
from sitmon.rules.firing import Ended, Firing, Idle, Signal, Watcher
from sitmon.rules.rule import NEVER, Rule, require, words
from sitmon.rules.sight import Sight

WEEK = timedelta(days=7)
_MAD = 1.4826
"""Makes the median absolute deviation an estimate of the standard deviation of a normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge(Rule):
    """The reports of the last `window` against the same hours of the `weeks` before."""

    kind: ClassVar[str] = "surge"

    by: Literal["region", "country", "actor"] = "country"
    """What is counted, each against its own baseline."""
    window: timedelta = timedelta(hours=3)
    minimum: int = 6
    """Fewer reports than this are never a surge."""
    factor: float = 3.0
    """At least so many times the usual number."""
    sigma: float = 4.0
    """At least so many robust deviations above it."""
    sources: int = 2
    """At least so many feeds."""
    weeks: int = 8
    min_samples: int = 3
    """With fewer weeks sampled the rule is still learning, and says so."""

    def __post_init__(self) -> None:
        Rule.__post_init__(self)
        require(self.by in {"region", "country", "actor"}, "by", f"{self.by!r} is none of region, country, actor")
        require(NEVER < self.window <= timedelta(days=7), "window", "must be longer than nothing, at most 7d")
        require(self.minimum >= 1, "minimum", "must be at least 1")
        require(self.factor >= 1, "factor", "must be at least 1")
        require(self.sigma >= 0, "sigma", "must not be negative")
        require(self.sources >= 1, "sources", "must be at least 1")
        require(1 <= self.weeks <= 52, "weeks", "must be 1 to 52")
        require(1 <= self.min_samples <= self.weeks, "min_samples", "must be 1 to `weeks`")

    def watcher(self, world: World) -> Watcher:  # noqa: ARG002
        return _Counting(self)


@dataclass(frozen=True, slots=True, order=True)
class _Report:
    at: datetime
    feed: str
    item: str


@dataclass(frozen=True, slots=True)
class _Rate:
    """Reports now, and in the same hours of earlier weeks."""

    reports: tuple[_Report, ...]
    usual: tuple[int, ...]

    @property
    def mid(self) -> float:
        return median(self.usual)

    @property
    def spread(self) -> float:
        """Robust deviation: of the samples, but never less than that of a Poisson count of their size."""
        deviation = _MAD * median(abs(count - self.mid) for count in self.usual)
        return max(deviation, sqrt(self.mid), 1.0)

    @property
    def sigma(self) -> float:
        return (len(self.reports) - self.mid) / self.spread


@dataclass(slots=True)
class _Counting(Idle):
    """Only what came while its feed was being polled is counted: what a first poll finds of the past is no sample."""

    rule: Surge
    reports: dict[str, list[_Report]] = field(default_factory=dict)
    starts: dict[str, datetime] = field(default_factory=dict)
    """When each feed was first polled, as far as its items tell."""
    alive: set[datetime] = field(default_factory=set)
    """Hours in which anything at all came in: the others were not sampled."""
    dirty: set[str] = field(default_factory=set)

    def observe(self, sight: Sight) -> Iterable[Signal]:
        self.remember(sight)
        return ()

    def remember(self, sight: Sight) -> None:
        item = sight.item
        start = self.starts.setdefault(item.feed, item.first_seen)
        self.alive.add(_hour(item.first_seen))
        if item.when < start or item.when > sight.now:
            return
        report = _Report(item.when, item.feed, item.id)
        for subject in _subjects(sight, self.rule):
            reports = self.reports.setdefault(subject, [])
            at = bisect_left(reports, report)
            if at == len(reports) or reports[at] != report:
                insort(reports, report)
                self.dirty.add(subject)

    def tick(self, now: datetime, feeds: Mapping[str, FeedState], held: Collection[str]) -> Iterable[Signal]:  # noqa: ARG002
        self._forget(now)
        open_ones = {key.removeprefix(f"{self.rule.id}/") for key in held}
        subjects, self.dirty = self.dirty | open_ones, set()
        return tuple(
            signal for subject in sorted(subjects) for signal in self._judge(subject, now, subject in open_ones)
        )

    def learning(self, now: datetime) -> str:
        sampled = len(self._weeks(now))
        if sampled >= self.rule.min_samples:
            return ""
        return f"learns what is usual: {sampled} of {self.rule.min_samples} weeks sampled"

    def _judge(self, subject: str, now: datetime, is_open: bool) -> Iterator[Signal]:
        if len(self._window(subject, now, self.starts)) < self.rule.minimum:
            if is_open:
                yield Ended(f"{self.rule.id}/{subject}")
            return
        weeks = self._weeks(now)
        if len(weeks) < self.rule.min_samples:
            return
        # A feed added since would look like a surge: only those that were read in the sampled weeks are compared.
        old = {feed for feed, start in self.starts.items() if start <= now - weeks[self.rule.min_samples - 1] * WEEK}
        current = self._window(subject, now, old)
        rate = _Rate(current, tuple(len(self._window(subject, now - week * WEEK, old)) for week in weeks))
        if is_surge(rate, self.rule):
            yield _surged(subject, rate, self.rule, len(weeks))
        elif is_open and len(rate.reports) <= rate.mid + rate.spread:
            yield Ended(f"{self.rule.id}/{subject}")

    def _window(self, subject: str, end: datetime, feeds: Collection[str]) -> tuple[_Report, ...]:
        reports = self.reports.get(subject, [])
        first = bisect_left(reports, end - self.rule.window, key=lambda report: report.at)
        after = bisect_left(reports, end, first, key=lambda report: report.at)
        return tuple(report for report in reports[first:after] if report.feed in feeds)

    def _weeks(self, now: datetime) -> tuple[int, ...]:
        """How many weeks ago the same hours were sampled: at least half of them, by any feed."""
        hours = max(1, round(self.rule.window / timedelta(hours=1)))
        sampled = (
            (week, sum(_hour(now - week * WEEK - timedelta(hours=hour)) in self.alive for hour in range(1, hours + 1)))
            for week in range(1, self.rule.weeks + 1)
        )
        return tuple(week for week, count in sampled if 2 * count >= hours)

    def _forget(self, now: datetime) -> None:
        oldest = now - (self.rule.weeks + 1) * WEEK
        if any(hour < oldest - WEEK for hour in self.alive):
            self.alive = {hour for hour in self.alive if hour >= oldest}
            kept = {subject: [r for r in reports if r.at >= oldest] for subject, reports in self.reports.items()}
            self.reports = {subject: reports for subject, reports in kept.items() if reports}


def is_surge(rate: _Rate, rule: Surge) -> bool:
    count = len(rate.reports)
    feeds = len({report.feed for report in rate.reports})
    enough = count >= rule.minimum and feeds >= rule.sources
    return enough and count >= rule.factor * rate.mid and rate.sigma >= rule.sigma


def _surged(subject: str, rate: _Rate, rule: Surge, weeks: int) -> Firing:
    count, usual = len(rate.reports), f"{rate.mid:g}"
    return Firing(
        rule=rule,
        key=f"{rule.id}/{subject}",
        title=f"{subject}: {count} reports in {words(rule.window)}, usually {usual}",
        because=lambda: (
            f"{count} reports in {words(rule.window)} against {usual} ± {rate.spread:.1f} at the same hours of "
            f"{weeks} sampled weeks ({', '.join(map(str, rate.usual))}): {rate.sigma:.1f} deviations"
        ),
        priority=rule.priority,
        region=None if rule.by == "actor" else subject,
        countries=(subject[:2],) if rule.by != "actor" and subject[:2].isupper() else (),
        items=tuple(report.item for report in reversed(rate.reports)),
        episodic=True,
    )


def _subjects(sight: Sight, rule: Surge) -> tuple[str, ...]:
    tags = sight.item.tags
    if rule.by == "actor":
        return tuple(tag.id for tag in tags.actors)
    if rule.by == "country":
        return tags.countries
    return tuple(dict.fromkeys(".".join(tag.id.split(".")[:2]) for tag in tags.regions if "." in tag.id))


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
