"""When feeds are asked, and what their answers make of their state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sitmon.answer import Failed, Kind, Moved, NotModified
from sitmon.model import FeedHealth, FeedState
from sitmon.schedule import Bounds, Brought, Outcome, after, barred, current, due, in_words, offline
from tests.factories import NOW, feed

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FEED = feed(interval=15 * MINUTE)


def polled(*outcomes: Outcome, state: FeedState | None = None, jitter: float = 0.0, now: datetime = NOW) -> FeedState:
    """The state after these outcomes, one after the other."""
    for outcome in outcomes:
        state = after(FEED, state, outcome, now, jitter)
    assert state is not None
    return state


def every(gap: timedelta, count: int = 10, end: datetime = NOW) -> Brought:
    return Brought(count, tuple(end - n * gap for n in range(count)))


KNOWN = polled(Brought(3), Brought(3))


def test_a_feed_never_polled_is_due() -> None:
    assert due([FEED], {}, NOW) == (FEED,)


def test_a_feed_polled_is_due_after_its_interval() -> None:
    states = {FEED.id: KNOWN}
    assert due([FEED], states, NOW + 14 * MINUTE) == ()
    assert due([FEED], states, NOW + 15 * MINUTE) == (FEED,)


def test_the_longest_overdue_come_first() -> None:
    feeds = [feed(name) for name in ("a", "b", "c")]
    states = {f.id: replace(KNOWN, feed=f.id, url_hash=None, next_due=NOW - n * MINUTE) for n, f in enumerate(feeds)}
    assert [f.id for f in due(feeds, states, NOW)] == ["c", "b", "a"]


def test_a_feed_switched_off_is_never_due() -> None:
    off = replace(FEED, enabled=False)
    assert due([off], {}, NOW) == ()
    assert barred(off, None, NOW) is not None


def test_jitter_moves_the_next_poll_by_a_tenth() -> None:
    early, late = (polled(NotModified(), state=KNOWN, jitter=j).next_due for j in (-1.0, 1.0))
    assert (early, late) == (NOW + 13.5 * MINUTE, NOW + 16.5 * MINUTE)


def test_the_first_poll_is_followed_by_a_gap_of_half_to_a_whole_interval() -> None:
    early, late = (polled(Brought(3), jitter=j).next_due for j in (-1.0, 1.0))
    assert (early, late) == (NOW + 7.5 * MINUTE, NOW + 15 * MINUTE)


WISHES = [
    (Brought(1, ttl_minutes=30), 30),
    (Brought(1, ttl_minutes=1), 15),
    (Brought(1, ttl_minutes=10_000), 60),
    (Brought(1, max_age=1800), 30),
    (NotModified(max_age=86_400), 60),
    (Brought(1, skip_hours=(12,)), 60),
    (Brought(1, skip_hours=(13,)), 15),
]


@pytest.mark.parametrize(("outcome", "minutes"), WISHES)
def test_a_publishers_wish_lengthens_the_interval_up_to_an_hour(outcome: Outcome, minutes: int) -> None:
    assert polled(outcome, state=KNOWN).next_due == NOW + minutes * MINUTE


def test_a_wish_outlives_the_answers_that_change_nothing() -> None:
    assert polled(Brought(1, ttl_minutes=30), NotModified(), state=KNOWN).next_due == NOW + 30 * MINUTE


def test_no_feed_is_asked_more_often_than_the_operator_allows() -> None:
    often = replace(FEED, interval=timedelta(seconds=1))
    state = after(often, KNOWN, NotModified(), NOW, 0.0, Bounds(min_interval=5 * MINUTE))
    assert state.next_due == NOW + 5 * MINUTE


def test_failures_back_off_by_doubling_up_to_six_hours() -> None:
    gaps, state = [], KNOWN
    for _ in range(8):
        state = polled(Failed("timeout", "no answer"), state=state)
        assert state.next_due is not None
        gaps.append((state.next_due - NOW) // MINUTE)
    assert gaps == [30, 60, 120, 240, 360, 360, 360, 360]


def test_retry_after_is_obeyed_and_capped_at_a_day() -> None:
    asked = polled(Failed("http", "429", 429, NOW + 40 * MINUTE), state=KNOWN)
    assert (asked.next_due, asked.retry_at) == (NOW + 40 * MINUTE, NOW + 40 * MINUTE)
    assert polled(Failed("http", "503", 503, NOW + 999 * HOUR), state=KNOWN).next_due == NOW + 24 * HOUR


def test_too_many_requests_without_a_time_wait_an_hour() -> None:
    assert polled(Failed("http", "429", 429), state=KNOWN).next_due == NOW + HOUR


def test_poll_now_respects_the_publishers_word_but_not_a_mere_back_off() -> None:
    assert "12:40Z" in (barred(FEED, polled(Failed("http", "429", 429, NOW + 40 * MINUTE)), NOW) or "")
    assert barred(FEED, polled(Failed("timeout", "no answer")), NOW) is None


def test_gone_is_for_good_until_the_url_changes() -> None:
    gone = polled(Failed("gone", "410 Gone", 410), state=KNOWN)
    assert (gone.health, gone.stopped, due([FEED], {FEED.id: gone}, NOW + 999 * HOUR)) == (FeedHealth.DEAD, True, ())
    elsewhere = replace(FEED, url="https://elsewhere.example/rss")
    assert due([elsewhere], {FEED.id: gone}, NOW) == (elsewhere,)


HEALTHS: list[tuple[Kind, int, FeedHealth]] = [
    ("http", 1, FeedHealth.OK),
    ("http", 2, FeedHealth.OK),
    ("http", 3, FeedHealth.DEAD),
    ("dns", 3, FeedHealth.DEAD),
    ("timeout", 3, FeedHealth.DEAD),
    ("parse", 1, FeedHealth.PARSE),
    ("too_large", 1, FeedHealth.PARSE),
    ("worker", 1, FeedHealth.PARSE),
    ("blocked", 1, FeedHealth.BLOCKED),
    ("refused", 1, FeedHealth.BLOCKED),
]


@pytest.mark.parametrize(("kind", "times", "health"), HEALTHS)
def test_failures_tell_a_feeds_health(kind: Kind, times: int, health: FeedHealth) -> None:
    state = polled(*[Failed(kind, "why")] * times, state=KNOWN)
    assert (state.health, state.reason) == (health, "why")


def test_a_wall_is_tried_again_after_four_hours() -> None:
    assert polled(Failed("blocked", "403", 403), state=KNOWN).next_due == NOW + 4 * HOUR


def test_a_failure_keeps_validators_and_what_the_feed_brought() -> None:
    state = polled(Brought(3, etag='"a"'), Failed("timeout", "no answer"))
    assert (state.etag, state.items, state.last_ok) == ('"a"', 3, NOW)


def test_validators_come_with_the_answer_that_brought_them_and_go_with_it() -> None:
    assert polled(Brought(3, etag='W/"a"', last_modified="x"), Brought(3)).etag is None


def test_an_answer_after_failures_clears_them() -> None:
    state = polled(*[Failed("http", "500", 500)] * 3, NotModified(), state=KNOWN)
    assert (state.health, state.failures, state.reason) == (FeedHealth.OK, 0, "")


def test_two_empty_answers_make_a_feed_empty_and_what_it_had_is_not_forgotten() -> None:
    once = polled(every(HOUR), Brought(0))
    assert (once.health, once.newest) == (FeedHealth.OK, NOW)
    assert polled(Brought(0), state=once).health is FeedHealth.EMPTY
    assert polled(NotModified(), state=once).health is FeedHealth.EMPTY


AGES = [
    (HOUR, 2, FeedHealth.OK),
    (HOUR, 4, FeedHealth.QUIET),
    (HOUR, 13, FeedHealth.STALE),
    (10 * HOUR, 49, FeedHealth.QUIET),
]


@pytest.mark.parametrize(("gap", "hours", "health"), AGES)
def test_a_feed_whose_newest_item_is_old_is_quiet_then_stale(gap: timedelta, hours: int, health: FeedHealth) -> None:
    state = polled(NotModified(), state=polled(every(gap)), now=NOW + hours * HOUR)
    assert state.health is health


def test_stale_after_is_the_operators_word() -> None:
    patient = replace(FEED, stale_after=36 * HOUR)
    state = after(patient, polled(every(HOUR)), NotModified(), NOW + 30 * HOUR, 0.0)
    assert state.health is FeedHealth.QUIET
    assert after(patient, state, NotModified(), NOW + 37 * HOUR, 0.0).health is FeedHealth.STALE


def test_since_stays_while_the_health_does() -> None:
    first = polled(Failed("parse", "why"), now=NOW)
    assert polled(Failed("parse", "still"), state=first, now=NOW + HOUR).since == NOW
    assert polled(Brought(1), state=first, now=NOW + HOUR).since == NOW + HOUR


MOVED = Moved("https://new.example/rss", permanent=True)


def test_a_permanent_redirect_is_believed_after_three_polls() -> None:
    state = polled(Brought(1, moved=MOVED), NotModified(moved=MOVED))
    assert (state.redirects, state.suggestion) == (2, None)
    state = polled(NotModified(moved=MOVED), state=state)
    assert (state.redirects, "https://new.example/rss" in (state.suggestion or "")) == (3, True)
    assert polled(NotModified(), state=state).redirect == MOVED.url


def test_a_believed_redirect_that_fails_is_asked_at_its_old_place_again() -> None:
    state = polled(*[NotModified(moved=MOVED)] * 3, Failed("http", "404", 404))
    assert state.redirects == 0


def test_a_temporary_redirect_is_never_believed() -> None:
    assert polled(*[NotModified(moved=replace(MOVED, permanent=False))] * 5).redirects == 0


def test_the_target_of_an_address_with_a_secret_is_neither_kept_nor_shown() -> None:
    secret = replace(FEED, address="https://x.example/?key=hunter2")
    state: FeedState | None = None
    for _ in range(4):
        state = after(secret, state, NotModified(moved=Moved("https://x.example/2?key=hunter2", True)), NOW, 0.0)
    assert "hunter2" not in repr(state)


def test_a_new_url_starts_afresh_without_the_old_ones_validators() -> None:
    state = current(replace(FEED, url="https://elsewhere.example/"), polled(every(HOUR), Brought(3, etag='"a"')))
    assert (state.etag, state.newest, state.health) == (None, NOW, FeedHealth.NEW)


def test_what_is_left_out_adds_up() -> None:
    state = polled(Brought(3, dropped=(("drop", 2),)), Brought(3, dropped=(("drop", 1), ("link", 1))))
    assert state.dropped == (("drop", 3), ("link", 1))


def test_a_lost_network_holds_nothing_against_a_feed() -> None:
    state = offline(KNOWN, NOW, 0.0)
    assert (state.failures, state.health, state.next_due) == (0, KNOWN.health, NOW + timedelta(seconds=30))


def test_a_clock_set_back_does_not_silence_a_feed() -> None:
    assert due([FEED], {FEED.id: KNOWN}, NOW - timedelta(days=400)) == (FEED,)


@pytest.mark.parametrize(("span", "words"), [(35 * MINUTE, "35 min"), (5 * HOUR, "5 h"), (80 * HOUR, "3 d")])
def test_spans_are_said_in_words(span: timedelta, words: str) -> None:
    assert in_words(span) == words
