"""The fold of the watch log: what every seat agrees on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon import watch
from sitmon.model import Alert, AlertState, Entry, Level, Priority, Turn
from tests.factories import NOW

_SEQUENCE = count(1)


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def alert(*turns: tuple[float, str], returned: float | None = None) -> Alert:
    told = tuple(Turn(at(minutes), what, what) for minutes, what in turns)
    back = None if returned is None else at(returned)
    return Alert("a1", "clash", Priority.P2, "Clash", NOW, NOW, turns=told, returned=back)


def entry(
    verb: str,
    minutes: float,
    *,
    subject: str = "a1",
    by: str = "KJ",
    text: str = "",
    until: float | None = None,
    corrects: str | None = None,
    **data: str,
) -> Entry:
    number = next(_SEQUENCE)
    end = None if until is None else at(until)
    name = f"seat-{number:04}"
    return Entry(name, "seat", by, at(minutes), verb, subject, text, end, corrects=corrects, data=tuple(data.items()))


def state(of: Alert, *entries: Entry, after: float = 600) -> AlertState:
    return watch.fold([of], entries, at(after))[0].state


@pytest.mark.parametrize(
    ("verbs", "expected"),
    [
        ([], AlertState.NEW),
        (["ack"], AlertState.ACKNOWLEDGED),
        (["watch"], AlertState.WATCHING),
        (["ack", "watch"], AlertState.WATCHING),
        (["ack", "watch", "close"], AlertState.CLOSED),
        (["close", "ack"], AlertState.CLOSED),
        (["close", "watch"], AlertState.WATCHING),
        (["shelve"], AlertState.SHELVED),
        (["ack", "shelve", "unshelve"], AlertState.ACKNOWLEDGED),
        (["shelve", "ack"], AlertState.ACKNOWLEDGED),
        (["service"], AlertState.OUT_OF_SERVICE),
        (["note"], AlertState.NEW),
    ],
)
def test_an_alert_goes_through_its_life(verbs: list[str], expected: AlertState) -> None:
    entries = [entry(verb, n + 1) for n, verb in enumerate(verbs)]
    assert state(alert(), *entries) is expected


def test_who_acknowledged_when_and_why_is_shown() -> None:
    (seen,) = watch.fold([alert()], [entry("ack", 5, text="called DO")], at(10))
    assert (seen.by, seen.at, seen.reason) == ("KJ", at(5), "called DO")


def test_an_alert_of_the_past_has_the_priority_and_the_time_that_it_had_then() -> None:
    turns = (Turn(at(5), "toll", "15 killed"), Turn(at(20), "priority", "P2 to P1 by toll-rises"))
    told = replace(alert(), turns=turns, priority=Priority.P1, updated=at(30))
    then, now = (watch.fold([told], [], at(minutes))[0] for minutes in (10, 40))
    assert (then.priority, then.updated, then.news) == (Priority.P2, at(5), "15 killed")
    assert (now.priority, now.updated) == (Priority.P1, at(30))


def test_the_first_acknowledgement_wins_and_the_second_is_told() -> None:
    first, second = entry("ack", 5, by="KJ"), entry("ack", 6, by="ME")
    (seen,) = watch.fold([alert()], [second, first], at(10))
    assert (seen.by, seen.at) == ("KJ", at(5))
    assert watch.late([alert()], [second, first], at(10)) == ((second, "acknowledged by KJ at 191205Z"),)


def test_a_shelf_ends_at_its_time() -> None:
    shelved = entry("shelve", 5, until=60, text="known exercise")
    assert state(alert(), shelved, after=59) is AlertState.SHELVED
    assert state(alert(), shelved, after=60) is AlertState.NEW
    assert state(alert(), entry("ack", 1), shelved, after=60) is AlertState.ACKNOWLEDGED


def test_what_is_new_during_a_shelf_shows_when_it_ends() -> None:
    acknowledged, shelved = entry("ack", 1), entry("shelve", 5, until=60)
    told = alert((30, "toll"))
    assert state(told, acknowledged, shelved, after=59) is AlertState.SHELVED
    assert state(told, acknowledged, shelved, after=61) is AlertState.NEW


@pytest.mark.parametrize("what", ["toll", "fact", "actor", "place", "source", "priority", "again"])
@pytest.mark.parametrize("verb", ["ack", "watch"])
def test_something_new_brings_an_acknowledged_alert_back(verb: str, what: str) -> None:
    assert state(alert((10, what)), entry(verb, 5)) is AlertState.NEW
    assert state(alert((3, what)), entry("ack", 5)) is AlertState.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("toll", AlertState.NEW),
        ("fact", AlertState.NEW),
        ("priority", AlertState.NEW),
        ("actor", AlertState.CLOSED),
        ("source", AlertState.CLOSED),
    ],
)
def test_a_closed_alert_comes_back_only_for_a_toll_or_an_independent_fact(what: str, expected: AlertState) -> None:
    assert state(alert((10, what)), entry("close", 5)) is expected


def test_an_alert_that_came_back_is_acknowledged_anew() -> None:
    (seen,) = watch.fold([alert((10, "toll"))], [entry("ack", 5), entry("ack", 15, by="ME")], at(20))
    assert (seen.state, seen.by) == (AlertState.ACKNOWLEDGED, "ME")


def test_an_alert_that_returned_to_normal_unseen_says_so_until_acknowledged() -> None:
    gone = alert(returned=10)
    assert state(gone) is AlertState.RETURNED
    assert state(gone, after=9) is AlertState.NEW
    assert state(gone, entry("ack", 15)) is AlertState.CLOSED
    assert state(gone, entry("ack", 5)) is AlertState.CLOSED
    assert state(gone, entry("watch", 5)) is AlertState.WATCHING


def test_a_rule_or_a_feed_out_of_service_takes_its_alerts_with_it() -> None:
    silent = replace(alert(), facts=("about:silence/feed/rfi",))
    out, back = entry("service", 1, subject="clash", state="out"), entry("service", 9, subject="clash", state="in")
    assert state(alert(), out) is AlertState.OUT_OF_SERVICE
    assert state(alert(), out, back) is AlertState.NEW
    assert state(silent, entry("service", 1, subject="rfi", state="out")) is AlertState.OUT_OF_SERVICE


def test_a_shelf_on_a_rule_covers_alerts_still_to_come_but_an_acknowledgement_does_not() -> None:
    shelved = entry("shelve", -30, subject="clash", until=60)
    assert state(alert(), shelved, after=10) is AlertState.SHELVED
    assert state(alert(), shelved, after=61) is AlertState.NEW
    assert state(alert(), entry("ack", 5, subject="clash"), after=10) is AlertState.NEW


def test_a_correction_stands_in_the_place_of_what_it_corrects() -> None:
    wrong = entry("ack", 5, text="called DO")
    right = entry("ack", 30, text="read duty analyst", corrects=wrong.id)
    other = entry("ack", 10, by="ME")
    (seen,) = watch.fold([alert()], [wrong, other, right], at(60))
    assert (seen.by, seen.at, seen.reason) == ("KJ", at(5), "read duty analyst")


def test_orders_out_of_service_hold_until_their_time_or_the_word_back() -> None:
    short = entry("service", 0, subject="clash", until=30, state="out")
    long = entry("service", 1, subject="rfi", state="out")
    back = entry("service", 40, subject="rfi", state="in")
    orders = [[o.subject for o in watch.out_of_service((short, long, back), at(m))] for m in (10, 35, 45)]
    assert orders == [["clash", "rfi"], ["rfi"], []]


def test_an_undone_entry_does_not_count_and_an_undone_undo_does() -> None:
    closed = entry("close", 5)
    undone = entry("undo", 6, corrects=closed.id)
    redone = entry("undo", 7, corrects=undone.id)
    assert state(alert(), closed, undone) is AlertState.NEW
    assert state(alert(), closed, undone, redone) is AlertState.CLOSED


def test_the_fold_can_be_asked_as_of_any_time() -> None:
    told = alert((10, "toll"))
    entries = [entry("ack", 5), entry("close", 20)]
    states = [[a.state.value for a in watch.fold([told], entries, at(m))] for m in (-1, 0, 6, 11, 30)]
    assert states == [[], ["new"], ["acknowledged"], ["new"], ["closed"]]


def test_an_officers_level_stands_until_it_is_given_back() -> None:
    high = entry("level", 5, subject="ML.Kidal", text="convoys", until=600, level="HIGH")
    auto = entry("level", 30, subject="ML.Kidal", level="auto")
    (found,) = watch.levels([high], at(20)).values()
    assert (found.level, found.by, found.reason, found.review_by) == (Level.HIGH, "KJ", "convoys", at(600))
    assert watch.levels([high], at(1)) == {}
    assert watch.levels([high, auto], at(40)) == {}


def test_stars_are_put_on_and_taken_off() -> None:
    entries = [entry("star", 1, subject="i1"), entry("star", 2, subject="i2"), entry("star", 3, subject="i1", on="no")]
    assert watch.stars(entries, at(10)) == {"i2"}


def test_decisions_on_stories_are_gathered() -> None:
    entries = [
        entry("split", 1, subject="s1", items="i1 i2"),
        entry("merge", 2, subject="s2", into="s3"),
        entry("merge", 3, subject="s4", into="s4"),
        entry("credibility", 4, subject="s1", digit="3"),
        entry("credibility", 5, subject="s1", digit="2"),
        entry("credibility", 6, subject="s5", digit="9"),
    ]
    found = watch.decisions(entries, at(10))
    assert found.splits == ((entries[0].id, ("i1", "i2")),)
    assert found.merges == (("s2", "s3"),)
    assert found.credibility == (("s1", 2),)


CLOSE = entry("close", 40)
LOG = (
    entry("ack", 5),
    entry("ack", 6, by="ME"),
    entry("shelve", 12, until=30),
    CLOSE,
    entry("undo", 45, corrects=CLOSE.id),
    entry("level", 50, subject="ML", level="HIGH"),
)


@given(st.permutations(LOG), st.integers(0, 60))
def test_seats_agree_whatever_order_their_journals_are_read_in(entries: list[Entry], minute: int) -> None:
    told = [alert((10, "toll"), (50, "source"))]
    assert watch.fold(told, entries, at(minute)) == watch.fold(told, LOG, at(minute))
    assert watch.levels(entries, at(minute)) == watch.levels(LOG, at(minute))
