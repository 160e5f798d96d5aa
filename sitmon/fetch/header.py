"""What headers say, and what is said in them. Pure."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from sitmon.model import Feed, FeedState

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
ENCODINGS = "gzip, deflate, br, zstd"
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
LONGEST_VALIDATOR = 4096
"""Characters: servers take 8 KiB for a line of a request's header (nginx large_client_header_buffers)."""
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""What no field value may hold, by RFC 9110 section 5.5."""
_LONGEST = timedelta(days=366)

Header = tuple[bytes, bytes]


def request(feed: Feed, state: FeedState, agent: str, host: bytes, *, secrets: bool) -> list[Header]:
    """Headers of a request: validators verbatim; what identifies us to the publisher only where it was meant to go."""
    said = [(b"Host", host), (b"User-Agent", _bytes(agent)), (b"Accept", ACCEPT.encode())]
    said += [(b"Accept-Encoding", ENCODINGS.encode()), (b"Connection", b"close")]
    if state.etag:
        said.append((b"If-None-Match", _bytes(state.etag)))
    if state.last_modified:
        said.append((b"If-Modified-Since", _bytes(state.last_modified)))
    if secrets:
        own = [(_bytes(name), _bytes(value)) for name, value in (*feed.headers, *_authorization(feed))]
        own = [(name, value) for name, value in own if name.lower() != b"connection"]  # ours alone to end
        replaced = {name.lower() for name, _ in own}
        said = [(name, value) for name, value in said if name.lower() not in replaced] + own
    return said


def _authorization(feed: Feed) -> Iterator[tuple[str, str]]:
    auth = dict(feed.auth)
    match auth.get("type"):
        case "bearer":
            yield "Authorization", f"Bearer {auth.get('token', '')}"
        case "basic":
            pair = f"{auth.get('user', '')}:{auth.get('password', '')}".encode()
            yield "Authorization", f"Basic {base64.b64encode(pair).decode()}"


def _bytes(text: str) -> bytes:
    """Validators came in as Latin-1 and go out so, byte for byte; what the operator wrote may need UTF-8."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8")


def value(headers: list[Header], name: str) -> str | None:
    """The first header of that name, verbatim."""
    wanted = name.lower().encode()
    return next((v.decode("latin-1") for n, v in headers if n.lower() == wanted), None)


def validator(headers: list[Header], name: str) -> str | None:
    """ETag or Last-Modified, verbatim; None for one that no server would take back: too long, or no printable text."""
    found = value(headers, name)
    return found if found and len(found) <= LONGEST_VALIDATOR and not _CONTROL.search(found) else None


def location(headers: list[Header]) -> str | None:
    """Where a redirect leads. What is not ASCII is meant as UTF-8, as in an address that a browser shows."""
    said = value(headers, "location")
    if said is None or said.isascii():
        return said
    raw = said.encode("latin-1")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return said


def max_age(headers: list[Header]) -> int:
    """Seconds for which the answer is fresh; 0 where it does not say, or says that it is not to be stored."""
    control = value(headers, "cache-control") or ""
    found = _MAX_AGE.search(control)
    if found is None or "no-cache" in control.lower() or "no-store" in control.lower():
        return 0
    return int(found[1])


def retry_at(headers: list[Header], now: datetime) -> datetime | None:
    """When a Retry-After in seconds or as a date lets us come back; None where it is missing, past or unreadable."""
    said = (value(headers, "retry-after") or "").strip()
    if said.isascii() and said.isdigit():
        return now + min(timedelta(seconds=int(said[:9])), _LONGEST)
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at if at > now else None


def status_in_words(status: int) -> str:
    """`404 Not Found`, in our own words: a server's reason phrase may hold anything."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
