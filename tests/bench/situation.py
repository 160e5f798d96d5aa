"""How fast items become a situation: `python -m tests.bench.situation [AMOUNT]`.

Stories, thirty rules and the board of regions over a made-up world, from nothing and then item by item. Times
are CPU seconds of one process, so that a busy machine does not change them.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import median

from sitmon.model import Alert, FeedHealth, FeedState, Item, Region, Story
from sitmon.rules import Rule
from sitmon.rules.engine import Engine
from sitmon.status import Board
from sitmon.story import Folder
from tests.bench.stories import synthetic
from tests.factories import feed
from tests.rulebook import RULES

FEEDS = tuple(f"f{n}" for n in range(100))
STATES = {name: FeedState(name, FeedHealth.OK) for name in FEEDS}
COUNTRIES = {f"{a}{b}": f"{a}{b}" for a in "ABCDEFGHIJKLMNOP" for b in "ABCDEFGHIJKLMNOP"}


def thirty() -> list[Rule]:
    """The shipped rules and copies of them, as an operator with many regions has."""
    return [replace(RULES[n % len(RULES)], id=f"{RULES[n % len(RULES)].id}-{n}") for n in range(30)]


def areas(region: str) -> tuple[str, ...]:
    return ("sahel", "africa") if region[:2] in {"ML", "BF", "SD"} else ("elsewhere",)


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def run(self, stage: str, work: Callable[[], None]) -> float:
        before = time.process_time()
        work()
        took = time.process_time() - before
        self.seconds[stage] = self.seconds.get(stage, 0.0) + took
        return took


class Situation:
    def __init__(self) -> None:
        self.folder = Folder()
        self.engine = Engine(thirty(), polled=FEEDS)
        board = [Region("sahel", "Sahel"), Region("africa", "Africa")]
        self.board = Board(board, [feed(name, countries=("ML",)) for name in FEEDS], countries=COUNTRIES, areas=areas)
        self.alerts: dict[str, Alert] = {}
        self.story: Story | None = None

    def fold(self, item: Item) -> None:
        joined = self.folder.fold(item).story
        self.story = self.folder.story(joined) if joined else None

    def judge(self, item: Item) -> None:
        self.alerts |= {alert.id: alert for alert in self.engine.observe(item, self.story, item.when)}

    def weigh(self, item: Item) -> None:
        self.board.add(item, self.story)

    def tick(self, item: Item) -> None:
        self.alerts |= {alert.id: alert for alert in self.engine.tick(item.when, STATES)}

    def assess(self, item: Item) -> None:
        recent = tuple(self.alerts.values())[-200:]
        self.board.assess(item.when, alerts=recent, feeds=STATES)


def add(situation: Situation, item: Item, clock: Clock) -> float:
    stages = (("stories", situation.fold), ("rules", situation.judge), ("regions", situation.weigh))
    return sum(clock.run(name, partial(work, item)) for name, work in stages)


def main(amount: int) -> None:
    items = [replace(item, feed=FEEDS[n % len(FEEDS)]) for n, item in enumerate(synthetic(amount + 200))]
    gc.freeze()
    gc.set_threshold(10_000, 500, 20)  # as the collector does
    situation, clock = Situation(), Clock()
    for number, item in enumerate(items[:amount]):
        add(situation, item, clock)
        if number % 75 == 0:
            clock.run("ticks", partial(situation.tick, item))
    last = items[amount - 1]
    clock.run("assess", partial(situation.assess, last))
    print(f"{amount} items from nothing, {len(situation.engine.alerts)} alerts, {len(STATES)} feeds, 30 rules")
    for stage, seconds in clock.seconds.items():
        print(f"  {stage:10} {seconds:8.2f} s   {seconds / amount * 1e6:8.0f} us an item")
    print(f"  {'all':10} {sum(clock.seconds.values()):8.2f} s   limit 60 s")
    gc.freeze()  # as collector and desk do when they have read what is stored
    one_by_one(situation, items[amount:])


def one_by_one(situation: Situation, items: list[Item]) -> None:
    clock = Clock()
    each = []
    for item in items:
        took = add(situation, item, clock)
        each.append(took + clock.run("assess", partial(situation.assess, item)))
    print(f"one new item: median {median(each) * 1e3:.2f} ms, slowest {max(each) * 1e3:.2f} ms   limit 10 ms")
    for stage, seconds in clock.seconds.items():
        print(f"  {stage:10} {seconds / len(items) * 1e3:8.3f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
