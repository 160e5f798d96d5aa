"""The watch on a fake desk: panes, keys, what stays still and what is told to the desk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual import events

from sitmon.model import AlertState, Level, Priority
from sitmon.picture import Act, AskPage, Leave, LookBack
from sitmon.tui.app import SitmonApp
from sitmon.tui.screens.about import AlertView, ItemView, RegionView
from sitmon.tui.screens.help import HelpView
from sitmon.tui.screens.lists import FeedsView, SearchView
from tests.desk_double import ALERTS, REGIONS, DeskDouble, alert, region, row
from tests.factories import NOW
from tests.screens import Stage, play


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (100, 30), (120, 40), (200, 60)])
def test_every_size_shows_the_three_titles(size: tuple[int, int]) -> None:
    async def scene(stage: Stage) -> None:
        text = stage.text
        assert [title for title in ("ALERTS", "TIMELINE", "REGIONS") if title not in text] == []
        assert "Kidal" in text

    play(scene, size=size)


def test_what_is_typed_before_a_question_is_open_stands_in_its_line() -> None:
    async def scene(stage: Stage) -> None:
        for key in "cwas seen":
            stage.app.post_message(events.Key("space" if key == " " else key, key))
        await stage.settle()
        await stage.press("!", "enter")
        assert stage.acts == [Act("close", "a5", "was seen!")]
        await stage.press("f", *"Gao", "enter")
        for key in "fDji":
            stage.app.post_message(events.Key(key, key))
        await stage.settle()
        await stage.press(*"bo", "enter")
        assert stage.desk.told[-1] == AskPage("Djibo", 0)

    play(scene)


def test_acknowledging_tells_the_desk_and_the_alert_reads_ack() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("a")
        assert stage.acts == [Act("ack", "a5")]
        assert next(a.state for a in stage.app.situation.alerts if a.id == "a5") is AlertState.ACKNOWLEDGED
        assert stage.alerts.key == "a9"

    play(scene)


def test_an_act_that_the_desk_refuses_is_told_with_its_reason() -> None:
    desk = DeskDouble()
    desk.refuse = "the disk is full"

    async def scene(stage: Stage) -> None:
        await stage.press("a")
        assert "ack was NOT done: the disk is full" in stage.text

    play(scene, desk=desk)


def test_rows_arriving_above_leave_the_readers_row_where_it_is() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "j", "j", "j")
        timeline = stage.timeline
        key, line = timeline.key, timeline.cursor - timeline.top
        stage.desk.arrive([row(number) for number in range(306, 299, -1)])
        await stage.settle()
        assert (timeline.key, timeline.cursor - timeline.top) == (key, line)
        assert "+7 new (G)" in stage.text
        await stage.press("G")
        assert timeline.key == "r306"
        assert "new (G)" not in stage.text

    play(scene)


def test_a_burst_of_more_rows_than_a_page_still_leaves_the_readers_row() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "j", "j")
        timeline = stage.timeline
        stage.desk.arrive([row(number) for number in range(1000, 299, -1)])
        await stage.settle()
        assert (timeline.key, timeline.fresh) == ("r297", 701)
        assert timeline.row is not None

    play(scene)


def test_a_timeline_nobody_reads_flows() -> None:
    async def scene(stage: Stage) -> None:
        stage.desk.arrive([row(300)])
        await stage.settle()
        assert stage.timeline.key == "r300"

    play(scene)


def test_pause_holds_the_timeline_and_lets_it_go_on() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("p")
        stage.desk.arrive([row(300)])
        await stage.settle()
        assert stage.timeline.key == "r299"
        assert "PAUSED, more waits" in stage.text
        await stage.press("p")
        assert stage.timeline.key == "r300"

    play(scene)


@pytest.mark.parametrize(
    ("keys", "view"),
    [
        (("enter",), AlertView),
        (("2", "enter"), ItemView),
        (("2", "e"), ItemView),
        (("3", "enter"), RegionView),
        (("F",), FeedsView),
        (("question_mark",), HelpView),
        (("slash", "D", "j", "i", "enter"), SearchView),
    ],
)
def test_a_view_opens_and_esc_returns(keys: tuple[str, ...], view: type) -> None:
    async def scene(stage: Stage) -> None:
        await stage.press(*keys)
        assert isinstance(stage.app.screen, view)
        await stage.press("escape")
        assert len(stage.app.frames()) == 1

    play(scene)


def test_the_item_view_shows_text_source_and_the_words_behind_each_tag() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "enter")
        text = stage.text
        for words in (
            "Two convoys",
            "Tamani Press",
            "B2",
            "rule acronym,context",
            "at least 70 killed",
            "191200ZSEP24",
        ):
            assert words in text

    play(scene, size=(100, 40))


def test_credibility_is_set_by_a_digit_in_the_item_view() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("2", "enter", "2")
        assert stage.acts == [Act("credibility", "s1", data=(("digit", "2"),))]

    play(scene)


def test_shelving_asks_how_long_and_why() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("s", "2", *"known", "enter")
        (act,) = stage.acts
        assert (act.verb, act.subject, act.text) == ("shelve", "a5", "known")
        assert act.until is not None
        assert (act.until - NOW).total_seconds() == 3600

    play(scene)


def test_shelving_without_a_reason_is_not_done() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("s", "1", "enter")
        assert stage.acts == []
        assert "needed: a few words" in stage.text

    play(scene)


def test_a_search_shows_what_it_found_at_once() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("slash", *"Djibo", "enter")
        assert AskPage("Djibo", 0) in stage.desk.told
        assert "Djibo : les routes" in stage.text and "found" in stage.text

    play(scene)


def test_a_filter_asks_the_desk_and_its_error_points_at_the_character() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("f", *"Djibo", "enter")
        assert AskPage("Djibo", 0) in stage.desk.told
        assert "filter: Djibo" in stage.text
        await stage.press("f", *":x", "home", *"regoin", "enter")
        assert "unknown field" in stage.text

    play(scene)


def test_quitting_with_an_unacknowledged_p1_asks_first() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("q")
        assert "1 P1 not acknowledged" in stage.text
        await stage.press("n")
        assert stage.app.is_running
        await stage.press("q", "y")
        assert Leave() in stage.desk.told

    play(scene)


def test_a_desk_that_dies_is_told_and_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitmon.tui.exchange.RETRY", 1.0)

    async def scene(stage: Stage) -> None:
        stage.desk.die()
        await stage.until("NO DESK: the desk ended (code 9)")
        await stage.press("a")
        assert "ack was NOT done" in stage.text
        await stage.settle(1.2)
        assert stage.desk.connections == 2
        assert "NO DESK" not in stage.text
        await stage.press("2", "j", "enter")
        assert isinstance(stage.app.screen, ItemView)

    play(scene)


def test_an_act_that_a_dying_desk_left_unconfirmed_is_named() -> None:
    async def scene(stage: Stage) -> None:
        stage.desk.silent = True
        await stage.press("a")
        assert "ack ..." in stage.text
        stage.desk.die()
        await stage.until("not confirmed: ack a5")

    play(scene)


def test_a_p1_that_comes_back_rings_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(SitmonApp, "bell", lambda _: rung.append(True))

    async def scene(stage: Stage) -> None:
        first = stage.desk.situation.alerts
        await stage.press("a")
        stage.desk.set(alerts=first)
        await stage.settle()
        assert rung == [True]

    play(scene)


def test_a_new_p1_rings_once_and_those_at_the_start_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(SitmonApp, "bell", lambda _: rung.append(True))

    async def scene(stage: Stage) -> None:
        assert rung == []
        flag = alert(2, Priority.FLAG, "A flag")
        stage.desk.set(alerts=(alert(1, Priority.P1, "New"), flag, *ALERTS))
        await stage.settle()
        stage.desk.set(items=9)
        await stage.settle()
        assert rung == [True]
        await stage.press("m")
        stage.desk.set(alerts=(alert(3, Priority.P1, "Newer"), *stage.desk.situation.alerts))
        await stage.settle()
        assert rung == [True]

    play(scene)


def test_looking_back_says_so_and_returns() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("T", *"2h", "enter")
        assert any(isinstance(message, LookBack) and message.as_of for message in stage.desk.told)
        assert "AS IT STOOD AT 191000ZSEP24" in stage.text
        await stage.press("T", "enter")
        assert "AS IT STOOD" not in stage.text

    play(scene)


def test_a_window_too_small_says_so_and_comes_back() -> None:
    async def scene(stage: Stage) -> None:
        await stage.pilot.resize_terminal(40, 10)
        await stage.settle()
        assert "needs 60x15" in stage.text
        assert "ALERTS" not in stage.text
        await stage.press("a", "s")
        assert stage.acts == [], "no key acts on what cannot be seen"
        await stage.pilot.resize_terminal(80, 24)
        await stage.settle()
        assert "ALERTS" in stage.text
        await stage.press("a")
        assert [act.subject for act in stage.acts] == ["a5"]

    play(scene)


def test_foreign_titles_are_shown_as_text_without_control_characters() -> None:
    desk = DeskDouble()
    desk.situation = replace(desk.situation, trouble=("[/oops] \x1b]52;c;x\x07 disk full",))

    async def scene(stage: Stage) -> None:
        text = stage.text
        assert "[/oops] [@click=app.quit]press me[/]" in text
        assert "[/oops]" in text.splitlines()[1]
        assert not any(mark in text for mark in "\x1b\x07\u202e\x9b")

    play(scene, desk=desk)


def test_the_strip_keeps_the_worst_regions_and_counts_the_rest() -> None:
    calm = tuple(region(f"R{n}", f"Calm region {n}", Level.NORMAL) for n in range(12))
    desk = DeskDouble()
    desk.situation = replace(desk.situation, regions=(*calm, *REGIONS))

    async def scene(stage: Stage) -> None:
        strip = stage.text[stage.text.index("REGIONS") :]
        assert [word for word in ("ML ▲HIGH", "Kidal ◆SEVERE", "BF ▲HIGH", "SD ?UNKNOWN") if word not in strip] == []
        levels = ("SEVERE", "HIGH", "ELEV", "GUARD", "NORMAL", "UNKNOWN")
        assert f"+{19 - sum(strip.count(word) for word in levels)} (R)" in strip

    play(scene, desk=desk)


def test_many_troubles_leave_room_and_are_all_listed_in_the_log() -> None:
    desk = DeskDouble()
    desk.situation = replace(desk.situation, trouble=tuple(f"journal {n} is set aside" for n in range(9)))

    async def scene(stage: Stage) -> None:
        assert "and 6 more: L lists them all" in stage.text
        assert "TIMELINE" in stage.text
        await stage.press("L")
        assert "journal 8 is set aside" in stage.text

    play(scene, desk=desk)


def test_tab_goes_through_the_panes_in_view_and_round() -> None:
    async def scene(stage: Stage) -> None:
        seen = []
        for _ in range(4):
            await stage.press("tab")
            seen.append(getattr(stage.app.focused, "id", None))
        assert seen == ["timeline", "strip", "alerts", "timeline"]

    play(scene)


def test_the_focus_stays_with_its_pane_when_the_window_changes() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("3")
        for size, focused in (((140, 40), "regions"), ((80, 24), "strip"), ((40, 10), None), ((80, 24), "strip")):
            await stage.pilot.resize_terminal(*size)
            await stage.settle(0.1)
            assert getattr(stage.app.focused, "id", None) == focused

    play(scene)


def test_a_zoomed_pane_has_the_screen_and_tab_zooms_the_next() -> None:
    async def scene(stage: Stage) -> None:
        await stage.press("z")
        assert ("ALERTS" in stage.text, "TIMELINE" in stage.text) == (True, False)
        await stage.press("tab")
        assert ("ALERTS" in stage.text, "TIMELINE" in stage.text) == (False, True)
        await stage.press("tab")
        assert ("TIMELINE" in stage.text, "REGIONS" in stage.text) == (False, True)
        await stage.press("z")
        assert [title for title in ("ALERTS", "TIMELINE", "REGIONS") if title not in stage.text] == []

    play(scene)


def test_the_detail_pane_follows_the_cursor() -> None:
    async def scene(stage: Stage) -> None:
        await stage.settle()
        assert "WHY IT FIRED" in stage.text
        await stage.press("2", "j")
        await stage.settle()
        assert "WHY: TAGS" in stage.text
        await stage.press("3", "j")
        await stage.settle()
        assert "sources alive 3 of 9" in stage.text

    play(scene, size=(200, 60))
