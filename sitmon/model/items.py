"""Entries of feeds, cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sitmon.model.tags import UNTAGGED, FieldName, Tags


@dataclass(frozen=True, slots=True)
class Document:
    """What a tagger reads: clean text and what is known about where it came from."""

    id: str
    title: str
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    lang: str | None = None
    feed_countries: tuple[str, ...] = ()

    def text(self, name: FieldName) -> str:
        return {"title": self.title, "summary": self.summary, "content": self.content}[name]


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier wording of an item that its publisher edited."""

    seen: datetime
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Hazard:
    """What GDACS, CAP and USGS say in elements of their own; the foreign words are kept as they came."""

    scheme: Literal["gdacs", "cap", "usgs"]
    event_id: str | None = None
    level: str | None = None
    """GDACS `Green|Orange|Red`, CAP severity `Extreme|Severe|Moderate|Minor|Unknown`."""
    urgency: str | None = None
    certainty: str | None = None
    status: str | None = None
    """CAP `Actual|Exercise|System|Test|Draft`."""
    msg_type: str | None = None
    """CAP `Alert|Update|Cancel`."""
    references: tuple[str, ...] = ()
    expires: datetime | None = None
    areas: tuple[str, ...] = ()
    geocodes: tuple[tuple[str, str], ...] = ()
    magnitude: float | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of one feed, cleaned: plain text, aware UTC, a stable id."""

    id: str
    feed: str
    guid: str | None
    title: str
    summary: str
    content: str
    link: str | None
    published: datetime | None
    published_note: str | None
    """None, or why the date is doubtful: `future`, `missing`, `unreadable`, `no zone`, `epoch`."""
    first_seen: datetime
    lang: str | None = None
    revised: datetime | None = None
    revisions: tuple[Revision, ...] = ()
    """Earlier wordings, oldest first."""
    author: str | None = None
    categories: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    """Latitude and longitude pairs that the feed itself gave (GeoRSS, geo:)."""
    hazard: Hazard | None = None
    tags: Tags = UNTAGGED
    story: str | None = None

    @property
    def when(self) -> datetime:
        """When it was published, or first seen where the feed does not say or cannot be believed."""
        if self.published is None or self.published_note in {"future", "epoch"}:
            return self.first_seen
        return self.published

    def tagged(self, tags: Tags) -> Item:
        """The same with these tags."""
        return self._told(tags, self.story)

    def joined(self, story: str | None) -> Item:
        """The same as a part of that story."""
        return self._told(self.tags, story)

    def _told(self, tags: Tags, story: str | None) -> Item:
        """As `replace`, which takes 5 µs."""
        return Item(
            self.id,
            self.feed,
            self.guid,
            self.title,
            self.summary,
            self.content,
            self.link,
            self.published,
            self.published_note,
            self.first_seen,
            self.lang,
            self.revised,
            self.revisions,
            self.author,
            self.categories,
            self.points,
            self.hazard,
            tags,
            story,
        )
