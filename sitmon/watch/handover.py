"""The watch log as lines, and the hand-over sheet from one officer to the next: a page, with NIL where nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sitmon import watch
from sitmon.dtg import dtg, short
from sitmon.model import Alert, AlertState, Entry, FeedState, Level, Priority, RegionStatus
from sitmon.watch.sections import blind, listed

_WORDS = {"note": "NOTE", "undo": "UNDO", "unshelve": "UNSHLV", "service": "SVC", "credibility": "CRED"}
_OPEN = (AlertState.NEW, AlertState.RETURNED, AlertState.ACKNOWLEDGED, AlertState.WATCHING)


# ---------------------------------------------------------------- log lines


def log(alerts: Iterable[Alert], entries: Iterable[Entry]) -> tuple[str, ...]:
    """Alerts raised and what officers did, one line each in time order, numbered from 1; entries refer to numbers."""
    steps = _steps(alerts, entries)
    numbers = {name: number for number, (_, name, _) in enumerate(steps, 1)}
    return tuple(f"{numbers[name]:04} {short(at)} {_line(step, numbers)}" for at, name, step in steps)


def at_number(number: int, alerts: Iterable[Alert], entries: Iterable[Entry]) -> str | None:
    """Id of the alert or entry that stands in the log under a number."""
    steps = _steps(alerts, entries)
    return steps[number - 1][1] if 0 < number <= len(steps) else None


def _steps(alerts: Iterable[Alert], entries: Iterable[Entry]) -> list[tuple[datetime, str, Alert | Entry]]:
    steps: list[tuple[datetime, str, Alert | Entry]] = [(alert.raised, alert.id, alert) for alert in alerts]
    steps += [(entry.at, entry.id, entry) for entry in entries]
    return sorted(steps, key=lambda step: step[:2])


def _line(step: Alert | Entry, numbers: Mapping[str, int]) -> str:
    if isinstance(step, Alert):
        where = step.region or ",".join(step.countries) or "--"
        return f'ALERT {_raised_as(step)} {step.rule} {where} "{step.title}" raised'
    subject = step.corrects or step.subject
    about = f"{numbers[subject]:04}" if subject in numbers else subject or "--"
    verb = "CORR" if step.corrects and step.verb != "undo" else _WORDS.get(step.verb, step.verb.upper())
    data = [f"{key}={value}" for key, value in step.data]
    until = [f"until {dtg(step.until)}"] if step.until else []
    told = [f'"{step.text}"'] if step.text else []
    return " ".join([verb, about, step.by, *data, *until, *told])


def _raised_as(alert: Alert) -> str:
    """The priority that it was raised with: the log tells what was known then."""
    changes = [turn.words for turn in alert.turns if turn.what == "priority"]
    return changes[0].split()[0] if changes else alert.priority.name


# ---------------------------------------------------------------- the sheet


@dataclass(frozen=True, slots=True)
class Handover:
    """What the sheet is made of. `since` is when this watch began; `owed` and `expected` are lines of the officer."""

    now: datetime
    since: datetime
    outgoing: str
    incoming: str
    number: int
    alerts: tuple[Alert, ...]
    """Folded: with their states."""
    regions: tuple[RegionStatus, ...]
    feeds: Mapping[str, FeedState]
    entries: tuple[Entry, ...]
    owed: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    tlp: str = "AMBER"


AHEAD = timedelta(hours=12)
"""How far the sheet looks ahead: a watch."""


def unanswered(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """P1 alerts that nobody has acknowledged: a watch is not handed over in silence with these."""
    return tuple(alert for alert in alerts if alert.priority is Priority.P1 and alert.is_unseen)


def sheet(given: Handover) -> str:
    head = f"WATCH HANDOVER {dtg(given.now)} {given.outgoing} -> {given.incoming} No {given.number:04} TLP:{given.tlp}"
    sections = (
        ("Region status and changes", tuple(_regions(given))),
        ("Open alerts", tuple(_open(given.alerts))),
        ("Shelved and suppressed", tuple(_shelved(given.alerts, watch.out_of_service(given.entries, given.now)))),
        ("Feeds down and blind regions", tuple(blind(given.feeds, given.regions, given.now))),
        ("Actions owed", (*given.owed, *_reviews(given, datetime.min.replace(tzinfo=UTC), given.now))),
        ("Expected in the next 12 h", (*given.expected, *_reviews(given, given.now, given.now + AHEAD))),
        ("Notes", tuple(_notes(given))),
    )
    body = (line for n, (title, lines) in enumerate(sections, 1) for line in _section(n, title, lines))
    return "\n".join(
        [head, *body, "", f"Given: {given.outgoing} ____   Taken: {given.incoming} ____   TLP:{given.tlp}"]
    )


def _section(number: int, title: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"{number} {title.upper()}"
    yield from (f"  {line}" for line in listed(lines))


def _regions(given: Handover) -> Iterator[str]:
    for status in given.regions:
        was_set = status.set_at is not None and status.set_at > given.since
        if status.level >= Level.ELEVATED or was_set:
            why = status.set_reason if status.set_by else status.note
            by = f" set by {status.set_by}, computed {status.computed.name}" if status.set_by else ""
            yield f"{status.level.name} {status.name} {status.trend.value}{by}: {why}"


def _reviews(given: Handover, after: datetime, until: datetime) -> Iterator[str]:
    """Levels that officers set, and are to be looked at again between these times."""
    due = [(s.review_by, s) for s in given.regions if s.set_by and s.review_by and after < s.review_by <= until]
    for at, status in sorted(due, key=lambda pair: pair[0]):
        yield f"{dtg(at)} review of {status.name}, {status.level.name} set by {status.set_by}"


def _open(alerts: Iterable[Alert]) -> Iterator[str]:
    """By priority, then oldest first."""
    ringing = (alert for alert in alerts if alert.priority is not Priority.FLAG and alert.state in _OPEN)
    for alert in sorted(ringing, key=lambda alert: (alert.priority, alert.raised)):
        by = f" {alert.by}" if alert.by and not alert.is_unseen else ""
        yield f"{alert.priority.name} {alert.state.value}{by} {dtg(alert.raised)} {alert.rule} {alert.title}"


def _shelved(alerts: Iterable[Alert], out: Iterable[Entry]) -> Iterator[str]:
    for order in out:
        until = f" until {dtg(order.until)}" if order.until else ""
        yield f"out of service {order.subject}{until} by {order.by}: {order.text or 'no reason given'}"
    for alert in alerts:
        if alert.state in {AlertState.SHELVED, AlertState.OUT_OF_SERVICE}:
            until = f" until {dtg(alert.until)}" if alert.until else ""
            yield f"{alert.state.value}{until} by {alert.by}: {alert.title} ({alert.reason or 'no reason given'})"
        # What other rules said of the same story is no loss: only what had no line of its own is told.
        hidden = [f"{count} {reason}" for reason, count in alert.suppressed if not reason.startswith("also ")]
        if alert.is_open and hidden:
            counts = ", ".join(hidden)
            yield f"suppressed {counts}: {alert.title}"


def _notes(given: Handover) -> Iterator[str]:
    starred = watch.stars(given.entries, given.now)
    for entry in watch.effective(given.entries):
        told = entry.verb == "note" and entry.text and entry.at <= given.now
        if told and (entry.at > given.since or entry.subject in starred):
            yield f"{short(entry.at)} {entry.by} {entry.subject}: {entry.text}".replace(" : ", ": ")
