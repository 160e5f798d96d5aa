"""How fast feeds are collected, beside newsboat where it is installed.

    python -m tests.bench.collect [--feeds 500] [--items 30] [--latency 0.3] [--repeat 1]

A farm of its own serves the feeds over loopback. sitmon: fetch, parse, normalise, tag with the real tagger, and store
with the real store and its fsyncs. newsboat: `-x reload` into an empty cache. `poll` is the command line as a whole,
`sitmon poll --once --json` in a fresh folder, start and stories included, without rules and with the shipped ones. Wall
and CPU seconds of the whole process group but for the farm; newsboat in the same run, for machines differ: read the
ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from sitmon.collector import Arrival, Collector, Settings
from sitmon.events import PollFinished
from sitmon.model import Commit, Feed
from sitmon.store import open_store
from sitmon.tag import Tagger
from tests.bench.farm import Farm
from tests.bench.tree import NOT_OURS, adopt, bury, children, tree_cpu, tree_memory
from tests.bench.untagged import NoTags

SHIPPED = Path(__file__).parents[2] / "feeds.yaml"


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
    with Farm(feeds=feeds, items=items, latency=latency, at=datetime.now(UTC)) as running:
        NOT_OURS.add(running.pid)
        yield running


def feeds_of(urls: tuple[str, ...]) -> list[Feed]:
    return [Feed(f"f{n}", url, allow_http=True, allow_private=True, lang="en") for n, url in enumerate(urls)]


async def sitmon(running: Farm, table: Table, label: str, folder: Path, asked: argparse.Namespace) -> None:
    """A cold round, then rounds of 304 within the same running collector, then its idle cost."""
    store = open_store(folder, role="collector")

    def sink(arrivals: tuple[Arrival, ...]) -> None:
        items = tuple(item for arrival in arrivals for item in arrival.items)
        documents = {item_id: made for arrival in arrivals for item_id, made in arrival.documents.items()}
        store.commit(Commit(items, tuple(arrival.state for arrival in arrivals), documents=documents))

    feeds = feeds_of(running.urls)
    tagger = NoTags if asked.no_tags else Tagger.load
    settings = Settings(parallel=asked.parallel)
    collector = Collector(feeds, {}, tagger=tagger, sink=sink, find=store.item, settings=settings)
    begun = perf_counter()
    await collector.warm()
    table.add(Line("sitmon", "start", label, perf_counter() - begun, 0, tree_memory()))
    for what, hours in (("cold", 0), ("304", 2), ("304", 4), ("304", 6)):
        begun, cpu, below = perf_counter(), process_time(), tree_cpu()
        async for event in collector.round(datetime.now(UTC) + timedelta(hours=hours), feeds):
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
        line = command("newsboat", what, label, ["newsboat", *paths, "-x", "reload"], folder)[0]
        table.add(replace(line, note=f"{threads} threads"))


def polls(running: Farm, table: Table, label: str, folder: Path, asked: argparse.Namespace) -> None:
    """The whole command line, process start included."""
    for rules in ("", " with rules"):
        here = folder / f"poll{rules}"
        here.mkdir()
        (here / "feeds.yaml").write_text(feeds_yaml(running, asked.parallel, rules=bool(rules)))
        words = [sys.executable, "-m", "sitmon", "poll", "--once", "--json", "--config", str(here / "feeds.yaml")]
        line, said = command("sitmon", f"poll{rules}", label, [*words, "--data", str(here / "data")], here)
        finished = json.loads(said.splitlines()[-1])
        table.add(replace(line, note=" ".join(f"{key} {finished[key]}" for key in ("ok", "failed", "new", "ms"))))


def feeds_yaml(running: Farm, parallel: int, *, rules: bool) -> str:
    """What an operator would write for the farm; with the board and the rules that are shipped, if wished."""
    shipped = SHIPPED.read_text(encoding="utf-8")
    kept = shipped[shipped.index("\nregions:") : shipped.index("\nfeeds:")] if rules else ""
    feeds = "".join(f"  - id: f{number}\n    url: {url}\n    lang: en\n" for number, url in enumerate(running.urls))
    return (
        f"version: 1\nsettings: {{parallel: {parallel}, per_host: {parallel}, host_gap: 0s}}\n"
        f"defaults: {{allow_http: true, allow_private: true}}\n{kept}\nfeeds:\n{feeds}"
    )


def command(who: str, what: str, label: str, words: list[str], home: Path) -> tuple[Line, str]:
    """What a command takes, itself and all that it waits for, and what it says."""
    others = children()
    begun, before = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        words, check=False, env={**os.environ, "HOME": str(home)}, capture_output=True, encoding="utf-8"
    )
    wall = perf_counter() - begun
    bury(children() - others)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Line(who, what, label, wall, cpu, after.ru_maxrss // 1024), done.stdout


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--feeds", type=int, default=500)
    ask.add_argument("--items", type=int, default=30)
    ask.add_argument("--latency", type=float, nargs="*", default=[0.0, 0.3])
    ask.add_argument("--parallel", type=int, default=Settings().parallel)
    ask.add_argument("--no-tags", action="store_true", help="the share of collecting and storing alone")
    ask.add_argument("--repeat", type=int, default=1)
    asked = ask.parse_args()
    gc.set_threshold(10_000, 500, 20)  # as `sitmon poll` does
    adopt()
    table = Table()
    print(f"{'':32} {'wall':>9} {'cpu':>9} {'memory':>10}")
    for latency in asked.latency * asked.repeat:
        label = f", {latency * 1000:g} ms" if latency else ""
        with farm(asked.feeds, asked.items, latency) as running, tempfile.TemporaryDirectory() as folder:
            if shutil.which("newsboat"):
                newsboat(running, table, label, Path(folder), 50 if latency else 8)
            asyncio.run(sitmon(running, table, label, Path(folder) / "data", asked))
            polls(running, table, label, Path(folder), asked)
    _ratios(table)


def _ratios(table: Table) -> None:
    """sitmon's wall and CPU time over newsboat's, the least of all repetitions, for each latency."""
    for label in dict.fromkeys(line.label for line in table.lines):
        lines = [line for line in table.lines if line.label == label]
        theirs = [line for line in lines if line.who == "newsboat" and line.what == "cold"]
        for what in ("cold", "poll", "poll with rules") if theirs else ():
            ours = [line for line in lines if line.who == "sitmon" and line.what == what]
            wall = min(line.wall for line in ours) / min(line.wall for line in theirs)
            cpu = min(line.cpu for line in ours) / min(line.cpu for line in theirs)
            print(f"sitmon {what} / newsboat cold{label}: wall {wall:.2f}, cpu {cpu:.2f}")


if __name__ == "__main__":
    main()
