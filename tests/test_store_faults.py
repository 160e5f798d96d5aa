"""What the store does about damage: nothing is overwritten, nothing vanishes unsaid, and the rest goes on."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from sitmon.errors import StoreError
from sitmon.model import Alert, Commit, Entry, FeedState, Item, Priority, Select
from sitmon.store import JournalStore, Role, check, open_store
from sitmon.store.lines import Change, encode, header
from sitmon.store.segment import Segment
from tests.factories import NOW, item

JOURNAL = "items-2024-09.journal"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def fill(folder: Path, count: int, start: int = 0) -> list[Item]:
    """`count` commits of an item each, with a feed state."""
    items = [item(f"Convoy {n}", item_id=f"i{n}", minutes_ago=n) for n in range(start, start + count)]
    store = JournalStore(folder, "collector")
    for each in items:
        store.commit(Commit(items=(each,), feeds=(FeedState("wire", items=1),)))
    store.close()
    return items


def opened(folder: Path, role: Any = "collector") -> tuple[list[str], tuple[str, ...]]:
    """Ids and notices of a store that is opened and closed."""
    store = JournalStore(folder, role)
    ids, notices = list(store.ids(Select())), store.notices()
    assert [i.id for i in store.items(ids)] == ids
    store.close()
    return ids, notices


def test_a_journal_cut_at_any_byte_of_its_tail_keeps_whole_transactions_and_takes_new_ones(folder: Path) -> None:
    fill(folder, 4)
    whole = (folder / JOURNAL).read_bytes()
    lines = whole.splitlines(keepends=True)
    before, last = len(b"".join(lines[:-4])), len(b"".join(lines[:-2]))
    for cut in range(before, len(whole)):
        (folder / JOURNAL).write_bytes(whole[:cut])
        kept = 2 if cut < last else 3
        ids, notices = opened(folder)
        assert ids == [f"i{n}" for n in range(kept)]
        assert ["torn" in notice for notice in notices] == ([] if cut in (before, last) else [True])
        fill(folder, 1, start=9)
        assert opened(folder) == ([*ids, "i9"], ())


def test_a_reader_leaves_a_tail_alone_that_may_still_be_written(folder: Path) -> None:
    fill(folder, 3)
    whole = (folder / JOURNAL).read_bytes()
    (folder / JOURNAL).write_bytes(whole[:-10])
    assert opened(folder, "reader") == (["i0", "i1"], ())
    assert (folder / JOURNAL).read_bytes() == whole[:-10]


def test_a_bad_line_in_the_middle_is_quarantined_and_what_follows_is_kept(folder: Path) -> None:
    fill(folder, 5)
    journal = folder / JOURNAL
    damaged = bytearray(journal.read_bytes())
    damaged[damaged.index(b"Convoy 2")] ^= 1
    journal.write_bytes(damaged)
    ids, notices = opened(folder)
    assert ids == ["i0", "i1", "i3", "i4"]
    assert len(notices) == 1 and "corrupt" in notices[0] and "quarantined" in notices[0]
    assert b"onvoy 2" in (folder / f"{JOURNAL}.quarantine").read_bytes()
    assert journal.read_bytes() == damaged
    size = (folder / f"{JOURNAL}.quarantine").stat().st_size
    assert opened(folder)[1] == notices
    assert (folder / f"{JOURNAL}.quarantine").stat().st_size == size
    assert not check(folder).is_sound


def flip_header(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


@pytest.mark.parametrize(
    ("damage", "kept"),
    [
        (lambda data: bytes(len(data)), 0),
        (lambda _: b"", 0),
        (lambda _: b"PK\x03\x04 some other file\n" * 40, 0),
        (lambda _: b"x" * 100_000, 0),
        (flip_header, 5),
        (lambda data: data[20:], 5),
        (lambda data: bytes(30) + data[30:], 5),
    ],
)
def test_what_is_no_journal_is_set_aside_unchanged_and_its_good_lines_are_kept(
    folder: Path, damage: Callable[[bytes], bytes], kept: int
) -> None:
    fill(folder, 5)
    damaged = damage((folder / JOURNAL).read_bytes())
    (folder / JOURNAL).write_bytes(damaged)
    assert opened(folder, "reader")[0] == []
    assert (folder / JOURNAL).read_bytes() == damaged
    ids, notices = opened(folder)
    assert ids == [f"i{n}" for n in range(kept)]
    assert f"{JOURNAL}.damaged-1" in notices[0]
    assert (folder / f"{JOURNAL}.damaged-1").read_bytes() == damaged
    fill(folder, 1, start=9)
    assert opened(folder) == ([*ids, "i9"], ())


@pytest.mark.parametrize("name", ["feeds.journal", "watch-A-2024-09.journal"])
def test_damage_to_one_journal_leaves_the_others_alone(folder: Path, name: str) -> None:
    store = JournalStore(folder, "collector", "A")
    store.log(Entry("A-1", "A", "XY", NOW, "note", ""))
    store.commit(Commit(feeds=(FeedState("wire"),)))
    store.commit(Commit(items=(item(item_id="x"),)))
    store.close()
    (folder / name).write_bytes(bytes(500))
    store = JournalStore(folder, "collector", "A")
    assert list(store.ids(Select())) == ["x"]
    assert f"{name}.damaged-1" in store.notices()[0]
    store.log(Entry("A-2", "A", "XY", NOW, "note", ""))
    store.commit(Commit(feeds=(FeedState("other"),)))
    store.close()


def test_an_index_that_is_damaged_old_or_gone_is_made_again(folder: Path) -> None:
    with patch("sitmon.store.index.SEAL", 4):
        wanted = [each.id for each in fill(folder, 30)]
        segments = sorted((folder / "index").rglob("*.segment"))
        assert segments
        for damage in (lambda data: data[: len(data) // 2], lambda data: bytes(len(data)), lambda _: b"", _flip):
            for path in (folder / "index").rglob("*.segment"):
                path.write_bytes(damage(path.read_bytes()))
            assert opened(folder) == (wanted, ())
        shutil.rmtree(folder / "index")
        assert opened(folder) == (wanted, ())
        for each in (folder / "index").rglob("*.segment"):
            Segment(each, str)


def _flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 64 for byte in data[middle : middle + 1]) + data[middle + 1 :]


def test_damage_in_what_the_index_covers_is_found_at_opening(folder: Path) -> None:
    with patch("sitmon.store.index.SEAL", 4):
        fill(folder, 20)
        journal = folder / JOURNAL
        damaged = journal.read_bytes().replace(b"Convoy 3", b"Convoi 3")
        journal.write_bytes(damaged)
        ids, notices = opened(folder)
    assert ids == [f"i{n}" for n in range(20) if n != 3]
    assert "quarantined" in notices[0]


def test_a_journal_shorter_than_its_index_is_set_aside_and_said_to_miss_bytes(folder: Path) -> None:
    with patch("sitmon.store.index.SEAL", 4):
        fill(folder, 20)
        data = (folder / JOURNAL).read_bytes()
        (folder / JOURNAL).write_bytes(data[: len(data) // 2])
        ids, notices = opened(folder)
        assert ids == [f"i{n}" for n in range(len(ids))] and 5 < len(ids) < 15
        assert "missing" in notices[0] and f"{JOURNAL}.damaged-1" in notices[0]
        assert (folder / f"{JOURNAL}.damaged-1").read_bytes() == data[: len(data) // 2]
        assert opened(folder) == (ids, ())


def test_a_journal_of_a_newer_version_is_refused_with_a_word(folder: Path) -> None:
    fill(folder, 1)
    journal = folder / JOURNAL
    newer = header("abc", version=2) + b"something else\n"
    journal.write_bytes(newer)
    roles: tuple[Role, ...] = ("collector", "seat", "reader")
    for role in roles:
        with pytest.raises(StoreError, match=r"items-2024-09.*newer sitmon.*update sitmon"):
            JournalStore(folder, role)
    assert journal.read_bytes() == newer


def test_a_journal_of_format_0_is_migrated_and_kept(folder: Path) -> None:
    fill(folder, 3)
    old = b"".join((folder / JOURNAL).read_bytes().splitlines(keepends=True)[1:])
    (folder / JOURNAL).write_bytes(old)
    ids, notices = opened(folder)
    assert ids == ["i0", "i1", "i2"]
    assert "migrated" in notices[0] and (folder / f"{JOURNAL}.format-0-1").read_bytes() == old
    assert opened(folder) == (ids, ())


def full_disk(limit: int) -> Any:
    """`os.write` takes `limit` more bytes, then the disk is full."""
    left = [limit]

    def write(fd: int, data: Any) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = min(left[0], len(data))
        left[0] -= taken
        return real(fd, data[:taken])

    real = os.write
    return patch("sitmon.store.file.os.write", write)


@pytest.mark.parametrize("room", [0, 1, 100, 400])
def test_a_full_disk_applies_nothing_by_halves_and_needs_no_restart(folder: Path, room: int) -> None:
    store = JournalStore(folder, "collector", "A")
    store.commit(Commit(items=(item(item_id="a"),)))
    size = (folder / JOURNAL).stat().st_size
    change = Commit(
        items=(item(item_id="b"), item(item_id="c")),
        alerts=(Alert("a1", "r", Priority.P1, "t", NOW, NOW),),
        feeds=(FeedState("wire"),),
    )
    with full_disk(room), pytest.raises(StoreError, match="No space left"):
        store.commit(change)
    assert (folder / JOURNAL).stat().st_size == size
    assert (list(store.ids(Select())), store.alerts(), dict(store.feeds())) == (["a"], (), {})
    store.commit(change)
    assert sorted(store.ids(Select())) == ["a", "b", "c"] and len(store.alerts()) == 1
    with full_disk(room // 10), pytest.raises(StoreError):
        store.log(Entry("A-1", "A", "XY", NOW, "note", ""))
    assert store.entries() == ()
    store.log(Entry("A-1", "A", "XY", NOW, "note", ""))
    store.close()
    assert sorted(opened(folder)[0]) == ["a", "b", "c"]


def test_when_even_cutting_back_fails_it_is_done_before_the_next_append(folder: Path) -> None:
    store = JournalStore(folder, "collector")
    store.commit(Commit(items=(item(item_id="a"),)))
    broken = patch("sitmon.store.file.os.ftruncate", side_effect=OSError(errno.EIO, "Input/output error"))
    with full_disk(50), broken, pytest.raises(StoreError):
        store.commit(Commit(items=(item(item_id="b"),)))
    store.commit(Commit(items=(item(item_id="c"),)))
    store.close()
    assert sorted(opened(folder)[0]) == ["a", "c"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_limit_on_file_sizes_is_a_full_disk_too(folder: Path) -> None:
    import resource

    store = JournalStore(folder, "collector")
    store.commit(Commit(items=(item(item_id="a"),)))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / JOURNAL).stat().st_size + 60, hard))
    try:
        with pytest.raises(StoreError):
            store.commit(Commit(items=(item(item_id="b"),)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    store.commit(Commit(items=(item(item_id="c"),)))
    store.close()
    assert sorted(opened(folder)[0]) == ["a", "c"]


def test_a_full_disk_costs_the_index_nothing_but_time(folder: Path) -> None:
    with patch("sitmon.store.index.SEAL", 4), patch("sitmon.store.build.write", side_effect=OSError(errno.ENOSPC, "")):
        wanted = [each.id for each in fill(folder, 20)]
    with patch("sitmon.store.index.SEAL", 4):
        assert opened(folder) == (wanted, ())


def test_a_folder_that_went_away_is_an_error_and_not_a_silent_loss(folder: Path) -> None:
    store = JournalStore(folder, "collector")
    store.commit(Commit(items=(item(item_id="a"),)))
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(StoreError, match="gone"):
        store.commit(Commit(items=(item(item_id="b"),)))
    assert store.item("b") is None
    seat = JournalStore(folder.with_name("elsewhere"), "seat")
    folder.with_name("elsewhere").rename(folder)
    with pytest.raises(StoreError, match=r"elsewhere.*bring"):
        seat.refresh()
    folder.rename(folder.with_name("elsewhere"))
    assert not seat.refresh()
    seat.close()
    folder.with_name("elsewhere").rename(folder)
    store.commit(Commit(items=(item(item_id="c"),)))
    assert sorted(store.ids(Select())) == ["a", "c"]
    store.close()


def test_a_folder_that_cannot_be_written_is_opened_for_reading_with_a_notice(folder: Path) -> None:
    fill(folder, 2)
    refused = patch("sitmon.store.roles.Lock", side_effect=PermissionError(errno.EACCES, "Permission denied"))
    with refused:
        store = open_store(folder, role="collector")
    assert not store.writable and "Permission denied" in store.notices()[0]
    assert list(store.ids(Select())) == ["i0", "i1"]
    with pytest.raises(StoreError, match="Permission denied"):
        store.commit(Commit(items=(item(),)))
    store.close()


def test_a_folder_that_is_none_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"file.*--data"):
        open_store(tmp_path / "file", role="collector")


def test_a_clock_that_jumps_back_loses_no_version(folder: Path) -> None:
    store = JournalStore(folder, "collector")
    before = NOW - timedelta(days=60)
    store.commit(Commit(items=(item("First", item_id="x"),), feeds=(FeedState("wire", items=1),)))
    store.commit(Commit(items=(item("Early", item_id="y", now=before),), feeds=(FeedState("wire", items=2),)))
    store.commit(Commit(items=(item("Second", item_id="x", now=before),), feeds=(FeedState("wire", items=3),)))
    store.commit(Commit(feeds=(FeedState("wire", items=4),)))
    store.close()
    store = JournalStore(folder, "collector")
    assert [i.title for i in store.items(["x", "y"])] == ["Second", "Early"]
    assert store.feeds()["wire"].items == 4
    assert store.count(Select()) == 2
    store.close()


def test_a_compaction_that_a_kill_cut_short_leaves_the_journal_and_no_litter(folder: Path) -> None:
    fill(folder, 5)
    whole = (folder / JOURNAL).read_bytes()
    for length in (0, 50, len(whole) // 2, len(whole)):
        (folder / f"{JOURNAL}.new").write_bytes(whole[:length])
        assert opened(folder) == ([f"i{n}" for n in range(5)], ())
        assert not (folder / f"{JOURNAL}.new").exists()


def test_a_document_that_is_no_item_or_alert_is_passed_over_and_told(folder: Path) -> None:
    fill(folder, 1)
    with (folder / JOURNAL).open("ab") as out:
        out.writelines(encode([Change("items", "odd", {"title": "no date"})]))
        out.writelines(encode([Change("alerts", "odd", {"id": "odd"})]))
    assert sum("odd" in problem for file in check(folder).files for problem in file.problems) == 2
    ids, notices = opened(folder)
    assert ids == ["i0"]
    assert len(notices) == 2 and all("odd" in notice for notice in notices)


def test_months_that_are_over_are_sealed_so_that_opening_reads_no_tails(folder: Path) -> None:
    with patch("sitmon.store.index.SEAL", 96):
        store = JournalStore(folder, "collector")
        for days in (0, 31, 62):
            items = tuple(item(item_id=f"{days}-{n}", now=NOW + timedelta(days=days)) for n in range(10))
            store.commit(Commit(items=items))
        store.close()
        sealed = {path.parent.name[:13] for path in (folder / "index").rglob("*.segment")}
    assert sealed == {"items-2024-09", "items-2024-10"}


# ---------------------------------------------------------------- what is no file


def a_folder(path: Path) -> None:
    path.mkdir()
    (path / "kept").write_text("words")


ODD: dict[str, Callable[[Path], object]] = {
    "folder": a_folder,
    "link to nowhere": lambda path: path.symlink_to("/nowhere/at-all"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "link to a folder": lambda path: path.symlink_to(path.parent),
}
if sys.platform != "win32":
    ODD["pipe"] = os.mkfifo


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize(
    "name", [JOURNAL, "feeds.journal", "collector.lock", "watch-A-2024-09.journal", "watch-A.lock"]
)
def test_what_is_no_file_is_set_aside_too_and_the_rest_goes_on(
    folder: Path, name: str, odd: Callable[[Path], object]
) -> None:
    fill(folder, 2)
    (folder / name).unlink(missing_ok=True)
    odd(folder / name)
    assert opened(folder, "reader")[0] == ([] if name == JOURNAL else ["i0", "i1"])
    assert name.endswith(".lock") or not check(folder).is_sound
    store = JournalStore(folder, "collector", "A")
    said = " ".join(store.notices())
    assert f"{name}.damaged-1" in said
    assert os.path.lexists(folder / f"{name}.damaged-1")
    store.commit(Commit(items=(item("New", item_id="new"),)))
    store.log(Entry("e", "A", "KJ", NOW, "note", "", text="x"))
    store.close()
    assert "new" in opened(folder)[0]
    assert f"{name}.damaged-1" in check(folder).aside


def test_a_foreign_file_in_place_of_a_lock_is_locked_and_left_as_it_is(folder: Path) -> None:
    folder.mkdir()
    (folder / "collector.lock").write_bytes(b"\x1b]0;my notes\x07 of a year")
    store = JournalStore(folder, "collector")
    assert store.writable
    assert "another process is collecting here" in " ".join(opened(folder)[1])
    store.close()
    assert (folder / "collector.lock").read_bytes() == b"\x1b]0;my notes\x07 of a year"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_another_seat_s_log_that_may_not_be_read_is_passed_over_and_named(folder: Path) -> None:
    fill(folder, 1)
    store = JournalStore(folder, "seat", "A")
    store.log(Entry("e", "A", "KJ", NOW, "note", "", text="x"))
    store.close()
    (folder / "watch-A-2024-09.journal").chmod(0)
    ids, notices = opened(folder)
    assert ids == ["i0"]
    assert any("watch-A-2024-09.journal: Permission denied" in notice for notice in notices)


def test_a_folder_that_is_gone_for_a_while_is_said_and_goes_on_when_it_is_back(folder: Path) -> None:
    fill(folder, 1)
    store = JournalStore(folder, "collector")
    folder.rename(folder.with_name("away"))
    for ask in (store.refresh, lambda: store.retain(NOW), lambda: store.commit(Commit(items=(item(item_id="new"),)))):
        with pytest.raises(StoreError, match="bring"):
            ask()
    folder.with_name("away").rename(folder)
    store.commit(Commit(items=(item(item_id="new"),)))
    assert not store.refresh()
    store.close()
    assert set(opened(folder)[0]) == {"i0", "new"}
