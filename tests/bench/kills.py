"""Kill the collector at random moments, 200 times over one data folder, and look for what it had acknowledged.

    python -m tests.bench.kills [--kills 200] [--seed 0]

The child commits items and new versions of them, alerts and feed states, and compacts all the time, with segments of
40 items, so that every step of sealing, joining and compaction meets the kill. What it prints is what it was told is
durable; each print is one whole write to a pipe.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from sitmon.model import Commit, FeedState, Item
from sitmon.store import JournalStore, index, journal, statefile
from tests.bench.worlds import START, item


def small() -> None:
    """Make everything that happens rarely happen often."""
    index.SEAL = 40
    journal.WASTE, journal.SMALL = -1, 0
    index.FAN = 3
    statefile.SMALL = 20_000


def child(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    store = JournalStore(folder, "collector")
    number = 0
    while True:
        number += 1
        items = tuple(version(chance, seed, number, n) for n in range(chance.randrange(8)))
        states = (FeedState("feed", items=seed * 1_000_000 + number),)
        store.commit(Commit(items=items, feeds=states))
        told = {"items": {i.id: i.title for i in items}, "state": states[0].items}
        os.write(1, json.dumps(told).encode() + b"\n")
        if chance.random() < 0.05:
            store.compact()


def version(chance: random.Random, seed: int, number: int, n: int) -> Item:
    """A new item, or for every third a new version of one of 300."""
    name = f"old-{chance.randrange(300)}" if n % 3 == 0 else f"new-{seed}-{number}-{n}"
    made = item(chance, name, START)
    return replace(made, id=name, title=f"{seed}.{number}.{n} {made.title}")


def kill_one(folder: Path, seed: int, chance: random.Random) -> list[dict[str, object]]:
    """Run a child until it is killed; what it acknowledged, in order."""
    command = [sys.executable, "-m", "tests.bench.kills", "--child", str(folder), "--seed", str(seed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(chance.random() * 0.4)
    process.send_signal(signal.SIGKILL)
    told = [first, *process.stdout]
    process.wait()
    return [json.loads(line) for line in told if line.endswith(b"\n")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--child", type=Path)
    args = parser.parse_args()
    small()
    if args.child:
        child(args.child, args.seed)
    with tempfile.TemporaryDirectory() as folder:
        return report(Path(folder) / "data", args.kills, random.Random(args.seed))


def report(folder: Path, kills: int, chance: random.Random) -> int:
    wanted: dict[str, str] = {}
    state = lost = unreadable = torn = commits = 0
    for number in range(1, kills + 1):
        for told in kill_one(folder, number, chance):
            wanted.update(told["items"])  # type: ignore[call-overload]
            state = told["state"]  # type: ignore[assignment]
            commits += 1
        store = JournalStore(folder, "collector")
        found = {item_id: store.item(item_id) for item_id in wanted}
        lost += sum(1 for name, title in wanted.items() if not newer(found[name], title))
        lost += store.feeds()["feed"].items < state
        unreadable += any("corrupt" in notice or "passed over" in notice for notice in store.notices())
        torn += any("torn" in notice for notice in store.notices())
        store.close()
        if number % 20 == 0:
            print(f"{number} kills, {commits} commits, {len(wanted)} items:", end=" ")
            print(f"lost {lost}, unreadable {unreadable}, torn tails {torn}", flush=True)
    return 1 if lost or unreadable else 0


def newer(found: Item | None, title: str) -> bool:
    """What is stored may be a later version that was durable, but not yet acknowledged, when the kill came."""
    if found is None:
        return False
    return order(found.title) >= order(title)


def order(title: str) -> tuple[int, ...]:
    return tuple(map(int, title.split(" ", 1)[0].split(".")))


if __name__ == "__main__":
    sys.exit(main())
