"""Out of one data folder and into another; checking, compacting and deleting months."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from tinydb import TinyDB

from sitmon.errors import StoreError
from sitmon.model import Alert, Commit, Entry, FeedHealth, FeedState, Priority, Select
from sitmon.store import (
    JournalStore,
    check,
    compact,
    export,
    export_tinydb,
    import_,
    import_tinydb,
)
from tests.factories import NOW, item

NEW = {"id": "new", "feed": "f", "first_seen": "2024-09-01T00:00:00Z", "type": "other", "severity": "unknown"}
"""The least that an item says."""

LAST_YEAR = NOW - timedelta(days=400)


def full(folder: Path) -> None:
    """Something of everything, in two months, some of it in several versions."""
    store = JournalStore(folder, "collector", "A")
    for n in range(30):
        store.commit(Commit(items=(item(f"Convoy {n}", item_id=f"i{n % 20}", regions=("ML.Kidal",)),)))
    store.commit(Commit(items=(item("Old", item_id="old", now=LAST_YEAR, summary="Ünïcode ✓"),)))
    store.commit(Commit(feeds=(FeedState("wire", FeedHealth.OK, etag='"x"'),)))
    store.commit(Commit(alerts=(Alert("a1", "r", Priority.P1, "t", NOW, NOW),)))
    store.commit(Commit(alerts=(Alert("a1", "r", Priority.P1, "t", NOW, NOW, count=2),)))
    store.log(Entry("A-1", "A", "XY", NOW, "note", "i1", "text"))
    store.close()
    other = JournalStore(folder, "seat", "B")
    other.log(Entry("B-1", "B", "ZZ", LAST_YEAR, "ack", "a1"))
    other.close()


def everything(folder: Path) -> tuple[object, ...]:
    store = JournalStore(folder, "reader")
    ids = sorted(store.ids(Select()))
    found = (list(store.items(ids)), store.alerts(), dict(store.feeds()), store.entries(), store.notices())
    store.close()
    return found


def test_what_is_exported_as_lines_comes_back_the_same(tmp_path: Path) -> None:
    full(tmp_path / "a")
    lines = [json.dumps(line) for line in export(tmp_path / "a", print)]
    wanted = {"item": 21, "feed_state": 1, "alert": 1, "entry": 2}
    assert import_(tmp_path / "b", lines, print) == wanted
    assert everything(tmp_path / "b") == everything(tmp_path / "a")
    assert import_(tmp_path / "b", lines, print) == dict.fromkeys(wanted, 0)


def test_imported_months_are_those_in_which_items_were_first_seen(tmp_path: Path) -> None:
    full(tmp_path / "a")
    import_(tmp_path / "b", export(tmp_path / "a", print), print)
    names = {path.name for path in (tmp_path / "b").glob("*.journal")}
    assert names == {path.name for path in (tmp_path / "a").glob("*.journal")}


def test_a_plain_tinydb_file_is_written_and_read(tmp_path: Path) -> None:
    full(tmp_path / "a")
    assert export_tinydb(tmp_path / "a", tmp_path / "plain.json", print) == 25
    with TinyDB(tmp_path / "plain.json") as plain:
        assert {name: len(plain.table(name)) for name in plain.tables()} == {
            "items": 21,
            "feeds": 1,
            "alerts": 1,
            "entries": 2,
        }
        plain.table("items").insert(NEW)
    counts = import_tinydb(tmp_path / "b", tmp_path / "plain.json", print)
    assert counts["item"] == 22
    import_(tmp_path / "a", [NEW], print)
    assert everything(tmp_path / "b") == everything(tmp_path / "a")


@pytest.mark.parametrize("text", ["", "[1]", '{"items": [1]}', '{"other": {"1": {}}}', "no json"])
def test_a_file_that_is_no_tinydb_of_ours_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "plain.json").write_text(text)
    with pytest.raises(StoreError, match=r"plain\.json"):
        import_tinydb(tmp_path / "b", tmp_path / "plain.json", print)


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="line 3"):
        import_(tmp_path / "b", [json.dumps(NEW), "", "{}"], print)


def test_an_item_that_could_not_be_found_again_is_refused_before_it_is_stored(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="line 1: not what sitmon exports"):
        import_(tmp_path, [json.dumps(NEW | {"countries": [5]})], print)
    assert import_(tmp_path, [NEW], print)["item"] == 1


def test_check_counts_what_is_there_and_finds_all_well(tmp_path: Path) -> None:
    full(tmp_path)
    report = check(tmp_path)
    assert report.is_sound and report.aside == ()
    by_name = {file.name: file for file in report.files}
    september = by_name["items-2024-09.journal"]
    assert dict(september.documents) == {"items": 20, "alerts": 1} and september.superseded == 11
    assert "20 items" in "\n".join(report.lines())


def test_compacting_drops_what_was_replaced_and_nothing_else(tmp_path: Path) -> None:
    full(tmp_path)
    before = everything(tmp_path)
    sizes = compact(tmp_path, print)
    old, new = sizes["items-2024-09.journal"]
    assert new < 0.8 * old
    assert everything(tmp_path) == before
    assert all(file.superseded == 0 and file.is_sound for file in check(tmp_path).files)


def test_compacting_beside_a_collector_is_refused(tmp_path: Path) -> None:
    store = JournalStore(tmp_path, "collector")
    with pytest.raises(StoreError, match="pid"):
        compact(tmp_path, print)
    store.close()


def test_old_months_are_deleted_whole_and_feed_states_survive_them(tmp_path: Path) -> None:
    store = JournalStore(tmp_path, "collector", "A")
    seat = JournalStore(tmp_path, "seat", "B")
    early = Alert("old", "r", Priority.P1, "t", LAST_YEAR, LAST_YEAR)
    state = FeedState("gone", FeedHealth.OFF)
    store.commit(Commit(items=(item(item_id="old", now=LAST_YEAR),), alerts=(early,), feeds=(state,)))
    store.commit(Commit(items=(item(item_id="new"),)))
    store.log(Entry("A-1", "A", "XY", LAST_YEAR, "note", ""))
    store.log(Entry("A-2", "A", "XY", NOW, "note", ""))
    assert seat.refresh().items == ("old", "new")
    assert store.retain(NOW - timedelta(days=365)) == ("2023-08",)
    assert seat.refresh().alerts
    for each in (store, seat):
        assert list(each.ids(Select())) == ["new"]
        assert each.alerts() == () and dict(each.feeds()) == {"gone": state}
        assert [entry.id for entry in each.entries()] == ["A-2"]
        each.close()
    again = JournalStore(tmp_path, "reader")
    assert list(again.ids(Select())) == ["new"] and dict(again.feeds()) == {"gone": state}
    again.close()


def test_the_states_of_polls_without_news_do_not_pile_up(tmp_path: Path) -> None:
    with patch("sitmon.store.statefile.SMALL", 10_000):
        store = JournalStore(tmp_path, "collector")
        for n in range(400):
            store.commit(Commit(feeds=(FeedState(f"feed-{n % 20}", items=n + 1, reason="x" * 100),)))
    assert (tmp_path / "feeds.journal").stat().st_size < 30_000
    store.close()
    again = JournalStore(tmp_path, "reader")
    assert {state.items for state in again.feeds().values()} == set(range(381, 401))
    again.close()


def test_asking_to_compact_again_and_again_does_not_lose_a_journal(tmp_path: Path) -> None:
    """A second copy, asked for while the first was made, pushed that out when nothing had come between."""
    store = JournalStore(tmp_path, "collector")
    with patch("sitmon.store.journal.WASTE", -1), patch("sitmon.store.journal.SMALL", 0):
        for n in range(300):
            store.compact()
            months_ago = 1 if n % 10 == 0 else 0
            store.commit(Commit(items=(item("Convoy", item_id=f"i{n}", minutes_ago=n + months_ago * 45_000),)))
    store.close()
    assert len(JournalStore(tmp_path, "reader").ids(Select())) == 300


def test_an_older_version_does_not_take_the_place_of_what_is_stored(tmp_path: Path) -> None:
    full(tmp_path / "a")
    backup = list(export(tmp_path / "a", print))
    store = JournalStore(tmp_path / "a", "collector")
    revised = replace(store.item("i1") or item(), title="Corrected", revised=NOW + timedelta(hours=1))
    alert = replace(store.alerts()[0], count=3, updated=NOW + timedelta(hours=1))
    state = replace(store.feeds()["wire"], last_polled=NOW, items=7)
    store.commit(Commit((revised,), (state,), (alert,)))
    store.close()
    assert import_(tmp_path / "a", backup, print) == {"item": 0, "feed_state": 0, "alert": 0, "entry": 0}
    found = everything(tmp_path / "a")
    assert import_(tmp_path / "b", [*backup, *export(tmp_path / "a", print)], print)["item"] == 21
    assert everything(tmp_path / "b") == found


def test_what_a_terminal_obeys_is_taken_out_of_an_import(tmp_path: Path) -> None:
    import_(tmp_path, [NEW | {"title": "\x1b]0;owned\x07News", "categories": ["\x1b[2J"]}], print)
    store = JournalStore(tmp_path, "reader")
    found = store.item("new")
    store.close()
    assert found is not None
    assert (found.title, found.categories) == ("News", ("",))
