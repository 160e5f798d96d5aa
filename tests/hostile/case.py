"""One kind of bad answer, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sitmon.model import Item
from tests.serving import Say

Check = Callable[[list[Item]], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """`kind` is that of the failure, empty where the feed must be read; then `items` is how many it brings at least."""

    name: str
    say: Say
    kind: str = ""
    items: int = 1
    check: Check | None = None
    """What must hold of the items."""


def item(title: str = "Title", guid: str = "g", more: str = "") -> str:
    date = "<pubDate>Thu, 19 Sep 2024 10:00:00 GMT</pubDate>"
    return f"<item><title>{title}</title><guid>{guid}</guid><link>https://x.example/{guid}</link>{date}{more}</item>"


def rss(*items: str, head: str = "", before: str = "") -> str:
    """A document around these items."""
    channel = f"<channel><title>T</title><link>https://x.example/</link>{head}{''.join(items)}</channel>"
    return f'{before}<rss version="2.0">{channel}</rss>'


def titled(title: str) -> Check:
    """The first item is called this."""
    return lambda items: items[0].title == title


def printable(items: list[Item]) -> bool:
    """Nothing that a terminal obeys is in any text of any item."""
    texts = [
        text for item in items for text in (item.title, item.summary, item.content, item.link or "", item.guid or "")
    ]
    return all(c == "\n" or c.isprintable() or c in "\u200c\u200d " for text in texts for c in text)
