"""DETAIL: all about what is selected, where the screen is broad enough."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sitmon.tui import keys


class Scroll(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Text that scrolls by the keys of the lists."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("scroll")

    def compose(self) -> ComposeResult:
        yield Static(id="text")

    def put(self, content: Content) -> None:
        """Show this; the place in the text stays as long as it is the same text."""
        self.query_one("#text", Static).update(content)


class Detail(Scroll):
    """The same under a title."""

    def compose(self) -> ComposeResult:
        yield Static(Content.assemble(("──DETAIL─", "bold"), ("─" * 200, "$ink-rule")), id="title")
        yield from super().compose()
