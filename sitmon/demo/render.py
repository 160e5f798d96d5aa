"""The exercise's feeds as bytes, in the four formats that the world speaks: RSS 2.0, Atom, RSS 1.0 and JSON Feed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from sitmon.demo.script import Telling

Render = Callable[[str, str, list[Telling]], bytes]
"""(feed id, language, tellings) -> document."""


def link(telling: Telling) -> str:
    return f"https://{telling.feed}.exercise.invalid/{telling.at:%Y/%m/%d/%H%M}"


def iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def title_of(feed: str) -> str:
    return f"{feed.replace('-', ' ').title()} (exercise)"


def rss(feed: str, lang: str, entries: list[Telling]) -> bytes:
    items = "".join(
        f"<item><title>{escape(t.title)}</title><description>{escape(t.summary)}</description>"
        f'<link>{link(t)}</link><guid isPermaLink="false">{t.guid}</guid>'
        f"<pubDate>{format_datetime(t.at)}</pubDate></item>"
        for t in entries
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title_of(feed)}</title>'
        f"<link>https://{feed}.exercise.invalid/</link><description>Exercise</description>"
        f"<language>{lang}</language>{items}</channel></rss>"
    ).encode()


def gdacs(feed: str, lang: str, entries: list[Telling]) -> bytes:
    """RSS 2.0 with GDACS elements; the script's summary is the alert level."""
    items = "".join(
        f"<item><title>{escape(t.title)}</title>"
        f"<description>{escape(t.title)}: {t.summary.lower()} alert.</description>"
        f'<link>{link(t)}</link><guid isPermaLink="false">{t.guid}</guid><pubDate>{format_datetime(t.at)}</pubDate>'
        f"<gdacs:alertlevel>{t.summary.capitalize()}</gdacs:alertlevel>"
        f"<gdacs:eventid>{t.at:%m%d%H%M}</gdacs:eventid></item>"
        for t in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:gdacs="http://www.gdacs.org"><channel>'
        f"<title>{title_of(feed)}</title><link>https://{feed}.exercise.invalid/</link>"
        f"<description>Exercise</description><language>{lang}</language>{items}</channel></rss>"
    ).encode()


def atom(feed: str, lang: str, entries: list[Telling]) -> bytes:
    items = "".join(
        f"<entry><id>{t.guid}</id><title>{escape(t.title)}</title><link href={quoteattr(link(t))}/>"
        f"<updated>{iso(t.at)}</updated><published>{iso(t.at)}</published><summary>{escape(t.summary)}</summary></entry>"
        for t in entries
    )
    updated = iso(entries[0].at) if entries else "2024-07-01T00:00:00Z"
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">'
        f"<id>tag:exercise.invalid,2024:{feed}</id><title>{title_of(feed)}</title><updated>{updated}</updated>{items}</feed>"
    ).encode()


def rdf(feed: str, lang: str, entries: list[Telling]) -> bytes:
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(link(t))}/>" for t in entries)
    items = "".join(
        f"<item rdf:about={quoteattr(link(t))}><title>{escape(t.title)}</title><link>{link(t)}</link>"
        f"<description>{escape(t.summary)}</description><dc:date>{iso(t.at)}</dc:date></item>"
        for t in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="https://{feed}.exercise.invalid/"><title>{title_of(feed)}</title>'
        f"<link>https://{feed}.exercise.invalid/</link><description>Exercise</description>"
        f"<dc:language>{lang}</dc:language><items><rdf:Seq>{listed}</rdf:Seq></items></channel>{items}</rdf:RDF>"
    ).encode()


def json_feed(feed: str, lang: str, entries: list[Telling]) -> bytes:
    items = [
        {"id": t.guid, "url": link(t), "title": t.title, "summary": t.summary, "date_published": iso(t.at)}
        for t in entries
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(feed),
        "home_page_url": f"https://{feed}.exercise.invalid/",
        "language": lang,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False).encode()


FORMATS: dict[str, tuple[Render, str]] = {
    "rss": (rss, "application/rss+xml"),
    "gdacs": (gdacs, "application/rss+xml"),
    "atom": (atom, "application/atom+xml"),
    "rdf": (rdf, "application/rdf+xml"),
    "json": (json_feed, "application/feed+json"),
}
"""Ending of the path -> how the document is made, and its media type."""
