"""`surge`: far more reports of a region or an actor than at the same hours of other weeks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import sqrt
from statistics import median
from typing import ClassVar, Literal, NamedTuple

from sitmon.model import FeedState
from sitmon.query import World
from sitmon.rules.firing import Ended, Firing, Idle, Signal, Watcher
from sitmon.rules.rule import NEVER, Rule, require, words
from sitmon.rules.sampled import WEEK, Sampled
from sitmon.rules.sight import Sight

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

    def watcher(self, world: World, sampled: Sampled) -> Watcher:  # noqa: ARG002
        return _Counting(self, sampled)


class _Report(NamedTuple):
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
    rule: Surge
    sampled: Sampled
    reports: dict[str, list[_Report]] = field(default_factory=dict)
    """By subject, oldest first."""
    dirty: set[str] = field(default_factory=set)

    def observe(self, sight: Sight) -> Iterable[Signal]:
        self.remember(sight)
        return ()

    def remember(self, sight: Sight) -> None:
        item, at = sight.item, sight.item.when
        if at > sight.now or not self.sampled.is_live(item):
            return
        report = _Report(at, item.feed, item.id)
        for subject in _subjects(sight, self.rule):
            reports = self.reports.setdefault(subject, [])
            place = len(reports) if not reports or report > reports[-1] else bisect_left(reports, report)
            if place == len(reports) or reports[place] != report:
                reports.insert(place, report)
                self.dirty.add(subject)

    def tick(self, now: datetime, feeds: Mapping[str, FeedState], held: Collection[str]) -> Iterable[Signal]:  # noqa: ARG002
        open_ones = {key.removeprefix(f"{self.rule.id}/") for key in held}
        subjects, self.dirty = self.dirty | open_ones, set()
        weeks = self._weeks(now)
        return tuple(s for subject in sorted(subjects) for s in self._judge(subject, now, weeks, subject in open_ones))

    def learning(self, now: datetime) -> str:
        sampled = len(self._weeks(now))
        if sampled >= self.rule.min_samples:
            return ""
        return f"learns what is usual: {sampled} of {self.rule.min_samples} weeks sampled"

    def _weeks(self, now: datetime) -> tuple[int, ...]:
        return self.sampled.weeks(now, self.rule.window, self.rule.weeks)

    def _judge(self, subject: str, now: datetime, weeks: tuple[int, ...], is_open: bool) -> Iterator[Signal]:
        self._forget(subject, now)
        first, after = self._range(subject, now)
        if after - first < self.rule.minimum:
            if is_open:
                yield Ended(f"{self.rule.id}/{subject}")
            return
        if len(weeks) < self.rule.min_samples:
            return
        # A feed added since would look like a surge: only those that were read in the sampled weeks are compared.
        old = self.sampled.feeds_since(now - weeks[self.rule.min_samples - 1] * WEEK)
        current, *before = (self._window(subject, now - week * WEEK, old) for week in (0, *weeks))
        rate = _Rate(current, tuple(map(len, before)))
        if is_surge(rate, self.rule):
            yield _surged(subject, rate, self.rule, weeks)
        elif is_open and len(rate.reports) <= rate.mid + rate.spread:
            yield Ended(f"{self.rule.id}/{subject}")

    def _window(self, subject: str, end: datetime, feeds: Collection[str]) -> tuple[_Report, ...]:
        first, after = self._range(subject, end)
        return tuple([report for report in self.reports.get(subject, [])[first:after] if report.feed in feeds])

    def _range(self, subject: str, end: datetime) -> tuple[int, int]:
        """The place of the first report of a window, and of the first after it."""
        reports = self.reports.get(subject, [])
        return _from(reports, end - self.rule.window), _from(reports, end)

    def _forget(self, subject: str, now: datetime) -> None:
        reports = self.reports.get(subject, [])
        del reports[: _from(reports, now - (self.rule.weeks + 1) * WEEK)]


def _from(reports: list[_Report], at: datetime) -> int:
    """The place of the first report that is not before a time; most often all of them are, or none is."""
    if not reports or reports[-1].at < at:
        return len(reports)
    if reports[0].at >= at:
        return 0
    return bisect_left(reports, _Report(at, "", ""))


def is_surge(rate: _Rate, rule: Surge) -> bool:
    count = len(rate.reports)
    feeds = len({report.feed for report in rate.reports})
    enough = count >= rule.minimum and feeds >= rule.sources
    return enough and count >= rule.factor * rate.mid and rate.sigma >= rule.sigma


def _surged(subject: str, rate: _Rate, rule: Surge, weeks: tuple[int, ...]) -> Firing:
    count, usual = len(rate.reports), f"{rate.mid:g}"
    return Firing(
        rule=rule,
        key=f"{rule.id}/{subject}",
        title=f"{subject}: {count} reports in {words(rule.window)}, usually {usual}",
        because=lambda: (
            f"{count} reports in {words(rule.window)} against {usual} ± {rate.spread:.1f} at the same hours of "
            f"{len(weeks)} sampled weeks of the last {weeks[-1]} ({', '.join(map(str, rate.usual))}): "
            f"{rate.sigma:.1f} deviations"
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
        return tuple([tag.id for tag in tags.actors])
    if rule.by == "country":
        return tags.countries
    return tuple(dict.fromkeys(".".join(tag.id.split(".")[:2]) for tag in tags.regions if "." in tag.id))
