"""Folding of real tellings, tagged by the real tagger: tests/stories holds events in eight languages.

Lines of one `event` tell the same; `noise-*` and `beside-*` are what else was reported on those days. The floors lie a
little under what is measured (`python -m tests.bench.stories`), so that a change which costs quality is seen.
"""

from __future__ import annotations

import random
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


def test_stories_of_another_pen_fold_as_well() -> None:
    rows = own(OWN / "unseen")
    recall, precision, _, _ = measure(rows, folded(rows, tagger().tags))
    assert recall >= 0.80
    assert precision >= 0.95


def test_what_happens_next_day_or_next_door_mostly_stays_apart() -> None:
    """Ten stories in eight languages among the likest that their days had: one town hit three days running."""
    rows = own(OWN / "neighbours")
    recall, precision, _, _ = measure(rows, folded(rows, tagger().tags))
    assert recall >= 0.80
    assert precision >= 0.90


def test_towns_that_are_hit_day_by_day_keep_their_events_apart() -> None:
    """Sixteen chains of events in a town or region within days of each other, labelled before they were folded."""
    rows = own(OWN / "chains")
    recall, precision, _, _ = measure(rows, folded(rows, tagger().tags))
    assert recall >= 0.80
    assert precision >= 0.85


def test_a_week_of_one_front_does_not_become_one_story() -> None:
    rows = front(200, days=7)
    largest = Counter(folded(rows, tagger().tags).values()).most_common(1)[0][1]
    assert largest <= 20


def front(amount: int, days: int) -> list[dict[str, str]]:
    """Headlines of a war of positions, each of its own event: the same words and towns day after day."""
    chance = random.Random(3)
    start = datetime.fromisoformat("2025-11-01T00:00:00Z")
    return [
        {
            "id": f"front-{number}",
            "event": f"front-{number}",
            "title": chance.choice(REPORTS).format(chance.choice(TOWNS), chance.randrange(2, 60)),
            "published": (start + timedelta(minutes=chance.randrange(days * 1440))).isoformat(),
        }
        for number in range(amount)
    ]


TOWNS = ("Pokrovsk", "Chasiv Yar", "Toretsk", "Kurakhove", "Kupiansk", "Lyman", "Siversk", "Vovchansk", "Robotyne")
REPORTS = (
    "Russian forces shell {0}, {1} killed",
    "{1} civilians wounded in strike on {0}",
    "Ukraine says it repelled attack near {0}",
    "Fighting rages around {0} as Russia presses offensive",
    "Ukrainian drone unit destroys {1} armoured vehicles near {0}",
    "{1} soldiers killed in fighting in east Ukraine",
    "Ukraine reports {1} clashes in past 24 hours",
    "Ukraine general staff: {1} attacks repelled in Donetsk region",
    "Evacuation of {0} continues under fire",
    "Guided bomb hits house in {0}, woman killed",
    "Zelensky says situation on the front difficult",
)


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


def test_twelve_other_tellings_of_that_battle_are_one_story_beside_twelve_others_of_those_days() -> None:
    """Paraphrases in English and French, and other attacks of the same days, country and actors."""
    rows = own(OWN / "kidal")
    stories = folded(rows, tagger().tags)
    story, size = Counter(stories[row["id"]] for row in rows if row["event"] == "tin-zaouatine").most_common(1)[0]
    assert size >= 11
    assert [row["id"] for row in rows if stories[row["id"]] == story and row["event"] != "tin-zaouatine"] == []


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
