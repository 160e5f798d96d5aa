"""What panes and screens say upward. They never call a sibling, and never the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from textual.message import Message

from sitmon.picture import FromDesk, ToDesk

Kind = Literal["item", "alert", "region", "feed", "story"]


class Tell(Message):
    """To be sent to the desk. `lasting` sets an act's `until`, counted from the moment it is sent."""

    def __init__(self, what: ToDesk, *, lasting: timedelta | None = None) -> None:
        super().__init__()
        self.what = what
        self.lasting = lasting


class Heard(Message):
    """Came from the desk."""

    def __init__(self, what: FromDesk) -> None:
        super().__init__()
        self.what = what


class LinkChanged(Message):
    """The desk is there (no trouble), or gone, and why; and which acts it left unconfirmed."""

    def __init__(self, trouble: str, unconfirmed: str) -> None:
        super().__init__()
        self.trouble = trouble
        self.unconfirmed = unconfirmed


class Open(Message):
    """Show all about this."""

    def __init__(self, kind: Kind, subject: str, *, explain: bool = False) -> None:
        super().__init__()
        self.kind = kind
        self.subject = subject
        self.explain = explain


class Say(Message):
    """A line for the officer, at the foot of the screen."""

    def __init__(self, text: str, *, warn: bool = False) -> None:
        super().__init__()
        self.text = text
        self.warn = warn


class Use(Message):
    """Do something that needs all about an item: copy its link, copy a line that cites it, show its link."""

    def __init__(self, item: str, purpose: Literal["url", "cite", "link"]) -> None:
        super().__init__()
        self.item = item
        self.purpose = purpose


class Copy(Message):
    """Put this on the terminal's clipboard."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
