"""All about one alert: why it fired, and what officers did about it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from sitmon.model import Alert
from sitmon.picture import Record
from sitmon.tui.cards.text import BLANK, entries, head, line, page, telling, time
from sitmon.tui.marks import PRIORITIES, STATES


def show(alert: Alert, record: Record | None) -> Content:
    """The whole card; without its record as long as the desk has not answered."""
    return page([*_top(alert), BLANK, *_why(alert), *_story(record), BLANK, *_history(alert, record)])


def _top(alert: Alert) -> Iterator[Content]:
    code, style = PRIORITIES[alert.priority]
    glyph, state, state_style = STATES[alert.state]
    yield line((code, style), " ", (f"{glyph} {state}", state_style), " ", (alert.title, "bold"))
    where = " ".join(dict.fromkeys((*((alert.region,) if alert.region else ()), *alert.countries)))
    yield line(
        ("rule ", "$ink-quiet"),
        alert.rule,
        ("  where ", "$ink-quiet"),
        where or "--",
        ("  rated ", "$ink-quiet"),
        alert.rating,
    )
    yield line(("raised ", "$ink-quiet"), time(alert.raised), ("  updated ", "$ink-quiet"), time(alert.updated))
    if alert.returned:
        yield line(("returned to normal ", "$ink-quiet"), time(alert.returned))


def _why(alert: Alert) -> Iterator[Content]:
    yield head("WHY IT FIRED")
    yield line(alert.because or "The rule gives no reason.")
    if alert.news:
        yield line(("new: ", "bold"), alert.news)
    if alert.count > 1:
        yield line(f"It stands for {alert.count} reports that would each have rung.")
    yield from (line((f"{count} counted here without ringing: {why}", "$ink-quiet")) for why, count in alert.suppressed)


def _story(record: Record | None) -> Iterator[Content]:
    if record and record.told:
        yield BLANK
        yield head("ITS STORY")
        yield from telling(record.told)


def _history(alert: Alert, record: Record | None) -> Iterator[Content]:
    """What officers did and what became of it, in the order of time."""
    yield head("HISTORY AND NOTES")
    log = record.entries if record else ()
    steps = [(entry.at, one) for entry, one in zip(log, entries(log), strict=True)]
    steps += [
        (turn.at, line((f"{time(turn.at)} ", "$ink-quiet"), f"{_TURNS.get(turn.what, 'new')}: {turn.words}"))
        for turn in alert.turns
    ]
    yield from (shown for _, shown in sorted(steps, key=lambda step: step[0]))
    if alert.by and not log:  # by a word about its rule or feed
        until = f" until {time(alert.until)}" if alert.until else ""
        yield line(
            (f"{time(alert.at)} ", "$ink-quiet"),
            (alert.by, "bold"),
            f" {alert.state.value}{until} {alert.reason}".rstrip(),
        )
    elif not log:
        yield Content.styled("Nobody has acted on it.", "$ink-quiet")


_TURNS = {"again": "back", "priority": "more urgent", "level": "worse"}
"""Kinds of turn in words; all others are something new."""


def cite(alert: Alert) -> str:
    """One line that cites the alert."""
    where = alert.region or " ".join(alert.countries) or "--"
    head = f"{time(alert.raised)} ALERT {alert.priority.name} {alert.rule} {where} {alert.rating}"
    return f'{head} "{alert.title}" {alert.because}'.rstrip()
