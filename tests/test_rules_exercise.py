"""The shipped rules against the exercise: every turn of its script is one alert, every watch within its budget."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources

import pytest

from sitmon import config
from sitmon.codec import alert_doc, alert_of
from sitmon.demo.script import START, Telling, tellings
from sitmon.model import (
    Alert,
    Document,
    FeedHealth,
    FeedState,
    Hazard,
    Item,
    Level,
    Priority,
    Region,
    RegionStatus,
    Trend,
)
from sitmon.query import World
from sitmon.rules import Rule
from sitmon.rules.engine import Engine
from sitmon.rules.rehearsal import BUDGET, WATCH
from sitmon.status import Board
from sitmon.story import Folder
from sitmon.tag import Tagger
from tests.factories import feed
from tests.rulebook import RULES

SAHEL = Region("sahel", "Sahel", countries=("ML", "BF", "NE"))
KIDAL = Region("kidal", "Kidal", admin1=("ML.Kidal",))
FRENCH = {"fil-du-desert", "radio-azalai", "courrier-bamako", "army-communique", "monde-bref"}
MALIAN = {"northern-desk", "sahara-wire", *FRENCH} - {"monde-bref"}


def contains(region: str, wanted: str) -> bool:
    if wanted == "tin-zaouatine":
        return region.endswith("Tin-Zaouatine")
    if wanted == "sahel":
        return region[:2] in SAHEL.countries
    return f"{region}.".startswith(f"{'ML.Kidal' if wanted == 'kidal' else wanted}.")


def item(tagger: Tagger, told: Telling) -> Item:
    lang = "fr" if told.feed in FRENCH else "en"
    home = ("ML",) if told.feed in MALIAN else ()
    document = Document(told.guid, told.title, told.summary, published=told.at, lang=lang, feed_countries=home)
    level = told.summary.strip().title()
    hazard = Hazard("gdacs", told.guid, level) if told.feed == "hazard-bulletin" else None
    return Item(
        told.guid, told.feed, told.guid, told.title, told.summary, "", None, told.at, None, told.at,
        lang=lang, hazard=hazard, tags=tagger.tags(document),
    )  # fmt: skip


@dataclass(frozen=True)
class Played:
    alerts: tuple[Alert, ...]
    kidal: tuple[tuple[datetime, RegionStatus], ...]


@cache
def script() -> tuple[Item, ...]:
    tagger = Tagger.load()
    return tuple(item(tagger, told) for told in tellings())


FEEDS = {name: feed(name, reliability="B", countries=("ML",)) for name in sorted({told.feed for told in tellings()})}
WORLD = World(contains=contains, feeds=FEEDS)


def folder() -> Folder:
    return Folder(sources={name: (name, "B") for name in FEEDS})


def rules(book: str) -> tuple[Rule, ...]:
    """The tests' rule book, or the rules that the exercise itself ships."""
    if book == "tests":
        return RULES
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITMON_DEMO_PORT", "1")
        with resources.as_file(resources.files("sitmon.demo") / "feeds.yaml") as path:
            return config.load(path).rules


@cache
def played(book: str = "tests") -> Played:
    """The exercise from start to end, each item judged as it is published."""
    stories, engine = folder(), Engine(rules(book), world=WORLD)
    around = {"ML.Kidal": ("kidal",), "ML": ("sahel",), "BF": ("sahel",), "NE": ("sahel",)}
    board = Board([KIDAL, SAHEL], FEEDS.values(), areas=lambda region: around.get(region, ()))
    states = {name: FeedState(name, FeedHealth.OK) for name in FEEDS}
    kidal = []
    for one in script():
        now = max(one.when, START)
        story_id = stories.fold(one).story
        story = stories.story(story_id) if story_id else None
        engine.observe(replace(one, story=story_id), story, now)
        engine.tick(now, states)
        board.add(one, story)
        kidal.append((now, board.assess(now, alerts=engine.alerts, feeds=states)[0]))
    return Played(engine.alerts, tuple(kidal))


def of(where: str, since: str, hours: float, book: str = "tests") -> list[Alert]:
    """Alerts of a place raised within so many hours, flags and P3 left out."""
    start = datetime.fromisoformat(since).replace(tzinfo=UTC)
    return [
        alert
        for alert in played(book).alerts
        if start <= alert.raised < start + timedelta(hours=hours)
        and alert.priority <= Priority.P2
        and (alert.region or "").startswith(where)
    ]


@pytest.mark.parametrize("book", ["tests", "shipped"])
@pytest.mark.parametrize(
    ("turn", "where", "since", "hours", "priority"),
    [
        ("first drone strikes", "ML.Kidal", "2024-07-30T06:00", 24, Priority.P2),
        ("second drone strikes", "ML.Kidal", "2024-08-25T12:00", 24, Priority.P2),
        ("first convoy", "ML.Kidal", "2024-09-12T00:00", 24, Priority.P2),
        ("Bamako", "ML", "2024-09-17T00:00", 36, Priority.P1),
        ("second convoy", "ML.Kidal", "2024-09-19T00:00", 24, Priority.P2),
    ],
)
def test_every_turn_of_the_script_is_one_alert_of_the_right_priority(
    turn: str, where: str, since: str, hours: float, priority: Priority, book: str
) -> None:
    assert [alert.priority for alert in of(where, since, hours, book)] == [priority], turn


def test_an_alert_is_raised_by_the_first_report() -> None:
    (bamako,) = of("ML", "2024-09-17T00:00", 36)
    (convoy,) = of("ML.Kidal", "2024-09-12T00:00", 24)
    assert bamako.raised == datetime(2024, 9, 17, 5, 50, tzinfo=UTC)
    assert convoy.raised == datetime(2024, 9, 12, 9, 10, tzinfo=UTC)


def test_the_toll_of_bamako_brings_its_alert_back() -> None:
    (bamako,) = of("ML", "2024-09-17T00:00", 36)
    assert any(turn.what == "toll" and "70 killed" in turn.words for turn in bamako.turns)


@pytest.mark.parametrize("book", ["tests", "shipped"])
def test_a_watch_of_twelve_hours_stays_within_its_budget(book: str) -> None:
    ringing = [alert.raised for alert in played(book).alerts if alert.priority is not Priority.FLAG]
    busiest = max(sum(at <= other < at + WATCH for other in ringing) for at in ringing)
    assert busiest <= BUDGET
    assert Counter(at.date() for at in ringing).most_common(1)[0][1] <= 12


def eve_and_day(arrival: datetime) -> tuple[RegionStatus, RegionStatus]:
    """Kidal before a convoy was told of, and at its worst in the twelve hours after."""
    before = [status for at, status in played().kidal if at < arrival]
    after = [status for at, status in played().kidal if arrival <= at < arrival + WATCH]
    return before[-1], max(after, key=lambda status: status.score)


@pytest.mark.parametrize("arrival", [datetime(2024, 9, 12, 9, 10, tzinfo=UTC), datetime(2024, 9, 19, 8, 5, tzinfo=UTC)])
def test_kidal_rises_when_a_convoy_arrives(arrival: datetime) -> None:
    eve, day = eve_and_day(arrival)
    assert day.score >= eve.score + 5
    assert day.level >= max(eve.level, Level.ELEVATED)
    assert day.trend is Trend.RISING
    assert any("onvo" in driver.what for driver in day.drivers)


def test_kidal_is_no_longer_guarded_once_the_first_convoy_is_there() -> None:
    eve, day = eve_and_day(datetime(2024, 9, 12, 9, 10, tzinfo=UTC))
    assert (eve.level, day.level) == (Level.GUARDED, Level.ELEVATED)


def test_the_battle_of_july_makes_kidal_high() -> None:
    days = (status for at, status in played().kidal if at < datetime(2024, 7, 28, tzinfo=UTC))
    assert max(status.level for status in days) >= Level.HIGH


@cache
def raised(*, restarts_every: int = 0) -> tuple[tuple[str, datetime, Priority], ...]:
    """Alerts of the exercise from an engine that is thrown away and made anew after so many items."""
    stories, engine = folder(), Engine(RULES, world=WORLD)
    stored: dict[str, Alert] = {}
    known: list[Item] = []
    for number, one in enumerate(script(), 1):
        now = max(one.when, START)
        story_id = stories.fold(one).story
        known.append(replace(one, story=story_id, first_seen=now))
        changed = engine.observe(known[-1], stories.story(story_id) if story_id else None, now)
        stored |= {alert.id: alert_of(json.loads(json.dumps(alert_doc(alert)))) for alert in changed}
        if restarts_every and number % restarts_every == 0:
            stories = folder()
            engine = Engine(RULES, world=WORLD, alerts=stored.values(), polled=FEEDS)
            for item_ in known:
                story_id = stories.fold(item_).story
                engine.remember(item_, stories.story(story_id) if story_id else None)
    return tuple(sorted((alert.id, alert.raised, alert.priority) for alert in stored.values()))


@pytest.mark.parametrize("every", [23, 90])
def test_restarts_raise_nothing_twice_and_lose_nothing(every: int) -> None:
    assert raised(restarts_every=every) == raised()
