"""The last door before the terminal: what every line passes, whoever wrote its text.

Feed text is cleaned once, in `normalise`; but names from feeds.yaml, notes and error messages are foreign too, and
Textual strips nothing. So no control character leaves here, whatever came in; nor anything but ASCII where the
terminal knows nothing else, nor a colour under NO_COLOR.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from sitmon.tui.marks import fold

JOINERS = "\u200c\u200d\ufe0f"
"""ZWNJ, ZWJ and the emoji selector: not printable by Unicode, yet part of words."""


@lru_cache(4096)
def clean(text: str) -> str:
    """`text` without control, format and bidi characters; each control character that took a cell becomes a blank."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in JOINERS else " " if c in "\t\u00a0\u3000" else "" for c in text)


class Guard(LineFilter):
    """Lets only printable text through, folded to ASCII if asked."""

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__()
        self.ascii_only = ascii_only

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - the filter's interface
        if self.ascii_only:
            return [Segment(fold(clean(text)), style, control) for text, style, control in segments]
        return [Segment(clean(text), style, control) for text, style, control in segments]


class Colourless(LineFilter):
    """NO_COLOR to the letter: no colour code at all; what stood on a lighter surface is reversed instead."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - the filter's interface
        return [Segment(text, None if style is None else _plain(style), control) for text, style, control in segments]


@lru_cache(1024)
def _plain(style: Style) -> Style:
    lit = style.bgcolor is not None and Color.from_rich_color(style.bgcolor).brightness > 0.2
    return Style(
        bold=style.bold,
        dim=style.dim,
        italic=style.italic,
        underline=style.underline,
        reverse=bool(style.reverse) != lit,
    )


def needs_ascii(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the locale names an encoding other than UTF-8, or is `C` or `POSIX` by name.

    No locale at all is taken for UTF-8, as Python itself does: containers have none, and their terminals do UTF-8.
    """
    name = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if name == "C.UTF-8" and not environ.get("LC_ALL") and environ.get("LANG") in {"C", "POSIX"}:
        return True  # PEP 538 put LC_CTYPE there; the user asked for C
    if name in {"C", "POSIX"}:
        return True
    return "." in name and name.partition(".")[2].partition("@")[0].lower().replace("-", "") != "utf8"
