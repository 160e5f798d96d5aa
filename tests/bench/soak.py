"""A day in ten minutes: does memory stay flat?

    python -m tests.bench.soak [--feeds 100] [--minutes 10] [--rounds 96]

Every round stands for a quarter of an hour: each feed brings two new items, one
in twenty is malformed, one in fifty fails. The real tagger and the real store; memory (PSS) of all processes after each
eighth of the day. Flat means: with `--bare`, no growth after the first quarter; without, that of the store's indexes.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from sitmon.collector import Arrival, Collector, Settings
from sitmon.events import PollFinished
from sitmon.model import Commit, Feed
from sitmon.schedule import Bounds
from sitmon.store import open_store
from sitmon.tag import Tagger
from tests.bench.farm import Farm
from tests.bench.tree import NOT_OURS, tree_cpu, tree_memory
from tests.factories import NOW

QUARTER = timedelta(minutes=15)


async def soak(farm: Farm, folder: Path, rounds: int, seconds: float, bare: bool) -> None:
    store = open_store(folder, role="collector")

    def sink(arrivals: tuple[Arrival, ...]) -> None:
        if bare:
            return
        items = tuple(item for arrival in arrivals for item in arrival.items)
        store.commit(Commit(items=items, feeds=tuple(arrival.state for arrival in arrivals)))

    feeds = [Feed(f"f{n}", url, allow_http=True, allow_private=True) for n, url in enumerate(farm.urls)]
    settings = Settings(bounds=Bounds(min_interval=timedelta(0)))
    collector = Collector(feeds, {}, tagger=Tagger.load, sink=sink, find=store.item, settings=settings)
    await collector.warm()
    print(f"{'hour':>5} {'items':>8} {'memory':>10} {'cpu':>9} {'failed':>7}")
    items = 0
    for number in range(rounds):
        begun = perf_counter()
        async for event in collector.round(NOW + number * QUARTER, feeds):
            if isinstance(event, PollFinished):
                items, failed = items + event.new, event.failed
        if number % (rounds // 8) == 0 or number == rounds - 1:
            print(f"{number / 4:5.1f} {items:8} {tree_memory():6} MiB {tree_cpu():7.1f} s {failed:7}", flush=True)
        farm.publish()
        await asyncio.sleep(max(seconds / rounds - (perf_counter() - begun), 0))
    await collector.close()
    store.close()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--feeds", type=int, default=100)
    ask.add_argument("--rounds", type=int, default=96)
    ask.add_argument("--minutes", type=float, default=10)
    ask.add_argument("--bare", action="store_true", help="store nothing: the collector's own memory")
    asked = ask.parse_args()
    with Farm(feeds=asked.feeds, fresh=2, faults=True) as farm, tempfile.TemporaryDirectory() as folder:
        NOT_OURS.add(farm.pid)
        asyncio.run(soak(farm, Path(folder), asked.rounds, asked.minutes * 60, asked.bare))


if __name__ == "__main__":
    main()
