"""One feed: asked, read by a worker, held against what is known. Nothing is remembered before it is durable."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from time import perf_counter

from sitmon import normalise, schedule
from sitmon.answer import UNREACHED, Answer, Body, Failed, NotModified
from sitmon.events import FeedFailed, FeedPolled
from sitmon.fetch import Fetcher
from sitmon.fetch.resolve import Lookup
from sitmon.fetch.room import Places, Room
from sitmon.fetch.turns import Turns
from sitmon.model import Feed, FeedState, Item
from sitmon.workers import Pool
from sitmon.workers.reading import Job, Read, Reader, Tagger
from sitmon.written import Written

AHEAD = 256
"""Answers that may wait for a worker. While workers start, and while the sink works, servers are asked all the same;
what is large waits for its room before."""
MARKS = 5000
"""Entries of a feed beyond which their marks are not kept: it is read again whenever it changes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the collector behaves towards publishers and this machine."""

    parallel: int = 128
    """Requests at a time, to different hosts; each may hold 400 KB until there is room for its body."""
    per_host: int = 1
    host_gap: timedelta = timedelta(seconds=2)
    """Pause between two requests to one host. The machine itself is exempt from both."""
    contact: str = ""
    """Whom a publisher can write to; part of the User-Agent."""
    max_bytes: int = 10 * 1_048_576
    """Decoded size of an answer."""
    bounds: schedule.Bounds = field(default_factory=schedule.Bounds)
    workers: int = 0
    """Worker processes; 0 for one a core, up to four."""
    worker_deadline: timedelta = timedelta(seconds=20)
    worker_memory: int = 256 * 1_048_576


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one poll of one feed brought: to be stored together or not at all."""

    feed: Feed
    state: FeedState
    items: tuple[Item, ...] = ()
    """New ones, and revised ones (`revised` is set) under the id they had."""
    documents: Mapping[str, Written] = field(default_factory=dict)
    """New ones by id as they are stored, but for their stories."""


@dataclass(frozen=True, slots=True)
class Done:
    """A poll that ended and is not yet durable."""

    arrival: Arrival
    event: FeedPolled | FeedFailed
    marks: frozenset[bytes] | None = None
    unreached: bool = False


class Asker:
    """Asks feeds, many at a time, within the settings."""

    def __init__(
        self,
        settings: Settings,
        *,
        tagger: Callable[[], Tagger],
        find: Callable[[str], Item | None],
        lookup: Lookup | None,
    ) -> None:
        self._settings, self._find = settings, find
        self._marks: dict[str, frozenset[bytes]] = {}
        self._fetcher = Fetcher(contact=settings.contact, max_bytes=settings.max_bytes, lookup=lookup)
        self._pool: Pool[Job, Read | Failed] = Pool(
            Reader(tagger),
            size=settings.workers,
            deadline=settings.worker_deadline.total_seconds(),
            memory=settings.worker_memory,
        )
        self._turns = Turns(settings.per_host, settings.host_gap)
        self._asking = asyncio.Semaphore(settings.parallel)
        self._in_flight = asyncio.Semaphore(settings.parallel + AHEAD)
        self._places = Places()
        self._random = random.Random(os.urandom(8))

    async def warm(self) -> None:
        """Starts the workers, and loads the tagger in them; meanwhile, what asking needs."""
        workers = asyncio.create_task(self._pool.warm())
        await asyncio.sleep(0)  # they begin first
        self._fetcher.warm()
        await workers

    async def close(self) -> None:
        self._pool.close()
        await self._fetcher.close()

    def remember(self, done: Done) -> None:
        """What `done` brought is durable: its entries need not be read again."""
        if done.marks is not None:
            self._marks[done.arrival.feed.id] = done.marks if len(done.marks) <= MARKS else frozenset()

    def jitter(self) -> float:
        """-1 to 1."""
        return self._random.uniform(-1.0, 1.0)

    async def poll(self, feed: Feed, state: FeedState, now: datetime, ended: asyncio.Queue[Done]) -> None:
        """Polls the feed when its host and we have a place for it; a full queue keeps the place."""
        async with self._turns.turn(feed.address or feed.url), self._in_flight:
            await ended.put(await self._bounded(feed, state, now))

    async def _bounded(self, feed: Feed, state: FeedState, now: datetime) -> Done:
        """The per-feed boundary: whatever one feed breaks in us or in a library, the others are collected."""
        begun = perf_counter()
        try:
            return await self._asked(feed, state, now)
        except Exception as error:  # noqa: BLE001
            return self._without_items(feed, state, Failed("internal", type(error).__name__), now, begun)

    async def _asked(self, feed: Feed, state: FeedState, now: datetime) -> Done:
        async with Room(self._places) as room:
            async with self._asking:
                begun = perf_counter()
                answer = await self._fetcher.get(feed, state, now, room)
            if isinstance(answer, Body):
                return await self._read(feed, state, answer, now, begun)
        return self._without_items(feed, state, answer, now, begun)

    async def _read(self, feed: Feed, state: FeedState, body: Body, now: datetime, begun: float) -> Done:
        digest = blake2b(body.data, digest_size=16).hexdigest()
        if digest == state.body_hash:
            same = NotModified(body.max_age, body.moved, body.etag, body.last_modified)
            return self._without_items(feed, state, same, now, begun)
        seen = self._marks.get(feed.id, frozenset()) if state.body_hash else frozenset()
        read = await self._pool.run(Job(_public(feed), body, now, seen))
        if isinstance(read, Failed):
            return self._without_items(feed, state, read, now, begun)
        items, documents = self._news(read, now)
        after = schedule.after(feed, state, _brought(body, digest, read), now, self.jitter(), self._settings.bounds)
        event = FeedPolled(feed.id, "ok", read.total, len(documents), _ms(begun))
        return Done(Arrival(feed, after, items, documents), event, read.marks)

    def _without_items(self, feed: Feed, state: FeedState, answer: Answer, now: datetime, begun: float) -> Done:
        assert not isinstance(answer, Body)
        after = schedule.after(feed, state, answer, now, self.jitter(), self._settings.bounds)
        if isinstance(answer, Failed):
            failed = FeedFailed(feed.id, answer.kind, answer.message, _ms(begun))
            return Done(Arrival(feed, after), failed, unreached=answer.kind in UNREACHED)
        return Done(Arrival(feed, after), FeedPolled(feed.id, "not_modified", 0, 0, _ms(begun)))

    def _news(self, read: Read, now: datetime) -> tuple[tuple[Item, ...], dict[str, Written]]:
        """Items never seen and items whose wording changed, and the documents of the first kind."""
        news, documents = [], {}
        for item, document in zip(read.items, read.documents, strict=True):
            old = self._find(item.id)
            if old is None:
                news.append(item)
                documents[item.id] = document
            elif (changed := normalise.revised(old, item, now)) is not None:
                news.append(changed)
        return tuple(news), documents


def _public(feed: Feed) -> Feed:
    """What a worker needs of a feed: no secrets."""
    return replace(feed, headers=(), auth=(), proxy=None, address="", tls=(), secrets=())


def _brought(body: Body, digest: str, read: Read) -> schedule.Brought:
    published = tuple(item.published for item in read.items if item.published and item.when == item.published)
    return schedule.Brought(
        total=read.total,
        published=published,
        title=read.title,
        etag=body.etag,
        last_modified=body.last_modified,
        body_hash=digest,
        max_age=body.max_age,
        ttl_minutes=read.ttl_minutes,
        skip_hours=read.skip_hours,
        skip_days=read.skip_days,
        moved=body.moved,
        dropped=read.dropped,
        notice=read.notice,
    )


def _ms(begun: float) -> int:
    return round((perf_counter() - begun) * 1000)
