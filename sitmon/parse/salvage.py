"""What expat cannot read, read by feedparser: malformed XML, forgotten namespaces, feeds that end in the middle.

The only door to feedparser. It opens URLs and files when handed a string, so it only ever gets a BytesIO. Its cost is
10 ms for 30 entries with sanitising and link resolving off (we do both): entries already seen are cut out before.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any, Final

from sitmon.parse.raw import RawEntry, RawFeed
from sitmon.parse.rhythm import rhythm

TAGS: Final = 50_000
"""Tags that feedparser gets at most, at 30 µs each: a thousand entries have a third as many."""
_HEADERS: Final = {"content-type": "application/xml; charset=utf-8"}
_ELEMENT: Final = re.compile(
    r"<(?P<prefix>cap|gdacs|georss|geo|gml):(?P<name>\w+)(?P<attrs>(?:\s[^<>]*)?)(?<!/)>(?P<text>[^<]*)<"
    r"|<(?P<pair>valueName|value)>(?P<code>[^<]*)</",
)
_ATTRIBUTE: Final = re.compile(r"\s(\w+)=[\"']([^\"']*)[\"']")


def library() -> Any:
    """feedparser, imported at first need: the collector itself and the desk never have any."""
    import feedparser

    return feedparser


def read(text: str, url: str) -> RawFeed | None:
    """The feed, or None when feedparser finds neither a feed nor an entry."""
    text, cut = _bounded(text)
    found = library().parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers=dict(_HEADERS),  # no content-location: it would be joined with guids, which are no URLs
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.entries and not found.get("version"):  # it has none where nothing was left to read
        return None
    head = found.feed
    base = (found.get("version", "").startswith("rss") and head.get("link")) or url
    ttl, hours, days = rhythm(_texts(text))
    return RawFeed(
        title=head.get("title", ""),
        lang=head.get("language", ""),
        ttl_minutes=ttl,
        skip_hours=hours,
        skip_days=days,
        entries=tuple(_entry(e, base) for e in found.entries),
        notice=cut or ("not well-formed" if found.bozo else ""),
    )


def _bounded(text: str) -> tuple[str, str]:
    """The part of a document that feedparser gets, and a word when that is not all of it. CDATA counts as one tag."""
    at = last = 0
    for _ in range(TAGS):
        at = text.find("<", at)
        if at < 0:
            return text, ""
        if last >= 0 and text.startswith("<![CDATA[", at):
            last = text.find("]]>", at)
            at = max(last, at)
        at += 1
    return text[: at - 1], f"not well-formed, and read only to its tag {TAGS:,}"


def _entry(e: Any, base: str) -> RawEntry:
    contents = [c.get("value", "") for c in e.get("content", [])]
    summary = e.get("summary", "")
    content = next((c for c in contents if c), "")
    guid, link = e.get("id", ""), _link(e)
    return RawEntry(
        guid=guid,
        link="" if link == guid and "://" not in link else link,
        title=e.get("title", ""),
        summary="" if summary == content and "summary_detail" not in e else summary,
        content=content,
        published=e.get("published", "") or e.get("created", "") or e.get("updated", ""),
        author=_author(e),
        categories=tuple(dict.fromkeys(t.get("label") or t.get("term") or "" for t in e.get("tags", []))),
        lang=(e.get("title_detail") or {}).get("language") or "",
        base=base,
    )


def _link(e: Any) -> str:
    """As in `xml`: a page, else any alternate. feedparser takes a guid for an address before that."""
    if e.get("link") and e.get("link") != e.get("id"):
        return str(e.link)
    alternates = (found.get("href", "") for found in e.get("links", []) if found.get("rel") == "alternate")
    return next(filter(None, alternates), "") or str(e.get("link", ""))


def _author(e: Any) -> str:
    detail = e.get("author_detail") or {}
    return str(detail.get("name") or e.get("author", ""))


def elements(source: str) -> tuple[tuple[str, str], ...]:
    """GeoRSS, GDACS and CAP elements of one entry's source, repeated ones too (feedparser keeps the last of each)."""
    found = []
    for match in _ELEMENT.finditer(source):
        if match["pair"]:
            found.append((f"cap:{match['pair']}", match["code"].strip()))
            continue
        name = f"{match['prefix']}:{match['name']}"
        if text := match["text"].strip():
            found.append((name, text))
        if match["prefix"] == "gdacs":
            found += [(f"{name}@{key}", value) for key, value in _ATTRIBUTE.findall(match["attrs"])]
    return tuple(found)


def _texts(text: str) -> Callable[[str], list[str]]:
    """Texts of the head's elements, looked up in the source: feedparser keeps only the last of repeated hours."""
    head = text[: text.find("<item")] if "<item" in text else text[:65536]

    def texts(name: str) -> list[str]:
        parent, _, child = name.rpartition("/")
        inside = " ".join(re.findall(rf"<{parent}>(.*?)</{parent}>", head, re.DOTALL)) if parent else head
        return re.findall(rf"<{child}>([^<]*)<", inside)

    return texts
