"""What a feed says, before anything is believed: strings as they came, in feeds' own terms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry. Text may be HTML; every string is foreign."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    published: str = ""
    """The first date that it gives: published, else issued or created, else updated."""
    author: str = ""
    categories: tuple[str, ...] = ()
    lang: str = ""
    base: str = ""
    """What relative links are relative to."""
    elements: tuple[tuple[str, str], ...] = ()
    """GeoRSS, geo:, GDACS and CAP elements in document order, repeated ones too: `("cap:severity", "Severe")`."""


@dataclass(frozen=True, slots=True)
class RawFeed:
    """A whole document."""

    title: str = ""
    lang: str = ""
    ttl_minutes: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    entries: tuple[RawEntry, ...] = ()
    notice: str = ""
    """What was wrong with it, where something was and it could be read all the same."""
