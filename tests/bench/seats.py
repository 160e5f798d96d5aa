"""A collector and two seats on one data folder, for a while, and whether all three agree in the end.

    python -m tests.bench.seats [--seconds 600]

The collector commits items, new versions, alerts and feed states, and compacts now and then; each seat looks
ten times a second, and enters acknowledgements of alerts as it sees them. Then all stop writing, look once more,
and print what they hold; whoever was told that something is durable looks for it.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO

from sitmon.codec import alert_doc, entry_doc, feed_state_doc, item_doc
from sitmon.model import Alert, Commit, Entry, FeedState, Priority, Select
from sitmon.store import JournalStore, index, journal, statefile
from tests.bench.worlds import item


def collect(folder: Path, until: float) -> JournalStore:
    """Up to 20 commits a second, of which one in 300 is followed by a compaction."""
    store, chance, number = JournalStore(folder, "collector"), random.Random(1), 0
    while time.time() < until:
        number += 1
        now = datetime.now(UTC)
        items = [item(chance, f"{number}-{n}", now) for n in range(chance.randrange(6))]
        newest = store.items(store.ids(Select())[:1])
        items += [replace(each, title=f"{each.title} (updated)"[:200]) for each in newest]
        alert = Alert(f"alert-{number // 20}", "rule", Priority.P2, "t", now, now, count=number % 20 + 1)
        state = FeedState(f"feed-{number % 40}", items=number)
        store.commit(Commit(items=tuple(items), feeds=(state,), alerts=(alert,) if number % 5 == 0 else ()))
        if number % 300 == 0:
            store.compact()
        if number % 50 == 0:
            store.refresh()
        time.sleep(chance.random() * 0.1)
    return store


def sit(folder: Path, seat: str, until: float) -> tuple[JournalStore, set[str]]:
    """Acknowledge what is new; the ids of what was entered."""
    store, entered, seen = JournalStore(folder, "seat", seat), set[str](), set[str]()
    while time.time() < until:
        store.refresh()
        for alert in store.alerts():
            if alert.id not in seen:
                seen.add(alert.id)
                entry = Entry(f"{seat}-{len(entered)}", seat, seat, datetime.now(UTC), "ack", alert.id)
                store.log(entry)
                entered.add(entry.id)
        time.sleep(0.1)
    return store, entered


def child(folder: Path, role: str, until: float) -> None:
    index.SEAL, statefile.SMALL, journal.WASTE, journal.SMALL = 200, 20_000, -1, 0
    if role == "collector":
        store, entered = collect(folder, until), set[str]()
    else:
        store, entered = sit(folder, role, until)
    print("stopped", flush=True)
    sys.stdin.readline()
    store.refresh()
    lost = entered - {entry.id for entry in store.entries()}
    print(json.dumps({**held(store), "lost": len(lost), "notices": len(store.notices())}), flush=True)
    store.close()


def held(store: JournalStore) -> dict[str, object]:
    """What a store answers, as counts and digests."""
    ids = list(store.ids(Select()))
    return {
        "items": len(ids),
        "items_digest": _digest([item_doc(each) for each in store.items(ids)]),
        "alerts": _digest([alert_doc(alert) for alert in store.alerts()]),
        "feeds": _digest([feed_state_doc(state) for _, state in sorted(store.feeds().items())]),
        "entries": len(store.entries()),
        "entries_digest": _digest([entry_doc(entry) for entry in store.entries()]),
    }


def _digest(docs: object) -> str:
    return sha256(json.dumps(docs, sort_keys=True).encode()).hexdigest()[:12]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--child", nargs=2)
    parser.add_argument("--until", type=float, default=0)
    args = parser.parse_args()
    if args.child:
        child(Path(args.child[0]), args.child[1], args.until)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return agree(folder, time.time() + timedelta(seconds=args.seconds).total_seconds())


def agree(folder: str, until: float) -> int:
    command = [sys.executable, "-m", "tests.bench.seats", "--until", str(until), "--child", folder]
    roles = ("collector", "ALPHA", "BRAVO")
    running = [
        subprocess.Popen([*command, role], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for role in roles
    ]
    for process in running:
        _line(process.stdout)
    told = []
    for process in running:
        assert process.stdin is not None
        process.stdin.write("look\n")
        process.stdin.flush()
        told.append(json.loads(_line(process.stdout)))
        process.stdin.close()
        process.wait()
    again = held(JournalStore(Path(folder), "reader"))
    for role, answer in zip(roles, told, strict=True):
        print(f"{role:10}", answer)
    print(f"{'reopened':10}", again)
    same = all({key: answer[key] for key in again} == again for answer in told)
    lost = sum(answer["lost"] for answer in told)
    print("agree" if same and not lost else "DISAGREE", f"lost {lost}")
    return 0 if same and not lost else 1


def _line(stream: IO[str] | None) -> str:
    assert stream is not None
    line = stream.readline()
    if not line:
        raise SystemExit("a child died")
    return line


if __name__ == "__main__":
    sys.exit(main())
