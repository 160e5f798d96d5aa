"""Region status: levels, what they are made of, and what is said where nothing can be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from sitmon.model import (
    Alert,
    AlertState,
    Count,
    Event,
    EventType,
    FeedHealth,
    FeedState,
    Item,
    Level,
    Priority,
    Region,
    RegionStatus,
    Severity,
    Story,
    Tags,
    Toll,
    Trend,
)
from sitmon.status import Board, formula
from sitmon.status.ledger import Clock, Ledger, part
from sitmon.watch import SetLevel
from tests.factories import NOW, feed, item, region_tag

SAHEL = Region("sahel", "Sahel", countries=("ML", "BF", "NE"))
ALIVE = {"rfi": FeedState("rfi", FeedHealth.OK)}


def areas(region: str) -> tuple[str, ...]:
    return ("sahel",) if region in SAHEL.countries else ()


def board(*, feeds: tuple[str, ...] = ("rfi",), **more: Any) -> Board:
    countries = {"ML": "Mali", "BF": "Burkina Faso", "DZ": "Algeria"}
    return Board([SAHEL], [feed(name, countries=("ML",)) for name in feeds], countries=countries, areas=areas, **more)


def report(
    story_id: str,
    *,
    place: str = "ML.Kidal",
    hours_ago: float = 0,
    severity: Severity = Severity.SEVERE,
    kind: EventType = EventType.BATTLES,
    killed: int = 0,
    mentions: tuple[str, ...] = (),
    owners: tuple[str, ...] = ("rfi", "afp"),
) -> tuple[Item, Story]:
    """An item that tells of one event at a place, alone in its story."""
    event = Event(kind, place=place, killed=(Count(killed, killed),) if killed else ())
    tags = Tags((place[:2],), tuple(region_tag(p) for p in (place, *mentions)), (), (event,), kind, severity)
    one = item(f"Report {story_id}", item_id=story_id, feed="rfi", tags=tags, minutes_ago=60 * hours_ago)
    tolls = (Toll("killed", Count(killed, killed), "rfi", one.id, one.when),) if killed else ()
    regions = (place, *mentions)
    countries = tuple(dict.fromkeys(region[:2] for region in regions))
    return one, Story(
        story_id, one.title, (one.id,), ("rfi",), owners, one.when, one.when, kind, severity, countries, regions, (),
        tolls=tolls, rating="B2",
    )  # fmt: skip


def stand(
    region: str, *told: tuple[Item, Story], now: datetime = NOW, of: Board | None = None, **more: Any
) -> RegionStatus:
    it = of or board()
    for one, story in told:
        it.add(one, story)
    return next(s for s in it.assess(now, **({"feeds": ALIVE} | more)) if s.id == region)


def test_a_region_where_nothing_happens_is_quiet() -> None:
    status = stand("ML")
    assert (status.level, status.note, status.blind, status.score) == (Level.NORMAL, "QUIET", False, 0.0)


@pytest.mark.parametrize("health", [FeedHealth.DEAD, FeedHealth.STALE, FeedHealth.EMPTY, FeedHealth.NEW])
def test_a_region_whose_feeds_tell_nothing_is_blind_and_not_quiet(health: FeedHealth) -> None:
    status = stand("ML", feeds={"rfi": FeedState("rfi", health)})
    assert (status.level, status.computed, status.blind) == (Level.UNKNOWN, Level.UNKNOWN, True)
    assert status.note == "BLIND: 0 of 1 sources speak"


def test_a_country_that_no_feed_serves_is_blind() -> None:
    assert stand("DZ").note == "BLIND: no source"


def test_a_quiet_feed_is_not_a_dead_one() -> None:
    assert stand("ML", feeds={"rfi": FeedState("rfi", FeedHealth.QUIET)}).note == "QUIET"


def test_a_blind_region_tells_what_it_was_told_last() -> None:
    status = stand("ML", report("s1", killed=70), feeds={"rfi": FeedState("rfi", FeedHealth.DEAD)})
    assert status.level is Level.UNKNOWN
    assert status.note == "BLIND: 0 of 1 sources speak, at least HIGH by what was told"


def test_few_sources_lower_coverage_and_not_a_high_level() -> None:
    names = ("rfi", "b", "c", "d")
    status = stand("ML", report("s1", killed=70), of=board(feeds=names))
    assert (status.level, status.blind, status.sources_alive, status.sources_total) == (Level.HIGH, True, 1, 4)


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ([report("s", severity=Severity.UNKNOWN, kind=EventType.OTHER)], Level.NORMAL),
        ([report("s", severity=Severity.UNKNOWN, kind=EventType.STRATEGIC)], Level.GUARDED),
        ([report("s", severity=Severity.MODERATE)], Level.GUARDED),
        ([report("s", severity=Severity.SEVERE, killed=9)], Level.HIGH),
        ([report("s", severity=Severity.SEVERE)], Level.ELEVATED),
        ([report("s", severity=Severity.EXTREME, killed=70)], Level.SEVERE),
    ],
)
def test_what_happened_makes_the_level(told: list[tuple[Item, Story]], level: Level) -> None:
    assert stand("ML", *told).level is level


def test_many_small_stories_are_not_a_large_one() -> None:
    crime = [report(f"s{n}", severity=Severity.MINOR, kind=EventType.CRIME) for n in range(200)]
    assert stand("ML", *crime).level <= Level.GUARDED


def test_a_region_contains_what_happens_inside_it() -> None:
    statuses = {name: stand(name, report("s1", place="ML.Kidal.Aguelhok")) for name in ("ML.Kidal", "ML", "sahel")}
    scores = {status.score for status in statuses.values()}
    assert len(scores) == 1
    assert [s.kind for s in statuses.values()] == ["admin1", "country", "board"]


def test_a_feed_of_the_country_serves_a_board_region_inside_it() -> None:
    regions = [
        Region("kidal", "Kidal", admin1=("ML.Kidal",)),
        Region("north", "North", admin1=("ML.Kidal", "DZ.Adrar")),
    ]
    it = Board(regions, [feed("rfi", countries=("ML",))])
    totals = {status.id: status.sources_total for status in it.assess(NOW, feeds=ALIVE)}
    assert totals == {"kidal": 1, "north": 0}


def test_of_the_areas_only_those_of_the_board_are_assessed() -> None:
    it = Board([SAHEL], [feed("rfi", regions=("africa",))], areas=lambda _region: ("sahel", "africa"))
    one, story = report("s1", mentions=("azawad",))
    it.add(one, story)
    statuses = {status.id: status for status in it.assess(NOW, feeds=ALIVE)}
    assert set(statuses) == {"sahel", "ML", "ML.Kidal"}
    assert statuses["ML.Kidal"].sources_total == 1


def test_a_place_that_is_only_mentioned_counts_for_less() -> None:
    told = report("s1", mentions=("ML.Gao",))
    assert stand("ML.Gao", told).score < stand("ML.Kidal", told).score / 2


def test_it_fades_and_the_trend_says_so() -> None:
    told = report("s1", killed=20)
    now, later = stand("ML.Kidal", told), stand("ML.Kidal", told, now=NOW + timedelta(days=6))
    assert now.trend is Trend.RISING
    assert later.score < now.score
    assert later.level < now.level
    assert later.trend is Trend.FALLING


def test_seven_days_are_drawn_oldest_first() -> None:
    status = stand("ML.Kidal", report("s1", hours_ago=72, killed=20))
    assert len(status.spark) == 7
    assert status.spark[:3] == (0.0, 0.0, 0.0)
    assert status.spark[4] > status.spark[5] > status.spark[6] == status.score


def test_drivers_come_largest_first_with_their_share() -> None:
    status = stand("ML.Kidal", report("big", killed=70), report("small", severity=Severity.MODERATE))
    assert [driver.story for driver in status.drivers] == ["big", "small"]
    assert status.drivers[0].share > 0.9
    assert sum(driver.share for driver in status.drivers) == pytest.approx(1.0, abs=0.01)
    assert status.formula == formula.VERSION


def test_an_open_alert_raises_its_storys_region_and_a_closed_one_does_not() -> None:
    one, story = report("s1", severity=Severity.UNKNOWN, kind=EventType.STRATEGIC)
    open_alert = Alert("a", "convoy", Priority.P2, "Convoy", NOW, NOW, story="s1")
    closed = Alert("a", "convoy", Priority.P2, "Convoy", NOW, NOW, story="s1", state=AlertState.CLOSED)
    it = board()
    it.add(one, story)
    levels = [
        next(s.level for s in it.assess(NOW, feeds=ALIVE, alerts=alerts) if s.id == "ML.Kidal")
        for alerts in ((), (open_alert,), (closed,))
    ]
    assert levels == [Level.GUARDED, Level.ELEVATED, Level.GUARDED]


def test_an_alert_without_a_story_weighs_by_itself() -> None:
    surge = Alert("a", "surge", Priority.P2, "ML: 40 reports", NOW, NOW, region="ML", items=("i1",))
    status = stand("ML", alerts=[surge])
    assert status.level is Level.ELEVATED
    assert status.drivers[0].what == "ML: 40 reports"


def test_silence_is_no_harm() -> None:
    silence = Alert("a", "silence", Priority.P2, "No news of ML", NOW, NOW, region="ML")
    assert stand("ML", alerts=[silence]).note == "QUIET"


def test_what_an_officer_set_stands_beside_what_is_computed() -> None:
    given = SetLevel(Level.SEVERE, "KJ", NOW, "convoys", NOW + timedelta(hours=8))
    it = board()
    status = stand("ML.Kidal", of=it, levels={"ML.Kidal": given})
    assert (status.level, status.computed, status.set_by, status.set_reason) == (
        Level.SEVERE,
        Level.NORMAL,
        "KJ",
        "convoys",
    )
    later = stand("ML.Kidal", of=it, levels={"ML.Kidal": given}, now=NOW + timedelta(hours=9))
    assert (later.level, later.note) == (Level.SEVERE, "REVIEW DUE")


def test_the_board_comes_first_in_its_order_and_then_the_worst() -> None:
    it = board()
    for one, story in (report("s1", killed=70), report("s2", place="BF.Sahel", severity=Severity.MODERATE)):
        it.add(one, story)
    ids = [status.id for status in it.assess(NOW, feeds=ALIVE)]
    assert ids[0] == "sahel"
    assert ids.index("ML") < ids.index("BF")


def test_a_feed_that_told_of_a_region_counts_among_its_sources() -> None:
    it = Board([], [feed("rfi", countries=("ML",)), feed("bbc")], countries={"ML": "Mali"})
    _one, story = report("s1")
    states = ALIVE | {"bbc": FeedState("bbc", FeedHealth.OK)}
    before = stand("ML", of=it, feeds=states)
    it.add(item("Mali", feed="bbc", regions=("ML",)), story)
    after = stand("ML", of=it, feeds=states)
    assert (before.sources_total, after.sources_total) == (1, 2)


def test_an_event_told_as_history_weighs_next_to_nothing() -> None:
    one, story = report("s1", killed=131)
    old = replace(story, event_date=(NOW - timedelta(days=54)).date())
    assert stand("ML", (one, old)).level is Level.NORMAL


def test_assessing_step_by_step_or_at_once_gives_the_same() -> None:
    told = [report(f"s{n}", hours_ago=n * 3, killed=n, mentions=("ML.Gao",) if n % 2 else ()) for n in range(40)]
    steps = board()
    for one, story in told:
        steps.add(one, story)
        steps.assess(NOW, feeds=ALIVE)
    at_once = board()
    for one, story in told:
        at_once.add(one, story)
    assert steps.assess(NOW, feeds=ALIVE) == at_once.assess(NOW, feeds=ALIVE)


def test_a_ledger_adds_up_what_it_is_told_and_forgets_it_again() -> None:
    ledger = Ledger()
    for n in range(10):
        ledger.put(f"s{n}", part(8.0, Clock(NOW - timedelta(hours=n))))
    ledger.put("s0", part(27.0, Clock(NOW)))
    expected = 27.0 + sum(8.0 * formula.fade(timedelta(hours=n)) for n in range(1, 10))
    assert ledger.course((), NOW)[1] == pytest.approx(expected)
    assert ledger.top(NOW, 2)[0] == ("s0", 27.0)
    for n in range(10):
        ledger.put(f"s{n}", None)
    assert ledger.course((), NOW)[1] == 0.0
    assert ledger.parts == {}


def test_a_ledger_names_the_heaviest_whatever_went_in_and_out() -> None:
    chance, ledger, kept = Random(3), Ledger(), dict[str, float]()
    for _ in range(2000):
        name, mass = f"s{chance.randrange(60)}", float(chance.randrange(5))
        ledger.put(name, part(mass, Clock(NOW)))
        kept.pop(name, None)
        if mass:
            kept[name] = mass
        heaviest = sorted(kept.items(), key=lambda one: (-one[1], one[0]))[:5]
        assert ledger.top(NOW, 5) == tuple(heaviest)


def test_a_story_told_again_is_kept_and_one_that_faded_away_is_not_named() -> None:
    situation = board()
    for name, days_ago in (("faded", 30), ("told", 30), ("told", 1)):
        situation.add(*report(name, hours_ago=24 * days_ago))
    mali = next(one for one in situation.assess(NOW, feeds=ALIVE) if one.id == "sahel")
    assert [driver.story for driver in mali.drivers] == ["told"]


def test_regions_without_news_do_not_all_come_due_at_once() -> None:
    situation = board()
    for n in range(2000):
        situation.add(*report(f"s{n}", place=f"ML.Kidal.Place-{n}"))
    before = situation.assess(NOW, feeds=ALIVE)
    renewed = []
    for halves in range(1, 150):
        after = situation.assess(NOW + timedelta(minutes=halves / 2), feeds=ALIVE)
        known = {status.id: status for status in before}
        renewed.append(sum(known[status.id] is not status for status in after))
        before = after
    assert max(renewed) < 50
    assert sum(renewed) > 2000
