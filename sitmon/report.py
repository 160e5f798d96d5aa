"""Reports for people: how the alarms behave beside their limits, the hand-over sheet, lines of the watch log.

Limits are those of EEMUA 191 and ISA-18.2 as published secondary readings give them; times to acknowledge are this
project's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sitmon import watch
from sitmon.dtg import dtg
from sitmon.model import Alert, AlertState, Entry, Priority
from sitmon.rules.flood import floods

RINGING = (Priority.P1, Priority.P2, Priority.P3)
AVERAGE, PEAK = 6.0, 12.0
"""Alerts an hour: acceptable, and the most that is manageable."""
FLOODED = 0.01
LEAST = timedelta(hours=1)
"""A rate is over an hour at least."""
STALE = timedelta(hours=24)
STALE_MOST = 5
SPLIT = {Priority.P1: 0.05, Priority.P2: 0.15, Priority.P3: 0.80}
ACKNOWLEDGED = {
    Priority.P1: timedelta(minutes=5),
    Priority.P2: timedelta(minutes=15),
    Priority.P3: timedelta(minutes=60),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """How long alerts of one priority waited for an officer."""

    priority: Priority
    raised: int
    answered: int
    p50: timedelta | None
    p95: timedelta | None
    limit: timedelta


@dataclass(frozen=True, slots=True)
class AlarmReport:
    since: datetime
    until: datetime
    raised: int
    """Alerts of P1 to P3; flags are not counted anywhere here."""
    per_hour: float
    busiest_hour: int
    flooded: float
    """Share of the time spent in floods, 0 to 1."""
    floods: tuple[tuple[datetime, datetime], ...]
    rules: tuple[tuple[str, int, float], ...]
    """The ten rules that raised most, with their share."""
    split: tuple[tuple[Priority, int, float], ...]
    stale: tuple[Alert, ...]
    """Open for longer than a day, oldest first."""
    answered: tuple[Answered, ...]
    suppressed: tuple[tuple[str, int], ...]
    """Firings that did not ring, by reason."""


def alarms(
    alerts: Iterable[Alert], entries: Sequence[Entry], now: datetime, period: timedelta = timedelta(days=30)
) -> AlarmReport:
    """Figures of the alerts raised in the `period` before `now`, or since the first sign of a watch where that is
    later: hours in which nobody watched would make the rates look fine."""
    folded = watch.fold(alerts, entries, now)
    begun = min((*(alert.raised for alert in folded), *(entry.at for entry in entries)), default=now - period)
    since = max(now - period, min(begun, now - LEAST))
    ringing = sorted((a for a in folded if a.raised >= since and a.priority in RINGING), key=lambda a: a.raised)
    times = [alert.raised for alert in ringing]
    spans = floods(times)
    hours = (now - since) / timedelta(hours=1)
    total = max(len(ringing), 1)
    split = Counter(alert.priority for alert in ringing)
    reasons = Counter[str]()
    for alert in ringing:
        reasons.update(dict(alert.suppressed))
    return AlarmReport(
        since=since,
        until=now,
        raised=len(ringing),
        per_hour=len(ringing) / hours,
        busiest_hour=_busiest(times, timedelta(hours=1)),
        flooded=sum((min(end, now) - start for start, end in spans), timedelta()) / (now - since),
        floods=spans,
        rules=tuple((r, n, n / total) for r, n in Counter(a.rule for a in ringing).most_common(10)),
        split=tuple((priority, split[priority], split[priority] / total) for priority in RINGING),
        stale=tuple(a for a in sorted(folded, key=lambda a: a.raised) if _is_stale(a, now)),
        answered=tuple(_answered(priority, ringing, entries) for priority in RINGING),
        suppressed=tuple(reasons.most_common()),
    )


def _is_stale(alert: Alert, now: datetime) -> bool:
    standing = alert.is_open and alert.state is not AlertState.SHELVED and alert.returned is None
    return standing and alert.priority in RINGING and now - alert.raised > STALE


def _busiest(times: list[datetime], span: timedelta) -> int:
    """Most of the times within any one span."""
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - span:
            first += 1
        most = max(most, last - first + 1)
    return most


def _answered(priority: Priority, alerts: Sequence[Alert], entries: Sequence[Entry]) -> Answered:
    mine = {alert.id: alert.raised for alert in alerts if alert.priority is priority}
    waits: dict[str, timedelta] = {}
    for entry in watch.effective(entries):
        if entry.verb in {"ack", "watch", "close", "shelve"} and entry.subject in mine:
            waits.setdefault(entry.subject, max(entry.at - mine[entry.subject], timedelta()))
    ordered = sorted(waits.values())
    half, most = (_percentile(ordered, share) for share in (0.5, 0.95))
    return Answered(priority, len(mine), len(waits), half, most, ACKNOWLEDGED[priority])


def _percentile(ordered: Sequence[timedelta], share: float) -> timedelta | None:
    """The nearest rank."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


# ---------------------------------------------------------------- as text


def alarms_text(report: AlarmReport) -> str:
    """One line a figure, its limit beside it, `!` before what breaks it."""
    lines = [
        f"ALARMS {dtg(report.since)} to {dtg(report.until)}: {report.raised} raised",
        _line(
            report.per_hour <= AVERAGE, "average", f"{report.per_hour:.2f} an hour", f"{AVERAGE:g}, at most {PEAK:g}"
        ),
        _line(report.busiest_hour <= PEAK, "busiest hour", str(report.busiest_hour), f"{PEAK:g}"),
        _line(report.flooded <= FLOODED, "in flood", f"{report.flooded:.1%} in {len(report.floods)}", f"{FLOODED:.0%}"),
        _line(len(report.stale) <= STALE_MOST, "open over 24h", str(len(report.stale)), f"{STALE_MOST}"),
        *(
            _line(share <= SPLIT[p] or p is Priority.P3, f"share {p.name}", f"{count} ({share:.0%})", f"{SPLIT[p]:.0%}")
            for p, count, share in report.split
        ),
        *(_answer_line(answered) for answered in report.answered),
        "most from: " + (", ".join(f"{rule} {n} ({share:.0%})" for rule, n, share in report.rules) or "NIL"),
        "not rung: " + (", ".join(f"{reason} {n}" for reason, n in report.suppressed) or "NIL"),
        "stale: " + ("NIL" if not report.stale else ""),
        *(f"  {dtg(a.raised)} {a.priority.name} {a.state.value} {a.rule} {a.title}" for a in report.stale),
    ]
    return "\n".join(lines)


def _line(fine: bool, name: str, value: str, limit: str) -> str:
    return f"{' ' if fine else '!'} {name:14} {value:>20}   limit {limit}"


def _answer_line(answered: Answered) -> str:
    late = answered.p95 is not None and answered.p95 > answered.limit
    value = f"p50 {_minutes(answered.p50)} p95 {_minutes(answered.p95)}"
    limit = f"{_minutes(answered.limit)}; {answered.answered} of {answered.raised} answered"
    return _line(not late, f"answer {answered.priority.name}", value, limit)


def _minutes(span: timedelta | None) -> str:
    return "-" if span is None else f"{span / timedelta(minutes=1):.0f}m"
