"""What operators write in feeds.yaml. `config` fills these in by the types of their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Source:
    """Where in a file something stands, for messages a person can act on."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class TextRule:
    """One `keep` or `drop` line of a feed: any of the words, or the regular expression, in a field."""

    field: Literal["title", "summary", "content", "link", "category"] = "title"
    any: tuple[str, ...] = ()
    regex: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A source as the operator wrote it in feeds.yaml, defaults filled in."""

    id: str
    url: str
    name: str = ""
    kind: str = "news"
    owner: str = ""
    """Publisher family, for counting independent sources; the feed's id when not given."""
    reliability: str = "F"
    """Admiralty letter, A to F."""
    lang: str | None = None
    timezone: str | None = None
    """IANA zone for dates that carry none."""
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """ISO 3166 alpha-2 codes of the feed's home: a prior for tagging and its region's coverage."""
    tags: tuple[str, ...] = ()
    interval: timedelta = timedelta(minutes=15)
    timeout: timedelta = timedelta(seconds=20)
    max_items: int = 1000
    stale_after: timedelta | None = None
    keep: tuple[TextRule, ...] = ()
    drop: tuple[TextRule, ...] = ()
    enabled: bool = True
    allow_http: bool = False
    allow_private: bool = False
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    auth: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """`(("type", "bearer"), ("token", "…"))` or basic with `user` and `password`; never printed."""
    proxy: str | None = field(default=None, repr=False)
    tls: tuple[tuple[str, str], ...] = ()
    tlp: str = "CLEAR"
    note: str = ""
    source: Source | None = None
    address: str = field(default="", repr=False)
    """The URL to ask where `url` holds a `${…}` reference to a secret; empty where it holds none. Never printed."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What the `${…}` references in its address, headers and auth stand for: foreign words must not hold it either."""

    @property
    def publisher(self) -> str:
        """Who counts as one independent source."""
        return self.owner or self.id


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the operator's board, or one that ships with sitmon."""

    id: str
    name: str
    countries: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    """First-level divisions as `ML.Kidal`."""
    areas: tuple[str, ...] = ()
    """Ids of shipped areas or of other regions that this one contains."""
    point: tuple[float, float] | None = None
    """Latitude and longitude in degrees; with `radius_km` it makes a circle."""
    radius_km: float = 0.0
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """An operator's own place: new, or extending the shipped one of the same id."""

    id: str
    """A region id, as `ML.Kidal.Tin-Zaouatine`."""
    name: str = ""
    aliases: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    """Names that must not lead to this place."""
    lat: float | None = None
    lon: float | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An operator's own actor: new, or extending the shipped one of the same id."""

    id: str
    name: str = ""
    kind: str = "other"
    country: str | None = None
    aliases: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    """Words or region ids of which one must be in the text too, for acronyms that mean several things."""
    source: Source | None = None
