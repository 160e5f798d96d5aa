"""Collect: the feeds that are due are asked, what they bring is read by workers, made durable, and then reported.

    due -> fetch -> (304, or the same bytes: nothing to do) -> worker: parse, normalise, tag -> new or revised -> sink

`sink` gets every poll's items together with the feed's new state and must have made both durable when it returns; only
then is the poll reported. So a crash at any point costs nothing but asking again. Polls that end at the same moment
reach it together, for one transaction costs as much as fifty.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter

from sitmon import schedule
from sitmon.collector.asking import Arrival, Asker, Done, Settings
from sitmon.errors import SitmonError
from sitmon.events import FeedFailed, FeedPolled, FeedSkipped, NetworkLost, PollEvent, PollFinished, PollStarted
from sitmon.fetch.resolve import Lookup
from sitmon.model import Feed, FeedState, Item
from sitmon.workers.reading import Tagger

__all__ = ["Arrival", "Collector", "Settings", "Sink"]

BATCH = 64
"""Polls that go to the sink together at most: 2,000 items, so that the first of a round are seen soon."""
HOLD = 0.25
"""Seconds for which the sink may hold up the event loop: deadlines of feeds under way run on meanwhile."""
LINGER = 0.05
"""Seconds that a batch waits to be full while more polls are out than `FEW`: a transaction costs 0.4 ms of cpu and 1 to
10 ms of disk."""
FEW = 8
"""Polls that are left when nobody is waited for any more: the last of a round are seen as they end."""
TURNS = 8
"""Turns of the event loop that requests under way get between two full batches: as many as one of them takes."""
LOST_HOSTS = 3
"""Hosts that all cannot be reached before the network is blamed rather than they."""
_PAUSE = timedelta(seconds=1)
"""Shortest sleep: feeds due within it are asked together."""
_IDLE = timedelta(seconds=30)
"""Longest sleep: a clock that jumps (a laptop that slept) is noticed by then."""


Sink = Callable[[tuple[Arrival, ...]], None]
"""Makes arrivals durable, stories, alerts and all, before it returns. SitmonError when it cannot: they come again."""


@dataclass(slots=True)
class _Round:
    """What is counted while a round runs."""

    begun: float
    asked: int = 0
    ok: int = 0
    not_modified: int = 0
    failed: int = 0
    new: int = 0
    held: list[Done] = field(default_factory=list)
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
        self._sink = sink
        self._asker = Asker(self.settings, tagger=tagger, find=find, lookup=lookup)
        self._per_item = 0.0
        """Seconds that the sink has lately taken for an item."""
        self._wanted: set[str] = set()
        self._woken = asyncio.Event()

    async def warm(self) -> None:
        """Starts the workers and loads the tagger, so that the first round need not wait for it."""
        await self._asker.warm()

    async def close(self) -> None:
        """Ends the workers. Nothing that was reported is lost; what was under way is asked again."""
        await self._asker.close()

    # ------------------------------------------------------------ continuous

    async def run(self, clock: Callable[[], datetime], *, speed: float = 1.0) -> AsyncIterator[PollEvent]:
        """Polls what is due, for ever. `poll_now` interrupts the waiting, closing the iterator ends it.

        `speed` is how many seconds pass on the clock in each real one.
        """
        await self._asker.warm()
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
        ms = round((perf_counter() - this.begun) * 1000)
        yield PollFinished(this.asked, this.ok, this.not_modified, this.failed, this.new, ms)

    def _note_switched_off(self, now: datetime) -> None:
        """So that lists and regions know. What cannot be stored now is noted in the next round."""
        off = [(feed, schedule.switched_off(feed, self.states.get(feed.id), now)) for feed in self.feeds]
        arrivals = tuple(Arrival(feed, state) for feed, state in off if state is not None)
        if arrivals:
            with suppress(SitmonError):
                self._sink(arrivals)
                self.states |= {arrival.feed.id: arrival.state for arrival in arrivals}

    async def _polls(self, now: datetime, feeds: list[Feed]) -> AsyncIterator[list[Done]]:
        """Ends of polls, as many together as have ended and the sink takes in one go."""
        ended: asyncio.Queue[Done] = asyncio.Queue(BATCH)  # bounded: a slow sink slows the polls, not fills the memory

        async with asyncio.TaskGroup() as tasks:
            for feed in feeds:
                state = schedule.current(feed, self.states.get(feed.id))
                tasks.create_task(self._asker.poll(feed, state, now, ended))
            left = len(feeds)
            while left:
                batch = self._filled([await ended.get()], ended)
                if left > FEW and len(batch) < self._appetite(batch):
                    await asyncio.sleep(LINGER)
                else:
                    for _ in range(TURNS):
                        await asyncio.sleep(0)
                left -= len(self._filled(batch, ended))
                yield batch

    def _filled(self, batch: list[Done], ended: asyncio.Queue[Done]) -> list[Done]:
        while len(batch) < self._appetite(batch) and not ended.empty():
            batch.append(ended.get_nowait())
        return batch

    def _appetite(self, batch: list[Done]) -> int:
        """How many polls may go to the sink together, so that it holds up the event loop for about HOLD seconds."""
        items = sum(len(done.arrival.items) for done in batch)
        return BATCH if items * self._per_item < HOLD else len(batch)

    def _judged(self, this: _Round, batch: list[Done]) -> list[Done]:
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

    def _reported(self, batch: list[Done], now: datetime) -> Iterable[FeedPolled | FeedFailed]:
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
            self.states[done.arrival.feed.id] = done.arrival.state
            self._asker.remember(done)
            yield done.event

    def _postponed(self, batch: list[Done], now: datetime, why: str = "") -> Iterable[FeedFailed]:
        """The feeds are as they were, and asked again soon: their validators were not kept, so nothing is lost."""
        for done in batch:
            before = schedule.current(done.arrival.feed, self.states.get(done.arrival.feed.id))
            self.states[before.feed] = schedule.offline(before, now, self._asker.jitter())
            if why or isinstance(done.event, FeedPolled):
                yield FeedFailed(before.feed, "internal", why, done.event.ms)
            else:
                yield done.event


def _counted(this: _Round, event: FeedPolled | FeedFailed) -> FeedPolled | FeedFailed:
    if isinstance(event, FeedFailed):
        this.failed += 1
    else:
        this.ok += event.status == "ok"
        this.not_modified += event.status == "not_modified"
        this.new += event.new
    return event
