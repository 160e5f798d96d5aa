"""The highest figure of a story, kept as it grows."""

from __future__ import annotations

from datetime import UTC, datetime

from sitmon.model import Count, Toll
from sitmon.rules.tally import FEW, Tallies

AT = datetime(2026, 1, 1, tzinfo=UTC)


def toll(number: int, item: str, of: str | None = None) -> Toll:
    return Toll("killed", Count(number, number, of=of), "feed", item, AT)


def test_figures_for_several_groups_of_one_source_are_added_and_the_highest_source_counts() -> None:
    told = (toll(47, "a", "soldiers"), toll(84, "a", "mercenaries"), toll(100, "b"))
    assert Tallies().of("s", told) == {"killed": 131}


def test_a_story_that_grows_has_the_same_figures_as_one_added_up_anew() -> None:
    told = tuple(toll(n % 17, f"i{n // 2}") for n in range(3 * FEW))
    growing = Tallies()
    assert all(growing.of("s", told[:size]) == Tallies().of("s", told[:size]) for size in range(len(told)))


def test_a_figure_that_was_taken_back_counts_no_longer() -> None:
    told = tuple(toll(n, f"i{n}") for n in range(2 * FEW))
    tallies = Tallies()
    assert tallies.of("s", told) == {"killed": 2 * FEW - 1}
    assert tallies.of("s", told[:-1]) == {"killed": 2 * FEW - 2}
