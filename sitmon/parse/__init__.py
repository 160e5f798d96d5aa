"""Parse what a feed's server sent: RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0, JSON Feed 1.x, CAP 1.x, in any charset.

`body` is the stage. expat reads what is well-formed (`xml`), after small faults are mended (`repair`); feedparser what
is left (`salvage`). Entries whose mark was seen before are not handed on, and in `salvage` not even parsed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from sitmon.answer import Body, Failed
from sitmon.normalise.clean import token
from sitmon.parse import charset, jsonfeed, page, repair, salvage, split, xml
from sitmon.parse.raw import RawEntry, RawFeed

__all__ = ["Parsed", "RawEntry", "RawFeed", "announced", "body", "preload"]

_NOTHING: Final = b" \t\r\n\0\xef\xbb\xbf\xfe\xff"
"""Blanks, and what marks an order of bytes: the first of neither XML nor JSON."""
MARK: Final = 8
"""Bytes of an entry's mark: 2^64 wordings make a clash within one feed's thousands a matter of 10^-13."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed that could be read."""

    feed: RawFeed
    """Its entries are those not seen before."""
    marks: frozenset[bytes]
    """Marks of all its entries, to be passed as `seen` the next time."""
    total: int
    """How many entries there are in all."""


def preload() -> None:
    """What takes 50 ms to import, for workers: they are forked from a process that has it."""
    salvage.library()


def body(answer: Body, seen: frozenset[bytes] = frozenset()) -> Parsed | Failed:
    """The feed in an answer; Failed(kind parse) when there is none, or Failed(kind blocked) for an HTML page."""
    if not answer.data.strip(_NOTHING):
        return Failed("parse", "the answer is empty")
    text, notice = charset.decoded(answer.data, answer.content_type)
    start = text.lstrip("\ufeff \t\r\n\0")[:1]
    found = jsonfeed.read(text.lstrip("\ufeff"), answer.url) if start in ("{", "[") else _xml(text, answer.url)
    if found is not None:
        return _unseen(_noting(found, notice), seen)
    if page.is_html(text, answer.content_type):
        return _page(text, answer.url)
    if start in ("{", "["):
        return Failed("parse", "JSON, but no JSON Feed")
    return _salvaged(text, answer.url, notice, seen)


def announced(answer: Body) -> tuple[str, ...]:
    """Addresses of the feeds that an HTML page announces, in its order; none where the answer is no page."""
    text, _ = charset.decoded(answer.data, answer.content_type)
    if not page.is_html(text, answer.content_type):
        return ()
    return tuple(token(address, 500) for address in page.alternates(text, answer.url))


def _noting(feed: RawFeed, notice: str) -> RawFeed:
    return replace(feed, notice="; ".join(filter(None, (feed.notice, notice)))) if notice else feed


def _xml(text: str, url: str) -> RawFeed | None:
    found = xml.read(text, url)
    if found is not None:
        return found
    found = xml.read(repair.repaired(text), url)
    return replace(found, notice="not well-formed") if found is not None else None


def _page(text: str, url: str) -> Failed:
    address = page.alternate(text, url)
    if address and address != url:
        return Failed(
            "blocked", "an HTML page, not a feed", suggestion=f"the page announces a feed at {token(address, 500)}"
        )
    return Failed("blocked", "an HTML page, not a feed")


def _unseen(feed: RawFeed, seen: frozenset[bytes]) -> Parsed:
    marks = [_mark(_wording(entry)) for entry in feed.entries]
    fresh = tuple(entry for entry, mark in zip(feed.entries, marks, strict=True) if mark not in seen)
    return Parsed(replace(feed, entries=fresh), frozenset(marks), len(marks))


def _salvaged(text: str, url: str, notice: str, seen: frozenset[bytes]) -> Parsed | Failed:
    """feedparser, on the new entries alone where the entries can be told apart."""
    text = repair.repaired(text)
    pieces = split.pieces(text)
    if pieces is None:
        found = salvage.read(text, url)
        if found is None:
            return Failed("parse", "neither XML nor JSON of a feed")
        if not found.entries:
            return Failed("parse", "not well-formed, and no entry in it can be read")
        return _unseen(_noting(found, notice), seen)
    marks = [_mark(entry) for entry in pieces.entries]
    fresh = [entry for entry, mark in zip(pieces.entries, marks, strict=True) if mark not in seen]
    found = salvage.read(pieces.head + "\n".join(fresh) + pieces.tail, url)
    if found is None:
        return Failed("parse", "neither XML nor JSON of a feed")
    if len(found.entries) == len(fresh):
        entries = zip(found.entries, fresh, strict=True)
        found = replace(found, entries=tuple(replace(e, elements=salvage.elements(source)) for e, source in entries))
    seen_before = len(marks) - len(fresh)
    return Parsed(_noting(found, notice), frozenset(marks), seen_before + len(found.entries))


def _wording(e: RawEntry) -> str:
    """All that the entry says: a sixth of the time of its `repr`, which escapes what it quotes."""
    return (
        f"{e.guid}\0{e.link}\0{e.title}\0{e.summary}\0{e.content}\0{e.published}\0{e.author}\0{e.categories}\0{e.lang}\0"
        f"{e.base}\0{e.elements}"
    )


def _mark(wording: str) -> bytes:
    return blake2b(wording.encode("utf-8", "surrogatepass"), digest_size=MARK).digest()
