"""FEEDS: what each source says of itself, the sick ones first."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from sitmon.model import BLIND, FeedHealth
from sitmon.picture import Act, FeedLine, Situation
from sitmon.tui import keys
from sitmon.tui.marks import HEALTH, Cell, fit
from sitmon.tui.messages import Open, Tell
from sitmon.tui.times import ago
from sitmon.tui.widgets.lines import Lines

ORDER = (*sorted(BLIND), FeedHealth.QUIET, FeedHealth.NEW, FeedHealth.OK, FeedHealth.OFF)


class Feeds(Lines[FeedLine]):
    """One line a feed: health, since when, last answer, newest item, why."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("feed")
    NAME = "FEEDS"
    EMPTY = "no feed is configured"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown: Situation | None = None

    def take(self, situation: Situation) -> None:
        """Show its feeds, unless they are as they were."""
        before, self._shown = self._shown, situation
        if before is None or situation.feeds != before.feeds:
            self.show(
                sorted(situation.feeds, key=lambda feed: (not feed.enabled, ORDER.index(feed.state.health), feed.id))
            )

    def key_of(self, row: FeedLine) -> str:
        return row.id

    def action_open(self) -> None:
        if self.row:
            self.post_message(Open("feed", self.row.id))

    def action_poll_feed(self) -> None:
        if self.row:
            self.post_message(Tell(Act("poll", self.row.id)))

    def heading(self) -> list[Cell]:
        feeds = self._shown.feeds if self._shown else ()
        blind = sum(feed.enabled and feed.state.health in BLIND for feed in feeds)
        return [(f" {len(feeds)} configured, ", "$ink-quiet"), (f"{blind} blind", "bold" if blind else "$ink-quiet")]

    def paint(self, row: FeedLine, width: int) -> list[Cell]:
        state = row.state
        glyph, ink = HEALTH[state.health]
        now = self._shown.as_of if self._shown else None
        ok, newest, since = (ago(at, now) if now else "" for at in (state.last_ok, state.newest, state.since))
        why = state.reason + (f"; try {state.suggestion}" if state.suggestion else "")
        return [
            (f"{glyph} {state.health.value:<8}", ink),
            (f"{fit(row.id, 22)} ", "bold" if state.health in BLIND else ""),
            (f"{row.reliability} ", "$ink-quiet"),
            (f"for {since:>3} ", ""),
            (f"ok {ok:>3} newest {newest:>3} ", "$ink-quiet"),
            (fit(why or row.name, width - 61), ""),
        ]
