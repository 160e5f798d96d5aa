from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sitmon import dtg

AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)


def test_a_group_is_written_in_utc_with_an_english_month() -> None:
    assert dtg.dtg(AT) == "221530ZNOV26"
    assert dtg.dtg(AT.astimezone(timezone(timedelta(hours=9)))) == "221530ZNOV26"
    assert dtg.short(AT) == "221530Z"


def test_the_clock_shows_utc_and_a_local_zone_with_its_letter() -> None:
    assert dtg.clock(AT) == "22 1530Z NOV 26"
    assert dtg.clock(AT, timezone(timedelta(hours=1)), "OSL") == "22 1530Z NOV 26 | 1630A OSL"


@pytest.mark.parametrize(
    ("hours", "letter"),
    [(0, "Z"), (1, "A"), (9, "I"), (10, "K"), (12, "M"), (-1, "N"), (-12, "Y"), (5.5, "J"), (13, "J")],
)
def test_every_whole_hour_from_utc_has_its_letter(hours: float, letter: str) -> None:
    assert dtg.letter(timedelta(hours=hours)) == letter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("221530ZNOV26", AT),
        ("221530znov26", AT),
        ("22 1530Z NOV 26", AT),
        ("221530ZNOV2026", AT),
        ("221630ANOV26", AT),
        ("221030RNOV26", AT),
        ("22153015ZNOV26", AT + timedelta(seconds=15)),
        ("221530ZNOV", AT),
        ("221530Z", AT),
        ("010200Z", datetime(2026, 12, 1, 2, 0, tzinfo=UTC)),
        ("010200AJAN27", datetime(2027, 1, 1, 1, 0, tzinfo=UTC)),
    ],
)
def test_a_group_is_read(text: str, expected: datetime) -> None:
    assert dtg.parse(text, AT) == expected


def test_without_a_month_the_nearest_day_is_meant_or_the_next_one_ahead() -> None:
    assert dtg.parse("211530Z", AT) == AT - timedelta(days=1)
    assert dtg.parse("211530Z", AT, ahead=True) == datetime(2026, 12, 21, 15, 30, tzinfo=UTC)
    assert dtg.parse("311200Z", AT) == datetime(2026, 10, 31, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "321530ZNOV26", "312400Z", "221530JNOV26", "221530ZNOX26", "290000ZFEB26"]
)
def test_what_is_no_time_is_not_read(text: str) -> None:
    assert dtg.parse(text, AT) is None
