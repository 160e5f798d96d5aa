"""`sitmon poll`: the collector. It polls, and makes everything durable before it says so.

It ends by a signal, after one round with `--once`, or with the desk that started it. When feeds.yaml changes it begins
anew with the new one; a new one that cannot be read is told, and the last good one stays.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator
from functools import partial

from sitmon import collector as collecting
from sitmon import config as configuring
from sitmon import schedule
from sitmon.clock import Clock
from sitmon.collector import Arrival, Collector
from sitmon.config import Config
from sitmon.errors import ConfigError, StoreError
from sitmon.events import PollEvent, PollFinished
from sitmon.geography import Geography
from sitmon.headless import nursing, opening
from sitmon.headless.notifying import Notifier
from sitmon.headless.output import tell
from sitmon.headless.reporting import Reporter
from sitmon.model import Entry
from sitmon.options import Options
from sitmon.pipeline import Pipeline
from sitmon.store import Store

LOOK_SECONDS = 1.0
"""Between two looks at what officers asked for and whether feeds.yaml changed."""

TICK_SECONDS = 30.0
"""Between two looks of the rules at what passes with time alone."""


def poll(options: Options) -> int:
    """Exit 1 when a feed failed in the one round, or the data folder could not be written."""
    config = options.load()
    with opening.store(options, "collector") as store:
        return asyncio.run(collect(options, config, store))


async def collect(options: Options, config: Config, store: Store) -> int:
    stop, reporter = stopping(options), Reporter(options)
    async with exercise(options):
        while True:
            session = Session(options, config, store, reporter)
            try:
                if options.once:
                    return await session.once()
                again = await session.until(stop)
            finally:
                await session.close()
            if again is None:
                return 0
            config = again


class Session:
    """Collecting by one configuration."""

    def __init__(self, options: Options, config: Config, store: Store, reporter: Reporter) -> None:
        self._options = options
        self._config = config
        self._clock: Clock = options.time
        self._reporter = reporter
        self._store = store
        self._told: frozenset[str] = frozenset()
        self._trouble = ""
        self._collector = Collector(  # before the rest, for its workers load their words while stories are remembered
            config.feeds,
            store.feeds(),
            tagger=nursing.tagger(config.places, config.actors),
            sink=self._take,
            find=store.item,
            settings=settings(config, self._clock),
        )
        gc.unfreeze()
        complain = partial(self._reporter.complain, "notify")
        self._notifier = Notifier(config.notify, store.alerts(), store.entries, complain)
        now = self._clock.now()
        self._pipeline = Pipeline(config, store, Geography(config.regions), now, self._notifier.take)
        gc.freeze()  # what was remembered stays: to look through 30,000 items for garbage took 0.9 s each time
        self._files = config.stamps()
        self._tell()

    async def close(self) -> None:
        await self._collector.close()
        self._tell()
        await self._notifier.close()

    async def once(self) -> int:
        """Poll every feed, due or not."""
        now = self._clock.now()
        failed = 0
        async for event in self._collector.round(now, self._config.enabled):
            self._report(event)
            failed = event.failed if isinstance(event, PollFinished) else failed
        await self._notifier.drain()
        return 1 if failed else 0

    async def until(self, stop: asyncio.Event) -> Config | None:
        """Poll what is due until told to stop (None), or until there is another configuration."""
        polling = asyncio.create_task(self._poll_for_ever())
        stopped = asyncio.create_task(stop.wait())
        changed = asyncio.create_task(self._changed())
        ticking = asyncio.create_task(self._tick_for_ever())
        tasks = {polling, stopped, changed, ticking}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stopped, changed}:
                task.result()  # these never end but by an error, which is ours to raise
            return changed.result() if changed in done and stopped not in done else None
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _poll_for_ever(self) -> None:
        async for event in self._collector.run(self._clock.now, speed=self._clock.speed):
            self._report(event)

    async def _tick_for_ever(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self._tick()

    async def _changed(self) -> Config:
        """Follow the officers' requests until feeds.yaml is another one that can be used."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for entry in self._entered():
                if entry.verb == "poll":
                    self._collector.poll_now([entry.subject] if entry.subject else None)
            found = self._config.stamps()
            if found != self._files:
                self._files = found
                try:
                    return configuring.load(self._config.path)
                except ConfigError as error:
                    tell(f"feeds.yaml changed and cannot be used; the last good one stays:\n{error}")

    def _entered(self) -> tuple[Entry, ...]:
        """What officers entered; nothing while the data folder is gone, which a mount may be for a moment."""
        try:
            entries, self._trouble = self._pipeline.follow(self._clock.now()), ""
        except StoreError as error:
            if str(error) != self._trouble:
                tell(str(error))
            entries, self._trouble = (), str(error)
        return entries

    def _take(self, arrivals: tuple[Arrival, ...]) -> None:
        self._pipeline.take(arrivals, self._clock.now())

    def _report(self, event: PollEvent) -> None:
        self._reporter.report(event)
        if isinstance(event, PollFinished):
            self._tick()

    def _tick(self) -> None:
        try:
            self._pipeline.tick(self._clock.now())
            deleted, doubt = self._pipeline.tidy(self._clock.now())
            for name in deleted:
                tell(f"{name}: month deleted, it is older than settings.keep")
            self._reporter.complain("clock", doubt)
        except StoreError as error:
            tell(f"not stored: {error}")
        self._tell()

    def _tell(self) -> None:
        """What the store has found damaged, set aside or passed over since the last time."""
        self._told = opening.tell_notices(self._store, self._told)


def settings(config: Config, clock: Clock) -> collecting.Settings:
    chosen = config.settings
    return collecting.Settings(
        parallel=chosen.parallel,
        per_host=chosen.per_host,
        host_gap=chosen.host_gap,
        contact=chosen.contact,
        bounds=schedule.Bounds(min_interval=chosen.min_interval),
        workers=1 if clock.is_exercise else 0,
    )


def stopping(options: Options) -> asyncio.Event:
    """Set by a signal, and at the end of standard input where that is the desk that started us."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers on its loop
            loop.add_signal_handler(name, stop.set)
    if options.follow_parent:

        def wait_for_end() -> None:
            sys.stdin.buffer.read()
            with contextlib.suppress(RuntimeError):  # the loop is closed: we are ending already
                loop.call_soon_threadsafe(stop.set)

        threading.Thread(target=wait_for_end, daemon=True).start()
    return stop


@contextlib.asynccontextmanager
async def exercise(options: Options) -> AsyncIterator[None]:
    """On the exercise, its feed server runs here."""
    if not options.time.is_exercise:
        yield
        return
    from sitmon.demo import server

    async with server.serving(int(os.environ[server.PORT]), options.time.now):
        yield
