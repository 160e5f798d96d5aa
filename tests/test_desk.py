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
from sitmon.model import AlertState, Priority, Story
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
    Refused,
    Row,
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

    def next(self, kind: type[T] | tuple[type[T], ...]) -> T:
        """The next message of the kind; others, which come unasked, are passed over."""
        assert self.process.stdout
        while (message := wire.read(self.process.stdout)) is not None:  # type: ignore[arg-type]
            if isinstance(message, kind):
                return message
        raise AssertionError(f"the desk left before it said a {kind}")

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
        assert exercise.poll(path, NOON - timedelta(days=days)) == 0
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


def test_what_a_rule_of_priority_flag_found_is_highlighted_until_it_is_closed(desk: Desk) -> None:
    flags = {alert.id: set(alert.items) for alert in desk.situation().alerts if alert.priority is Priority.FLAG}

    def highlighted() -> set[str]:
        desk.send(AskPage("", 0, 500))
        return {row.item for row in desk.next(Page).rows if row.flagged}

    assert flags and highlighted() == set().union(*flags.values())
    closed = min(flags)
    told(desk, Act("close", closed, "seen"))
    del flags[closed]
    assert highlighted() == set().union(*flags.values())


@pytest.mark.parametrize("query", ["", "country:ML"])
def test_an_event_is_rated_as_the_article_that_tells_it(desk: Desk, query: str) -> None:
    desk.situation()
    desk.send(AskPage(query, 0, 500))
    shown = desk.next(Page).rows
    articles = {row.item: row.rating for row in shown if row.kind == "item"}
    events = {row.item: row.rating for row in shown if row.kind == "event" and row.item in articles}
    assert events and events == {item: articles[item] for item in events}
    assert {rating[1] for rating in events.values()} - {"6"}


def test_a_filter_shows_only_what_matches_and_a_bad_one_points_at_its_fault(desk: Desk) -> None:
    desk.situation()
    desk.send(AskPage("country:LB", 0, 50))
    assert all("LB" in row.countries for row in desk.next(Page).rows)
    desk.send(AskPage("actor:jnmi", 0, 50))
    assert "no actor is called 'jnmi'" in (desk.next(Page).error or "")
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


def told(desk: Desk, act: Act) -> str:
    """Do it; what came of it in words."""
    desk.send(act)
    answer = desk.next((Done, Refused))
    assert isinstance(answer, Done), answer
    return answer.note


def card(desk: Desk, item: str) -> Card:
    desk.send(AskCard(item))
    return desk.next(Card)


def row(desk: Desk, item: str) -> Row:
    desk.send(AskPage("", 0, 500))
    return next(row for row in desk.next(Page).rows if row.key == item)


def stories(desk: Desk) -> list[Story]:
    """Those of two items or more that the timeline's latest rows are in, and that are open still.

    Which items are one story depends a little on the order in which feeds answered.
    """
    desk.send(AskPage("", 0, 200))
    found = {row.story: row.item for row in desk.next(Page).rows if row.story and row.similar}
    told = (card(desk, item).story for item in found.values())
    return [story for story in told if story and story.latest > NOON - timedelta(days=4)]


def correction(item: str, op: str, what: str, name: str, to: str = "") -> Act:
    return Act("tag", item, "read it again", data=(("op", op), ("what", what), ("id", name), ("to", to)))


def test_a_corrected_tag_shows_on_the_card_with_who_corrected_it(desk: Desk) -> None:
    desk.situation()
    desk.send(AskPage("title:kidal country:ML", 0, 1))
    item = desk.next(Page).rows[0].item
    assert told(desk, correction(item, "add", "region", "Aguelhok")) == "added region ML.Kidal.Aguelhok (Aguelhok)"
    assert told(desk, correction(item, "add", "actor", "Islamic State in the Greater Sahara")).startswith(
        "added actor "
    )
    assert "to ML.Gao (Gao)" in told(desk, correction(item, "sense", "region", "ML.Kidal.Aguelhok", "gao"))
    found = card(desk, item)
    assert "ML.Gao" in {region.id for region in found.item.tags.regions}
    assert dict(found.names)["ML.Gao"] == "Gao"
    assert [dict(entry.data)["op"] for entry in found.corrected] == ["add", "add", "sense"]
    assert all(entry.by and entry.text == "read it again" for entry in found.corrected)


def test_a_correction_that_names_nothing_known_is_refused_with_the_nearest_name(desk: Desk) -> None:
    item = desk.situation().alerts[0].items[0]
    desk.send(correction(item, "add", "region", "Kidall"))
    assert "did you mean ML.Kidal (Kidal)?" in desk.next(Refused).reason
    desk.send(correction(item, "remove", "actor", "nobody"))
    assert "not among its tags" in desk.next(Refused).reason


def test_a_split_shows_at_once_in_card_rows_and_statuses(desk: Desk) -> None:
    desk.situation()
    story = max(stories(desk), key=lambda one: len(one.items))
    one, *others = story.items
    assert told(desk, Act("split", story.id, "another event", data=(("items", one),)))
    after = desk.next(Situation)
    apart, left = card(desk, one), card(desk, others[0])
    assert apart.story and apart.story.items == (one,) and not apart.others
    assert left.story and left.story.id == story.id and one not in left.story.items
    assert row(desk, one).similar == 0 and row(desk, one).story == apart.story.id
    drivers = {d.story: d.items for region in after.regions for d in region.drivers if d.story}
    assert all(one not in items for key, items in drivers.items() if key != apart.story.id)


def test_a_merge_shows_at_once_and_can_be_taken_back_by_a_split(desk: Desk) -> None:
    desk.situation()
    one, two = stories(desk)[:2]
    assert told(desk, Act("merge", one.id, "same event", data=(("into", two.id),))) == f"now in: {two.title}"
    after = desk.next(Situation)
    both = card(desk, one.items[0])
    assert both.story and both.story.id == two.id and set(both.story.items) == {*one.items, *two.items}
    assert row(desk, two.items[0]).similar == len(one.items) + len(two.items) - 1
    assert one.id not in {d.story for region in after.regions for d in region.drivers}
    desk.send(Act("merge", two.id, "", data=(("into", one.id),)))
    assert "one story already" in desk.next(Refused).reason
    told(desk, Act("split", two.id, "not the same", data=(("items", " ".join(one.items)),)))
    apart = card(desk, one.items[0]).story
    assert apart and set(apart.items) == set(one.items) and apart.id not in {one.id, two.id}


def test_what_was_done_last_to_an_item_or_its_story_can_be_undone(desk: Desk) -> None:
    desk.situation()
    story = max(stories(desk), key=lambda one: len(one.items))
    one, *others = story.items
    told(desk, Act("split", story.id, "another event", data=(("items", one),)))
    assert "undone: split by" in told(desk, Act("undo", one, "it was not"))
    back = card(desk, one).story
    assert back and back.id == story.id and set(back.items) == set(story.items)
    other = next(two for two in stories(desk) if two.id != story.id)
    told(desk, Act("merge", other.id, "same event", data=(("into", story.id),)))
    assert "undone: merge" in told(desk, Act("undo", others[0], "it is not"))
    apart = card(desk, other.items[0]).story
    assert apart and (apart.id, set(apart.items)) == (other.id, set(other.items))


def test_nothing_done_is_nothing_to_undo(desk: Desk) -> None:
    desk.situation()
    desk.send(Act("undo", "kidal", "why not"))
    assert "nothing stands here" in desk.next(Refused).reason


def test_a_split_of_a_whole_story_is_refused(desk: Desk) -> None:
    desk.situation()
    story = stories(desk)[0]
    desk.send(Act("split", story.id, "", data=(("items", " ".join(story.items)),)))
    assert "nothing would stay" in desk.next(Refused).reason


def test_a_town_that_stands_as_its_division_of_the_same_name_is_one_line(desk: Desk) -> None:
    regions = {region.id: region.score for region in desk.situation().regions}
    twins = [region for region in regions if region.count(".") == 2 and region.split(".")[1] == region.split(".")[2]]
    assert all(regions[twin] != regions.get(twin.rpartition(".")[0]) for twin in twins)
    assert "bamako" in regions and "ML.Bamako.Bamako" not in regions
