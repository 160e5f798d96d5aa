"""How fast feeds are collected, beside newsboat where it is installed.

    python -m tests.bench.collect [--feeds 500] [--items 30] [--latency 0.3] [--repeat 1]

A farm of its own serves the feeds over loopback. sitmon: fetch, parse, normalise, tag with the real tagger, and store
with the real store and its fsyncs. newsboat: `-x reload` into an empty cache. Wall and CPU seconds of the whole process
group but for the farm; newsboat in the same run, for machines differ: read the ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

from sitmon.collector import Arrival, Collector, Settings
from sitmon.events import PollFinished
from sitmon.model import Commit, Feed
from sitmon.store import open_store
from sitmon.tag import Tagger
from tests.bench.farm import Farm
from tests.bench.tree import NOT_OURS, tree_cpu, tree_memory
from tests.bench.untagged import NoTags
from tests.factories import NOW


@dataclass
class Line:
    who: str
    what: str
    label: str
    wall: float
    cpu: float = 0.0
    memory: int = 0
    note: str = ""


@dataclass
class Table:
    lines: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.lines.append(line)
        who = f"{line.who} {line.what}{line.label}"
        print(f"{who:32} {line.wall:7.2f} s {line.cpu:7.2f} s {line.memory:6} MiB  {line.note}", flush=True)


@contextmanager
def farm(feeds: int, items: int, latency: float) -> Iterator[Farm]:
    with Farm(feeds=feeds, items=items, latency=latency) as running:
        NOT_OURS.add(running.pid)
        yield running


def feeds_of(urls: tuple[str, ...]) -> list[Feed]:
    return [Feed(f"f{n}", url, allow_http=True, allow_private=True, lang="en") for n, url in enumerate(urls)]


async def sitmon(running: Farm, table: Table, label: str, folder: Path, asked: argparse.Namespace) -> None:
    """A cold round, then rounds of 304 within the same running collector, then its idle cost."""
    store = open_store(folder, role="collector")

    def sink(arrivals: tuple[Arrival, ...]) -> None:
        items = tuple(item for arrival in arrivals for item in arrival.items)
        store.commit(Commit(items=items, feeds=tuple(arrival.state for arrival in arrivals)))

    feeds = feeds_of(running.urls)
    tagger = NoTags if asked.no_tags else Tagger.load
    settings = Settings(parallel=asked.parallel)
    collector = Collector(feeds, {}, tagger=tagger, sink=sink, find=store.item, settings=settings)
    begun = perf_counter()
    await collector.warm()
    table.add(Line("sitmon", "start", label, perf_counter() - begun, 0, tree_memory()))
    for what, hours in (("cold", 0), ("304", 2), ("304", 4), ("304", 6)):
        begun, cpu, below = perf_counter(), process_time(), tree_cpu()
        async for event in collector.round(NOW + timedelta(hours=hours), feeds):
            if isinstance(event, PollFinished):
                note = f"ok {event.ok} 304 {event.not_modified} failed {event.failed} new {event.new}"
        wall = perf_counter() - begun
        table.add(Line("sitmon", what, label, wall, process_time() - cpu + tree_cpu() - below, tree_memory(), note))
    cpu, below = process_time(), tree_cpu()
    await asyncio.sleep(5)
    table.add(Line("sitmon", "idle", label, 5, process_time() - cpu + tree_cpu() - below, tree_memory()))
    await collector.close()
    store.close()


def newsboat(running: Farm, table: Table, label: str, folder: Path, threads: int) -> None:
    (folder / "urls").write_text("\n".join(running.urls) + "\n")
    (folder / "config").write_text(f"reload-threads {threads}\nmax-items 0\nnotify-screen no\n")
    paths = ["-u", str(folder / "urls"), "-C", str(folder / "config"), "-c", str(folder / "cache.db")]
    for what in ("cold", "304"):
        begun, before = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            ["newsboat", *paths, "-x", "reload"],
            check=False,
            env={**os.environ, "HOME": str(folder)},
            capture_output=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        table.add(
            Line("newsboat", what, label, perf_counter() - begun, cpu, after.ru_maxrss // 1024, f"{threads} threads")
        )


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--feeds", type=int, default=500)
    ask.add_argument("--items", type=int, default=30)
    ask.add_argument("--latency", type=float, nargs="*", default=[0.0, 0.3])
    ask.add_argument("--parallel", type=int, default=50)
    ask.add_argument("--no-tags", action="store_true", help="the share of collecting and storing alone")
    ask.add_argument("--repeat", type=int, default=1)
    asked = ask.parse_args()
    table = Table()
    print(f"{'':32} {'wall':>9} {'cpu':>9} {'memory':>10}")
    for latency in asked.latency * asked.repeat:
        label = f", {latency * 1000:g} ms" if latency else ""
        with farm(asked.feeds, asked.items, latency) as running, tempfile.TemporaryDirectory() as folder:
            if shutil.which("newsboat"):
                newsboat(running, table, label, Path(folder), 50 if latency else 8)
            asyncio.run(sitmon(running, table, label, Path(folder) / "data", asked))
    _ratios(table)


def _ratios(table: Table) -> None:
    """sitmon's wall and CPU time over newsboat's, cold, for each latency."""
    for label in dict.fromkeys(line.label for line in table.lines):
        cold = {line.who: line for line in table.lines if line.what == "cold" and line.label == label}
        if len(cold) == 2:
            ours, theirs = cold["sitmon"], cold["newsboat"]
            print(
                f"sitmon / newsboat, cold{label}: wall {ours.wall / theirs.wall:.2f}, cpu {ours.cpu / theirs.cpu:.2f}"
            )


if __name__ == "__main__":
    main()
