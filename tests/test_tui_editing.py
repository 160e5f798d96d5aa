"""What the officer corrects: tags, stories, and who has the watch."""

from __future__ import annotations

import pytest

from sitmon.picture import Act
from sitmon.tui.screens.about import ItemView
from sitmon.tui.screens.handing import HandoverView
from tests.desk_double import DeskDouble
from tests.screens import Stage, play


def tagged(op: str, what: str, name: str, to: str = "") -> Act:
    return Act("tag", "i299", "why", data=(("op", op), ("what", what), ("id", name), ("to", to)))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("1", *"Gao", "enter"), tagged("add", "region", "Gao")),
        (("2", *"JNIM", "enter"), tagged("add", "actor", "JNIM")),
        (("3", "1"), tagged("remove", "region", "ML.Kidal")),
        (("4", "2", *"fla", "enter"), tagged("sense", "actor", "wagner", "fla")),
    ],
)
def test_a_tag_is_corrected_with_a_reason(keys: tuple[str, ...], expected: Act) -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "enter", "t", *keys)
        await stage.press(*"why", "enter")
        assert stage.acts == [expected]

    play(scene)


def test_a_corrected_tag_says_by_whom() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "enter", "t", "4", "1", *"ML.Gao", "enter", *"other town", "enter")
        assert "CORRECTED by KJ" in stage.text
        assert "ML.Kidal to ML.Gao  by KJ" in stage.text and ": other town" in stage.text

    play(scene, size=(110, 50))


def test_a_correction_without_a_reason_is_not_made() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "enter", "t", "3", "1", "enter")
        assert "needed: a few words" in stage.text
        await stage.press("escape")
        assert stage.acts == []

    play(scene)


def test_a_split_takes_this_item_out_of_its_story() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "enter", "X", *"why", "enter")
        assert stage.acts == [Act("split", "s1", "why", data=(("items", "i299"),))]

    play(scene)


def test_a_split_takes_the_marked_items_out() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "enter", "tab", "x", "j", "x", "j", "x", "x")
        assert "2 marked (X splits)" in stage.text
        await stage.press("X", *"why", "enter")
        assert stage.acts == [Act("split", "s1", "why", data=(("items", "i299 i298"),))]

    play(scene, size=(100, 30))


def test_a_merge_takes_the_story_of_an_item_that_was_looked_for() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "enter", "M", *"Convoy", "enter")
        await stage.until("ENTER: MERGE INTO")
        await stage.press("enter")
        await stage.until("Merge: why?")
        await stage.press(*"why", "enter")
        assert stage.acts == [Act("merge", "s1", "why", data=(("into", "s1"),))]
        assert isinstance(stage.app.screen, ItemView)

    play(scene)


def test_a_merge_into_an_item_without_a_story_is_told() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "enter", "M", *"Djibo", "enter")
        await stage.until("ENTER: MERGE INTO")
        await stage.press("enter")
        await stage.until("in no story")
        assert stage.acts == []

    play(scene)


def test_an_unacknowledged_p1_is_named_and_blocks_the_signing_until_confirmed() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("H")
        assert isinstance(stage.app.screen, HandoverView)
        assert "P1 NOT ACKNOWLEDGED Attack on gendarmerie" in stage.text
        await stage.press("s", *"ME", "enter")
        assert "Hand over to ME all the same?" in stage.text
        await stage.press("n")
        assert stage.acts == []
        await stage.press("s", *"ME", "enter", "y")
        assert stage.acts == [Act("shift", text="ME")]

    play(scene)


def test_a_watch_with_nothing_waiting_is_signed_at_once() -> None:
    desk = DeskDouble()
    desk.situation = desk.situation.__class__(as_of=desk.situation.as_of)

    async def scene(stage: Stage) -> None:
        await stage.press("H", "s", *"ME", "enter")
        assert stage.acts == [Act("shift", text="ME")]
        assert "WATCH HANDOVER KJ" in stage.text

    play(scene, desk=desk)


def test_what_was_done_last_is_taken_back_with_a_reason() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "enter", "u", *"no", "enter", "escape", "1", "u", *"oops", "enter")
        assert stage.acts == [Act("undo", "i299", "no"), Act("undo", "a5", "oops")]

    play(scene)


def test_a_rule_is_taken_out_of_service_until_it_is_put_back() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("O", "2", "5", *"why", "enter")
        assert stage.acts == [Act("service", "sahel-mass-casualty", "why", data=(("state", "out"),))]

    play(scene)
