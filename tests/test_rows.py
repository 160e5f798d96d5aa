"""Lines of the timeline."""

from __future__ import annotations

from datetime import date

import pytest

from sitmon.model import Count, Event, EventType, Tags
from sitmon.room import rows
from tests.factories import NOW, feed, item


def event(day: date | None, precision: str = "day", **more: object) -> Event:
    return Event(EventType.BATTLES, day, precision if day else None, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        (event(date(2024, 9, 17)), ["day"]),
        (event(date(2024, 9, 19)), []),
        (event(date(2024, 7, 1), "month"), ["month"]),
        (event(date(2024, 9, 1), "month"), []),
        (event(date(2024, 1, 1), "year"), []),
        (event(date(2012, 1, 1), "year"), []),
        (event(None), []),
    ],
)
def test_an_event_of_another_day_gets_a_line_at_its_own_time(told: Event, lines: list[str]) -> None:
    article = item("Army recalls its dead", tags=Tags(events=(told,)))
    assert [row.precision for row in rows.of_events(article)] == lines


def test_an_event_stands_amid_the_articles_of_its_day() -> None:
    article = item("Army recalls its dead", tags=Tags(events=(event(date(2024, 9, 17)),)))
    (row,) = rows.of_events(article)
    assert (row.when.day, row.when.hour) == (17, 12)
    assert row.item == article.id != row.key


def test_the_toll_reads_as_told() -> None:
    told = event(NOW.date(), killed=(Count(47, 47), Count(84, 84)), injured=(Count(20, 30),))
    assert rows.harm(told) == "47+84 killed 20-30 hurt"


def test_a_row_is_rated_by_its_source_and_its_story() -> None:
    assert rows.of_item(item(), feed(reliability="B"), None).rating == "B6"
    assert rows.of_item(item(), None, None).rating == "F6"
