"""All about one region: the level that was set beside the computed one, and what drives it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from sitmon.model import RegionStatus
from sitmon.picture import Record
from sitmon.tui.cards.text import BLANK, entries, head, line, page, time
from sitmon.tui.marks import LEVELS, TRENDS, spark


def show(status: RegionStatus, record: Record | None) -> Content:
    """The whole card."""
    lines = [*_top(status), BLANK, *drivers(status)]
    if record and record.entries:
        lines += [BLANK, head("WATCH LOG"), *entries(record.entries)]
    return page(lines)


def _top(status: RegionStatus) -> Iterator[Content]:
    glyph, word, style = LEVELS[status.level]
    yield line(
        (status.name, "bold"),
        f"  {status.id}  ",
        (f"{glyph} {word}", style),
        f"  {TRENDS[status.trend]} {status.trend.value}",
    )
    if status.set_by:
        yield line(
            ("SET ", "bold"),
            f"by {status.set_by} {time(status.set_at)}: {status.set_reason}",
            f"  review by {time(status.review_by)}" if status.review_by else "",
        )
    glyph, word, style = LEVELS[status.computed]
    yield line(
        ("computed ", "$ink-quiet"), (f"{glyph} {word}", style), f"  score {status.score:.1f}  formula {status.formula}"
    )
    blind = ("  BLIND: too few speak for the level to be believed", "bold") if status.blind else ""
    yield line(("sources alive ", "$ink-quiet"), f"{status.sources_alive} of {status.sources_total}", blind)
    yield line(
        ("seven days ", "$ink-quiet"),
        spark(status.spark, max(status.spark, default=0)),
        f"  {' '.join(f'{v:.0f}' for v in status.spark)}",
    )
    if status.note:
        yield line(("note ", "$ink-quiet"), status.note)


def drivers(status: RegionStatus) -> list[Content]:
    """What makes its level, largest share first."""
    lines = [head("DRIVERS")]
    lines += [line((f"{driver.share:4.0%} ", "bold"), driver.what) for driver in status.drivers]
    return lines if status.drivers else [*lines, Content.styled("nothing drives it", "$ink-quiet")]


def brief(status: RegionStatus) -> list[Content]:
    """A few lines under the list of regions: whose drivers, and what they are."""
    heading = line((f"{status.name}: ", "bold"), ("what drives it", "$ink-quiet"), "  BLIND" if status.blind else "")
    given = (
        f"{LEVELS[status.level][1]} set by {status.set_by}, computed {LEVELS[status.computed][1]}: {status.set_reason}"
    )
    return [
        heading,
        *([line(given)] if status.set_by else []),
        *(drivers(status)[1:5] if status.drivers else [line(status.note or "nothing")]),
    ]
