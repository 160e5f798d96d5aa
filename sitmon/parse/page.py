"""An HTML page where a feed should be: recognised, and searched for the feed that it announces."""

from __future__ import annotations

import html
import re
from typing import Final
from urllib.parse import urljoin

_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|meta|script|p|div)\b", re.IGNORECASE)
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_FEED: Final = re.compile(r"<(?:rss|rdf:RDF|feed|\w+:feed)[\s>]", re.IGNORECASE)
_LINK: Final = re.compile(r"<link\b([^<>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TYPES: Final = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "text/xml",
)
_LOOKED_AT: Final = 262_144
"""Characters of a page in which its head is sought."""


def is_html(text: str, content_type: str) -> bool:
    """It is a page by its markup; the header alone does not make it one, for many feeds come as text/html."""
    start = text[:4096]
    feed, whole = _FEED.search(start), _PAGE.search(start)
    if feed is not None:  # a page may tell of `<rss>`, and a feed begin with a warning of PHP's
        return whole is not None and whole.start() < feed.start()
    return bool(_HTML.search(start)) or ("html" in content_type and "<" in start)


def alternate(text: str, url: str) -> str | None:
    """Address of the first feed that the page announces, or None."""
    return next(iter(alternates(text, url)), None)


def alternates(text: str, url: str) -> tuple[str, ...]:
    """Addresses of the feeds that the page announces by `<link rel="alternate">`, in its order."""
    found: dict[str, None] = {}
    for link in _LINK.finditer(text[:_LOOKED_AT]):
        told = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(link[1])}
        if "alternate" not in told.get("rel", "").lower().split() or not told.get("href"):
            continue
        if told.get("type", "").partition(";")[0].strip().lower() in _TYPES:
            address = urljoin(url, html.unescape(told["href"]).strip())
            if address.startswith(("http://", "https://")):
                found[address] = None
    return tuple(found)
