"""What rules would have done over what is stored: how often, on what, how many alerts in a watch of twelve hours.

Every item is taken as if it had come in when it was published. Feed health is not stored by time, so a silence rule is
rehearsed on regions only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sitmon.dtg import dtg
from sitmon.model import Alert, Item, Priority, Story
from sitmon.query import World
from sitmon.rules.engine import Engine
from sitmon.rules.match import Match
from sitmon.rules.rule import Rule

WATCH = timedelta(hours=12)
BUDGET, MOST = 72, 144
"""Alerts in a watch: 6 an hour are acceptable, 12 the most that one officer manages (EEMUA 191)."""
TICK = timedelta(minutes=10)
EVERYTHING = 0.5
"""A match rule that matches a larger share of all items is no filter."""
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One rule over the period."""

    rule: Rule
    matched: int
    """Items that its query and regions let through."""
    share: float
    """Of all items, 0 to 1."""
    alerts: tuple[Alert, ...]
    silenced: tuple[tuple[str, int], ...]
    """Firings that raised nothing, by reason."""
    busiest: int
    """Most alerts in one watch."""
    learning: str

    @property
    def matches_everything(self) -> bool:
        return isinstance(self.rule, Match) and self.share > EVERYTHING


@dataclass(frozen=True, slots=True)
class Replay:
    """`watches` are alerts of P1 to P3 by the time that a watch of twelve hours begins, 00Z and 12Z."""

    since: datetime
    until: datetime
    items: int
    rules: tuple[Rehearsed, ...]
    watches: tuple[tuple[datetime, int], ...]

    @property
    def busiest(self) -> int:
        return max((count for _, count in self.watches), default=0)

    @property
    def per_watch(self) -> float:
        return sum(count for _, count in self.watches) / max((self.until - self.since) / WATCH, 1.0)


def replay(
    rules: Sequence[Rule],
    items: Iterable[Item],
    fold: Callable[[Item], Story | None],
    *,
    since: datetime | None = None,
    world: World | None = None,
) -> Replay:
    """Run rules over items. `fold` puts an item into its story and returns it, such as `story.Folder` gives.

    Items before `since` only teach the rules what is usual.
    """
    ordered = sorted(items, key=lambda item: (item.when, item.id))
    known = {item.feed for item in ordered}
    engine = Engine(rules, world=world, polled=known)
    judged = [item for item in ordered if since is None or item.when >= since]
    start = judged[0].when if judged else since or datetime.min.replace(tzinfo=UTC)
    for item in ordered[: len(ordered) - len(judged)]:
        engine.remember(item, fold(item))
    end = start
    for step in course(engine, ((item.when, item) for item in judged), fold, start):
        end = step.at
    engine.tick(end, {})
    return _replayed(engine, rules, start, end, len(judged))


@dataclass(frozen=True, slots=True)
class Step:
    """What the rules made of an item, or of the passing of time."""

    at: datetime
    item: Item | None
    story: Story | None
    alerts: tuple[Alert, ...]
    """Raised or changed."""


def course(
    engine: Engine,
    items: Iterable[tuple[datetime, Item]],
    fold: Callable[[Item], Story | None],
    start: datetime,
    until: datetime | None = None,
) -> Iterator[Step]:
    """Items in the order of the times at which they are told, and a tick after each `TICK` in between, or `until`."""
    last = start
    for at, item in items:
        while last + TICK <= at:
            last += TICK
            yield Step(last, None, None, engine.tick(last, {}))
        told = fold(item)
        yield Step(at, item, told, engine.observe(item, told, at))
    while until is not None and last + TICK <= until:
        last += TICK
        yield Step(last, None, None, engine.tick(last, {}))


def _replayed(engine: Engine, rules: Sequence[Rule], since: datetime, until: datetime, count: int) -> Replay:
    ringing = [alert for alert in engine.alerts if alert.priority is not Priority.FLAG]
    learning = dict(engine.learning(until))
    found = []
    for rule in rules:
        alerts = tuple(alert for alert in engine.alerts if alert.rule == rule.id)
        silenced = tuple((why, n) for name, why, n in engine.silenced if name == rule.id)
        matched = engine.matched[rule.id]
        busiest = max((n for _, n in _watches(alerts)), default=0)
        share = matched / count if count else 0.0
        found.append(Rehearsed(rule, matched, share, alerts, silenced, busiest, learning.get(rule.id, "")))
    return Replay(since, until, count, tuple(found), _watches(ringing))


def _watches(alerts: Iterable[Alert]) -> tuple[tuple[datetime, int], ...]:
    starts = Counter(
        alert.raised.replace(hour=alert.raised.hour // 12 * 12, minute=0, second=0, microsecond=0) for alert in alerts
    )
    return tuple(sorted(starts.items()))


# ---------------------------------------------------------------- as text


def text(replay: Replay) -> str:
    """The replay as a table, then examples and warnings for each rule."""
    head = f"{dtg(replay.since)} to {dtg(replay.until)}: {replay.items} items"
    load = (
        f"{replay.per_watch:.1f} alerts per 12-hour watch, {replay.busiest} in the busiest "
        f"(acceptable {BUDGET}, at most {MOST})"
    )
    width = max((len(found.rule.id) for found in replay.rules), default=4)
    names = ("KIND", "MATCHED", "ALERTS", *(priority.name for priority in Priority), "BUSIEST")
    table = [_cells("RULE", names, width), *(_row(found, width) for found in replay.rules)]
    return "\n".join([head, load, "", *table, *_details(replay)])


def _row(found: Rehearsed, width: int) -> str:
    split = Counter(alert.priority for alert in found.alerts)
    counts = (found.matched, len(found.alerts), *(split[priority] for priority in Priority), found.busiest)
    return _cells(found.rule.id, (found.rule.kind, *map(str, counts)), width)


def _cells(rule: str, cells: Sequence[str], width: int) -> str:
    kind, *numbers = cells
    return f"{rule:{width}} {kind:10}" + "".join(f" {number:>7}" for number in numbers)


def _details(replay: Replay) -> Iterable[str]:
    for found in replay.rules:
        yield f"\n{found.rule.id}"
        if found.matches_everything:
            much = "EVERYTHING" if found.share == 1 else "TOO MUCH"
            yield f"  MATCHES {much}: {found.share:.0%} of all items; narrow its query"
        if found.learning:
            yield f"  {found.learning}"
        if found.silenced:
            yield f"  not rung: {', '.join(f'{count} {why}' for why, count in found.silenced)}"
        for alert in found.alerts[-EXAMPLES:]:
            yield f"  {dtg(alert.raised)} {alert.priority.name} x{alert.count} {alert.title}"
            yield f"      {alert.because}"
        if len(found.alerts) > EXAMPLES:
            yield f"  and {len(found.alerts) - EXAMPLES} before"
        if not found.alerts:
            yield "  never"
