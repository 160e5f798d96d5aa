"""What an officer does without a screen: to regions, stories and the watch log, and back again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest

from sitmon import headless
from sitmon.cli import parse
from sitmon.errors import UsageError
from sitmon.headless import opening
from sitmon.model import Level, RegionStatus, Story
from sitmon.room import Room
from tests import exercise

NOON = datetime(2024, 9, 19, 12, tzinfo=UTC)
WHERE = ("--config", exercise.CONFIG)
MINUTES = count(1)
LATE = 100
"""Minutes after noon at which all that was done is seen."""

Do = Callable[..., dict[str, Any]]
T = TypeVar("T")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data")
    for days in (1, 0):
        assert exercise.poll(path, NOON - timedelta(days=days)) == 0
    return path


@pytest.fixture
def do(folder: Path, capsys: pytest.CaptureFixture[str]) -> Do:
    """Carries an order out, each a minute after the last; its entry as it was told."""

    def order(*words: str) -> dict[str, Any]:
        capsys.readouterr()
        options = parse([*words, "--json", "--data", str(folder), *WHERE])
        assert headless.VERBS[words[0]](at(options, next(MINUTES))) == 0
        (line,) = capsys.readouterr().out.splitlines()
        told: dict[str, Any] = json.loads(line)
        return told

    return order


def at(options: Any, minutes: int) -> Any:
    return replace(options, clock=exercise.at(NOON + timedelta(minutes=minutes)))


def ask(folder: Path, question: Callable[[Room], T]) -> T:
    with opening.room(at(parse(["log", "--data", str(folder), *WHERE]), LATE), "reader") as room:
        return question(room)


def stories(folder: Path) -> list[Story]:
    """Those of two items and more, with the most items first."""
    told = ask(folder, lambda room: [story for story in room.stories("since:3d") if len(story.items) > 1])
    return sorted(told, key=lambda story: -len(story.items))


def region(folder: Path, name: str) -> RegionStatus:
    return ask(folder, lambda room: next(status for status in room.statuses if status.id == name))


def test_a_level_is_set_with_reason_and_review_and_given_back(folder: Path, do: Do) -> None:
    told = do("level", "Sahel", "severe", "as", "HQ", "has", "it", "--review", "12h", "--by", "KJ")
    assert (told["verb"], told["subject"], told["by"], told["text"]) == ("level", "sahel", "KJ", "as HQ has it")
    assert told["said"].startswith("severe, review by 20000")
    found = region(folder, "sahel")
    assert (found.level, found.set_by, found.set_reason) == (Level.SEVERE, "KJ", "as HQ has it")
    assert found.set_at and found.review_by == found.set_at + timedelta(hours=12)
    do("level", "sahel", "auto")
    assert region(folder, "sahel").set_by is None


def test_a_level_is_taken_back_by_an_undo(folder: Path, do: Do) -> None:
    do("level", "Bamako", "normal", "quiet", "--review", "4h")
    assert "undone: level by" in do("undo", "bamako", "wrong", "one")["said"]
    assert region(folder, "bamako").set_by is None


def test_any_country_may_be_given_a_level(folder: Path, do: Do) -> None:
    assert do("level", "burkina faso", "HIGH", "embassy", "--review", "1h")["subject"] == "BF"
    assert region(folder, "BF").level is Level.HIGH


def test_a_digit_goes_to_the_story_of_an_item_and_is_taken_back(folder: Path, do: Do) -> None:
    before = stories(folder)[0]
    digit = "5" if before.rating[1] != "5" else "4"
    told = do("credibility", before.items[-1], digit, "seen on no film")
    assert (told["subject"], told["data"]) == (before.id, [["digit", digit]])
    assert stories(folder)[0].rating[1] == digit
    do("undo", before.id, "it was")
    assert stories(folder)[0].rating == before.rating


def test_items_are_split_off_and_put_together_again(folder: Path, do: Do) -> None:
    whole = next(story for story in stories(folder) if len(story.items) > 2)
    some = whole.items[:2]
    told = do("split", ",".join(some), "another", "event")
    assert (told["subject"], told["text"], told["said"]) == (
        whole.id, "another event", "2 items are a story of their own"
    )  # fmt: skip
    left = ask(folder, lambda room: room.story(whole.id))
    assert left and set(left.items) == set(whole.items) - set(some)
    assert "undone: split" in do("undo", some[0], "no")["said"]
    back = ask(folder, lambda room: room.story(whole.id))
    assert back and set(back.items) == set(whole.items)


def test_a_story_is_merged_by_one_of_its_items_and_comes_apart_again(folder: Path, do: Do) -> None:
    one, two = stories(folder)[:2]
    assert do("merge", one.items[0], two.id, "same")["said"] == f"now in: {two.title}"
    both = ask(folder, lambda room: room.story(two.id))
    assert both and set(both.items) == {*one.items, *two.items}
    do("undo", one.items[0], "no")
    assert {story.id for story in stories(folder)} >= {one.id, two.id}


@pytest.mark.parametrize(
    ("words", "subject", "text"),
    [
        (["embassy rings back at 14Z"], "", "embassy rings back at 14Z"),
        (["embassy", "rings", "back"], "", "embassy rings back"),
        (["kidal", "road is cut"], "kidal", "road is cut"),
        (["ML.Kidal", "road", "is", "cut"], "ML.Kidal", "road is cut"),
        (["northern-desk", "asks for an interview"], "northern-desk", "asks for an interview"),
        (["deadly", "attack", "is", "an", "exercise"], "", "deadly attack is an exercise"),
    ],
)
def test_a_note_is_about_what_its_first_word_is_the_id_of_or_about_nothing(
    do: Do, words: list[str], subject: str, text: str
) -> None:
    told = do("note", *words)
    assert (told["subject"], told["text"]) == (subject, text)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["note"], "what should the watch log say?"),
        (["note", "kidal"], "sitmon note kidal"),
        (["level", "kidal", "high"], "why is it high?"),
        (["level", "kidal", "high", "because"], "when is it looked at again?"),
        (["level", "kidal", "high", "because", "--review", "2020-01-01"], "lies in the past"),
        (["level", "Kidall", "high", "because", "--review", "4h"], "did you mean"),
        (["credibility", "s-none", "2"], "no such story or item"),
        (["split", "nothing"], "why is it split off?"),
        (["split", "nothing", "because"], "no such item"),
        (["split", ",", "because"], "no such item"),
        (["merge", "s-none", "s-less"], "why is it the same event?"),
        (["merge", "s-none", "s-less", "because"], "'s-none': no such story"),
    ],
)
def test_an_order_that_cannot_be_carried_out_says_what_to_write(folder: Path, words: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told.replace("?", r"\?")):
        headless.VERBS[words[0]](at(parse([*words, "--data", str(folder), *WHERE]), LATE))


def test_items_of_two_stories_are_not_split_off_at_once(folder: Path) -> None:
    one, two = stories(folder)[:2]
    words = ["split", f"{one.items[0]},{two.items[0]}", "because", "--data", str(folder), *WHERE]
    with pytest.raises(UsageError, match="in 2 stories"):
        headless.VERBS["split"](at(parse(words), LATE))


@pytest.mark.parametrize("words", [["level", "kidal", "hihg"], ["credibility", "s-1", "7"], ["merge", "s-1"]])
def test_a_word_that_cannot_stand_there_is_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(words)
    assert left.value.code == 2


def test_without_json_an_order_is_one_line_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    options = parse(["note", "all quiet", "--data", str(folder), *WHERE])
    assert headless.VERBS["note"](at(options, LATE)) == 0
    assert capsys.readouterr().out == '191340ZSEP24 note -- "all quiet"\n'
