"""Folding of real tellings, tagged by the real tagger: tests/stories holds events in eight languages.

Lines of one `event` tell the same; `noise-*` and `beside-*` are what else was reported on those days. The floors lie a
little under what is measured (`python -m tests.bench.stories`), so that a change which costs quality is seen.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from functools import cache

import pytest

from sitmon.tag import Tagger
from tests.bench.stories import OWN, folded, measure, own

LANGUAGES = ("en", "fr", "es", "pt", "ar", "ru", "uk", "de")


@cache
def tagger() -> Tagger:
    return Tagger.load()


@cache
def stories() -> dict[str, str]:
    return folded(own(), tagger().tags)


def test_tellings_of_an_event_come_together_and_its_neighbours_stay_apart() -> None:
    recall, precision, _, _ = measure(own(), stories())
    assert recall >= 0.80
    assert precision >= 0.86


def test_stories_that_no_weight_was_fitted_to_fold_as_well() -> None:
    rows = own(OWN / "unseen")
    recall, precision, _, _ = measure(rows, folded(rows, tagger().tags))
    assert recall >= 0.80
    assert precision >= 0.95


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_telling_finds_its_story_in_every_language(lang: str) -> None:
    """Share of a language's items that stand in the story which holds most of their event."""
    events = {row["id"]: row["event"] for row in own()}
    most = {
        event: Counter(stories()[i] for i, e in events.items() if e == event).most_common(1)[0][0]
        for event, size in Counter(events.values()).items()
        if size > 2
    }
    items = [row["id"] for row in own() if row["lang"] == lang and row["event"] in most]
    assert sum(stories()[i] == most[events[i]] for i in items) >= 0.75 * len(items)


def test_the_battle_of_tin_zaouatine_is_one_story_and_nothing_else_of_those_days_is_in_it() -> None:
    events = {row["id"]: row["event"] for row in own()}
    told = Counter(stories()[i] for i, event in events.items() if event == "tin-zaouatine")
    story, size = told.most_common(1)[0]
    assert size >= 0.9 * told.total()
    strangers = [i for i in events if stories()[i] == story and events[i] != "tin-zaouatine"]
    assert strangers == []


def test_stories_stay_apart_when_all_the_world_happens_in_a_fortnight() -> None:
    """Events of five years moved into nine days, neighbours with their neighbours: as dense as a live feed."""
    rows = crowded()
    recall, precision, _, _ = measure(rows, folded(rows, tagger().tags))
    assert recall >= 0.80
    assert precision >= 0.86


def crowded() -> list[dict[str, str]]:
    first: dict[str, datetime] = {}
    for row in own():
        at = datetime.fromisoformat(row["published"])
        first[row["event"]] = min(at, first.get(row["event"], at))
    moved, shift, last, cluster = {}, timedelta(), None, 0
    for event in sorted(first, key=lambda event: (first[event], event)):
        if last is None or first[event] - last > timedelta(days=4):
            day = datetime.fromisoformat("2026-03-01T00:00:00Z") + timedelta(days=cluster * 5 % 9)
            shift = day - first[event].replace(hour=0, minute=0)
            cluster += 1
        moved[event], last = shift, first[event]
    return [
        {**row, "published": (datetime.fromisoformat(row["published"]) + moved[row["event"]]).isoformat()}
        for row in own()
    ]
