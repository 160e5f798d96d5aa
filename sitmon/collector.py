"""Collect: the feeds that are due are asked, what they bring is read by workers, made durable, and then reported.

    due -> fetch -> (304, or the same bytes: nothing to do) -> worker: parse, normalise, tag -> new or revised -> sink

`sink` gets every poll's items together with the feed's new state and must have made both durable when it returns; only
then is the poll reported. So a crash at any point costs nothing but asking again. Polls that end at the same moment
reach it together, for one transaction costs as much as fifty.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from time import perf_counter

from sitmon import normalise, schedule
from sitmon.answer import UNREACHED, Answer, Body, Failed, NotModified
from sitmon.errors import SitmonError
from sitmon.events import FeedFailed, FeedPolled, FeedSkipped, NetworkLost, PollEvent, PollFinished, PollStarted
from sitmon.fetch import Fetcher
from sitmon.fetch.resolve import Lookup
from sitmon.fetch.room import PLACES, Room
from sitmon.fetch.turns import Turns
from sitmon.model import Feed, FeedState, Item
from sitmon.reading import Job, Read, Reader, Tagger
from sitmon.workers import Pool

BATCH = 64
"""Polls that go to the sink together at most: 2,000 items, so that the first of a round are seen soon."""
HOLD = 0.25
"""Seconds for which the sink may hold up the event loop: deadlines of feeds under way run on meanwhile."""
LINGER = 0.05
"""Seconds that the first of a batch waits for company while many are out: a transaction costs 1 to 10 ms of disk."""
MARKS = 5000
"""Entries of a feed beyond which their marks are not kept: it is read again whenever it changes."""
LOST_HOSTS = 3
"""Hosts that all cannot be reached before the network is blamed rather than they."""
_PAUSE = timedelta(seconds=1)
"""Shortest sleep: feeds due within it are asked together."""
_IDLE = timedelta(seconds=30)
"""Longest sleep: a clock that jumps (a laptop that slept) is noticed by then."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the collector behaves towards publishers and this machine."""

    parallel: int = 50
    """Requests at a time, to different hosts."""
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


Sink = Callable[[tuple[Arrival, ...]], None]
"""Makes arrivals durable, stories, alerts and all, before it returns. SitmonError when it cannot: they come again."""


@dataclass(frozen=True, slots=True)
class _Done:
    """A poll that ended and is not yet durable."""

    arrival: Arrival
    event: FeedPolled | FeedFailed
    marks: frozenset[bytes] | None = None
    unreached: bool = False


@dataclass(slots=True)
class _Round:
    """What is counted while a round runs."""

    begun: float
    asked: int = 0
    ok: int = 0
    not_modified: int = 0
    failed: int = 0
    new: int = 0
    held: list[_Done] = field(default_factory=list)
    """Feeds that could not be reached while none could: the network may be to blame."""
    reached: bool = False


class Collector:
    """Collects the `feeds`. `states` and `find` say what is known already; both may come fresh from a store.

    `tagger` is loaded in the worker processes: a picklable callable such as `functools.partial(Tagger.load, places=…)`.
    """

    def __init__(
        self,
        feeds: Iterable[Feed],
        states: Mapping[str, FeedState],
        *,
        tagger: Callable[[], Tagger],
        sink: Sink,
        find: Callable[[str], Item | None],
        settings: Settings | None = None,
        lookup: Lookup | None = None,
    ) -> None:
        self.feeds = tuple(feeds)
        """May be replaced between rounds, after a reload of the configuration."""
        self.states = dict(states)
        self.settings = settings or Settings()
        self._sink, self._find = sink, find
        self._marks: dict[str, frozenset[bytes]] = {}
        self._fetcher = Fetcher(contact=self.settings.contact, max_bytes=self.settings.max_bytes, lookup=lookup)
        self._pool: Pool[Job, Read | Failed] = Pool(
            Reader(tagger),
            size=self.settings.workers,
            deadline=self.settings.worker_deadline.total_seconds(),
            memory=self.settings.worker_memory,
        )
        self._turns = Turns(self.settings.per_host, self.settings.host_gap)
        self._asking = asyncio.Semaphore(self.settings.parallel)
        self._in_flight = asyncio.Semaphore(self.settings.parallel + 4 * self._pool.size)
        self._places = asyncio.Semaphore(PLACES)
        self._per_item = 0.0
        """Seconds that the sink has lately taken for an item."""
        self._wanted: set[str] = set()
        self._woken = asyncio.Event()
        self._random = random.Random(os.urandom(8))

    async def warm(self) -> None:
        """Starts the workers and loads the tagger, so that the first round need not wait for it."""
        await self._pool.warm()

    async def close(self) -> None:
        """Ends the workers. Nothing that was reported is lost; what was under way is asked again."""
        self._pool.close()
        await self._fetcher.close()

    # ------------------------------------------------------------ continuous

    async def run(self, clock: Callable[[], datetime], *, speed: float = 1.0) -> AsyncIterator[PollEvent]:
        """Polls what is due, for ever. `poll_now` interrupts the waiting, closing the iterator ends it.

        `speed` is how many seconds pass on the clock in each real one.
        """
        await self._pool.warm()
        while True:
            now = clock()
            feeds = self._wanted_or_due(now)
            if feeds:
                async for event in self.round(now, feeds):
                    yield event
            await self._wait(clock, speed)

    def poll_now(self, feeds: Iterable[str] | None = None) -> None:
        """Asks these feeds, or all, at once. To be called on the collector's event loop."""
        self._wanted.update(feeds if feeds is not None else (feed.id for feed in self.feeds))
        self._woken.set()

    def next_poll(self, now: datetime) -> datetime | None:
        """When the next feed is due, or None when none ever will be."""
        times = (schedule.next_poll(feed, self.states.get(feed.id), now) for feed in self.feeds)
        return min((at for at in times if at is not None), default=None)

    def _wanted_or_due(self, now: datetime) -> tuple[Feed, ...]:
        wanted, self._wanted = self._wanted, set()
        self._woken.clear()
        due = schedule.due(self.feeds, self.states, now)
        chosen = {feed.id for feed in due}
        return due + tuple(feed for feed in self.feeds if feed.id in wanted and feed.id not in chosen and feed.enabled)

    async def _wait(self, clock: Callable[[], datetime], speed: float) -> None:
        now = clock()
        at = self.next_poll(now)
        pause = min(max((at - now) / speed, _PAUSE), _IDLE) if at else _IDLE
        try:
            async with asyncio.timeout(pause.total_seconds()):
                await self._woken.wait()
        except TimeoutError:
            return

    # ------------------------------------------------------------ one round

    async def round(self, now: datetime, feeds: Iterable[Feed]) -> AsyncIterator[PollEvent]:
        """Asks these feeds, due or not, save those whose publisher forbids it; PollStarted first, PollFinished last."""
        this = _Round(perf_counter())
        self._note_switched_off(now)
        asked = []
        for feed in feeds:
            reason = schedule.barred(feed, self.states.get(feed.id), now)
            if reason is None:
                asked.append(feed)
            else:
                yield FeedSkipped(feed.id, reason)
        this.asked = len(asked)
        yield PollStarted(this.asked)
        async for done in self._polls(now, asked):
            for event in self._reported(self._judged(this, done), now):
                yield _counted(this, event)
        if self._is_offline(this):
            yield NetworkLost(len(this.held), "no feed can be reached: is this machine online?")
            for event in self._postponed(this.held, now):
                yield _counted(this, event)
        else:
            for event in self._reported(this.held, now):
                yield _counted(this, event)
        ms = _ms(this.begun)
        yield PollFinished(this.asked, this.ok, this.not_modified, this.failed, this.new, ms)

    def _note_switched_off(self, now: datetime) -> None:
        """So that lists and regions know. What cannot be stored now is noted in the next round."""
        off = [(feed, schedule.switched_off(feed, self.states.get(feed.id), now)) for feed in self.feeds]
        arrivals = tuple(Arrival(feed, state) for feed, state in off if state is not None)
        if arrivals:
            with suppress(SitmonError):
                self._sink(arrivals)
                self.states |= {arrival.feed.id: arrival.state for arrival in arrivals}

    async def _polls(self, now: datetime, feeds: list[Feed]) -> AsyncIterator[list[_Done]]:
        """Ends of polls, as many together as have ended and the sink takes in one go."""
        ended: asyncio.Queue[_Done] = asyncio.Queue(BATCH)  # bounded: a slow sink slows the polls, not fills the memory

        async def poll(feed: Feed) -> None:
            async with self._turns.turn(feed.address or feed.url), self._in_flight:
                await ended.put(await self._bounded(feed, now))

        async with asyncio.TaskGroup() as tasks:
            for feed in feeds:
                tasks.create_task(poll(feed))
            left = len(feeds)
            while left:
                batch = [await ended.get()]
                await asyncio.sleep(LINGER if left > BATCH else 0)
                while len(batch) < self._appetite(batch) and not ended.empty():
                    batch.append(ended.get_nowait())
                left -= len(batch)
                yield batch

    def _appetite(self, batch: list[_Done]) -> int:
        """How many polls may go to the sink together, so that it holds up the event loop for about HOLD seconds."""
        items = sum(len(done.arrival.items) for done in batch)
        return BATCH if items * self._per_item < HOLD else len(batch)

    def _judged(self, this: _Round, batch: list[_Done]) -> list[_Done]:
        """Those that may be reported: unreached feeds wait until one feed of the round was reached."""
        if not this.reached and any(not done.unreached for done in batch):
            this.reached = True
            held, this.held = this.held, []
            return held + batch
        if this.reached:
            return batch
        this.held += batch
        return []

    def _is_offline(self, this: _Round) -> bool:
        """Not one feed was reached, on several hosts: no feed is to blame."""
        hosts = {done.arrival.feed.url.partition("://")[2].partition("/")[0] for done in this.held}
        return len(hosts) >= LOST_HOSTS

    def _reported(self, batch: list[_Done], now: datetime) -> Iterable[FeedPolled | FeedFailed]:
        """Durable first, then remembered, then told."""
        if not batch:
            return
        begun = perf_counter()
        try:
            self._sink(tuple(done.arrival for done in batch))
        except SitmonError as error:
            yield from self._postponed(batch, now, f"not stored: {error}")
            return
        items = sum(len(done.arrival.items) for done in batch)
        if items:
            self._per_item += ((perf_counter() - begun) / items - self._per_item) / 4
        for done in batch:
            feed = done.arrival.feed.id
            self.states[feed] = done.arrival.state
            if done.marks is not None:
                self._marks[feed] = done.marks if len(done.marks) <= MARKS else frozenset()
            yield done.event

    def _postponed(self, batch: list[_Done], now: datetime, why: str = "") -> Iterable[FeedFailed]:
        """The feeds are as they were, and asked again soon: their validators were not kept, so nothing is lost."""
        for done in batch:
            before = schedule.current(done.arrival.feed, self.states.get(done.arrival.feed.id))
            self.states[before.feed] = schedule.offline(before, now, self._jitter())
            if why or isinstance(done.event, FeedPolled):
                yield FeedFailed(before.feed, "internal", why, done.event.ms)
            else:
                yield done.event

    # ------------------------------------------------------------ one feed

    async def _bounded(self, feed: Feed, now: datetime) -> _Done:
        """The per-feed boundary: whatever one feed breaks in us or in a library, the others are collected."""
        begun = perf_counter()
        try:
            return await self._poll(feed, now)
        except Exception as error:  # noqa: BLE001
            state = schedule.current(feed, self.states.get(feed.id))
            return self._without_items(feed, state, Failed("internal", type(error).__name__), now, begun)

    async def _poll(self, feed: Feed, now: datetime) -> _Done:
        """Asks one feed and reads what it says; nothing is remembered yet."""
        state = schedule.current(feed, self.states.get(feed.id))
        async with Room(self._places) as room:
            async with self._asking:
                begun = perf_counter()
                answer = await self._fetcher.get(feed, state, now, room)
            if isinstance(answer, Body):
                return await self._read(feed, state, answer, now, begun)
        return self._without_items(feed, state, answer, now, begun)

    async def _read(self, feed: Feed, state: FeedState, body: Body, now: datetime, begun: float) -> _Done:
        digest = blake2b(body.data, digest_size=16).hexdigest()
        if digest == state.body_hash:
            same = NotModified(body.max_age, body.moved, body.etag, body.last_modified)
            return self._without_items(feed, state, same, now, begun)
        seen = self._marks.get(feed.id, frozenset()) if state.body_hash else frozenset()
        read = await self._pool.run(Job(_public(feed), body, now, seen))
        if isinstance(read, Failed):
            return self._without_items(feed, state, read, now, begun)
        items, new = self._news(read.items, now)
        after = schedule.after(feed, state, _brought(body, digest, read), now, self._jitter(), self.settings.bounds)
        event = FeedPolled(feed.id, "ok", read.total, new, _ms(begun))
        return _Done(Arrival(feed, after, items), event, read.marks)

    def _without_items(self, feed: Feed, state: FeedState, answer: Answer, now: datetime, begun: float) -> _Done:
        assert not isinstance(answer, Body)
        after = schedule.after(feed, state, answer, now, self._jitter(), self.settings.bounds)
        if isinstance(answer, Failed):
            failed = FeedFailed(feed.id, answer.kind, answer.message, _ms(begun))
            return _Done(Arrival(feed, after), failed, unreached=answer.kind in UNREACHED)
        return _Done(Arrival(feed, after), FeedPolled(feed.id, "not_modified", 0, 0, _ms(begun)))

    def _news(self, items: tuple[Item, ...], now: datetime) -> tuple[tuple[Item, ...], int]:
        """Items never seen and items whose wording changed, and how many are of the first kind."""
        news, new = [], 0
        for item in items:
            old = self._find(item.id)
            if old is None:
                news.append(item)
                new += 1
            elif (changed := normalise.revised(old, item, now)) is not None:
                news.append(changed)
        return tuple(news), new

    def _jitter(self) -> float:
        return self._random.uniform(-1.0, 1.0)


def _public(feed: Feed) -> Feed:
    """What a worker needs of a feed: no secrets."""
    return replace(feed, headers=(), auth=(), proxy=None, address="", tls=())


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


def _counted(this: _Round, event: FeedPolled | FeedFailed) -> FeedPolled | FeedFailed:
    if isinstance(event, FeedFailed):
        this.failed += 1
    else:
        this.ok += event.status == "ok"
        this.not_modified += event.status == "not_modified"
        this.new += event.new
    return event


def _ms(begun: float) -> int:
    return round((perf_counter() - begun) * 1000)
