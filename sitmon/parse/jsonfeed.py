"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read leniently: any value may have any type."""

from __future__ import annotations

import json
from typing import Any

from sitmon.parse.raw import RawEntry, RawFeed


def read(text: str, url: str) -> RawFeed | None:
    """The feed, or None when it is not JSON, or JSON without a list of items."""
    try:
        # Numbers stay as they are written: ids of 5,000 digits are more than int takes, and 1e999 is no float.
        document = json.loads(text, strict=False, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return None
    base = _str(document.get("home_page_url")) or url
    items = [item for item in document["items"] if isinstance(item, dict)]
    lang = _str(document.get("language"))
    return RawFeed(_str(document.get("title")), lang, entries=tuple(_entry(item, base) for item in items))


def _entry(item: dict[str, Any], base: str) -> RawEntry:
    plain = _str(item.get("content_text")).replace("&", "&amp;").replace("<", "&lt;")
    return RawEntry(
        guid=_str(item.get("id")),
        link=_str(item.get("url")) or _str(item.get("external_url")),
        title=_str(item.get("title")),
        summary=_str(item.get("summary")),
        content=_str(item.get("content_html")) or plain,
        published=_str(item.get("date_published")) or _str(item.get("date_modified")),
        author=_author(item),
        categories=tuple(dict.fromkeys(_str(tag) for tag in _list(item.get("tags")) if tag)),
        lang=_str(item.get("language")),
        base=base,
    )


def _author(item: dict[str, Any]) -> str:
    """1.1 has `authors`, 1.0 had `author`."""
    for author in [*_list(item.get("authors")), item.get("author")]:
        if isinstance(author, dict) and (name := _str(author.get("name"))):
            return name
    return ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _str(value: object) -> str:
    """Strings and numbers (ids often are) as they are written, anything else as nothing."""
    return value if isinstance(value, str) else ""
