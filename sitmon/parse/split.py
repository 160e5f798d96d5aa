"""A document cut into head, entries and tail without parsing it, so that feedparser may see the new entries alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_OPEN: Final = re.compile(r"<(?P<name>(?:\w{1,20}:)?(?:item|entry))(?=[\s>/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pieces:
    """`head + "".join(entries) + tail` is the document, but for what stood between the entries."""

    head: str
    entries: tuple[str, ...]
    tail: str


def pieces(text: str) -> Pieces | None:
    """The pieces, or None where the document has no entries that end where the next begins."""
    first = _OPEN.search(text)
    if first is None:
        return None
    close = f"</{first['name']}>"
    entries, at, end = [], first.start(), first.start()
    while (opened := _OPEN.search(text, at)) and (end := text.find(close, opened.end())) >= 0:
        end += len(close)
        entries.append(text[opened.start() : end])
        at = end
    if not entries:
        return None
    return Pieces(text[: first.start()], tuple(entries), text[at:])
