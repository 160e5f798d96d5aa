"""The clock of the computer, and of an exercise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sitmon.clock import REAL, Clock

START = datetime(2024, 7, 25, 8, tzinfo=UTC)


def test_an_exercise_runs_as_fast_as_it_was_told() -> None:
    clock = Clock(datetime.now(UTC) - timedelta(seconds=10), START, 3600)
    assert timedelta(hours=10) <= clock.now() - START < timedelta(hours=11)
    assert clock.real_seconds(timedelta(hours=2)) == 2


def test_an_exercise_ends_and_its_clock_stands_still() -> None:
    clock = Clock(datetime.now(UTC) - timedelta(seconds=10), START, 3600, START + timedelta(hours=1))
    assert clock.now() == START + timedelta(hours=1)
    assert clock.is_over and not REAL.is_over


def test_a_clock_survives_being_passed_on_as_text() -> None:
    clock = Clock(datetime.now(UTC), START, 0.5, START + timedelta(days=1))
    assert Clock.parse(str(clock)) == clock
    assert Clock.parse(str(REAL)) == REAL
