"""Namespaces of feeds, and the short names by which the rest of `parse` knows their elements.

An element is `title`, `dc:date`, `cap:severity`: the prefix is ours, whatever the feed calls it. Those of RSS and
Atom, in every version, have none. Foreign namespaces become `?:name`, so that nothing is mistaken for RSS.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

PLAIN: Final = (
    "http://www.w3.org/2005/Atom",
    "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd",
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://www.rssboard.org/rss-specification",
    "http://purl.org/net/rss1.1#",
    "http://example.com/newformat#",
)
PREFIXES: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://search.yahoo.com/mrss": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.gdacs.org": "gdacs",
    "urn:oasis:names:tc:emergency:cap:1.0": "cap",
    "urn:oasis:names:tc:emergency:cap:1.1": "cap",
    "urn:oasis:names:tc:emergency:cap:1.2": "cap",
    "http://www.incident.com/cap/1.0": "cap",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
}
_KNOWN: Final = {uri.rstrip("/").lower(): "" for uri in PLAIN} | {
    uri.rstrip("/").lower(): p for uri, p in PREFIXES.items()
}
_KEPT: Final = ("georss:", "geo:", "gml:", "gdacs:", "cap:")
"""What tells of hazards and places."""
_CODES: Final = ("valueName", "value", "?:valueName", "?:value")


@lru_cache(maxsize=2048)
def short(tag: str) -> str:
    """`{http://purl.org/dc/elements/1.1/}date` is `dc:date`."""
    if not tag.startswith("{"):
        return tag
    uri, _, name = tag[1:].partition("}")
    if uri.lower().startswith("http://backend.userland.com/rss"):
        return name
    prefix = _KNOWN.get(uri.rstrip("/").lower(), "?")
    return f"{prefix}:{name}" if prefix else name


@lru_cache(maxsize=2048)
def lowered(tag: str) -> str:
    """The same, but small: some write `<TITLE>` or `<Item>`, and no name of a feed begins so."""
    name = short(tag)
    return name.lower() if name[:1].isupper() else name


@lru_cache(maxsize=2048)
def kept(tag: str) -> str:
    """The name under which the element's text is kept, empty for most: CAP's codes have no namespace of their own."""
    name = short(tag)
    if name in _CODES:
        return f"cap:{name.rpartition(':')[2]}"
    return name if name.startswith(_KEPT) else ""
