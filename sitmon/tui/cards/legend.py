"""What the glyphs and codes of the screen mean: a part of the help screen, made from the tables they are drawn from."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from sitmon.tui.cards.text import head, line
from sitmon.tui.marks import HEALTH, LEVELS, PRIORITIES, SEVERITIES, STATES, TRENDS

OTHERS = (
    (
        "B2",
        "Admiralty rating: source A reliable to E not, F unknown; item 1 confirmed to 5 improbable, 6 unknown",
    ),
    ("×3", "three firings in one line"),
    ("EV", "not a report but the event that it tells, at the time when it happened"),
    ("FLAG", "a rule marks it; it never rings"),
    ("=+2", "two more items tell the same story"),
    ("+7 new (G)", "seven rows came in above; G goes to them"),
    ("*", "an officer set this level; Enter shows the computed one"),
    ("BLIND", "too few of a region's sources speak: its level is unknown, which is not the same as QUIET"),
    ("ALM 3/10m", "alerts in the last ten minutes: amber over 2, FLOOD over 10 until under 5"),
)


def show() -> Iterator[Content]:
    """A line for each table."""
    yield head("WHAT THE MARKS MEAN")
    yield _row("priority", [(code, style) for code, style in PRIORITIES.values()])
    yield _row("alert", [(f"{glyph} {word}", style) for glyph, word, style in STATES.values()])
    yield _row("level", [(f"{glyph} {word}", style) for glyph, word, style in LEVELS.values()])
    yield _row("trend", [(f"{glyph} {trend.value}", "") for trend, glyph in TRENDS.items()])
    yield _row("severity", [(f"{glyph} {level.name.lower()}", style) for level, (glyph, style) in SEVERITIES.items()])
    yield _row("feed", [(f"{glyph} {health.value}", style) for health, (glyph, style) in HEALTH.items()])
    yield from (line((f"  {mark:<12} ", "bold"), meaning) for mark, meaning in OTHERS)


def _row(name: str, marks: list[tuple[str, str]]) -> Content:
    parts: list[tuple[str, str]] = [(f"  {name:<12} ", "bold")]
    for mark in marks:
        parts += [mark, ("  ", "")]
    return line(*parts)
