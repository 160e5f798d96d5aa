"""The parts that cards are put together from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from textual.content import Content

from sitmon.dtg import dtg
from sitmon.model import Entry
from sitmon.picture import Row
from sitmon.tui.times import stamp

Part = Content | str | tuple[str, str]

BLANK = Content("")


def line(*parts: Part) -> Content:
    """One line; plain strings and (text, style) pairs are taken as they stand, never as markup."""
    return Content.assemble(
        *(part if isinstance(part, tuple) else Content(part) if isinstance(part, str) else part for part in parts)
    )


def head(word: str) -> Content:
    """A heading within a card."""
    return Content.styled(word, "bold $ink-accent")


def page(lines: Iterable[Content]) -> Content:
    return Content("\n").join(lines)


def items(found: Iterable[Row], now: datetime) -> list[Content]:
    """Items as lines of a card: time, source, rating, title, toll."""
    return [
        line(
            (f"{stamp(row.when, now, row.precision)} ", "$ink-quiet"),
            f"{row.source} ",
            (f"{row.rating} ", "$ink-quiet"),
            row.title,
            (f"  {row.harm}" if row.harm else "", "$ink-harm"),
        )
        for row in found
    ]


def telling(told: Iterable[tuple[str, str]]) -> list[Content]:
    """A story in words: labels, and what they say."""
    return [line((f"{label:8}", "$ink-quiet"), words) for label, words in told]


def entries(log: Iterable[Entry]) -> list[Content]:
    """Lines of the watch log: when, who, what."""
    return [
        line(
            (f"{dtg(entry.at)} ", "$ink-quiet"),
            (f"{entry.by or entry.seat} ", "bold"),
            entry.verb,
            f" until {dtg(entry.until)}" if entry.until else "",
            *(f" {key} {value}" for key, value in entry.data),
            f': "{entry.text}"' if entry.text else "",
        )
        for entry in log
    ]


def time(at: datetime | None) -> str:
    return dtg(at) if at else "--"
