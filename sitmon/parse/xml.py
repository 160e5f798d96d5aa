"""Well-formed RSS, RDF and Atom, read with expat: a thirtieth of feedparser's time, and repeated elements survive.

`read` answers None for whatever is not plainly well-formed XML of a kind it knows; `salvage` (feedparser) then has its
turn. Documents with a DTD are not touched: entities are how XML attacks, and expat never gets to see one.
tests/test_parse_same.py holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError, XMLParser, tostring

from sitmon.parse.names import kept, lowered, short
from sitmon.parse.raw import RawEntry, RawFeed
from sitmon.parse.rhythm import rhythm

_DOCTYPE: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DEPTH: Final = 200
"""Deeper than this is no feed: recursion stops, and feedparser may judge."""
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

_DATES: Final = (
    "pubDate", "published", "issued", "dcterms:issued", "dc:date", "created", "dcterms:created", "updated", "modified",
    "dcterms:modified", "dc:modified", "pubdate", "date",
)  # fmt: skip

Children = dict[str, list[Element]]


def read(text: str, url: str) -> RawFeed | None:
    """The feed, or None when this is not well-formed or no feed that we know."""
    text = text.lstrip()
    if _DOCTYPE.search(text):
        return None
    parser = XMLParser()
    try:
        parser.feed(text)
        root = parser.close()
    except (ParseError, ValueError, UnicodeError):
        return None
    reader = _READERS.get(short(root.tag).lower())
    return reader(root, url) if reader and _depth(root) <= _DEPTH else None


def _depth(root: Element) -> int:
    """Levels below the root, counted without recursion, up to one more than we accept."""
    level, depth = list(root), 0
    while level and depth <= _DEPTH:
        level = [child for element in level for child in element if len(child)]
        depth += 1
    return depth


# ---------------------------------------------------------------- documents


def _rss(root: Element, url: str) -> RawFeed:
    children = _children(root)
    channels = [_children(each) for each in children.get("channel", [])]
    channel = channels[0] if channels else {}
    entries = [item for each in channels for item in _items(each)] + children.get("item", [])
    base = root.get(_BASE) or _text(channel, "link") or url
    return _feed(channel, _first_lang(root, channel), (_entry(e, base) for e in entries))


def _items(channel: Children) -> list[Element]:
    """RSS 1.1 has them within `items`, where RSS 1.0 has a list of addresses."""
    within = [item for items in channel.get("items", []) for item in items if short(item.tag) == "item"]
    return channel.get("item", []) + within


def _atom(root: Element, url: str) -> RawFeed:
    children = _children(root)
    base = urljoin(url, root.get(_BASE, "")) or url
    return _feed(children, root.get(_LANG, ""), (_entry(e, base) for e in children.get("entry", [])))


def _single(root: Element, url: str) -> RawFeed:
    """An Atom entry, or a CAP alert, that is a document of its own."""
    return RawFeed(entries=(_entry(root, url),))


_READERS: Final[dict[str, Callable[[Element, str], RawFeed]]] = {
    "rss": _rss,
    "rdf:rdf": _rss,
    "channel": lambda root, url: _rss(_wrapped(root), url),
    "feed": _atom,
    "entry": _single,
    "cap:alert": lambda root, url: RawFeed(entries=(_alert(root, url),)),
}


def _wrapped(channel: Element) -> Element:
    """RSS 1.1 and some hand-made feeds have the channel as their root."""
    root = Element("rss")
    root.append(channel)
    return root


def _feed(head: Children, lang: str, entries: Iterator[RawEntry]) -> RawFeed:
    ttl, hours, days = rhythm(lambda name: [_all_text(e) for e in _named(head, name)])
    return RawFeed(_text(head, "title", "dc:title"), lang, ttl, hours, days, tuple(entries))


def _named(head: Children, name: str) -> list[Element]:
    """Elements of that name in the head, or one level below it, as `skipHours/hour` is."""
    parent, _, child = name.rpartition("/")
    if not parent:
        return head.get(name, [])
    return [e for outer in head.get(parent, []) for e in outer if short(e.tag).lower() == child]


def _first_lang(root: Element, channel: Children) -> str:
    return _text(channel, "language", "dc:language") or root.get(_LANG, "")


# ---------------------------------------------------------------- entries


def _entry(element: Element, base: str) -> RawEntry:
    has = _children(element)
    base = urljoin(base, element.get(_BASE, "")) if element.get(_BASE) else base
    guid = _text(has, "guid", "id") or element.get(_ABOUT, "")
    return RawEntry(
        guid=guid,
        link=_link(has, guid),
        title=_markup(has, "title", "dc:title", "media:title"),
        summary=_markup(has, "description", "summary", "dc:description", "media:description"),
        content=_markup(has, "content:encoded", "content", "xhtml:body", "fullitem"),
        published=_text(has, *_DATES),
        author=_author(has),
        categories=_categories(has),
        lang=element.get(_LANG, "") or _text(has, "dc:language", "language"),
        base=base,
        elements=_elements(element),
    )


def _alert(root: Element, url: str) -> RawEntry:
    """A CAP 1.x alert: its first info block is what people read, the elements hold them all."""
    pairs = _elements(root)
    said = dict(reversed(pairs))
    return RawEntry(
        guid=said.get("cap:identifier", ""),
        link=said.get("cap:web", "") or url,
        title=said.get("cap:headline", "") or said.get("cap:event", ""),
        summary=said.get("cap:description", ""),
        content=said.get("cap:instruction", ""),
        published=said.get("cap:sent", ""),
        author=said.get("cap:senderName", "") or said.get("cap:sender", ""),
        lang=said.get("cap:language", ""),
        base=url,
        elements=pairs,
    )


def _children(element: Element) -> Children:
    found: Children = {}
    for child in element:
        found.setdefault(lowered(child.tag), []).append(child)
    return found


def _text(has: Children, *names: str) -> str:
    """Text of the first of these elements that has any."""
    for name in names:
        for element in has.get(name, ()):
            if (text := _all_text(element)) and not text.isspace():
                return text.strip()
    return ""


def _all_text(element: Element) -> str:
    return "".join(element.itertext()) if len(element) else element.text or ""


def _markup(has: Children, *names: str) -> str:
    """As `_text`, but child elements are markup to keep, and Atom's `type="text"` is not HTML."""
    for name in names:
        for element in has.get(name, ()):
            if element.get("src") and not (element.text or "").strip():
                continue
            found = _inner(element) if len(element) else element.text or ""
            if not found or found.isspace():
                continue
            return found
    return ""


_PREFIX: Final = re.compile(r"(</?)\w+:(?=\w)|\sxmlns(?::\w+)?=\"[^\"]*\"")


def _inner(element: Element) -> str:
    """Children as HTML: names without their prefix, text escaped as it was."""
    parts = [_escaped(element.text or "")]
    parts += [_PREFIX.sub(r"\1", tostring(child, encoding="unicode")) for child in element]
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _link(has: Children, guid: str) -> str:
    """The page to read: RSS's text, else Atom's `alternate`, else a guid that is an address."""
    fallback = ""
    for element in has.get("link", ()):
        href = element.get("href")
        if href is None:
            if (element.text or "").strip():
                return (element.text or "").strip()
        elif element.get("rel", "alternate") == "alternate" and "html" in element.get("type", "text/html"):
            return href.strip()
        elif element.get("rel", "alternate") == "alternate":
            fallback = fallback or href.strip()
    if fallback:
        return fallback
    for element in has.get("guid", ()):
        if element.get("isPermaLink", "true").lower() != "false" and guid.startswith(("http://", "https://")):
            return guid
    return ""


def _author(has: Children) -> str:
    for element in has.get("author", []):
        names = [e for e in element if short(e.tag) in {"name", "email"}]
        if names:
            return (names[0].text or "").strip()
    return _text(has, "dc:creator", "author", "itunes:author", "managingEditor")


def _categories(has: Children) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for element in has.get("category", []) + has.get("dc:subject", []):
        text = (element.get("label") or element.get("term") or _all_text(element)).strip()
        if text:
            found[text] = None
    return tuple(found)


def _elements(element: Element) -> tuple[tuple[str, str], ...]:
    """Every GeoRSS, GDACS and CAP element below, leaves with their text, in document order.

    CAP names its codes in pairs, `<geocode><valueName>EMMA_ID</valueName><value>DE011</value></geocode>`: the children
    come as `cap:valueName`, `cap:value` whatever namespace they are in. GDACS attributes follow as `name@attr`.
    """
    found = []
    for child in element.iter():
        name = kept(child.tag)
        if not name:
            continue
        if not len(child):
            found.append((name, (child.text or "").strip()))
        if name.startswith("gdacs:"):
            found += [(f"{name}@{key}", value) for key, value in child.items()]
    return tuple(found)
