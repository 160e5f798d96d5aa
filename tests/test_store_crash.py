"""A store that dies at any step: what was acknowledged is there again, what was not is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from sitmon.model import Commit, Entry, FeedState, Item, Select
from sitmon.store import JournalStore, MemoryStore
from sitmon.store.beside import Beside, Take
from sitmon.store.lock import Lock
from tests.factories import NOW, item

JOURNAL = "items-2024-09.journal"


class Died(BaseException):
    """The process ends here, as far as the store can tell."""


@contextmanager
def dying(step: int) -> Iterator[list[str]]:
    """Dies at the `step`th call that changes a file; before that, the names of the calls."""
    calls: list[str] = []

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            calls.append(name)
            if len(calls) == step:
                raise Died(name)
            return real(*args, **more)

        return call

    with (
        patch("os.write", counted("write", os.write)),
        patch("os.fsync", counted("fsync", os.fsync)),
        patch("sitmon.store.file._sync", counted("sync", os.fsync)),
        patch.object(Path, "replace", counted("replace", Path.replace)),
        patch.object(Path, "unlink", counted("unlink", Path.unlink)),
        patch("sitmon.store.lock._sign", lambda _: None),
        patch.object(Beside, "start", in_line),
        patch("sitmon.store.index.SEAL", 3),
        patch("sitmon.store.index.FAN", 2),
    ):
        locks: list[Lock] = []

        def locked(path: Path) -> Lock:
            locks.append(Lock(path))
            return locks[-1]

        with patch("sitmon.store.roles.Lock", locked):
            try:
                yield calls
            finally:
                for lock in locks:  # as the system does for a dead process
                    lock.release()


def in_line(self: Beside, work: Callable[[], Take]) -> None:
    """Beside the writer is a thread, in which nobody could die in an orderly way."""
    with suppress(OSError):
        work()()
    del self


def scenario(folder: Path, done: list[Commit | Entry]) -> None:
    """Commits, new versions, a watch log, states, sealing, joining, compaction, reopening. `done` is acknowledged."""
    store = JournalStore(folder, "collector", "A")
    for n in range(9):
        again = version(n % 4, f"again {n}")
        do(store, done, Commit(items=(version(n), again), feeds=(FeedState("w", items=n + 1),)))
    do(store, done, Entry("A-1", "A", "XY", NOW, "note", ""))
    store.compact_now()
    do(store, done, Commit(items=(version(3, "last"),)))
    do(store, done, Commit(feeds=(FeedState("w", items=99),)))
    store.compact_now()
    store.close()


def do(store: JournalStore | MemoryStore, done: list[Commit | Entry], what: Commit | Entry) -> None:
    if isinstance(what, Commit):
        store.commit(what)
    else:
        store.log(what)
    done.append(what)


def version(number: int, title: str = "first") -> Item:
    return item(title, item_id=f"i{number}", minutes_ago=number)


def state(store: JournalStore | MemoryStore) -> tuple[object, ...]:
    ids = list(store.ids(Select()))
    return ids, list(store.items(ids)), dict(store.feeds()), store.entries()


def test_dying_at_any_step_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    everything: list[Commit | Entry] = []
    with dying(0) as calls:
        scenario(tmp_path / "whole", everything)
    assert {"write", "sync", "replace", "fsync"} <= set(calls) and len(calls) > 50
    for step in range(1, len(calls) + 1):
        folder = tmp_path / str(step)
        done: list[Commit | Entry] = []
        with dying(step), suppress(Died):
            scenario(folder, done)
        assert opened(folder) in (model(done), model(everything[: len(done) + 1])), f"step {step}: {calls[step - 1]}"
        assert opened(folder)[:2] == opened(folder)[:2]
        shutil.rmtree(folder)


def model(done: list[Commit | Entry]) -> tuple[object, ...]:
    store = MemoryStore(Path(), "collector", "A")
    for what in done:
        do(store, [], what)
    return state(store)


def opened(folder: Path) -> tuple[object, ...]:
    store = JournalStore(folder, "collector", "A")
    found = state(store)
    assert not [notice for notice in store.notices() if "torn" not in notice]
    assert not list(folder.glob("*.new"))
    store.close()
    return found


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=6),
    cut=st.floats(0, 1),
    rest=st.binary(max_size=30).filter(lambda rest: b"\n" not in rest),
)
def test_a_journal_cut_anywhere_is_the_transactions_before_the_cut(sizes: list[int], cut: float, rest: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, ends, number = Path(name), [], 0
        store = JournalStore(folder, "collector")
        for size in sizes:
            store.commit(Commit(items=tuple(version(number + n) for n in range(size))))
            number += size
            ends.append((number, (folder / JOURNAL).stat().st_size))
        store.close()
        whole = (folder / JOURNAL).read_bytes()
        start = whole.index(b"\n") + 1
        length = start + int(cut * (len(whole) - start))
        (folder / JOURNAL).write_bytes(whole[:length] + rest)
        kept = max([count for count, end in ends if end <= length], default=0)
        again = JournalStore(folder, "collector")
        assert sorted(again.ids(Select())) == sorted(f"i{n}" for n in range(kept))
        assert len(again.notices()) == (length not in [start, *(end for _, end in ends)] or bool(rest))
        again.close()
