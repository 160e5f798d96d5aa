"""What the whole tagger must reach on the project's own labelled situations (tests/tagging/situations.jsonl)."""

from __future__ import annotations

import pytest

from sitmon.tag import Tagger
from tests.tagging import score

FLOORS = {"countries": 0.90, "places": 0.80, "figures": 0.90, "type": 0.85, "date": 0.90}
"""Least F1 over all languages."""


@pytest.fixture(scope="module")
def results() -> list[score.Result]:
    return score.results(Tagger.load().tags, score.situations())


def test_the_situations_are_many_in_eight_languages_and_a_quarter_are_decoys() -> None:
    golds = score.situations()
    assert len(golds) >= 330
    assert {gold["lang"] for gold in golds} == {"en", "fr", "es", "pt", "ar", "ru", "uk", "de"}
    assert sum(gold["decoy"] for gold in golds) * 4 >= len(golds)


@pytest.mark.parametrize("what", FLOORS)
def test_the_tagger_reaches_its_floor(results: list[score.Result], what: str) -> None:
    assert score.total(results, what).f1 >= FLOORS[what]


def test_actors_are_found_and_rarely_invented(results: list[score.Result]) -> None:
    actors = score.total(results, "actors")
    assert actors.recall >= 0.75
    assert actors.precision >= 0.85


@pytest.mark.parametrize("lang", ["en", "fr", "es", "pt", "ar", "ru"])
def test_each_language_finds_figures_and_dates(results: list[score.Result], lang: str) -> None:
    spoken = [result for result in results if result.gold["lang"] == lang]
    assert score.total(spoken, "figures").f1 >= 0.85
    assert score.total(spoken, "date").f1 >= 0.85


def test_decoys_tell_no_casualties(results: list[score.Result]) -> None:
    told = [r for r in results if r.gold["decoy"] and r.figures.told and "counts" in r.gold and not r.gold["counts"]]
    assert [r.gold["id"] for r in told] == []
