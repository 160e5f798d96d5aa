"""What a worker does for one answer: parse, normalise, tag. Pure but for what is loaded once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sitmon import normalise, parse
from sitmon.answer import Body, Failed
from sitmon.model import Document, Feed, Item, Tags
from sitmon.written import Written, written


class Tagger(Protocol):
    def tags(self, document: Document) -> Tags: ...


@dataclass(frozen=True, slots=True)
class Job:
    """One answer to read. Marks of entries that need not be read again come along."""

    feed: Feed
    body: Body
    now: datetime
    seen: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Read:
    """What stood in it that was not seen before."""

    items: tuple[Item, ...]
    documents: tuple[Written, ...]
    """Each of the items as it is stored."""
    marks: frozenset[bytes]
    total: int
    title: str = ""
    ttl_minutes: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Picklable; what it makes is not. `tagger` runs once where it is loaded."""

    tagger: Callable[[], Tagger] = field()

    def __call__(self) -> Callable[[Job], Read | Failed]:
        parse.preload()
        tagger = self.tagger()

        def read(job: Job) -> Read | Failed:
            return _read(job, tagger)

        return read


def _read(job: Job, tagger: Tagger) -> Read | Failed:
    parsed = parse.body(job.body, job.seen)
    if isinstance(parsed, Failed):
        return parsed
    raw = parsed.feed
    result = normalise.feed(raw, job.feed, job.now)
    items = tuple([item.tagged(tagger.tags(document(item, job.feed))) for item in result.items])
    return Read(
        items,
        tuple([written(item) for item in items]),
        parsed.marks,
        parsed.total,
        title=normalise.feed_title(raw.title),
        ttl_minutes=raw.ttl_minutes,
        skip_hours=raw.skip_hours,
        skip_days=raw.skip_days,
        dropped=result.dropped,
        notice=raw.notice,
    )


def document(item: Item, source: Feed) -> Document:
    """What a tagger reads of an item."""
    return Document(item.id, item.title, item.summary, item.content, item.when, item.lang, source.countries)
