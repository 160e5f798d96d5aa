"""What is remembered of a feed between its polls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sitmon.model.vocabulary import FeedHealth


@dataclass(frozen=True, slots=True)
class FeedState:
    """All that is remembered about a feed between polls; written with the items that the poll brought."""

    feed: str
    health: FeedHealth = FeedHealth.NEW
    reason: str = ""
    """Why it is not OK, for the operator."""
    since: datetime | None = None
    """Since when it has been in this state of health."""
    next_due: datetime | None = None
    last_polled: datetime | None = None
    last_ok: datetime | None = None
    newest: datetime | None = None
    """Publication time of its newest item."""
    usual_gap: timedelta | None = None
    """Median time between its items."""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    failures: int = 0
    empties: int = 0
    redirect: str | None = None
    redirects: int = 0
    """How many polls in a row were redirected permanently to `redirect`."""
    title: str = ""
    items: int = 0
    """Entries in its last answer."""
    dropped: tuple[tuple[str, int], ...] = ()
    """What was left out since it was first polled, by reason, and how often."""
    suggestion: str | None = None
    """What the operator could do, such as a better URL."""
    url_hash: str | None = None
    """Digest of the URL that the validators belong to: another URL starts afresh. URLs may carry secrets."""
    retry_at: datetime | None = None
    """Not to be asked before, by the publisher's own word (Retry-After)."""
    stopped: bool = False
    """Never asked again at this URL: the publisher says that it is gone (410)."""
    ttl_minutes: int = 0
    """How long the publisher calls an answer fresh, by ttl, sy:updatePeriod or Cache-Control; 0 where it does not."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, UTC, at which the publisher asks not to be polled."""
    skip_days: tuple[int, ...] = ()
    """Days of the week, Monday is 0, on which the publisher asks not to be polled."""
