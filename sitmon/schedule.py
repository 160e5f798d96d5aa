"""Which feeds are due, and what a poll's outcome makes of a feed's state. Pure: `now` and `jitter` come in.

Policy: a publisher's wishes (ttl, Cache-Control, skipHours) lengthen the operator's interval, up to an hour. Failures
back off by doubling up to 6 h, a Retry-After is obeyed exactly up to 24 h, a wall (403, 451, a login page) is tried
again after 4 h, and 410 ends it. First polls are followed by a shortened gap, so that feeds spread out for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import pairwise

from sitmon.answer import Failed, Kind, Moved, NotModified
from sitmon.model import Feed, FeedHealth, FeedState

WALL = timedelta(hours=4)
LONGEST_BACK_OFF = timedelta(hours=6)
LONGEST_RETRY_AFTER = timedelta(hours=24)
DEFAULT_RETRY_AFTER = timedelta(hours=1)
PATIENCE = 3
"""Failures in a row after which a feed counts as dead, and polls after which a permanent redirect is believed."""

_QUIET = 3
"""Usual gaps without news until a feed is called quiet: half of all gaps exceed the median, few three of it."""
_STALE = 5
_QUIET_FLOOR = timedelta(hours=2)
_STALE_FLOOR = timedelta(hours=12)
"""Newsrooms sleep: a feed with an item every 10 minutes by day is not stale at dawn."""

_SET_BACK = timedelta(hours=1)
"""A last poll this far in the future: the clock was set back, which must not silence a feed until it catches up."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The operator's limits on publishers' wishes."""

    min_interval: timedelta = timedelta(minutes=5)
    longest_wish: timedelta = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Brought:
    """An answer that was read: what of it a feed's state remembers."""

    total: int
    """Entries in the answer, old ones too."""
    published: tuple[datetime, ...] = ()
    """Of its new items, those that can be believed, in any order."""
    title: str = ""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    max_age: int = 0
    ttl_minutes: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    moved: Moved | None = None
    dropped: tuple[tuple[str, int], ...] = ()
    notice: str = ""


Outcome = Brought | NotModified | Failed


def due(feeds: Iterable[Feed], states: Mapping[str, FeedState], now: datetime) -> tuple[Feed, ...]:
    """Feeds to ask now, the longest overdue first."""
    ready = [(at, feed) for feed in feeds if (at := next_poll(feed, states.get(feed.id), now)) and at <= now]
    return tuple(feed for _, feed in sorted(ready, key=lambda pair: (pair[0], pair[1].id)))


def next_poll(feed: Feed, state: FeedState | None, now: datetime) -> datetime | None:
    """When to ask this feed: `now` for one never asked at this URL, None for one that is off or gone."""
    if not feed.enabled:
        return None
    state = current(feed, state)
    if state.stopped:
        return None
    if state.next_due is None:
        return now
    if state.last_polled and state.last_polled > now + _SET_BACK:
        return now
    return state.next_due


def barred(feed: Feed, state: FeedState | None, now: datetime) -> str | None:
    """Why not even an officer's 'poll now' asks this feed, or None when it does."""
    state = current(feed, state)
    if not feed.enabled:
        return "switched off in feeds.yaml"
    if state.stopped:
        return state.reason
    if state.retry_at is not None and state.retry_at > now:
        return f"its publisher asks not to be polled before {state.retry_at:%Y-%m-%d %H:%M}Z"
    return None


def current(feed: Feed, state: FeedState | None) -> FeedState:
    """The state that holds for the feed's URL: what was learnt at another URL is forgotten, its items are not."""
    digest = blake2b((feed.address or feed.url).encode(), digest_size=8).hexdigest()
    if state is None:
        return FeedState(feed.id, url_hash=digest)
    if state.url_hash in (digest, None):
        return state if state.url_hash else replace(state, url_hash=digest)
    return FeedState(
        feed.id,
        url_hash=digest,
        since=state.since,
        newest=state.newest,
        usual_gap=state.usual_gap,
        dropped=state.dropped,
    )


def after(
    feed: Feed, state: FeedState | None, outcome: Outcome, now: datetime, jitter: float, bounds: Bounds = Bounds()
) -> FeedState:
    """The state after a poll. `jitter` is -1 to 1: it moves the next poll by up to a tenth."""
    state = current(feed, state)
    match outcome:
        case Brought():
            new = _brought(feed, state, outcome, now)
        case NotModified():
            new = _unchanged(feed, state, outcome, now)
        case Failed():
            return _failed(feed, state, outcome, now, jitter, bounds)
    return replace(new, next_due=_next_due(feed, state, new, outcome.max_age, now, jitter, bounds))


def switched_off(feed: Feed, state: FeedState | None, now: datetime) -> FeedState | None:
    """The state of a feed that the operator has switched off, or None where it says so already, or is on."""
    state = current(feed, state)
    if feed.enabled or state.health is FeedHealth.OFF:
        return None
    return replace(state, health=FeedHealth.OFF, since=now, reason="switched off in feeds.yaml", next_due=None)


def offline(state: FeedState, now: datetime, jitter: float) -> FeedState:
    """The state when the network is to blame: asked again in about half a minute, and nothing held against the feed."""
    return replace(state, next_due=now + timedelta(seconds=30 + 10 * jitter))


# ---------------------------------------------------------------- answers


def _brought(feed: Feed, state: FeedState, brought: Brought, now: datetime) -> FeedState:
    newest = max((*brought.published, *filter(None, (state.newest,))), default=None)
    new = replace(
        state,
        title=brought.title or state.title,
        items=brought.total,
        empties=0 if brought.total else state.empties + 1,
        etag=brought.etag,
        last_modified=brought.last_modified,
        body_hash=brought.body_hash,
        ttl_minutes=brought.ttl_minutes,
        skip_hours=brought.skip_hours,
        skip_days=brought.skip_days,
        newest=newest,
        usual_gap=_usual_gap(brought.published, state),
        dropped=_added(state.dropped, brought.dropped),
    )
    return _answered(feed, state, new, brought.moved, brought.notice, now)


def _unchanged(feed: Feed, state: FeedState, outcome: NotModified, now: datetime) -> FeedState:
    new = replace(
        state,
        etag=outcome.etag or state.etag,
        last_modified=outcome.last_modified or state.last_modified,
        empties=state.empties if state.items else min(state.empties + 1, 2),
    )
    return _answered(feed, state, new, outcome.moved, "", now)


def _answered(feed: Feed, old: FeedState, new: FeedState, moved: Moved | None, notice: str, now: datetime) -> FeedState:
    health, reason = _health(feed, new, now)
    new = replace(new, last_polled=now, last_ok=now, failures=0, retry_at=None, reason=reason or notice)
    return _redirected(feed, _in_health(old, new, health, now), moved)


def _health(feed: Feed, state: FeedState, now: datetime) -> tuple[FeedHealth, str]:
    if not state.items:
        if state.empties < 2:
            return FeedHealth.OK, "no entries in its last answer"
        return FeedHealth.EMPTY, "no entries in its last two answers"
    if state.newest is None:
        return FeedHealth.OK, ""
    age, gap = now - state.newest, state.usual_gap
    stale = feed.stale_after or (max(_STALE * gap, _STALE_FLOOR) if gap else None)
    if stale and age > stale:
        return FeedHealth.STALE, f"its newest item is {in_words(age)} old"
    if gap and age > max(_QUIET * gap, _QUIET_FLOOR):
        return FeedHealth.QUIET, f"its newest item is {in_words(age)} old, its usual gap {in_words(gap)}"
    return FeedHealth.OK, ""


def _in_health(old: FeedState, new: FeedState, health: FeedHealth, now: datetime) -> FeedState:
    since = old.since if old.health is health and old.since else now
    return replace(new, health=health, since=since)


def _redirected(feed: Feed, state: FeedState, moved: Moved | None) -> FeedState:
    """Counts permanent redirects to one place. One that is believed is asked directly, and then no longer seen."""
    if moved is None:
        if state.redirects >= PATIENCE:
            return state
        return replace(state, redirect=None, redirects=0, suggestion=None)
    if not moved.permanent or feed.address:  # an address with a secret is neither stored nor shown
        return replace(state, redirect=None, redirects=0, suggestion=None)
    count = state.redirects + 1 if state.redirect == moved.url else 1
    known = replace(state, redirect=moved.url, redirects=count)
    if count < PATIENCE:
        return known
    return replace(known, suggestion=f"moved for good to {moved.url}: change its url in feeds.yaml")


def _usual_gap(published: tuple[datetime, ...], state: FeedState) -> timedelta | None:
    """Median gap of an answer with enough new items; fewer move what is known by a fifth of the way."""
    times = sorted({*published, *filter(None, (state.newest,))})
    gaps = sorted(b - a for a, b in pairwise(times))
    if not gaps:
        return state.usual_gap
    middle = gaps[len(gaps) // 2]
    if len(gaps) >= 4:
        return middle
    return state.usual_gap + (middle - state.usual_gap) / 5 if state.usual_gap is not None else None


def _added(before: tuple[tuple[str, int], ...], more: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    counts = dict(before)
    for reason, count in more:
        counts[reason] = counts.get(reason, 0) + count
    return tuple(sorted(counts.items()))


# ---------------------------------------------------------------- failures

_SAYS: Mapping[Kind, FeedHealth] = {
    "parse": FeedHealth.PARSE,
    "too_large": FeedHealth.PARSE,
    "worker": FeedHealth.PARSE,
    "blocked": FeedHealth.BLOCKED,
    "refused": FeedHealth.BLOCKED,
    "gone": FeedHealth.DEAD,
}
"""Failures that say at once what is wrong; the others may pass, and make a feed dead when they do not."""


def _failed(feed: Feed, state: FeedState, failed: Failed, now: datetime, jitter: float, bounds: Bounds) -> FeedState:
    failures = state.failures + 1
    health = _SAYS.get(failed.kind) or (FeedHealth.DEAD if failures >= PATIENCE else state.health)
    redirects = 0 if state.redirects >= PATIENCE else state.redirects  # the place it moved to failed: ask the old one
    new = replace(
        state,
        failures=failures,
        last_polled=now,
        reason=failed.message,
        stopped=failed.kind == "gone",
        retry_at=_retry_at(failed, now),
        redirects=redirects,
        suggestion=failed.suggestion or state.suggestion,
    )
    return replace(_in_health(state, new, health, now), next_due=_back_off(feed, new, failed, now, jitter, bounds))


def _retry_at(failed: Failed, now: datetime) -> datetime | None:
    return min(failed.retry_at, now + LONGEST_RETRY_AFTER) if failed.retry_at else None


def _back_off(
    feed: Feed, state: FeedState, failed: Failed, now: datetime, jitter: float, bounds: Bounds
) -> datetime | None:
    if state.stopped:
        return None
    if state.retry_at is not None:
        return max(state.retry_at, now + bounds.min_interval)
    interval = max(feed.interval, bounds.min_interval)
    if failed.status in (429, 503):
        wait = DEFAULT_RETRY_AFTER
    elif failed.kind == "blocked":
        wait = max(WALL, interval)
    else:
        wait = max(interval, min(interval * 2 ** min(state.failures, 12), LONGEST_BACK_OFF))
    return now + wait * (1 + 0.1 * jitter)


# ---------------------------------------------------------------- when next


def _next_due(
    feed: Feed, old: FeedState, new: FeedState, max_age: int, now: datetime, jitter: float, bounds: Bounds
) -> datetime:
    wish = min(max(timedelta(minutes=new.ttl_minutes), timedelta(seconds=max_age)), bounds.longest_wish)
    gap = max(feed.interval, bounds.min_interval, wish)
    if old.last_polled is None:  # spread: what started together does not come back together
        return now + gap * (0.75 + 0.25 * jitter)
    at = now + gap * (1 + 0.1 * jitter)
    return min(_awake(at, new), at + bounds.longest_wish)


def _awake(at: datetime, state: FeedState) -> datetime:
    """The first full hour from `at` on that the publisher does not ask to skip."""
    for _ in range(7 * 24):
        if at.hour not in state.skip_hours and at.weekday() not in state.skip_days:
            return at
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at


def in_words(span: timedelta) -> str:
    """`35 min`, `5 h`, `3 d`."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} d"
