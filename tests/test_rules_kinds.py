"""Each kind of rule: when it fires, what it says, when it stays silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sitmon import model
from sitmon.model import Alert, Event, EventType, FeedHealth, FeedState, Item, Priority, Severity, Story, Tags, Toll
from sitmon.model import Count as People
from sitmon.query import World
from sitmon.rules import KINDS, Escalation, Hazard, Match, Movement, Rule, RuleError, Silence, Surge, firing
from sitmon.rules.engine import Engine
from tests.factories import NOW, actor_tag, feed, item, region_tag

WEEK = timedelta(days=7)


def observed(engine: Engine, one: Item, story: Story | None = None, now: datetime = NOW) -> tuple[Alert, ...]:
    return engine.observe(one, story, now)


# ---------------------------------------------------------------- every kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_kind_can_be_made_from_its_keys_alone(kind: type[Rule]) -> None:
    made: Any = kind(id="x", query="mali")
    assert replace(made, id="y") == kind(id="y", query="mali")
    assert {"id", "query", "priority", "regions", "cooldown"} <= {field.name for field in fields(made)}


@pytest.mark.parametrize(
    ("kind", "keys", "field"),
    [
        (Match, {"query": ""}, "query"),
        (Match, {"query": "(mali"}, "query"),
        (Match, {"query": "mali", "cooldown": timedelta(-1)}, "cooldown"),
        (Surge, {"factor": 0.5}, "factor"),
        (Surge, {"by": "planet"}, "by"),
        (Surge, {"weeks": 2, "min_samples": 3}, "min_samples"),
        (Escalation, {"harm": "bored"}, "harm"),
        (Escalation, {"factor": 0.0}, "factor"),
        (Silence, {"after": timedelta(0)}, "after"),
        (Silence, {"mass": 1.5}, "mass"),
        (Movement, {"depth": "street"}, "depth"),
        (Hazard, {"schemes": ("gdac",)}, "schemes"),
        (Hazard, {"priority": Priority.P3, "least": Priority.P1}, "least"),
    ],
)
def test_a_value_that_makes_no_sense_names_its_key(kind: Any, keys: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleError) as error:
        kind(id="x", **keys)
    assert error.value.field == field


def test_what_a_rule_remembers_is_bounded_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firing, "MOST", 3)
    memory: dict[str, int] = {}
    for number, key in enumerate("abcad"):
        firing.put(memory, key, number)
    assert memory == {"c": 2, "a": 3, "d": 4}


# ---------------------------------------------------------------- surge


def reports(day: datetime, count: int, name: str, feeds: int = 3) -> Iterator[Item]:
    for n in range(count):
        yield item(f"{name} {n}", feed=f"f{n % feeds}", regions=("ML",), now=day, minutes_ago=n + 1)


def after_weeks(rule: Surge, weeks: int, usual: int = 2) -> Engine:
    """An engine that has sampled so many weeks, with `usual` reports of Mali at this hour of the week."""
    engine = Engine([rule])
    for number in range(3):
        engine.remember(item("first", feed=f"f{number}", now=NOW - weeks * WEEK - timedelta(hours=6)))
    for week in range(weeks, 0, -1):
        for hour in range(5):
            engine.remember(item(f"alive {week} {hour}", feed="f0", now=NOW - week * WEEK, minutes_ago=60 * hour + 30))
        for one in reports(NOW - week * WEEK, usual, f"w{week}"):
            engine.remember(one)
    return engine


def test_far_more_reports_than_at_the_same_hours_of_other_weeks_are_a_surge() -> None:
    engine = after_weeks(Surge(id="surge", priority=Priority.P2), weeks=4)
    for one in reports(NOW, 20, "now"):
        assert observed(engine, one) == ()
    (raised,) = engine.tick(NOW, {})
    assert (raised.rule, raised.region, raised.priority) == ("surge", "ML", Priority.P2)
    assert raised.title == "ML: 20 reports in 3h, usually 2"
    assert "4 sampled weeks" in raised.because
    assert len(raised.items) == 20


def test_while_too_few_weeks_are_sampled_the_rule_says_that_it_learns() -> None:
    engine = after_weeks(Surge(id="surge"), weeks=2)
    for one in reports(NOW, 20, "now"):
        observed(engine, one)
    assert engine.tick(NOW, {}) == ()
    assert engine.learning(NOW) == (("surge", "learns what is usual: 2 of 3 weeks sampled"),)


@pytest.mark.parametrize(
    ("count", "usual", "feeds"),
    [(5, 0, 3), (20, 15, 3), (20, 2, 1)],
    ids=["too few", "nearly usual", "one feed alone"],
)
def test_what_is_no_surge(count: int, usual: int, feeds: int) -> None:
    engine = after_weeks(Surge(id="surge"), weeks=4, usual=usual)
    for one in reports(NOW, count, "now", feeds):
        observed(engine, one)
    assert engine.tick(NOW, {}) == ()


def test_what_a_first_poll_finds_of_the_past_is_no_sample_and_no_surge() -> None:
    engine = after_weeks(Surge(id="surge"), weeks=4)
    for n in range(30):
        backlog = item(f"old {n}", feed=f"new{n % 3}", regions=("ML",), minutes_ago=n + 1)
        observed(engine, replace(backlog, first_seen=NOW))
    assert engine.tick(NOW, {}) == ()


def test_a_surge_is_one_alert_until_it_is_over_and_the_next_one_another() -> None:
    engine = after_weeks(Surge(id="surge"), weeks=4)
    for one in reports(NOW, 20, "now"):
        observed(engine, one)
    (raised,) = engine.tick(NOW, {})
    assert engine.tick(NOW + timedelta(minutes=10), {}) == ()
    (over,) = engine.tick(NOW + timedelta(hours=4), {})
    assert (over.id, over.returned) == (raised.id, NOW + timedelta(hours=4))
    for one in reports(NOW + WEEK, 40, "next"):
        observed(engine, one, now=NOW + WEEK)
    (second,) = [a for a in engine.tick(NOW + WEEK, {}) if not a.returned]
    assert second.id != raised.id


def test_weeks_in_which_nothing_matched_are_samples_of_nothing() -> None:
    engine = after_weeks(Surge(id="surge", query="convoy"), weeks=4)
    for one in reports(NOW, 12, "convoy"):
        observed(engine, one)
    (raised,) = engine.tick(NOW, {})
    assert raised.title == "ML: 12 reports in 3h, usually 0"


def test_an_edited_item_is_counted_once() -> None:
    engine = after_weeks(Surge(id="surge"), weeks=4)
    for _ in range(20):
        for one in reports(NOW, 5, "now"):
            observed(engine, one)
    assert engine.tick(NOW, {}) == ()


# ---------------------------------------------------------------- escalation


def told(killed: int, owners: int = 1, regions: tuple[str, ...] = ("ML.Kidal",)) -> tuple[Item, Story]:
    one = item(f"{killed} dead", regions=regions)
    names = tuple(f"o{n}" for n in range(owners))
    tolls = (Toll("killed", People(killed, killed), "wire", one.id, NOW),) if killed else ()
    return one, Story(
        "s1", one.title, (one.id,), ("wire",), names, NOW, NOW, EventType.BATTLES, Severity.SEVERE, ("ML",), regions,
        actors=(), tolls=tolls,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "fires"),
    [(10, 25, True), (10, 15, False), (30, 45, False), (3, 8, False), (0, 12, True), (20, 20, False)],
)
def test_a_toll_that_grew_by_factor_and_step_escalates(before: int, after: int, fires: bool) -> None:
    engine = Engine([Escalation(id="grew", factor=2, step=10)])
    assert observed(engine, *told(before)) == ()
    alerts = observed(engine, *told(after))
    assert bool(alerts) is fires
    if fires:
        assert alerts[0].because == f"{after} killed, {before} before (from ×2 and +10 on)"


def test_sources_and_places_that_grew_escalate_where_asked() -> None:
    engine = Engine([Escalation(id="grew", factor=0, sources=3, areas=2)])
    observed(engine, *told(0))
    (raised,) = observed(engine, *told(0, owners=4, regions=("ML.Kidal", "ML.Gao", "DZ.Tamanrasset")))
    assert raised.because == (
        "4 independent sources, 1 before (from +3 on); told of 3 divisions, 1 before (from +2 on)"
    )


def test_a_story_that_grew_before_a_restart_does_not_escalate_again_after_it() -> None:
    engine = Engine([Escalation(id="grew")])
    engine.remember(*told(40))
    assert observed(engine, *told(41)) == ()


# ---------------------------------------------------------------- movement


def sighting(actor: str, place: str, *, days_ago: float = 0, on: date | None = None, kind: str = "pmc") -> Item:
    event = Event(EventType.STRATEGIC, on, "day" if on else None, place, (actor,))
    tags = Tags((place[:2],), (region_tag(place),), (actor_tag(actor, kind),), (event,), EventType.STRATEGIC)
    return item(f"{actor} {place} {days_ago}", tags=tags, minutes_ago=1440 * days_ago)


def moving(**more: Any) -> Engine:
    engine = Engine([Movement(id="moves", **more)])
    engine.remember(sighting("fla", "ML.Kidal", days_ago=20, kind="armed_group"))
    return engine


def test_an_actor_newly_told_of_at_a_place_has_moved() -> None:
    (raised,) = observed(moving(), sighting("wagner", "ML.Kidal.Aguelhok"))
    assert raised.because == "wagner at ML.Kidal (none within 30d)"


def test_an_actor_who_was_there_within_memory_has_not_moved() -> None:
    assert observed(moving(), sighting("fla", "ML.Kidal", kind="armed_group")) == ()
    assert len(observed(moving(memory=timedelta(days=10)), sighting("fla", "ML.Kidal", kind="armed_group"))) == 1


def test_a_rule_that_began_to_look_only_now_learns_first() -> None:
    engine = Engine([Movement(id="moves")])
    assert observed(engine, sighting("wagner", "ML.Kidal")) == ()
    assert engine.learning(NOW) == (("moves", "learns who is where: 0s of 7d"),)


def test_only_the_actors_asked_for_and_the_regions_asked_for_count() -> None:
    assert observed(moving(actors=("jnim",)), sighting("wagner", "ML.Kidal")) == ()
    assert observed(moving(), sighting("un", "ML.Kidal", kind="igo")) == ()
    assert observed(moving(regions=("ML.Gao",)), sighting("wagner", "ML.Kidal")) == ()


def test_who_was_somewhere_long_ago_is_not_newly_there() -> None:
    engine = moving()
    assert observed(engine, sighting("wagner", "ML.Kidal", on=date(2023, 11, 14))) == ()
    assert len(observed(engine, sighting("wagner", "ML.Kidal", on=NOW.date()))) == 1


# ---------------------------------------------------------------- hazard


def warning(scheme: Any = "cap", *, item_id: str = "w", title: str = "Warning", **keys: Any) -> Item:
    return item(title, item_id=item_id, hazard=model.Hazard(scheme, **keys), regions=("US.Texas",))


def cap(level: str, urgency: str = "Immediate", certainty: str = "Observed", **more: Any) -> dict[str, Any]:
    return {"level": level, "urgency": urgency, "certainty": certainty, **more}


@pytest.mark.parametrize(
    ("scheme", "keys", "priority"),
    [
        ("gdacs", {"level": "Red", "population": 2_000_000}, Priority.P1),
        ("gdacs", {"level": "Red"}, Priority.P1),
        ("gdacs", {"level": "Red", "population": 300}, Priority.P2),
        ("gdacs", {"level": "Orange"}, Priority.P3),
        ("gdacs", {"level": "Green", "magnitude": 6.9}, None),
        ("cap", cap("Extreme"), Priority.P1),
        ("cap", cap("Extreme", certainty="Likely"), Priority.P1),
        ("cap", cap("Extreme", urgency="Future"), Priority.P2),
        ("cap", cap("Severe"), Priority.P2),
        ("cap", cap("Moderate"), Priority.P3),
        ("cap", cap("Minor"), Priority.FLAG),
        ("cap", cap("Extreme", urgency="Past"), Priority.FLAG),
        ("cap", cap("Extreme", certainty="Unlikely"), Priority.FLAG),
        ("cap", cap("Extreme", status="Exercise"), None),
        ("cap", cap("Extreme", status="Test"), None),
        ("cap", cap("Extreme", status="Draft"), None),
        ("cap", cap("Extreme", status="Actual", msg_type="Alert"), Priority.P1),
        ("usgs", {"level": "red"}, Priority.P1),
        ("usgs", {"level": "green", "magnitude": 5.0}, None),
        ("usgs", {"magnitude": 6.6}, Priority.P3),
        ("usgs", {"magnitude": 7.8}, Priority.P2),
        ("usgs", {"magnitude": 4.5}, None),
    ],
)
def test_a_foreign_scale_becomes_a_priority(scheme: Any, keys: dict[str, Any], priority: Priority | None) -> None:
    alerts = observed(Engine([Hazard(id="hazard")]), warning(scheme, event_id="e", **keys))
    assert [alert.priority for alert in alerts] == ([] if priority is None else [priority])


def test_a_rule_bounds_what_a_hazard_may_raise() -> None:
    engine = Engine([Hazard(id="hazard", priority=Priority.P2, least=Priority.P2)])
    (extreme,) = observed(engine, warning(event_id="e", **cap("Extreme")))
    (moderate,) = observed(engine, warning(event_id="f", item_id="f", **cap("Moderate")))
    assert (extreme.priority, moderate.priority) == (Priority.P2, Priority.FLAG)


def test_updates_and_cancels_change_the_alert_that_they_refer_to() -> None:
    engine = Engine([Hazard(id="hazard")])
    (raised,) = observed(engine, warning(event_id="1", **cap("Moderate")))
    update = cap("Extreme", msg_type="Update", references=("nws,1,2024-09-19T12:00:00Z",))
    (worse,) = observed(engine, warning(event_id="2", item_id="u", **update))
    cancel = cap("Extreme", msg_type="Cancel", references=("nws,2,2024-09-19T12:30:00Z",))
    (gone,) = observed(engine, warning(event_id="3", item_id="c", **cancel))
    assert raised.id == worse.id == gone.id
    assert worse.priority is Priority.P1
    assert gone.returned == NOW


def test_a_warning_returns_to_normal_when_it_expires_even_after_a_restart() -> None:
    hazard = warning(event_id="1", **cap("Severe", expires=NOW + timedelta(hours=2)))
    raised = observed(Engine([Hazard(id="hazard")]), hazard)
    engine = Engine([Hazard(id="hazard")], alerts=raised)
    assert engine.tick(NOW + timedelta(hours=1), {}) == ()
    (over,) = engine.tick(NOW + timedelta(hours=2), {})
    assert over.returned == NOW + timedelta(hours=2)


def test_an_event_that_is_graded_down_returns_to_normal_and_one_graded_up_days_later_rings() -> None:
    engine = Engine([Hazard(id="hazard")])
    (raised,) = observed(engine, warning("gdacs", event_id="EQ1", level="Orange"))
    (over,) = observed(engine, warning("gdacs", event_id="EQ1", level="Green", item_id="w2"))
    assert (over.id, over.returned) == (raised.id, NOW)
    quiet = replace(warning("gdacs", event_id="TC2", level="Green"), published=NOW - timedelta(days=3))
    assert observed(engine, quiet) == ()
    worse = replace(quiet, revised=NOW, hazard=model.Hazard("gdacs", event_id="TC2", level="Red"))
    assert [alert.priority for alert in observed(engine, worse)] == [Priority.P1]


def test_an_alert_that_is_graded_up_says_so_in_title_and_reason() -> None:
    engine = Engine([Hazard(id="hazard")])
    observed(engine, warning("gdacs", event_id="EQ1", level="Orange", title="Orange earthquake"))
    (worse,) = observed(engine, warning("gdacs", event_id="EQ1", level="Red", item_id="w2", title="Red earthquake"))
    assert (worse.priority, worse.title, worse.because) == (Priority.P1, "Red earthquake", "GDACS Red")
    assert worse.news == "P3 to P1 by hazard"


def test_a_warning_that_expired_before_it_came_does_not_ring() -> None:
    assert observed(Engine([Hazard(id="h")]), warning(event_id="1", **cap("Severe", expires=NOW))) == ()


# ---------------------------------------------------------------- silence


def state(feed: str, health: FeedHealth = FeedHealth.OK, *, hours: float = 0, **more: Any) -> FeedState:
    since = NOW - timedelta(hours=hours)
    return FeedState(feed, health, reason=str(health).lower(), since=since, last_polled=NOW, **more)


def states(*of: FeedState) -> dict[str, FeedState]:
    return {s.feed: s for s in of}


HEALTHY = tuple(state(f"ok{n}") for n in range(10))


def test_a_feed_that_went_blind_alerts_once_and_returns() -> None:
    engine = Engine([Silence(id="silence")])
    dead = states(*HEALTHY, state("rfi", FeedHealth.DEAD, hours=30))
    (raised,) = engine.tick(NOW, dead)
    assert raised.title == "Feed rfi is silent"
    assert engine.tick(NOW + timedelta(hours=1), dead) == ()
    (back,) = engine.tick(NOW + timedelta(hours=2), states(*HEALTHY, state("rfi")))
    assert (back.id, back.returned) == (raised.id, NOW + timedelta(hours=2))


def test_a_feed_just_gone_blind_is_given_time() -> None:
    engine = Engine([Silence(id="silence")])
    assert engine.tick(NOW, states(*HEALTHY, state("rfi", FeedHealth.DEAD, hours=3))) == ()


def test_a_feed_that_should_speak_and_does_not_alerts_though_it_answers() -> None:
    engine = Engine([Silence(id="silence", feeds=("rfi",), after=timedelta(hours=12))])
    late = state("rfi", newest=NOW - timedelta(hours=13))
    (raised,) = engine.tick(NOW, states(late, state("bbc", newest=NOW - timedelta(hours=13))))
    assert raised.because == "nothing new since 2024-09-18 23:00Z (limit 12h)"


def test_a_region_that_nobody_tells_of_alerts_until_somebody_does() -> None:
    engine = Engine([Silence(id="silence", regions=("ML",), after=timedelta(hours=24))])
    engine.remember(item(regions=("ML.Kidal",), minutes_ago=60 * 25))
    (raised,) = engine.tick(NOW, {})
    assert (raised.region, raised.title) == ("ML", "No news of ML")
    observed(engine, item("news", regions=("ML.Gao",)))
    (back,) = engine.tick(NOW, {})
    assert back.returned == NOW


def test_many_feeds_failing_at_once_are_one_alert() -> None:
    engine = Engine([Silence(id="silence")])
    failing = [state(f"f{n}", FeedHealth.DEAD, hours=30, failures=3) for n in range(12)]
    (raised,) = engine.tick(NOW, states(*HEALTHY, *failing))
    assert raised.title == "12 of 22 feeds fail"
    assert raised.suppressed == (("mass failure", 12),)


def test_feeds_that_come_back_one_by_one_after_a_mass_failure_do_not_ring_each() -> None:
    engine = Engine([Silence(id="silence")])
    failing = [state(f"f{n}", FeedHealth.DEAD, hours=30, failures=3) for n in range(12)]
    engine.tick(NOW, states(*HEALTHY, *failing))
    (back,) = engine.tick(NOW + timedelta(hours=1), states(*HEALTHY, *failing[:5]))
    assert (back.title, back.returned) == ("12 of 22 feeds fail", NOW + timedelta(hours=1))
    assert engine.tick(NOW + timedelta(hours=2), states(*HEALTHY, *failing[:1])) == ()
    (still,) = engine.tick(NOW + timedelta(hours=25), states(*HEALTHY, *failing[:1]))
    assert still.title == "Feed f0 is silent"


def test_a_lost_network_is_one_alert_though_no_feed_is_to_blame() -> None:
    engine = Engine([Silence(id="silence")])
    due = states(*(replace(one, next_due=NOW) for one in HEALTHY))
    told = [engine.tick(NOW + timedelta(minutes=minutes), due) for minutes in (5, 12, 23, 30)]
    assert [len(alerts) for alerts in told] == [0, 0, 1, 0]
    assert told[2][0].title == "None of 10 feeds reached"
    again = states(*(replace(one, next_due=NOW + timedelta(hours=2)) for one in HEALTHY))
    (back,) = engine.tick(NOW + timedelta(minutes=40), again)
    assert back.returned == NOW + timedelta(minutes=40)


def test_a_machine_that_slept_is_no_lost_network() -> None:
    engine = Engine([Silence(id="silence")])
    due = states(*(replace(one, next_due=NOW) for one in HEALTHY))
    woken, polled = NOW + timedelta(hours=9), NOW + timedelta(hours=9, minutes=11)
    assert engine.tick(woken, due) == ()
    assert engine.tick(polled, states(*(replace(one, next_due=polled) for one in HEALTHY))) == ()


def test_feeds_that_are_late_but_asked_are_no_lost_network() -> None:
    engine = Engine([Silence(id="silence")])
    for minutes in range(0, 600, 60):
        polled = NOW + timedelta(minutes=minutes)
        late = states(*(replace(one, next_due=polled - timedelta(minutes=30), last_polled=polled) for one in HEALTHY))
        assert engine.tick(polled, late) == ()


def test_a_feed_taken_out_of_the_configuration_is_not_silent() -> None:
    engine = Engine([Silence(id="silence")], world=World(feeds={"ok0": feed("ok0")}))
    assert engine.tick(NOW, states(HEALTHY[0], state("gone", FeedHealth.DEAD, hours=48))) == ()


def test_a_feed_switched_off_is_not_silent() -> None:
    engine = Engine([Silence(id="silence", feeds=("rfi",))])
    assert engine.tick(NOW, states(state("rfi", FeedHealth.OFF, newest=NOW - timedelta(days=9)))) == ()
