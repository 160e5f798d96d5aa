"""The watch log and its fold: what officers did, and what stands because of it.

Entries are only ever added; the fold over all seats' entries in time order is what everybody agrees on. An entry with
`corrects` stands in the place of the one it names, and one with the verb `undo` strikes it.

| verb | subject | text | until | data |
|---|---|---|---|---|
| ack watch close unshelve | alert | note | | |
| shelve | alert or rule | reason | when it comes back | |
| service | alert, rule or feed | reason | when it is back in service | state: out or in |
| note star | anything | note | | on: yes or no, of a star |
| level | region | reason | review by | level: a name of `Level`, or auto |
| tag | item | reason | | op: add, remove or sense; what: region or actor; id; to, for sense |
| split merge | story | reason | | items, by spaces: split off, or merged; into, a story, for merge |
| credibility | story | reason | | digit: 1 to 6 |
| poll shift | feed, or empty | note | | |
| undo | | reason | | |
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sitmon import dtg
from sitmon.model import Alert, AlertState, Entry, Level, Priority, Turn

ON_ALERTS = frozenset({"ack", "watch", "close", "shelve", "unshelve", "service"})
WIDE = frozenset({"shelve", "unshelve", "service"})
"""Verbs that, said of a rule or a feed, hold for all its alerts, those still to come as well."""
UNDOABLE = ON_ALERTS | {"level", "tag", "split", "merge", "credibility", "note", "star"}
"""What can be taken back; to poll and to take over a watch has happened."""
BRING_BACK = frozenset({"toll", "fact", "priority", "level", "again", "actor", "place", "source"})
"""Turns after which an acknowledged or watched alert is new again."""
REOPEN = frozenset({"toll", "fact", "priority", "level"})
"""Turns after which even a closed alert is new again: a higher toll, an independent source's fact, a worse grade."""


def effective(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries as corrected, in time order. A corrected entry keeps its time, so that who was first stays first."""
    ordered = sorted(entries, key=lambda entry: (entry.at, entry.id))
    times = {entry.id: entry.at for entry in ordered}
    struck: set[str] = set()
    standing: list[Entry] = []
    for entry in reversed(ordered):
        if entry.id in struck:
            continue
        if entry.corrects:
            struck.add(entry.corrects)
        if entry.verb != "undo":
            standing.append(replace(entry, at=times.get(entry.corrects or "", entry.at)))
    return tuple(sorted(standing, key=lambda entry: (entry.at, entry.id)))


def value(entry: Entry, key: str) -> str:
    return dict(entry.data).get(key, "")


# ---------------------------------------------------------------- alerts


def fold(alerts: Iterable[Alert], entries: Iterable[Entry], now: datetime) -> tuple[Alert, ...]:
    """Alerts as they stood at `now`: with their state, who gave it to them, when and why."""
    return tuple(seen.alert for seen in _seen(alerts, entries, now))


def late(alerts: Iterable[Alert], entries: Iterable[Entry], now: datetime) -> tuple[tuple[Entry, str], ...]:
    """Acknowledgements that came second, each with words for the seat that gave it."""
    return tuple(pair for seen in _seen(alerts, entries, now) for pair in seen.late)


@dataclass(slots=True)
class _Seen:
    """An alert on its way through its own history."""

    alert: Alert
    under: Alert | None = None
    """What it is beneath a shelf or a service order."""
    late: tuple[tuple[Entry, str], ...] = ()


def _seen(alerts: Iterable[Alert], entries: Iterable[Entry], now: datetime) -> Iterable[_Seen]:
    about: dict[str, list[Entry]] = {}
    for entry in effective(entry for entry in entries if entry.at <= now):
        if entry.verb in ON_ALERTS:
            about.setdefault(entry.subject, []).append(entry)
    for alert in alerts:
        if alert.raised <= now:
            entries = [e for name in subjects(alert) for e in about.get(name, ()) if name == alert.id or e.verb in WIDE]
            untouched = not (entries or alert.turns or alert.returned or alert.by or alert.updated > now)
            # Most of the thousands of stored alerts: told once, never touched.
            yield _Seen(alert) if untouched else _through(_as_of(alert, now), entries, now)


def subjects(alert: Alert) -> tuple[str, ...]:
    """Whatever an entry may name to mean this alert: itself, its rule, or the feed that it is about."""
    _, _, feed = next((fact for fact in alert.facts if "/feed/" in fact), "").partition("/feed/")
    return (alert.id, alert.rule, feed) if feed else (alert.id, alert.rule)


def _as_of(alert: Alert, now: datetime) -> Alert:
    """Without what happened later, and as if no officer had ever seen it."""
    turns = tuple(turn for turn in alert.turns if turn.at <= now)
    back = None if alert.returned and alert.returned > now else alert.returned
    news = alert.news if len(turns) == len(alert.turns) else "; ".join(t.words for t in turns[-1:])
    updated = alert.updated if alert.updated <= now else max([alert.raised, *(turn.at for turn in turns)])
    told = replace(alert, turns=turns, returned=back, news=news, updated=updated, priority=_priority(alert, now))
    return replace(told, state=AlertState.NEW, by=None, at=None, reason="", until=None)


def _priority(alert: Alert, now: datetime) -> Priority:
    """The one it had: the first change that was still to come says from which, as `P2 to P1 by toll-rises`."""
    later = (turn.words.partition(" ")[0] for turn in alert.turns if turn.what == "priority" and turn.at > now)
    return Priority.__members__.get(next(later, ""), alert.priority)


def _through(alert: Alert, entries: list[Entry], now: datetime) -> _Seen:
    seen = _Seen(alert)
    history: list[tuple[datetime, Entry | Turn]] = [(turn.at, turn) for turn in alert.turns]
    history += [(entry.at, entry) for entry in entries]
    if alert.returned:
        history.append((alert.returned, Turn(alert.returned, "returned", "")))
    for at, step in sorted(history, key=lambda pair: pair[0]):
        _expire(seen, at)
        if isinstance(step, Entry):
            _act(seen, step)
        else:
            _turn(seen, step)
    _expire(seen, now)
    return seen


def _expire(seen: _Seen, at: datetime) -> None:
    """A shelf or a service order whose time is over gives back what was beneath."""
    if seen.under and seen.alert.until and seen.alert.until <= at:
        seen.alert, seen.under = seen.under, None


def _act(seen: _Seen, entry: Entry) -> None:
    match entry.verb:
        case "ack":
            _acknowledge(seen, entry)
        case "watch":
            _lift(seen)
            seen.alert = _stated(seen.alert, AlertState.WATCHING, entry)
        case "close":
            _lift(seen)
            seen.alert = _stated(seen.alert, AlertState.CLOSED, entry)
        case "shelve":
            _cover(seen, AlertState.SHELVED, entry)
        case "unshelve":
            _lift(seen)
        case "service" if value(entry, "state") == "in":
            _lift(seen)
        case "service":
            _cover(seen, AlertState.OUT_OF_SERVICE, entry)


def _acknowledge(seen: _Seen, entry: Entry) -> None:
    """The first one wins; whoever comes second is told."""
    alert = seen.alert
    if alert.is_unseen or alert.state is AlertState.SHELVED:
        _lift(seen)
        gone = seen.alert.returned is not None and seen.alert.returned <= entry.at
        seen.alert = _stated(seen.alert, AlertState.CLOSED if gone else AlertState.ACKNOWLEDGED, entry)
    elif alert.by and alert.at:
        words = f"{alert.state.value} by {alert.by} at {dtg.short(alert.at)}"
        seen.late = (*seen.late, (entry, words))


def _turn(seen: _Seen, turn: Turn) -> None:
    target = seen.under or seen.alert
    changed = _turned(target, turn)
    if seen.under:
        seen.under = changed
    else:
        seen.alert = changed


def _turned(alert: Alert, turn: Turn) -> Alert:
    if turn.what == "returned":
        if alert.state is AlertState.NEW:
            return replace(alert, state=AlertState.RETURNED)
        if alert.state is AlertState.ACKNOWLEDGED:
            return replace(alert, state=AlertState.CLOSED, reason="returned to normal")
        return alert
    back = REOPEN if alert.state is AlertState.CLOSED else BRING_BACK
    return replace(alert, state=AlertState.NEW, until=None) if turn.what in back else alert


def _stated(alert: Alert, state: AlertState, entry: Entry) -> Alert:
    return replace(alert, state=state, by=entry.by, at=entry.at, reason=entry.text, until=None)


def _cover(seen: _Seen, state: AlertState, entry: Entry) -> None:
    _lift(seen)
    if seen.alert.state is not AlertState.CLOSED:
        seen.under = seen.alert
        covered = _stated(seen.alert, state, entry)
        seen.alert = replace(covered, until=entry.until)


def _lift(seen: _Seen) -> None:
    if seen.under:
        seen.alert, seen.under = seen.under, None


def out_of_service(entries: Iterable[Entry], now: datetime) -> tuple[Entry, ...]:
    """The orders in force that take an alert, a rule or a feed out of service, oldest first."""
    found: dict[str, Entry] = {}
    for entry in _standing(entries, now, "service"):
        found.pop(entry.subject, None)
        if value(entry, "state") != "in" and (entry.until is None or entry.until > now):
            found[entry.subject] = entry
    return tuple(found.values())


# ---------------------------------------------------------------- levels, stars, decisions


@dataclass(frozen=True, slots=True)
class SetLevel:
    """A region's level as an officer set it. It stands past `review_by`, but is then due for review."""

    level: Level
    by: str
    at: datetime
    reason: str
    review_by: datetime | None


def levels(entries: Iterable[Entry], now: datetime) -> dict[str, SetLevel]:
    """The level last set for each region, up to `now`; a region set to `auto` is given back to the formula."""
    found: dict[str, SetLevel] = {}
    for entry in _standing(entries, now, "level"):
        name = value(entry, "level").upper()
        found.pop(entry.subject, None)
        if name in Level.__members__ and name != Level.UNKNOWN.name:
            found[entry.subject] = SetLevel(Level[name], entry.by, entry.at, entry.text, entry.until)
    return found


def stars(entries: Iterable[Entry], now: datetime) -> frozenset[str]:
    """Subjects that officers starred and did not unstar."""
    found: dict[str, bool] = {}
    for entry in _standing(entries, now, "star"):
        found[entry.subject] = value(entry, "on") != "no"
    return frozenset(subject for subject, on in found.items() if on)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What officers decided about stories; later decisions about the same come last."""

    splits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The decision's own id, of which the new story's is made, and the items that are that story."""
    merges: tuple[tuple[str, str], ...] = ()
    """A story, and the one that it belongs to."""
    credibility: tuple[tuple[str, int], ...] = ()
    """A story, and the Admiralty digit given to it."""
    rejoined: tuple[tuple[str, str], ...] = ()
    """A split that was undone, by its own id, and the story that its items go back to."""
    parted: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """A story whose merge was undone, and the items that it had then."""


def decisions(entries: Iterable[Entry], now: datetime) -> Decisions:
    entries = tuple(entry for entry in entries if entry.at <= now)
    splits = ((e.id, tuple(value(e, "items").split())) for e in _standing(entries, now, "split"))
    merges = ((e.subject, value(e, "into")) for e in _standing(entries, now, "merge"))
    gone = _struck(entries)
    digits = {e.subject: value(e, "digit") for e in _standing(entries, now, "credibility")}
    return Decisions(
        tuple((decision, items) for decision, items in splits if items),
        tuple((story, into) for story, into in merges if into and into != story),
        tuple((story, int(digit)) for story, digit in digits.items() if digit in {"1", "2", "3", "4", "5", "6"}),
        tuple((entry.id, entry.subject) for entry in gone if entry.verb == "split"),
        tuple((entry.subject, tuple(value(entry, "items").split())) for entry in gone if entry.verb == "merge"),
    )


def _struck(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What stands no more, in time order."""
    standing = {entry.id for entry in effective(entries)}
    gone = (entry for entry in entries if entry.id not in standing and entry.verb != "undo")
    return tuple(sorted(gone, key=lambda entry: (entry.at, entry.id)))


def last_about(entries: Iterable[Entry], subjects: Collection[str]) -> Entry | None:
    """What was last done to any of these that can be undone and stands; the entry itself where a subject is its id."""
    standing = [entry for entry in effective(entries) if entry.verb in UNDOABLE]
    named = [entry for entry in standing if entry.id in subjects]
    about = [entry for entry in standing if not _named(entry).isdisjoint(subjects)]
    return next(reversed(named or about), None)


def _named(entry: Entry) -> frozenset[str]:
    """Everything that an entry is about: of a split or merge, both stories and the items too."""
    return frozenset((entry.subject, value(entry, "into"), *value(entry, "items").split()))


def _standing(entries: Iterable[Entry], now: datetime, verb: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in effective(e for e in entries if e.at <= now) if entry.verb == verb)
