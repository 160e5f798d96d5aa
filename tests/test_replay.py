"""What is stored told again, and what is being stored told as it comes: order, changes, and nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sitmon.cli import main
from sitmon.config import Config
from sitmon.geography import Geography
from sitmon.headless import telling
from sitmon.headless.tailing import Following
from sitmon.model import Alert, Commit, FeedState, Item, Priority, Region, Turn
from sitmon.room.replaying import Told, replay, ring
from sitmon.rules import Match
from sitmon.store import open_store
from tests import exercise
from tests.factories import NOW, feed, item

HOUR = timedelta(hours=1)
SAHEL = Region("sahel", "Sahel", countries=("ML",))
CLASH = Match(id="clash", query="clash", priority=Priority.P2)
WIRE = feed("wire", countries=("ML",))
CONFIG = Config(Path("feeds.yaml"), feeds=(WIRE,), regions=(SAHEL,), rules=(CLASH,))


def played(items: list[Item], config: Config = CONFIG, hours: float = 12) -> list[Told]:
    return list(replay(config, Geography(config.regions), items, NOW - timedelta(hours=hours), NOW))


def lines(told: list[Told]) -> list[str]:
    return [telling.words(each) for each in told]


def test_an_item_is_told_when_it_became_known_and_the_alert_behind_it() -> None:
    early = item("Clash near Gao", minutes_ago=300, regions=("ML.Gao",))
    late = replace(item("Rain in Gao", minutes_ago=400, regions=("ML.Gao",)), first_seen=NOW - HOUR)
    first, alert, level, last = [line for line in lines(played([late, early])) if " LEVEL Mali: " not in line][:4]
    assert level == "190700ZSEP24 LEVEL Sahel: ELEVATED, before NORMAL: Clash near Gao (100%)"
    assert first == "190700ZSEP24 ITEM ML wire: Clash near Gao"
    assert alert == "190700ZSEP24 ALERT P2 clash ML.Gao: Clash near Gao, raised: clash"
    assert last == "191100ZSEP24 ITEM ML wire: Rain in Gao, of 190520ZSEP24"


def test_what_was_known_before_only_teaches_and_what_came_later_is_not_told() -> None:
    before, after = item("Clash near Gao", minutes_ago=900), item("Clash near Kidal", minutes_ago=-5)
    assert played([before, after]) == []


def test_another_rule_shows_at_once() -> None:
    items = [item("Rain in Gao", minutes_ago=30, regions=("ML.Gao",))]
    assert len(played(items)) == 1
    rain = replace(CONFIG, rules=(Match(id="rain", query="rain", priority=Priority.P1),))
    assert [line.split(", ")[0] for line in lines(played(items, rain))][1].endswith("ALERT P1 rain ML.Gao: Rain in Gao")


def test_a_level_is_told_when_it_changes_and_when_it_falls_again() -> None:
    deadly = Match(id="deadly", query="clash", priority=Priority.P1)
    items = [item("Clash near Gao", minutes_ago=60 * 24 * 9, regions=("ML.Gao",))]
    told = lines(played(items, replace(CONFIG, rules=(deadly,)), hours=24 * 10))
    levels = [line.split(" ", 1)[1].rpartition(": ")[0] for line in told if " LEVEL Sahel: " in line]
    assert levels[0] == "LEVEL Sahel: HIGH, before NORMAL"
    assert levels[1:] == ["LEVEL Sahel: ELEVATED, before HIGH", "LEVEL Sahel: GUARDED, before ELEVATED"]


def alert(**more: object) -> Alert:
    return replace(Alert("a", "clash", Priority.P2, "Clash", NOW, NOW, because="clash"), **more)  # type: ignore[arg-type]


def test_of_an_alert_only_what_is_new_is_told() -> None:
    turned = alert(turns=(Turn(NOW, "toll", "70 killed"),), news="70 killed")
    pairs = [(None, alert()), (alert(), alert(count=2)), (alert(), turned), (turned, replace(turned, returned=NOW))]
    told = [(rang.how, rang.words) if (rang := ring(before, after)) else None for before, after in pairs]
    assert told == [
        ("raised", "clash"),
        None,
        ("changed", "70 killed"),
        ("returned", "its condition went away"),
    ]


def test_who_follows_hears_each_item_once_and_no_edits_of_old_ones(tmp_path: Path) -> None:
    writing = open_store(tmp_path, role="collector")
    old = item("Old", minutes_ago=60)
    writing.commit(Commit(items=(old,), feeds=(FeedState("wire", last_polled=NOW - HOUR / 2),), alerts=(alert(),)))
    reading = open_store(tmp_path, role="reader")
    following = Following(reading)
    assert list(following.news()) == []
    new = item("New", minutes_ago=1)
    writing.commit(Commit(items=(replace(old, title="Edited"), new), alerts=(alert(), replace(alert(), id="b"))))
    assert [telling.words(told).split(" ", 1)[1] for told in following.news()] == [
        "ITEM -- wire: New",
        "ALERT P2 clash --: Clash, raised: clash",
    ]
    writing.commit(Commit(items=(replace(new, title="New, edited"),)))
    assert list(following.news()) == []
    reading.close()
    writing.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data")
    for days in (3, 1):
        assert exercise.poll(path, NOW - timedelta(days=days)) == 0
    return path


def test_a_replay_is_the_same_each_time_and_stores_nothing(folder: Path) -> None:
    def run(seed: str) -> bytes:
        argv = [sys.executable, "-m", "sitmon", "replay", "170000ZSEP24", "191200ZSEP24", "--json"]
        argv += ["--config", exercise.CONFIG, "--data", str(folder)]
        return subprocess.run(argv, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True).stdout

    stored = {path.name: path.read_bytes() for path in folder.glob("*.journal")}
    first = run("1")
    told = [json.loads(line) for line in first.splitlines()]
    assert {each["event"] for each in told} == {"item", "alert", "level"}
    assert [each["at"] for each in told] == sorted(each["at"] for each in told)
    assert run("2") == first
    assert {path.name: path.read_bytes() for path in folder.glob("*.journal")} == stored


def test_a_replay_tells_what_the_store_passed_over(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "data"
    damaged.mkdir()
    journal = damaged / "items-2024-09.journal"
    journal.write_bytes((folder / journal.name).read_bytes().replace(b"Second convoy", b"Second c0nvoy", 1))
    assert main(["replay", "160000ZSEP24", "191200ZSEP24", "--config", exercise.CONFIG, "--data", str(damaged)]) == 0
    assert "quarantined" in capsys.readouterr().err


def test_a_replay_backwards_is_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["replay", "191200ZSEP24", "170000ZSEP24", "--config", exercise.CONFIG, "--data", str(folder)]
    assert main(words) == 2
    assert "FROM" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to another process")
def test_a_tail_ends_well_when_interrupted(folder: Path) -> None:
    argv = [sys.executable, "-m", "sitmon", "tail", "--config", exercise.CONFIG, "--data", str(folder)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr and "following" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
