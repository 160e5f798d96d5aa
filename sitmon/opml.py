"""OPML 2.0, in and out: subscription lists as readers exchange them, the keys of feeds.yaml as `sitmon:` attributes.

What comes in is foreign: no entity is expanded, nothing is fetched, size is capped, and a list that cannot be read says
at which line and column. `read` gives back every key that `write` was given; only what no terminal may see is gone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from xml.parsers import expat

from sitmon.config.written import Keys, Raw
from sitmon.errors import SitmonError
from sitmon.normalise import clean

NAMESPACE = "urn:sitmon:feeds:1"
MOST = 10 * 1_048_576
"""Bytes of a list: ten thousand feeds take 3 MB."""
DEPTH = 100
LEVELS = 8
"""Lists within lists of one key: `keep` has three."""
CHARS = 500
"""Of a title or a folder's name; an address may have four times as many."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""


class OpmlError(SitmonError):
    """It is no OPML; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One subscription. `url` is empty where the list has none for it."""

    line: int
    column: int
    url: str
    title: str
    tags: tuple[str, ...] = ()
    """Folders around it, the outermost first, and its categories."""
    keys: Keys = field(default_factory=dict)
    """Its `sitmon:` attributes."""


# ---------------------------------------------------------------- in


def read(data: bytes, name: str) -> tuple[Outline, ...]:
    """The subscriptions of a list; `name` is its file's, for errors. Raises OpmlError."""
    if len(data) > MOST:
        raise OpmlError(f"{name}:1:1: larger than {MOST // 1_048_576} MiB")
    reader = _Reader(name)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        raise OpmlError(f"{name}:{error.lineno}:{error.offset + 1}: not XML: {reason}") from None
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise OpmlError(f"{name}:1:1: cannot be read: {error}") from None
    return tuple(reader.found)


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._folders: list[str | None] = []
        """Of the outlines that are open; None for a subscription, which is no folder."""
        self._depth = 0
        self.found: list[Outline] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._entity

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and tag.lower() != "opml":
            raise self._error(f"<{clean.token(tag, 40)}> is no OPML; the outermost element is <opml>")
        if self._depth > DEPTH:
            raise self._error(f"more than {DEPTH} levels")
        if tag.lower() == "outline":
            self._outline({name.lower(): text for name, text in attributes.items()})

    def _outline(self, attributes: Mapping[str, str]) -> None:
        url = clean.token(attributes.get("xmlurl", ""), 4 * CHARS)
        title = clean.line(attributes.get("title") or attributes.get("text") or "", CHARS)
        if not url and attributes.get("type", "").lower() not in {"rss", "atom"}:
            self._folders.append(title)
            return
        self._folders.append(None)
        folders = [folder for folder in self._folders if folder]
        tags = dict.fromkeys((*folders, *_categories(attributes.get("category", ""))))
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self.found.append(Outline(line, column, url, title, tuple(tags), self._keys(attributes)))

    def _keys(self, attributes: Mapping[str, str]) -> Keys:
        prefix = f"{NAMESPACE} "
        return {key.removeprefix(prefix): _raw(text) for key, text in attributes.items() if key.startswith(prefix)}

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag.lower() == "outline":
            self._folders.pop()

    def _entity(self, *_: object) -> None:
        raise self._error("declares an entity; a subscription list needs none, remove the DOCTYPE")

    def _error(self, reason: str) -> OpmlError:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return OpmlError(f"{self._name}:{line}:{column}: {reason}")


def _categories(text: str) -> list[str]:
    """`/News/Mali,radio` names three tags (OPML 2.0: commas between, slashes within)."""
    return [part for words in text.split(",") for word in words.split("/") if (part := clean.line(word, CHARS))]


def _raw(text: str) -> Raw:
    """Lists, mappings and quoted text are JSON; all else is the text itself, cleaned of what no terminal may see."""
    if text[:1] in {"[", "{", '"'}:
        try:
            return _scalars(json.loads(text))
        except (ValueError, RecursionError):
            pass  # a note may begin so
    return clean.safe(text)


def _scalars(value: object, levels: int = LEVELS) -> Raw:
    if not levels:
        raise ValueError("deeper than any key of a feed")
    if isinstance(value, dict):
        return {clean.safe(key): _scalars(part, levels - 1) for key, part in value.items()}
    if isinstance(value, list):
        return [_scalars(part, levels - 1) for part in value]
    return clean.safe(value) if isinstance(value, str) else json.dumps(value)


# ---------------------------------------------------------------- out


def write(feeds: Iterable[Keys], title: str = "sitmon") -> str:
    """The list as XML. Every key but `url` is an attribute of its own in our namespace."""
    root = Element("opml", {"version": "2.0"})
    root.set("xmlns:sitmon", NAMESPACE)
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    for keys in feeds:
        name, tags = str(keys.get("name") or keys["id"]), keys.get("tags", [])
        shown = {"type": "rss", "text": name, "title": name, "xmlUrl": str(keys["url"])}
        if isinstance(tags, Sequence) and tags:
            shown["category"] = ",".join(str(tag).replace(",", " ").replace("/", " ") for tag in tags)
        own = {f"sitmon:{key}": _text(raw) for key, raw in keys.items() if key != "url"}
        SubElement(body, "outline", {name: _FORBIDDEN.sub("", text) for name, text in shown.items()} | own)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _text(raw: Raw) -> str:
    if isinstance(raw, str) and raw[:1] not in {"[", "{", '"'} and not _FORBIDDEN.search(raw):
        return raw
    text = json.dumps(raw, ensure_ascii=False)
    return json.dumps(raw) if _FORBIDDEN.search(text) else text
