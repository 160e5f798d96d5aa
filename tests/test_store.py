"""The store's contract, on every back end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from sitmon.errors import StoreError
from sitmon.model import Alert, Commit, Entry, FeedHealth, FeedState, Priority, Select
from sitmon.store import BACKENDS, JournalStore, Store, collector_holder
from sitmon.store.shelf import Shelf
from tests.factories import NOW, item

AREAS = {"sahel": ("ML", "NE", "liptako-gourma"), "liptako-gourma": ("BF.Sahel", "sahel")}
Opener = Callable[..., Store]


@pytest.fixture(params=BACKENDS, ids=lambda backend: str(backend.__name__))
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    stores: list[Store] = []

    def open_one(role: Any = "collector", seat: str | None = "A") -> Store:
        stores.append(request.param(tmp_path, role, seat, AREAS))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


def alert(alert_id: str = "a1", **more: Any) -> Alert:
    return Alert(alert_id, "rule", Priority.P1, "Convoy", NOW, more.pop("updated", NOW), **more)


def entry(entry_id: str, minutes: int = 0, seat: str = "A") -> Entry:
    return Entry(entry_id, seat, "XY", NOW + timedelta(minutes=minutes), "ack", "a1")


def test_a_committed_item_comes_back_as_it_was(opened: Opener) -> None:
    store = opened()
    whole = item("Convoy reaches Kidal", regions=("ML.Kidal",), actors=("jnim",), summary="Vehicles", story="s1")
    store.commit(Commit(items=(whole,)))
    assert store.item(whole.id) == whole
    assert list(store.items(["no such", whole.id])) == [whole]
    assert store.item("no such") is None


def test_ids_come_newest_first_and_slice_like_a_list(opened: Opener) -> None:
    store = opened()
    for minutes in (3, 1, 4, 1.5, 9, 2.6):
        store.commit(Commit(items=(item(minutes_ago=minutes, item_id=f"i{minutes}"),)))
    ids = store.ids(Select())
    wanted = ["i1", "i1.5", "i2.6", "i3", "i4", "i9"]
    assert list(ids) == wanted
    assert len(ids) == store.count(Select()) == 6
    assert [list(ids[a:b]) for a, b in ((0, 2), (2, 5), (4, 99), (5, 2))] == [
        wanted[0:2],
        wanted[2:5],
        wanted[4:99],
        wanted[5:2],
    ]
    assert ids[-1] == "i9"


def test_an_answer_does_not_change_when_more_is_stored(opened: Opener) -> None:
    store = opened()
    store.commit(Commit(items=(item(item_id="old", minutes_ago=5),)))
    ids = store.ids(Select())
    store.commit(Commit(items=(item(item_id="new"),)))
    assert list(ids) == ["old"]
    assert list(store.ids(Select())) == ["new", "old"]


@pytest.mark.parametrize(
    ("select", "wanted"),
    [
        (Select(), "kidal niamey dori oslo"),
        (Select(regions=("ML",)), "kidal"),
        (Select(regions=("ML.Kidal",)), "kidal"),
        (Select(regions=("ML.Kid",)), ""),
        (Select(regions=("ML", "NO")), "kidal oslo"),
        (Select(regions=("sahel",)), "kidal niamey dori"),
        (Select(countries=("NE", "NO")), "niamey oslo"),
        (Select(actors=("jnim",)), "kidal dori"),
        (Select(actors=("jnim",), countries=("BF",)), "dori"),
        (Select(feeds=("aib",)), "dori"),
        (Select(stories=("s1", "s9")), "kidal niamey"),
        (Select(words=("convoi",)), "niamey"),
        (Select(words=("CONVOY", "Kídal")), "kidal"),
        (Select(words=("tin-zaouatine",)), "kidal"),
        (Select(words=("车队",)), "oslo"),
        (Select(words=("convoy", "oslo")), ""),
        (Select(since=NOW - timedelta(minutes=2)), "kidal niamey"),
        (Select(until=NOW - timedelta(minutes=2)), "niamey dori oslo"),
        (Select(since=NOW - timedelta(minutes=3), until=NOW - timedelta(minutes=3)), "dori"),
        (Select(since=NOW, until=NOW - timedelta(minutes=3)), ""),
    ],
)
def test_a_question_is_answered_by_all_its_fields(opened: Opener, select: Select, wanted: str) -> None:
    store = opened()
    store.commit(
        Commit(
            items=(
                item("Oslo 护卫车队抵达", item_id="oslo", minutes_ago=4, regions=("NO.Oslo",)),
                item(
                    "Convoy leaves Kidal",
                    item_id="kidal",
                    minutes_ago=1,
                    regions=("ML.Kidal.Aguelhok",),
                    actors=("jnim", "fama"),
                    summary="Towards Tin Zaouatine",
                    story="s1",
                ),
                item(
                    "Dori attacked", item_id="dori", feed="aib", minutes_ago=3, regions=("BF.Sahel",), actors=("jnim",)
                ),
                item("Convoi à Niamey", item_id="niamey", minutes_ago=2, regions=("NE",), story="s9"),
            )
        )
    )
    assert list(store.ids(select)) == wanted.split()
    assert store.count(select) == len(wanted.split())


def test_a_new_version_takes_the_place_of_the_old_one(opened: Opener) -> None:
    store = opened()
    store.commit(Commit(items=(item("Convoy", item_id="x", regions=("ML",)),)))
    store.commit(Commit(items=(item("Column", item_id="x", regions=("NE",), minutes_ago=1),)))
    assert [store.count(Select(words=(word,))) for word in ("convoy", "column")] == [0, 1]
    assert list(store.ids(Select())) == ["x"]
    assert list(store.ids(Select(regions=("ML",)))) == []


def test_a_new_version_in_a_later_month_counts_alone(opened: Opener) -> None:
    store = opened()
    store.commit(Commit(items=(item("Convoy", item_id="x", minutes_ago=60 * 24 * 40),)))
    store.commit(
        Commit(items=(item("Column", item_id="x", minutes_ago=60 * 24 * 40), item("Other", item_id="y", minutes_ago=1)))
    )
    store.commit(Commit(items=(item("Third", item_id="x", minutes_ago=60 * 24 * 40),)))
    assert list(store.ids(Select())) == ["y", "x"]
    found = store.item("x")
    assert found is not None and found.title == "Third"


def test_recent_items_come_in_the_order_in_which_they_were_stored(opened: Opener) -> None:
    store = opened()
    for name, minutes in (("a", 9), ("b", 2), ("c", 5)):
        store.commit(Commit(items=(item(item_id=name, minutes_ago=minutes),)))
    assert [i.id for i in store.recent(NOW - timedelta(minutes=5))] == ["b", "c"]


def test_what_a_feed_brought_before_is_known(opened: Opener) -> None:
    store = opened()
    store.commit(Commit(items=(item(item_id="a"), item(item_id="b"), item(item_id="c", feed="other"))))
    known = store.known("wire")
    assert "a" in known and "z" not in known
    assert sorted(known) == ["a", "b"] and len(known) == 2
    store.commit(Commit(items=(item(item_id="z"),)))
    assert "z" in known


def test_alerts_and_feed_states_keep_their_latest_version(opened: Opener) -> None:
    store = opened()
    store.commit(Commit(alerts=(alert(),), feeds=(FeedState("wire", items=1),), items=(item(),)))
    store.commit(Commit(alerts=(alert(count=2),)))
    store.commit(Commit(feeds=(FeedState("wire", FeedHealth.OK, items=2),)))
    assert [a.count for a in store.alerts()] == [2]
    assert store.feeds() == {"wire": FeedState("wire", FeedHealth.OK, items=2)}


def test_the_watch_log_is_in_the_order_of_its_times(opened: Opener) -> None:
    store = opened("seat")
    for name, minutes in (("A-1", 5), ("A-2", 1), ("A-3", 60 * 24 * 30)):
        store.log(entry(name, minutes))
    assert [e.id for e in store.entries()] == ["A-2", "A-1", "A-3"]


def test_only_the_collector_commits_and_only_a_seat_logs(opened: Opener) -> None:
    with pytest.raises(StoreError, match="collector"):
        opened("seat").commit(Commit(items=(item(),)))
    with pytest.raises(StoreError, match="seat"):
        opened("reader").log(entry("A-1"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def journal(folder: Path, role: Any = "collector", seat: str | None = None) -> JournalStore:
    return JournalStore(folder, role, seat)


def test_everything_is_there_again_after_closing(folder: Path) -> None:
    store = journal(folder, seat="A")
    store.commit(Commit(items=(item(item_id="x"),), alerts=(alert(),), feeds=(FeedState("wire", items=3),)))
    store.commit(Commit(feeds=(FeedState("wire", items=4),)))
    store.log(entry("A-1"))
    store.close()
    again = journal(folder, "reader")
    assert list(again.ids(Select())) == ["x"]
    assert again.alerts() == (alert(),)
    assert again.feeds()["wire"].items == 4
    assert again.entries() == (entry("A-1"),)
    assert again.notices() == ()


def test_a_seat_follows_the_collector_and_another_seat(folder: Path) -> None:
    collector, one, two = journal(folder), journal(folder, "seat", "A"), journal(folder, "seat", "B")
    assert not one.refresh()
    collector.commit(Commit(items=(item(item_id="x"),), alerts=(alert(),)))
    collector.commit(Commit(feeds=(FeedState("wire"),)))
    two.log(entry("B-1", seat="B"))
    news = one.refresh()
    assert (news.items, news.alerts, news.feeds) == (("x",), True, True)
    assert [e.id for e in news.entries] == ["B-1"]
    assert one.item("x") == item(item_id="x")
    assert not one.refresh()
    assert [e.id for e in collector.refresh().entries] == ["B-1"]
    for store in (collector, one, two):
        store.close()


def test_a_second_collector_is_told_by_whom_the_folder_is_held_and_reads(folder: Path) -> None:
    first, second = journal(folder), journal(folder)
    assert first.writable and not second.writable
    assert "pid" in second.notices()[0]
    with pytest.raises(StoreError, match="pid"):
        second.commit(Commit(items=(item(),)))
    first.commit(Commit(items=(item(item_id="x"),)))
    assert second.refresh().items == ("x",)
    first.close()
    second.close()
    third = journal(folder)
    assert third.writable
    third.close()


def test_seats_without_a_name_get_numbers_and_a_taken_name_reads_only(folder: Path) -> None:
    one, two, clash = journal(folder, "seat"), journal(folder, "seat"), journal(folder, "seat", "2")
    assert (one.seat, two.seat, clash.seat) == ("1", "2", "")
    assert not clash.writable and "seat 2 is taken" in clash.notices()[0]
    for store in (one, two, clash):
        store.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
def test_a_forked_child_does_not_hold_the_lock_of_its_parent(folder: Path) -> None:
    store = journal(folder)
    ready, done = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        os.write(ready[1], b"x")
        os.read(done[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    store.close()
    second = journal(folder)
    assert second.writable
    second.close()
    os.write(done[1], b"x")
    os.waitpid(child, 0)


def test_a_month_with_much_that_was_replaced_is_written_again_while_committing(folder: Path) -> None:
    with patch("sitmon.store.index.SEAL", 10), patch("sitmon.store.journal.SMALL", 1000):
        store, seat = journal(folder), journal(folder, "seat")
        for n in range(60):
            store.commit(Commit(items=(item(f"Version {n}", item_id=f"i{n % 5}", summary="x" * 500),)))
        size = (folder / "items-2024-09.journal").stat().st_size
        seat.refresh()
        store.compact()
        for n in range(60, 70):
            store.commit(Commit(items=(item(f"Version {n}", item_id=f"i{n % 5}", summary="x" * 500),)))
            time.sleep(0.01)
        store.close()
        assert (folder / "items-2024-09.journal").stat().st_size < size / 2
        assert set(seat.refresh().items) == {f"i{n}" for n in range(5)}
        assert [i.title for i in seat.items([f"i{n}" for n in range(5)])] == [f"Version {n}" for n in range(65, 70)]
        assert seat.count(Select()) == 5
        seat.close()


def test_what_was_looked_for_in_vain_is_found_once_however_often_it_is_stored_afterwards(folder: Path) -> None:
    with patch("sitmon.store.index.SEAL", 2):
        store = journal(folder)
        for title in ("First", "Second", "Third"):
            for n in range(5):
                assert (store.item(f"i{n}") is None) == (title == "First")
                store.commit(Commit(items=(item(title, item_id=f"i{n}"),)))
        assert [found.title for found in store.items([f"i{n}" for n in range(5)])] == ["Third"] * 5
        assert store.count(Select()) == store.count(Select(words=("third",))) == 5
        assert store.count(Select(words=("first",))) == 0
        store.close()


def test_what_is_appended_while_a_seat_takes_over_segments_is_news_to_it_the_next_time(folder: Path) -> None:
    with patch("sitmon.store.index.SEAL", 4):
        store, seat = journal(folder), journal(folder, "seat")
        for n in range(3):
            store.commit(Commit(items=(item(item_id=f"i{n}"),)))
        seat.refresh()
        store.commit(Commit(items=(item(item_id="i3"),)))
        reaches = Shelf.reaches

        def late(self: Shelf, *span: int) -> int:
            """The collector seals, and goes on, just when the seat has read all that there was."""
            if not store.alerts():
                while not list(folder.glob("index/*/*.segment")):
                    time.sleep(0.01)
                store.commit(Commit(items=(item(item_id="late"),), alerts=(alert(),)))
            return reaches(self, *span)

        with patch.object(Shelf, "reaches", late):
            seat.refresh()
        news = seat.refresh()
        assert (news.items, news.alerts) == (("late",), True)
        assert seat.alerts() == store.alerts()
        assert seat.count(Select()) == 5
        store.close()
        seat.close()


def test_retention_deletes_old_months_but_none_that_an_unset_clock_wrote(opened: Opener) -> None:
    store = opened()
    unset = timedelta(days=54 * 365)
    store.commit(Commit(items=(item("Old", item_id="old", minutes_ago=1440 * 500),)))
    store.commit(
        Commit(items=(item("Under a clock at 1970", item_id="unset", minutes_ago=unset / timedelta(minutes=1)),))
    )
    store.commit(Commit(items=(item("Now", item_id="now"),)))
    assert store.over(NOW - timedelta(days=400)) == ("2023-05",)
    assert store.retain(NOW - timedelta(days=400)) == ("2023-05",)
    assert store.over(NOW - timedelta(days=400)) == ()
    assert list(store.ids(Select())) == ["now", "unset"]


def test_an_answer_given_before_a_compaction_is_read_after_it(folder: Path) -> None:
    store, seat = journal(folder), journal(folder, "seat")
    for n in range(30):
        store.commit(Commit(items=(item(f"Version {n}", item_id=f"i{n % 15}", minutes_ago=n % 15),)))
    seat.refresh()
    answers = [each.ids(Select()) for each in (store, seat)]
    store.compact_now()
    seat.refresh()
    for answer in answers:
        assert list(answer) == [f"i{n}" for n in range(15)]
    store.retain(NOW + timedelta(days=60))
    seat.refresh()
    assert [list(seat.items(answer)) for answer in answers] == [[], []]
    store.close()
    seat.close()


def test_asking_who_collects_neither_takes_the_lock_nor_makes_a_file(folder: Path) -> None:
    assert collector_holder(folder) is None and not folder.exists()
    store = journal(folder)
    assert f"pid {os.getpid()}" in (collector_holder(folder) or "")
    store.close()
    assert collector_holder(folder) is None
