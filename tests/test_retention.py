"""What is deleted is gone: a clock alone is too weak a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sitmon import retention
from sitmon.config import Config
from sitmon.geography import Geography
from sitmon.headless.reporting import Reporter
from sitmon.model import Commit, FeedState, Select
from sitmon.options import Options
from sitmon.pipeline import Pipeline
from sitmon.store import JournalStore
from tests.factories import NOW, feed, item

DAY = timedelta(days=1)
YEARS = 3650 * DAY
CONFIG = Config(Path("feeds.yaml"), feeds=tuple(feed(name) for name in "abcdefgh"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JournalStore]:
    """Thirteen months of news, and two months more than are kept."""
    store = JournalStore(tmp_path, "collector")
    for days in range(0, 480, 30):
        store.commit(Commit(items=(item(f"{days} days ago", minutes_ago=1440 * days),)))
    yield store
    store.close()


def told(store: JournalStore, *published: datetime | None) -> None:
    """The newest news of as many feeds."""
    states = zip(CONFIG.feeds, published, strict=False)
    store.commit(Commit(feeds=tuple(FeedState(each.id, newest=at) for each, at in states)))


def tidied(store: JournalStore, now: datetime) -> tuple[Sequence[str], str]:
    return Pipeline(CONFIG, store, Geography(()), now).tidy(now)


def test_months_older_than_they_are_kept_go_when_clock_and_news_agree(store: JournalStore) -> None:
    told(store, *[NOW] * 8)
    assert tidied(store, NOW) == (("2023-06", "2023-07"), "")
    assert tidied(store, NOW) == ((), "")


def test_a_clock_that_is_set_ahead_deletes_nothing_more_and_the_operator_is_told(store: JournalStore) -> None:
    told(store, *[NOW] * 8)
    deleted, doubt = tidied(store, NOW + YEARS)
    assert deleted == ("2023-06", "2023-07")
    assert doubt == (
        "the clock says 2034-09-17, the newest news is of 2024-09-19: set the clock if it is wrong; "
        "2023-08 to 2024-09 kept beyond settings.keep"
    )
    assert store.count(Select()) == 14


def test_what_is_stored_under_a_wrong_clock_does_not_make_it_right(store: JournalStore) -> None:
    told(store, *[NOW] * 8)
    tidied(store, NOW)
    store.commit(Commit(items=(item("No date", item_id="undated", now=NOW + YEARS),)))
    told(store, *[NOW + DAY] * 8)
    assert tidied(store, NOW + YEARS)[0] == ()


def test_after_a_year_off_nothing_goes_before_the_feeds_say_that_it_went_by(store: JournalStore) -> None:
    told(store, *[NOW] * 8)
    tidied(store, NOW)
    later = NOW + 365 * DAY
    deleted, doubt = tidied(store, later)
    assert deleted == () and "2023-08 to 2024-07 kept" in doubt
    told(store, later, later - DAY, later)
    deleted, doubt = tidied(store, later)
    assert (deleted[0], deleted[-1], doubt) == ("2023-08", "2024-07", "")


def test_before_any_feed_told_a_date_nothing_is_deleted(store: JournalStore) -> None:
    told(store, *[None] * 8)
    deleted, doubt = tidied(store, NOW)
    assert deleted == () and "no feed has told a date yet" in doubt


def test_a_feed_that_was_removed_or_is_off_bears_no_witness(store: JournalStore) -> None:
    store.commit(Commit(feeds=(FeedState("removed", newest=NOW + YEARS), FeedState("a", newest=NOW))))
    assert tidied(store, NOW + YEARS)[0] == ("2023-06", "2023-07")


@pytest.mark.parametrize(
    ("days_ago", "wanted"),
    [
        ((0,), 0),
        ((0, 3), 3),
        ((-360, 1, 2), 1),  # a calendar of next year's events
        ((-360, 0, 0, 90, 90, 90, 90, 90), 0),
        ((0, 1, 2, 3), 1),
    ],
)
def test_one_feed_that_is_wrong_about_the_year_is_no_witness_and_quiet_ones_do_not_hold_it_up(
    days_ago: Sequence[int], wanted: int
) -> None:
    states = [FeedState(str(days), newest=NOW - days * DAY) for days in days_ago]
    assert retention.news_of(states) == NOW - wanted * DAY


def test_news_of_last_week_hold_a_month_but_are_not_worth_a_word(store: JournalStore) -> None:
    told(store, *[NOW + 15 * DAY] * 8)  # by the news, 2023-08 ended less than 400 days ago
    now = NOW + 18 * DAY
    tidied(store, NOW)
    assert store.over(now - 400 * DAY) == ("2023-08",)
    assert tidied(store, now) == ((), "")


def test_a_trouble_is_told_once_and_all_that_last_are_sent_to_the_desk(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(Options("poll", json=True, follow_parent=True))
    for about, message in (("clock", "ahead"), ("clock", "ahead"), ("notify", "fails"), ("notify", ""), ("clock", "")):
        reporter.complain(about, message)
    out, err = capsys.readouterr()
    sent = [json.loads(line)["message"] for line in out.splitlines()]
    assert sent == ["ahead", "ahead; fails", "ahead", ""]
    assert err.splitlines() == ["ahead", "fails"]
