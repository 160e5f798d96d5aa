"""TinyDB on a journal is still a TinyDB: these hold its two overridden hooks, and what is used around them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document, Table

from sitmon.model import Commit
from sitmon.store import database, open_store
from sitmon.store.table import Database
from tests.factories import item


def on_journal(folder: Path) -> Database:
    return database(folder / "db.journal", writable=True)


@pytest.fixture(params=["plain", "journal"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    """Every test runs on stock TinyDB too, which says what is right."""
    made = TinyDB(tmp_path / "db.json") if request.param == "plain" else on_journal(tmp_path)
    with made:
        yield made


def reopened(db: TinyDB, tmp_path: Path) -> TinyDB:
    db.close()
    return on_journal(tmp_path) if isinstance(db, Database) else TinyDB(tmp_path / "db.json")


def test_the_hooks_that_are_overridden_are_there() -> None:
    assert version("tinydb").startswith("4.9")
    assert {"_read_table", "_update_table", "document_id_class"} <= set(dir(Table))


def test_documents_are_inserted_found_changed_and_removed(db: TinyDB, tmp_path: Path) -> None:
    table = db.table("t")
    assert table.insert({"a": 1, "b": [1, 2]}) == 1
    assert table.insert_multiple([{"a": 2}, {"a": 3}]) == [2, 3]
    assert table.search(where("a") > 1) == [{"a": 2}, {"a": 3}]
    assert table.update({"c": True}, where("a") == 2) == [2]
    assert table.upsert({"a": 9}, where("a") == 3) == [3]
    assert table.upsert({"a": 4}, where("a") == 4) == [4]
    assert table.remove(where("a") == 1) == [1]
    assert table.get(doc_id=2) == {"a": 2, "c": True}
    assert table.get(doc_id=1) is None
    assert table.contains(where("c") == True) and not table.contains(doc_id=1)  # noqa: E712 (TinyDB's own form)
    wanted = [(2, {"a": 2, "c": True}), (3, {"a": 9}), (4, {"a": 4})]
    assert [(doc.doc_id, dict(doc)) for doc in table.all()] == wanted
    again = reopened(db, tmp_path)
    assert [(doc.doc_id, dict(doc)) for doc in again.table("t").all()] == wanted
    assert again.table("t").insert({"a": 5}) == 5
    again.close()


def test_tables_are_listed_emptied_and_dropped(db: TinyDB, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        db.table(name).insert({"n": name})
    db.insert({"n": "default"})
    assert db.tables() == {"one", "two", "three", "_default"}
    db.table("one").truncate()
    db.drop_table("two")
    assert len(db.table("one")) == 0 and len(db) == 1
    again = reopened(db, tmp_path)
    assert again.tables() - {"one"} == {"three", "_default"}
    again.drop_tables()
    assert again.tables() == set()
    again.close()


def test_a_query_is_not_answered_from_before_a_change(db: TinyDB) -> None:
    db.insert({"a": 1})
    assert db.count(where("a") == 1) == 1
    db.insert({"a": 1})
    assert db.count(where("a") == 1) == 2


def test_an_update_that_fails_changes_nothing(db: TinyDB) -> None:
    db.insert({"a": 1})

    def broken(doc: dict[str, int]) -> None:
        doc["a"] = 2
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.update(broken)
    assert db.all() == [{"a": 1}]


def test_a_name_for_an_id_stays_a_name(tmp_path: Path) -> None:
    with on_journal(tmp_path) as db:
        for name in ("x y", "7", "007", "ä/%", ""):
            db.table("t").insert(Document({"name": name}, name))  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="exists"):
            db.table("t").insert(Document({}, "x y"))  # type: ignore[arg-type]
        db.close()
        with on_journal(tmp_path) as again:
            assert [doc.doc_id for doc in again.table("t")] == ["x y", 7, "007", "ä/%", ""]
            assert again.table("t").get(doc_id="ä/%") == {"name": "ä/%"}


def test_an_update_writes_only_what_changed(tmp_path: Path) -> None:
    with on_journal(tmp_path) as db:
        db.insert_multiple([{"n": n, "text": "x" * 500} for n in range(100)])
        size = db.storage.file.end
        db.update({"m": 1}, where("n") == 5)
        assert 500 < db.storage.file.end - size < 700
        db.update({"m": 1}, where("n") == 5)
        assert db.storage.file.end - size < 700


def test_a_month_of_the_store_answers_tinydbs_queries(tmp_path: Path) -> None:
    store = open_store(tmp_path, role="collector")
    store.commit(Commit(items=(item("Convoy", item_id="x", feed="aib"), item("Calm", item_id="y"))))
    with database(tmp_path / "items-2024-09.journal") as db:
        assert [doc["id"] for doc in db.table("items").search(where("title").matches("Con"))] == ["x"]
        assert len(db.table("items")) == 2
    store.close()
    with pytest.raises(FileNotFoundError, match="nothing"):
        database(tmp_path / "nothing.journal")
