from __future__ import annotations

from datetime import timedelta

import pytest

from sitmon.rules.flood import Flood, floods, load
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("rings", "minutes", "expected"), [(10, 0, False), (11, 0, True), (11, 9, True), (11, 10, False)]
)
def test_a_flood_starts_over_ten_in_ten_minutes(rings: int, minutes: int, expected: bool) -> None:
    flood = Flood()
    for _ in range(rings):
        flood.ring(NOW)
    flood.pass_time(NOW + minutes * MINUTE)
    assert (flood.since is not None) is expected
    assert load([NOW] * rings, NOW + minutes * MINUTE)[1] is expected


def test_a_flood_lasts_until_fewer_than_five_rang_in_ten_minutes() -> None:
    rings = [NOW] * 11 + [NOW + 5 * MINUTE] * 5 + [NOW + 12 * MINUTE] * 4
    assert floods(rings) == ((NOW, NOW + 15 * MINUTE),)
    assert [load(rings, NOW + m * MINUTE) for m in (0, 11, 14, 15)] == [(11, True), (5, True), (9, True), (4, False)]


def test_alerts_far_apart_are_no_flood() -> None:
    assert floods([NOW + n * 2 * MINUTE for n in range(100)]) == ()
