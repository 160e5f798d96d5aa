"""The journal against the store in memory: whatever is done to both, they answer the same."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sitmon.model import Alert, Commit, Entry, FeedState, Item, Priority, Select
from sitmon.store import JournalStore, MemoryStore
from tests.factories import NOW, item

AREAS = {"sahel": ("ML", "NE")}
QUESTIONS = (
    Select(),
    Select(words=("convoy",)),
    Select(words=("convoy", "kidal")),
    Select(regions=("ML",)),
    Select(regions=("sahel",), feeds=("wire",)),
    Select(actors=("jnim", "fama")),
    Select(since=NOW - timedelta(days=33)),
    Select(until=NOW - timedelta(days=33), countries=("NE",)),
)
MONTHS = (0, 1, 32, 63)
"""Days before NOW: three months, one of them twice."""


@st.composite
def some_items(draw: st.DrawFn) -> list[tuple[str, str, str, str, str, int]]:
    one = st.tuples(
        st.sampled_from([f"i{n}" for n in range(14)]),
        st.sampled_from(["Convoy", "Convoy at Kidal", "Kidal", "Calm"]),
        st.sampled_from(["wire", "aib"]),
        st.sampled_from(["ML.Kidal", "NE", "NO.Oslo"]),
        st.sampled_from(["jnim", "fama", "un"]),
        st.sampled_from(MONTHS),
    )
    return draw(st.lists(one, min_size=1, max_size=5))


class Journals(RuleBasedStateMachine):
    """Small segments, so that sealing, joining and compaction happen all the time."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = [
            patch("sitmon.store.index.SEAL", 3),
            patch("sitmon.store.journal.WASTE", -1),
            patch("sitmon.store.journal.SMALL", 0),
            patch("sitmon.store.index.FAN", 2),
            patch("sitmon.store.statefile.SMALL", 300),
        ]
        for each in self.patches:
            each.start()
        self.folder = Path(tempfile.mkdtemp(prefix="sitmon-"))
        self.model = MemoryStore(self.folder, "collector", "A", AREAS)
        self.store = JournalStore(self.folder, "collector", "A", AREAS)
        self.seat = JournalStore(self.folder, "seat", "B", AREAS)
        self.clock = 0
        self.followed: set[str] = set()

    def tick(self) -> timedelta:
        self.clock += 1
        return timedelta(seconds=self.clock)

    @rule(items=some_items(), feed=st.booleans(), alert=st.booleans())
    def commit(self, items: list[tuple[str, str, str, str, str, int]], feed: bool, alert: bool) -> None:
        change = Commit(
            items=tuple(self.item(*each) for each in items),
            feeds=(FeedState("wire", items=self.clock),) if feed else (),
            alerts=(Alert(f"a{self.clock % 3}", "r", Priority.P1, "t", NOW, NOW, count=self.clock),) if alert else (),
        )
        self.followed.update(each.id for each in change.items)
        self.store.commit(change)
        self.model.commit(change)

    def item(self, item_id: str, title: str, feed: str, region: str, actor: str, days: int) -> Item:
        first = self.model.item(item_id)
        seen = first.first_seen if first is not None else NOW - timedelta(days=days) + self.tick()
        made = item(title, item_id=item_id, feed=feed, regions=(region,), actors=(actor,), now=seen + self.tick())
        return replace(made, first_seen=seen)

    @rule(feed=st.sampled_from(["wire", "aib"]))
    def poll_without_news(self, feed: str) -> None:
        self.tick()
        change = Commit(feeds=(FeedState(feed, items=self.clock),))
        self.store.commit(change)
        self.model.commit(change)

    @rule(days=st.sampled_from(MONTHS))
    def enter(self, days: int) -> None:
        entry = Entry(f"A-{self.clock}", "A", "XY", NOW - timedelta(days=days) + self.tick(), "note", "")
        self.store.log(entry)
        self.model.log(entry)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = JournalStore(self.folder, "collector", "A", AREAS)
        assert self.store.notices() == ()

    @rule()
    def compact(self) -> None:
        self.store.compact_now()

    @rule()
    def compact_beside(self) -> None:
        self.store.compact()

    @rule()
    def lose_the_index(self) -> None:
        shutil.rmtree(self.folder / "index", ignore_errors=True)

    @precondition(lambda self: self.clock % 3 == 0)
    @rule()
    def follow(self) -> None:
        news = self.seat.refresh()
        assert set(news.items) == self.followed
        self.followed = set()
        self.same(self.seat)

    @invariant()
    def answers_are_the_same(self) -> None:
        self.same(self.store)

    def same(self, store: JournalStore) -> None:
        for question in QUESTIONS:
            wanted = list(self.model.ids(question))
            found = store.ids(question)
            assert list(found) == wanted
            assert len(found) == store.count(question) == len(wanted)
            assert found[1:4] == wanted[1:4]
            assert found[len(wanted) // 2 :] == wanted[len(wanted) // 2 :]
        ids = list(self.model.ids(Select()))
        assert list(store.items(ids)) == list(self.model.items(ids))
        assert store.alerts() == self.model.alerts()
        assert store.feeds() == self.model.feeds()
        assert store.entries() == self.model.entries()
        since = NOW - timedelta(days=32)
        assert {i.id for i in store.recent(since)} == {i.id for i in self.model.recent(since)}
        assert sorted(store.known("wire")) == sorted(self.model.known("wire"))

    def teardown(self) -> None:
        self.seat.close()
        self.store.close()
        for each in self.patches:
            each.stop()
        shutil.rmtree(self.folder)


TestJournals = Journals.TestCase
TestJournals.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
