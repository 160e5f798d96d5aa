"""The one list of the screen: a rule with a title, then one line a row, of which only the visible ones are drawn.

It promises that the reader's row stays where the eye is: rows that come in above shift the scroll, and are counted
until the reader looks at them. A list without the focus that stands at its top flows instead.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from sitmon.tui import keys
from sitmon.tui.marks import Cell, fit
from sitmon.tui.window import Window

Row = TypeVar("Row")

CACHE = 400
"""Drawn lines kept: several screens, so that moving back and forth draws nothing anew."""
JUMP = 3
"""The part of a page that a cursor at the edge scrolls by: line by line, each key would repaint 12 kB over SSH."""


class Lines(Widget, Generic[Row], can_focus=True):
    """A list of rows. Subclasses say what a row's key is, how it is drawn, and what the title tells."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("list")
    NAME = ""
    """The title's first word, in capitals, at every size."""
    EMPTY = "nothing here"
    FLOWS = False
    """Whether new rows may show above the reader's row while the list stands at its top and the row stays in view."""

    class Chosen(Message):
        """The cursor is on another row, or on none."""

        def __init__(self, lines: Widget) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        self._strips: dict[tuple[str, bool, bool], tuple[Row, Strip]] = {}
        super().__init__(id=id)
        self.window: Window[Row] = Window(self.key_of)
        self.cursor = 0
        self.key: str | None = None
        """Key of the row under the cursor."""
        self.top = 0
        self.fresh = 0
        """Rows that came in above since the reader last saw the top."""
        self.known = False
        """Whether the desk has answered: until then nothing is known, which is not the same as nothing there."""
        self._able: object = False
        self.problem = ""
        """Shown instead of rows."""

    # ---------------------------------------------------------------- for subclasses

    def key_of(self, row: Row) -> str:
        raise NotImplementedError

    def paint(self, row: Row, width: int) -> list[Cell]:
        """The row as runs of text that together are `width` cells wide; cells beyond are cut."""
        raise NotImplementedError

    def heading(self) -> list[Cell]:
        """What the title tells after its name."""
        return []

    def able(self, row: Row | None) -> object:
        """What the keys that work depend on; when it changes, the footer does."""
        return row is not None

    def ask(self, offset: int) -> None:
        """Ask for the page at `offset`; lists that are given all their rows never do."""

    # ---------------------------------------------------------------- rows coming in

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.window.get(self.cursor)

    @property
    def page_size(self) -> int:
        return max(1, self.size.height - 1)

    @property
    def follows(self) -> bool:
        """Whether the list flows: nobody reads in it, and it stands at its top."""
        return not self.has_focus and self.top == 0 and self.cursor == 0

    def show(self, rows: Sequence[Row]) -> None:
        """These are all the rows now."""
        moved = self.window.hold(rows, None if self.follows else self.key, self.cursor)
        self._settle(moved)

    def show_page(self, offset: int, total: int, rows: Sequence[Row]) -> None:
        """These are the rows from `offset` on, of `total`."""
        first = self.window.total == 0
        anchor = None if self.follows or first else self.key
        moved, again = self.window.adopt(offset, total, rows, anchor, self.cursor)
        if again is not None:
            self.ask(again)
            return
        self._settle(moved)
        self.want()

    def want(self) -> None:
        """Ask for the rows in view if they are not known, or may be out of date."""
        if (offset := self.window.wants(self.top, self.top + self.page_size)) is not None:
            self.ask(offset)

    def restart(self) -> None:
        """Another question: from the top."""
        self.window.forget()
        self.cursor = self.top = self.fresh = 0
        self.key, self.problem, self.known = None, "", False
        self._strips.clear()
        self.refresh()

    def _settle(self, moved: int | None) -> None:
        """Put cursor and scroll where the reader's row went, and draw what is seen."""
        self.known = True
        if moved:
            stays = self.FLOWS and self.top == 0 and self.cursor + moved < self.page_size
            self.cursor += moved
            if not stays:
                self.top += moved
                self.fresh += max(0, moved)
        self._clamp()
        self._note_row()
        self.refresh()

    def _clamp(self) -> None:
        last = max(0, self.window.total - 1)
        self.cursor = min(max(0, self.cursor), last)
        self.top = min(max(0, self.top), max(0, last - self.page_size + 1))
        step = self.page_size // JUMP
        if self.cursor < self.top:
            self.top = max(0, self.cursor - step)
        elif self.cursor >= self.top + self.page_size:
            self.top = min(self.cursor - self.page_size + 1 + step, last - self.page_size + 1)
        if self.top == 0:
            self.fresh = 0

    def _note_row(self) -> None:
        row = self.row
        key = None if row is None else self.key_of(row)
        if key != self.key:
            self.key = key
            self.post_message(self.Chosen(self))
        if (able := self.able(row)) != self._able:
            self._able = able
            self.refresh_bindings()

    # ---------------------------------------------------------------- moving

    def move(self, to: int) -> None:
        """Put the cursor on row `to`, and draw no more than what changed."""
        before, top = self.cursor, self.top
        self.cursor = to
        self._clamp()
        self._note_row()
        if self.top != top:
            self.refresh()
        elif self.cursor != before:
            for index in (before, self.cursor):
                self.refresh(Region(0, index - self.top + 1, self.size.width, 1))
            self.refresh(Region(0, 0, self.size.width, 1))
        self.want()

    def action_down(self) -> None:
        self.move(self.cursor + 1)

    def action_up(self) -> None:
        self.move(self.cursor - 1)

    def action_first(self) -> None:
        self.move(0)

    def action_last(self) -> None:
        self.move(0 if self.fresh else self.window.total - 1)

    def action_half_down(self) -> None:
        self.move(self.cursor + self.page_size // 2)

    def action_half_up(self) -> None:
        self.move(self.cursor - self.page_size // 2)

    def action_page_down(self) -> None:
        self.move(self.cursor + self.page_size)

    def action_page_up(self) -> None:
        self.move(self.cursor - self.page_size)

    def action_open(self) -> None:
        """Subclasses open what is under the cursor."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action != "open" or self.row is not None

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self._strips.clear()
        self._clamp()
        self.want()

    def on_click(self, event: events.Click) -> None:
        if event.y > 0:
            self.move(self.top + event.y - 1)

    def on_mouse_scroll_down(self) -> None:
        self.move(self.cursor + 3)

    def on_mouse_scroll_up(self) -> None:
        self.move(self.cursor - 3)

    # ---------------------------------------------------------------- drawing

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self._title(width)
        index = self.top + y - 1
        if index >= self.window.total:
            return self._blank(y, width)
        row = self.window.get(index)
        if row is None:
            return self._strip([("  · · ·", "$ink-quiet")], width, self.rich_style)
        return self._drawn(row, index == self.cursor, width)

    def _drawn(self, row: Row, chosen: bool, width: int) -> Strip:
        slot = (self.key_of(row), chosen, self.has_focus)
        known = self._strips.get(slot)
        if known is not None and (known[0] is row or known[0] == row):
            return known[1]
        base = self.rich_style
        if chosen and self.has_focus:
            base = base + self.ink("on $ink-cursor")
        strip = self._strip([(">" if chosen else " ", "bold $ink-accent"), *self.paint(row, width - 1)], width, base)
        if len(self._strips) > CACHE:
            self._strips.clear()
        self._strips[slot] = (row, strip)
        return strip

    def _title(self, width: int) -> Strip:
        lit = "bold reverse $ink-accent" if self.has_focus else "bold"
        cells = [("─", "$ink-rule"), (f" {self.NAME} " if self.has_focus else f"─{self.NAME}─", lit)]
        cells += [(" ", ""), *self.heading(), *self._position(), (" ", ""), ("─" * width, "$ink-rule")]
        return self._strip(cells, width, self.rich_style)

    def _position(self) -> list[Cell]:
        cells: list[Cell] = []
        if self.fresh:
            cells.append((f" +{self.fresh} new (G)", "bold $ink-accent"))
        if self.has_focus and self.window.total > self.page_size:
            cells.append((f" {self.cursor + 1}/{self.window.total:,}", "$ink-quiet"))
        return cells

    def _blank(self, y: int, width: int) -> Strip:
        if self.problem:
            words, style = _wrapped(self.problem, width - 4), "bold"
        elif self.window.total == 0:
            words, style = [self.EMPTY if self.known else "asking the desk ..."], "$ink-quiet"
        else:
            words, style = [], ""
        text = words[y - 1] if y <= len(words) else ""
        return self._strip([(f"  {text}", style)], width, self.rich_style)

    def _strip(self, cells: list[Cell], width: int, base: RichStyle) -> Strip:
        segments: list[Segment] = []
        left = width
        for text, style in cells:
            size = cell_len(text)
            if size > left:
                text, size = fit(text, left) if text[:1] != "─" else text[:left], left
            if size:
                segments.append(Segment(text, base + self.ink(style) if style else base))
            left -= size
            if left <= 0:
                break
        if left > 0:
            segments.append(Segment(" " * left, base))
        return Strip(segments, width).simplify()

    def ink(self, style: str) -> RichStyle:
        """A style by the names of the theme, as `bold $ink-p1`. Textual keeps what it parsed."""
        return Style.parse(style).rich_style


def _wrapped(text: str, width: int) -> list[str]:
    """Lines as they came, for a caret may point into the one above; only what is too long is broken."""
    return [
        part for line in text.splitlines() for part in (textwrap.wrap(line, width) if len(line) > width else [line])
    ]
