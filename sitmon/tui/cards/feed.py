"""All about one feed: its health, and what the operator could do."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from sitmon.picture import FeedLine, Record
from sitmon.tui.cards.text import BLANK, entries, head, line, page, time
from sitmon.tui.marks import HEALTH


def show(feed: FeedLine, record: Record | None) -> Content:
    """The whole card."""
    lines = list(_top(feed))
    if record and record.entries:
        lines += [BLANK, head("WATCH LOG"), *entries(record.entries)]
    return page(lines)


def _top(feed: FeedLine) -> Iterator[Content]:
    state = feed.state
    glyph, style = HEALTH[state.health]
    yield line(
        (feed.id, "bold"),
        f"  {feed.name}  ",
        (f"{glyph} {state.health.value}", style),
        "" if feed.enabled else "  switched off",
    )
    yield line(("url ", "$ink-quiet"), feed.url)
    yield line(("why ", "$ink-quiet"), state.reason or "--", ("  since ", "$ink-quiet"), time(state.since))
    if state.suggestion:
        yield line(("try ", "bold"), state.suggestion)
    if state.redirect:
        yield line(("moved to ", "$ink-quiet"), f"{state.redirect} ({state.redirects} polls in a row)")
    yield line(
        ("last polled ", "$ink-quiet"), time(state.last_polled), ("  last ok ", "$ink-quiet"), time(state.last_ok)
    )
    yield line(("next ", "$ink-quiet"), time(state.next_due), ("  newest item ", "$ink-quiet"), time(state.newest))
    yield line(
        ("items in its last answer ", "$ink-quiet"),
        str(state.items),
        ("  failures in a row ", "$ink-quiet"),
        str(state.failures),
    )
    yield line(("regions ", "$ink-quiet"), " ".join(feed.regions) or "--")
    yield from (line(("left out ", "$ink-quiet"), f"{count} for {reason}") for reason, count in state.dropped)
