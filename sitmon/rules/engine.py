"""The rules at work: items and ticks of the clock go in, new and changed alerts come out.

Pure but for what it remembers: the same rules, items and times give the same alerts, with the same ids. Each alert
that comes out is to be stored; after a restart they go back in, so that nothing rings twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sitmon.model import Alert, FeedState, Item, Story
from sitmon.query import Query, Test, World
from sitmon.rules.book import Book
from sitmon.rules.case import Case
from sitmon.rules.firing import Ended, Firing, Idle, Signal, Watcher
from sitmon.rules.ground import Ground
from sitmon.rules.rule import Rule
from sitmon.rules.sampled import Sampled
from sitmon.rules.sight import Sight
from sitmon.rules.tally import Tallies


class _Question:
    """What one or more rules ask, for rules of several regions often ask the same: answered once for each sight."""

    def __init__(self, asked: Query) -> None:
        self._test: Test | None = None if asked.is_everything else asked.test
        self._seen: Sight | None = None
        self._answer = True

    def holds(self, sight: Sight) -> bool:
        if self._test is not None and self._seen is not sight:
            self._seen, self._answer = sight, self._test(sight.item, sight.story, sight.now)
        return self._answer


@dataclass(frozen=True, slots=True)
class _Post:
    """One rule with what it has to remember."""

    id: str
    ground: int
    """The bit of its regions."""
    question: _Question
    watcher: Watcher


class Engine:
    """`alerts` are those stored, and `polled` the ids of the feeds that have been read before."""

    def __init__(
        self,
        rules: Iterable[Rule],
        *,
        world: World | None = None,
        alerts: Iterable[Alert] = (),
        polled: Iterable[str] = (),
    ) -> None:
        self._world = _remembering(world or World())
        self._sampled = Sampled()
        self._tallies = Tallies()
        self._ground, self._posts = self._posted([rule for rule in rules if rule.enabled])
        self._learning = tuple(post for post in self._posts if type(post.watcher).remember is not Idle.remember)
        """Those whose rules remember at all: the queries of the others need not be asked at a start."""
        self._book = Book()
        self._book.load(alerts)
        self.matched: Counter[str] = Counter()
        """Items that each rule's query and regions let through."""
        self._polled = set(polled)
        self._since: dict[str, datetime] = {}
        """When each feed was first read in this run."""

    def remember(self, item: Item, story: Story | None = None) -> None:
        """Take in an item from before, so that rules know what was usual; nothing rings."""
        sight = Sight(item, story, item.first_seen, self._world, self._tallies)
        ground = self._ground.told(item)
        self._polled.add(item.feed)
        self._sampled.take(item)
        for post in self._learning:
            if post.ground & ground and post.question.holds(sight):
                post.watcher.remember(sight)

    def observe(self, item: Item, story: Story | None, now: datetime) -> tuple[Alert, ...]:
        """Alerts that an item, new or edited, raised or changed. `story` is its story with the item in it."""
        self._sampled.take(item)
        since = self._since.setdefault(item.feed, now)
        first_poll = since == now and item.feed not in self._polled
        sight = Sight(item, story, now, self._world, self._tallies, since, first_poll)
        ground = self._ground.told(item)
        signals: list[Signal] = []
        for post in self._posts:
            if post.ground & ground and post.question.holds(sight):
                self.matched[post.id] += 1
                signals += post.watcher.observe(sight)
        changed = self._settle(signals, now) if signals else {}
        if told := self._book.tell(sight):
            changed[told.id] = told
        return tuple([case.alert() for case in changed.values()])

    def follow(self, moves: Iterable[tuple[str, str]]) -> tuple[Alert, ...]:
        """Alerts that changed because stories turned out to be one with others: pairs of what was and what is now."""
        found = [self._book.follow(before, after) for before, after in moves]
        return tuple([case.alert() for case in found if case is not None])

    def tick(self, now: datetime, feeds: Mapping[str, FeedState]) -> tuple[Alert, ...]:
        """Alerts that the passing of time raised or changed: silence, surges, what expired. Call it every round."""
        self._book.flood.pass_time(now)
        self._sampled.forget(now)
        changed = {case.id: case for case in self._book.expire(now)}
        for post in self._posts:
            held = self._book.held(post.id)
            changed |= self._settle(post.watcher.tick(now, feeds, held), now)
        return tuple([case.alert() for case in changed.values()])

    def learning(self, now: datetime) -> tuple[tuple[str, str], ...]:
        """Rules that cannot fire yet, each with why."""
        found = ((post.id, post.watcher.learning(now)) for post in self._posts)
        return tuple((rule, why) for rule, why in found if why)

    @property
    def is_idle(self) -> bool:
        """No rule asks anything and no alert waits for news: stories need not be told to it."""
        return not self._posts and not self._book.holders

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Every alert known, as the rules left it."""
        return tuple([case.alert() for case in self._book.cases.values()])

    @property
    def silenced(self) -> tuple[tuple[str, str, int], ...]:
        """Firings that raised nothing, by rule and reason: `old`, `undated`, `past`."""
        return tuple((rule, why, count) for (rule, why), count in sorted(self._book.silenced.items()))

    @property
    def flood_since(self) -> datetime | None:
        return self._book.flood.since

    def _posted(self, rules: Sequence[Rule]) -> tuple[Ground, tuple[_Post, ...]]:
        ground = Ground([rule.regions for rule in rules], self._world)
        posts: list[_Post] = []
        questions: dict[str, _Question] = {}
        for rule in rules:
            asked = rule.asked(self._world)
            question = questions.setdefault(asked.text, _Question(asked))
            posts.append(_Post(rule.id, ground.bit(rule.regions), question, rule.watcher(self._world, self._sampled)))
        return ground, tuple(posts)

    def _settle(self, signals: Iterable[Signal], now: datetime) -> dict[str, Case]:
        """The most urgent first, so that a story's one alert is its rule's."""
        changed: dict[str, Case] = {}
        for signal in sorted(signals, key=_urgency):
            case = self._book.end(signal, now) if isinstance(signal, Ended) else self._book.fire(signal, now)
            if case:
                changed[case.id] = case
        return changed


def _remembering(world: World) -> World:
    """The same few thousand places are asked about for every rule and item."""
    return replace(world, contains=lru_cache(maxsize=65536)(world.contains))


def _urgency(signal: Signal) -> int:
    return signal.priority if isinstance(signal, Firing) else 0
