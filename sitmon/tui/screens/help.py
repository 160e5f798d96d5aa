"""Texts of the program's own: the help, and a link in full."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from sitmon import __version__
from sitmon.data import ATTRIBUTION
from sitmon.tui import keys
from sitmon.tui.cards import legend, text
from sitmon.tui.panes.detail import Scroll, Title
from sitmon.tui.screens.view import View


class HelpView(View):
    """Every key and the query language, from their tables."""

    def body(self) -> Iterable[Widget]:
        yield Title("HELP", "keys by where they work; [id] is what keys: in feeds.yaml rebinds")
        yield Scroll()

    def on_mount(self) -> None:
        from sitmon.query import table  # 40 ms that a start need not wait for

        lines: list[Content] = []
        for heading, rows in keys.table(self.desk.rebound):
            lines += [text.head(heading.upper())]
            lines += [
                text.line((f"  {names:<18} ", "bold"), what, (f"  [{key}]", "$ink-quiet")) for names, what, key in rows
            ]
            lines += [text.BLANK]
        lines += [*legend.show(), text.BLANK]
        lines += [text.head("WHAT / AND f UNDERSTAND")]
        for usage, example, meaning in table():
            lines += [text.line((f"  {usage:<22} ", "bold"), f"{example}  ", (meaning, "$ink-quiet"))]
        lines += [text.BLANK, text.head("ABOUT"), text.line(f"sitmon {__version__}, MIT licence. {ATTRIBUTION}")]
        self.query_one(Scroll).put(text.page(lines))
        self.query_one(Scroll).focus()


class LinkView(View):
    """A link in full and unbroken, for terminals that cannot take it over the clipboard."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def body(self) -> Iterable[Widget]:
        yield Title("LINK", "in full")
        yield Scroll()

    def on_mount(self) -> None:
        self.query_one(Scroll).put(Content(self._url))
        self.query_one(Scroll).focus()
