"""TIMELINE: what was reported, newest first, in pages asked from the desk."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType

from sitmon.picture import AskPage, Page, Row
from sitmon.tui import keys
from sitmon.tui.marks import SEVERITIES, TYPES, Cell, fit
from sitmon.tui.messages import Open, Tell
from sitmon.tui.times import stamp
from sitmon.tui.verbs import ItemVerbs
from sitmon.tui.widgets.lines import Lines
from sitmon.tui.window import LIMIT


class Found(Lines[Row]):
    """Rows as they were given: the items of an alert, of a story, the latest of a region."""

    NAME = "ITEMS"
    EMPTY = "no items"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.now: datetime | None = None

    def key_of(self, row: Row) -> str:
        return row.key

    def action_open(self) -> None:
        if self.row:
            self.post_message(Open("item", self.row.item))

    def paint(self, row: Row, width: int) -> list[Cell]:
        more = f" =+{row.similar}" if row.similar else ""
        harm = f" {row.harm}" if row.harm else ""
        source, kind = (18, f"{TYPES.get(row.type, ''):<6} ") if width >= 95 else (13, "")
        glyph, ink = SEVERITIES[row.severity]
        mark = ("EV " if row.kind == "event" else "") + ("FLAG " if row.flagged else "")
        room = width - 20 - source - len(kind) - len(harm) - len(more) - len(mark)
        return [
            (f"{stamp(row.when, self.now or row.when, row.precision)} ", "" if row.kind == "item" else "bold"),
            (f"{fit(_where(row.countries), 5)} ", "bold"),
            (f"{fit(row.source, source)} ", "$ink-quiet"),
            (f"{row.rating:<2} ", "$ink-quiet"),
            (kind, "$ink-quiet"),
            (f"{glyph} ", ink),
            (mark, "bold $ink-flag"),
            (fit(row.title, max(10, room)), ""),
            (harm, "bold $ink-harm"),
            (more, "$ink-quiet"),
        ]


class Siblings(Found):
    """The other items of a story, some of them marked for a split."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("same")

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._marks: set[str] = set()

    @property
    def marked(self) -> tuple[str, ...]:
        """Ids of the marked items that are still listed, in the list's order."""
        listed = (self.window.get(index) for index in range(self.window.total))
        return tuple(row.item for row in listed if row and row.item in self._marks)

    def action_mark(self) -> None:
        if self.row:
            self._marks ^= {self.row.item}
            self._strips.clear()
            self.refresh()

    def heading(self) -> list[Cell]:
        count = len(self.marked)
        return [(f"{count} marked (X splits)", "bold")] if count else []

    def paint(self, row: Row, width: int) -> list[Cell]:
        mark: list[Cell] = [("x ", "bold $ink-accent")] if row.item in self._marks else []
        return [*mark, *super().paint(row, width - 2 * len(mark))]


class Timeline(ItemVerbs, Found, can_focus=True):
    """The rows that answer a query; all of them when it is empty."""

    NAME = "TIMELINE"
    EMPTY = "nothing stored answers this"

    def __init__(self, question: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.question = question
        self.held = False
        """Whether the flow is paused: what comes in waits."""
        self._waits = False

    @property
    def item_id(self) -> str | None:
        return None if self.row is None else self.row.item

    def ask(self, offset: int) -> None:
        # Not to self: textual stops what the screen made at the screen, where the list stands directly in it.
        self.app.post_message(Tell(AskPage(self.question, offset, LIMIT)))

    def ask_for(self, question: str) -> None:
        """Another question."""
        self.question = question
        self.restart()
        self.want()

    def renew(self) -> None:
        """What is stored changed: ask for what is in view again, once the flow is not paused."""
        if self.held:
            self._waits = True
            self.refresh()
            return
        self._waits = False
        self.window.spoil()
        self.want()

    def hold(self, held: bool) -> None:
        """Pause the flow, or let what waited in."""
        self.held = held
        if not held and self._waits:
            self.renew()
        self.refresh()

    def hear(self, page: Page) -> None:
        """Take a page, if it answers this list's question."""
        if page.query != self.question:
            return
        self.problem = page.error or ""
        if page.error:
            self.window.forget()
            self.refresh()
            return
        self.show_page(page.offset, page.total, page.rows)

    def heading(self) -> list[Cell]:
        if self.NAME == "SEARCH":
            found = f": {self.window.total:,} found" if self.known else ""
            return [(self.question, "bold"), (found, "")]
        filtered = (f"filter: {self.question}", "bold") if self.question else ("all regions", "$ink-quiet")
        if not self.held:
            return [filtered]
        return [filtered, (" ", ""), (" PAUSED, more waits (p) " if self._waits else " PAUSED (p) ", "bold reverse")]


def _where(countries: tuple[str, ...]) -> str:
    """`ML`, `ML BF`, `ML+3`, or `--`."""
    if len(countries) > 2:
        return f"{countries[0]}+{len(countries) - 1}"
    return " ".join(countries) or "--"
