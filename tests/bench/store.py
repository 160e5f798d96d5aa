"""What the store costs, as a table: insert, open, the screen's questions, text search, memory, bytes written.

    python -m tests.bench.store [--sizes 10000 100000 1000000] [--keep DIR]

Each size is filled in a process of its own, in commits of 50, and measured in another, so that memory and opening are
those of a fresh start. With --keep the filled folders stay, and are used again. Times are
wall clock but for those called cpu: a busy machine says little else of what waits for no disk.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from sitmon.model import Commit, Select
from sitmon.store import JournalStore
from tests.bench import worlds

Row = tuple[str, float, str]
"""What was measured, the figure, its unit or limit."""
_GAP = 2.5
AREA = {"area": tuple(worlds.COUNTRIES[:12])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--fill", type=Path)
    parser.add_argument("--measure", type=Path)
    args = parser.parse_args()
    if args.fill:
        print(json.dumps(fill(args.fill, args.sizes[0])))
    elif args.measure:
        print(json.dumps(measure(args.measure)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            show([(size, both(args.keep or Path(folder), size)) for size in args.sizes])


def both(folder: Path, size: int) -> list[Row]:
    target = folder / str(size)
    filled = [] if target.exists() else _run("--fill", target, size)
    return filled + _run("--measure", target, size)


def _run(verb: str, folder: Path, size: int) -> list[Row]:
    command = [sys.executable, "-m", "tests.bench.store", verb, str(folder), "--sizes", str(size)]
    print(" ".join(command[2:]), file=sys.stderr)
    rows: list[Row] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return rows


def show(tables: Sequence[tuple[int, list[Row]]]) -> None:
    """One row a figure, one column a size."""
    names = {name: unit for _, rows in tables for name, _, unit in rows}
    print(f"{'':34}" + "".join(f"{size:>12,}" for size, _ in tables) + "   unit, limit")
    for name, unit in names.items():
        figures = [next((value for n, value, _ in rows if n == name), None) for _, rows in tables]
        print(f"{name:34}" + "".join(f"{'-' if f is None else f'{f:.2f}':>12}" for f in figures) + f"   {unit}")


def fill(folder: Path, size: int) -> list[Row]:
    """`size` items in commits of 50."""
    store = JournalStore(folder, "collector")
    before = _written()
    made = worlds.items(size, gap=_GAP)
    started = time.process_time()
    while batch := tuple(islice(made, 50)):
        store.commit(Commit(items=batch))
    cpu = time.process_time() - started
    store.close()
    journal = sum(path.stat().st_size for path in folder.glob("items-*.journal"))
    index = sum(path.stat().st_size for path in (folder / "index").rglob("*.segment"))
    return [
        ("fill, cpu per 1,000 items", cpu / size * 1e6, "ms"),
        ("fill, peak memory", _peak(), "MB, 250"),
        ("journal, per item", journal / size, "bytes"),
        ("index, per item", index / size, "bytes"),
        ("written / size of the items", (_written() - before) / journal, "3"),
    ]


def measure(folder: Path) -> list[Row]:
    """Open, ask, insert."""
    started, cpu = time.perf_counter(), time.process_time()
    store = JournalStore(folder, "collector", areas=AREA)
    first = store.ids(Select())[:50]
    opened, cpu = time.perf_counter() - started, time.process_time() - cpu
    assert len(first) == 50
    rows = [
        ("open to first answer", opened * 1000, "ms, 500 at 100k, 1500 at 1M"),
        ("open, cpu of it", cpu * 1000, "ms"),
        ("memory after it", _memory(), "MB"),
    ]
    rows += [(name, ask(store, select), "cpu ms, 20") for name, select in questions()]
    rows += [(name, ask(store, select), "cpu ms, 200") for name, select in searches()]
    ids = store.ids(Select())[:200]
    rows.append(("200 items by id", _median(lambda: list(store.items(ids)), 5), "ms"))
    rows.append(("is an id known", _median(lambda: [i in store.known("feed-0") for i in ids], 5) / 200 * 1000, "µs"))
    chance = random.Random(time.time_ns())
    rows += insert(store, chance, 1, "1.0") + insert(store, chance, 50, "10.0")
    rows.append(("memory at the end", _memory(), "MB, 250"))
    store.close()
    return rows


def questions() -> list[tuple[str, Select]]:
    day = worlds.START + timedelta(days=1)
    return [
        ("all: count, 200 from the middle", Select()),
        ("a day", Select(since=worlds.START, until=day)),
        ("country, 18 % of all", Select(countries=(worlds.COUNTRIES[0],))),
        ("place", Select(regions=(worlds.REGIONS[5],))),
        ("area of 12 countries, 41 % of all", Select(regions=("area",))),
        ("actor, 13 % of all", Select(actors=("actor-0",))),
        ("country and actor", Select(countries=(worlds.COUNTRIES[0],), actors=("actor-0",))),
        ("area, 3 actors, a week", Select(regions=("area",), actors=("actor-0", "actor-1", "actor-2"), until=day)),
        ("feed", Select(feeds=("feed-0",))),
        ("story", Select(stories=("story-77",))),
    ]


def searches() -> list[tuple[str, Select]]:
    words = worlds.WORDS
    return [
        ("text: a rare word", Select(words=(words[30_000],))),
        ("text: a common word", Select(words=(words[3],))),
        ("text: two common words", Select(words=(words[5], words[4]))),
        ("text: common and rarer", Select(words=(words[2], words[700]))),
        ("text: four words", Select(words=tuple(words[6:10]))),
    ]


def ask(store: JournalStore, select: Select) -> float:
    """cpu ms for the count and a page of 200 from the middle: the best of five, none of which has seen the question."""
    return min(_asked(store, select) for _ in range(5))


def _asked(store: JournalStore, select: Select) -> float:
    for month in store._items.months():
        for segment in month.index.segments:
            segment.forget()
    started = time.thread_time()
    found = store.ids(select)
    middle = len(found) // 2
    page = found[middle : middle + 200]
    taken = (time.thread_time() - started) * 1000
    assert len(page) == min(200, len(found) - middle)
    return taken


def insert(store: JournalStore, chance: random.Random, count: int, limit: str) -> list[Row]:
    times, cpu = [], []
    for n in range(100):
        name = f"new-{count}-{chance.getrandbits(32)}-{n}"
        seen = worlds.START + timedelta(days=20, seconds=n)
        change = Commit(items=tuple(worlds.item(chance, f"{name}-{i}", seen) for i in range(count)))
        started, thread = time.perf_counter(), time.thread_time()
        store.commit(change)
        times.append((time.perf_counter() - started) * 1000)
        cpu.append((time.thread_time() - thread) * 1000)
    ordered = sorted(times)
    return [
        (f"insert {count} with fsync, p50", ordered[50], f"ms, {limit}"),
        (f"insert {count}, cpu of it", median(cpu), "ms"),
        (f"insert {count} with fsync, p95", ordered[95], "ms"),
    ]


def _median(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return median(taken)


def _status(key: str, path: str = "/proc/self/status") -> float:
    """A figure of Linux's /proc; 0 elsewhere."""
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith(key)), 0.0)


def _memory() -> float:
    return _status("VmRSS") / 1024


def _peak() -> float:
    return _status("VmHWM") / 1024


def _written() -> float:
    """Bytes handed to the system, those of index files included."""
    return _status("wchar", "/proc/self/io")


if __name__ == "__main__":
    main()
