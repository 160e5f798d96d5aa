"""What came of asking a feed's server: `Body | NotModified | Failed`. Nouns only: `fetch` makes, `parse` reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal[
    "dns", "connect", "timeout", "tls", "http", "redirect", "too_large", "refused", "parse", "blocked", "gone",
    "worker", "internal",
]  # fmt: skip
"""`events.FeedFailed.kind`."""

UNREACHED: frozenset[Kind] = frozenset(("dns", "connect"))
"""Failures that a lost network explains."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the answer came from when redirects were followed."""

    url: str
    permanent: bool
    """Every redirect on the way was 301 or 308."""


@dataclass(frozen=True, slots=True)
class Body:
    """An answer to read: decoded bytes, and what the header said that still matters."""

    data: bytes
    url: str
    """The URL that answered, for relative links."""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    max_age: int = 0
    """Seconds for which the answer is fresh, by Cache-Control; 0 where it does not say."""
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """Nothing new since the validators that were sent: 304, or the same bytes again."""

    max_age: int = 0
    moved: Moved | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """No feed could be had, and why. `message` is for the operator and holds no secret."""

    kind: Kind
    message: str
    status: int | None = None
    """HTTP status, where there was one."""
    retry_at: datetime | None = None
    """When the publisher says to come back."""
    suggestion: str | None = field(default=None)


Answer = Body | NotModified | Failed
