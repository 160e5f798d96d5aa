"""The desk as the screen talks to it: a real process, real pipes, a data folder that the exercise filled."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TypeVar

import pytest

from sitmon import wire
from sitmon.model import AlertState
from sitmon.picture import (
    Act,
    AskCard,
    AskPage,
    AskRecord,
    Card,
    Done,
    Leave,
    LookBack,
    Page,
    Record,
    Situation,
)
from tests import exercise

NOON = datetime(2024, 9, 19, 12, tzinfo=UTC)

T = TypeVar("T")


class Desk:
    """A desk in a process of its own."""

    def __init__(self, folder: Path) -> None:
        argv = [sys.executable, "-m", "sitmon", "desk", "--config", exercise.CONFIG, "--data", str(folder)]
        self.process = subprocess.Popen(
            [*argv, "--clock", exercise.at(NOON)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    @property
    def into(self) -> IO[bytes]:
        assert self.process.stdin
        return self.process.stdin

    def send(self, message: object) -> None:
        self.into.write(wire.frame(message))
        self.into.flush()

    def next(self, kind: type[T]) -> T:
        """The next message of the kind; others, which come unasked, are passed over."""
        assert self.process.stdout
        while (message := wire.read(self.process.stdout)) is not None:  # type: ignore[arg-type]
            if isinstance(message, kind):
                return message
        raise AssertionError(f"the desk left before it said a {kind.__name__}")

    def situation(self) -> Situation:
        """The first one in which all that is stored was taken in."""
        while True:
            found = self.next(Situation)
            if found.alerts and found.collector != "reading what is stored":
                return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data")
    for days in (6, 1, 0):
        exercise.poll(path, NOON - timedelta(days=days))
    return path


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    one = Desk(folder)
    yield one
    if one.process.poll() is None:
        one.send(Leave())
    one.into.close()
    assert one.process.wait(20) == 0


def test_a_situation_comes_unasked_and_marks_the_exercise(desk: Desk) -> None:
    found = desk.situation()
    assert found.exercise and found.items > 50
    assert {region.id for region in found.regions} >= {"kidal", "sahel"}
    assert not found.trouble


def test_pages_are_cut_from_one_sequence(desk: Desk) -> None:
    desk.situation()
    desk.send(AskPage("", 0, 30))
    whole = desk.next(Page)
    desk.send(AskPage("", 10, 10))
    part = desk.next(Page)
    assert part.rows == whole.rows[10:20]
    assert part.total == whole.total > 50
    assert whole.newest == whole.rows[0].key


def test_a_filter_shows_only_what_matches_and_a_bad_one_points_at_its_fault(desk: Desk) -> None:
    desk.situation()
    desk.send(AskPage("country:LB", 0, 50))
    assert all("LB" in row.countries for row in desk.next(Page).rows)
    desk.send(AskPage("killed>=many", 0, 50))
    assert "^" in (desk.next(Page).error or "")


def test_a_card_tells_all_about_an_item(desk: Desk) -> None:
    alert = desk.situation().alerts[0]
    desk.send(AskCard(alert.items[0]))
    card = desk.next(Card)
    assert card.item.id == alert.items[0]
    assert card.feed and alert.id in {other.id for other in card.alerts}


def test_an_acknowledgement_is_told_durable_and_shows_in_alert_and_record(desk: Desk) -> None:
    alert = next(alert for alert in desk.situation().alerts if alert.state is AlertState.NEW)
    desk.send(Act("ack", alert.id, "seen"))
    assert desk.next(Done).subject == alert.id
    after = {other.id: other for other in desk.next(Situation).alerts}
    assert alert.id not in after or not after[alert.id].is_unseen
    desk.send(AskRecord(alert.id))
    assert [entry.verb for entry in desk.next(Record).entries] == ["ack"]


def test_looking_back_shows_the_situation_as_it_stood(desk: Desk) -> None:
    now = desk.situation()
    desk.send(LookBack(NOON - timedelta(days=5)))
    then = desk.next(Situation)
    while then.collector == "reading what is stored":
        then = desk.next(Situation)
    assert then.as_of == NOON - timedelta(days=5)
    assert len(then.alerts) < len(now.alerts)
    assert all(alert.raised <= then.as_of for alert in then.alerts)
    desk.send(AskPage("", 0, 10))
    assert all(row.when <= then.as_of for row in desk.next(Page).rows)


def test_the_desk_leaves_when_the_screen_is_gone(folder: Path) -> None:
    desk = Desk(folder)
    desk.situation()
    desk.into.close()
    assert desk.process.wait(20) == 0
