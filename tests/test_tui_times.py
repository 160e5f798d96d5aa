"""Times on the screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from sitmon.tui import times

AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
Precision = Literal["minute", "day", "month", "year"]


def test_the_clock_line_has_utc_and_the_local_zone() -> None:
    assert times.clock(AT, "Europe/Oslo", times.zone_of("Europe/Oslo")) == "22 1530Z NOV 26 | 1630A OSL"


@pytest.mark.parametrize(
    ("days", "precision", "shown"),
    [
        (0, "minute", "221530Z"),
        (2, "minute", "201530Z"),
        (60, "minute", "23SEP26"),
        (0, "day", "22NOV26"),
        (0, "month", "  NOV26"),
        (0, "year", "   2026"),
    ],
)
def test_stamps_are_seven_cells(days: int, precision: Precision, shown: str) -> None:
    assert times.stamp(AT - timedelta(days=days), AT, precision) == shown
    assert len(shown) == 7


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2h", AT - timedelta(hours=2)),
        ("-90m", AT - timedelta(minutes=90)),
        ("3d", AT - timedelta(days=3)),
        ("1500Z", AT - timedelta(minutes=30)),
        ("1600z", AT - timedelta(hours=23, minutes=30)),
        ("201530Z", AT - timedelta(days=2)),
        ("221530ZOCT26", datetime(2026, 10, 22, 15, 30, tzinfo=UTC)),
    ],
)
def test_past_times_are_read_as_typed(text: str, meant: datetime) -> None:
    assert times.moment(text, AT) == meant


@pytest.mark.parametrize("text", ["soon", "221530ZNOV27", "2560Z", ""])
def test_what_is_no_past_time_says_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="221530ZNOV26"):
        times.moment(text, AT)


@pytest.mark.parametrize(("minutes", "shown"), [(5, "5m"), (99, "99m"), (180, "3h"), (60 * 24 * 12, "12d")])
def test_ages_are_short(minutes: int, shown: str) -> None:
    assert times.ago(AT - timedelta(minutes=minutes), AT) == shown
