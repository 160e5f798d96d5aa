"""DETAIL: all about what is selected, where the screen is broad enough."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sitmon.tui import keys


class Scroll(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Text that scrolls by the keys of the lists."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("scroll")

    def compose(self) -> ComposeResult:
        yield Static(classes="text")

    def put(self, content: Content) -> None:
        """Show this; the place in the text stays as long as it is the same text."""
        self.query_one(".text", Static).update(content)


class Title(Static):
    """The rule above a text, with its name and what it is about."""

    def __init__(self, name: str, about: str = "") -> None:
        rule = ("─" * 300, "$ink-rule")
        super().__init__(
            Content.assemble(("─", "$ink-rule"), (f"─{name}─", "bold"), f" {about} " if about else "", rule)
        )


class Detail(Vertical):
    """A text under its title."""

    def compose(self) -> ComposeResult:
        yield Title("DETAIL")
        yield Scroll()

    def put(self, content: Content) -> None:
        self.query_one(Scroll).put(content)
