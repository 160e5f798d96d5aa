"""The engine over small worlds: what rings, what joins, what is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sitmon.model import Alert, Count, Event, EventType, Item, Priority, Severity, Story, Tags, Toll
from sitmon.rules import Match, RuleError
from sitmon.rules.engine import Engine
from tests.factories import NOW, actor_tag, item, region_tag

APART = timedelta(0)
BATTLE = Match(id="clash", query="clash", priority=Priority.P2, together=APART)
ANY_DEAD = Match(id="dead", query="killed>=50", priority=Priority.P1, together=APART)


def story(story_id: str, *items: Item, owners: tuple[str, ...] = ("afp",), killed: int = 0, **more: Any) -> Story:
    newest = items[0]
    tolls = (Toll("killed", Count(killed, killed), newest.feed, newest.id, newest.when),) if killed else ()
    values: dict[str, Any] = {
        "type": EventType.BATTLES,
        "severity": Severity.SEVERE,
        "countries": newest.tags.countries,
        "regions": tuple(tag.id for tag in newest.tags.regions),
        "actors": tuple(tag.id for tag in newest.tags.actors),
    }
    ids = tuple(i.id for i in items)
    feeds = tuple(dict.fromkeys(i.feed for i in items))
    return Story(story_id, newest.title, ids, feeds, owners, newest.when, newest.when, tolls=tolls, **(values | more))


def fight(title: str = "Clash near Kidal", *, killed: int = 0, on: date | None = None, **more: Any) -> Item:
    """An item that tells one battle at Kidal."""
    actors: tuple[str, ...] = more.pop("actors", ("jnim",))
    place: str = more.pop("place", "ML.Kidal")
    toll = (Count(killed, killed),) if killed else ()
    precision: Any = "day" if on else None
    event = Event(EventType.BATTLES, on, precision, place, actors, killed=toll)
    tags = Tags(("ML",), (region_tag(place),), tuple(actor_tag(a) for a in actors), (event,), EventType.BATTLES)
    return item(title, tags=tags, **more)


def test_a_story_that_matches_raises_one_alert_that_explains_itself() -> None:
    engine = Engine([BATTLE])
    one, two = fight(), fight("Second report of the clash", feed="rfi")
    (raised,) = engine.observe(one, story("s1", one), NOW)
    (again,) = engine.observe(two, story("s1", two, one), NOW)
    assert (raised.rule, raised.priority, raised.region) == ("clash", Priority.P2, "ML.Kidal")
    assert "clash" in raised.because.lower()
    assert (again.id, again.count, again.items) == (raised.id, 2, (two.id, one.id))
    assert len(engine.alerts) == 1


def test_what_turns_out_to_be_one_with_another_story_rings_no_second_time() -> None:
    engine = Engine([BATTLE])
    one, two = fight(), fight("Second report of the clash", feed="rfi")
    (raised,) = engine.observe(one, story("early", one), NOW)
    (moved,) = engine.follow([("early", "late")])
    assert (moved.id, moved.story) == (raised.id, "late")
    (joined,) = engine.observe(two, story("late", two, one), NOW)
    assert (joined.id, joined.count) == (raised.id, 2)
    after_a_restart = Engine([BATTLE], alerts=[moved])
    assert [alert.id for alert in after_a_restart.observe(two, story("late", two, one), NOW)] == [raised.id]


def test_of_two_stories_that_are_one_each_keeps_the_alert_that_it_has() -> None:
    engine = Engine([BATTLE])
    one, two = fight(), fight("Second report of the clash", feed="rfi")
    engine.observe(one, story("early", one), NOW)
    engine.observe(two, story("late", two), NOW)
    assert engine.follow([("early", "late")]) == ()


def test_an_item_without_a_story_stands_for_itself() -> None:
    engine = Engine([BATTLE])
    assert len(engine.observe(fight(), None, NOW)) == 1


def test_a_more_urgent_rule_makes_the_same_alert_more_urgent() -> None:
    engine = Engine([BATTLE, ANY_DEAD])
    one, two = fight(), fight("Toll of the clash rises", killed=70)
    (raised,) = engine.observe(one, story("s1", one), NOW)
    (urgent,) = engine.observe(two, story("s1", two, one, killed=70), NOW)
    assert urgent.id == raised.id
    assert urgent.priority is Priority.P1
    assert "priority" in [turn.what for turn in urgent.turns]


def test_two_rules_at_once_raise_the_alert_of_the_more_urgent_one() -> None:
    engine = Engine([BATTLE, ANY_DEAD])
    one = fight("Clash kills 70", killed=70)
    (raised,) = engine.observe(one, story("s1", one, killed=70), NOW)
    assert (raised.rule, raised.priority) == ("dead", Priority.P1)
    assert raised.suppressed == (("also clash", 1),)


def test_a_flag_highlights_and_hides_no_alert() -> None:
    engine = Engine([Match(id="watched", query="actor:jnim", priority=Priority.FLAG), replace(BATTLE, query="toll")])
    one, two = fight(), fight("Toll of the clash")
    (flag,) = engine.observe(one, story("s1", one), NOW)
    raised = engine.observe(two, story("s1", two, one), NOW + timedelta(hours=1))
    assert flag.priority is Priority.FLAG
    assert [(a.rule, a.priority, a.raised) for a in raised if a.id != flag.id] == [
        ("clash", Priority.P2, NOW + timedelta(hours=1))
    ]


def test_the_same_alerts_come_out_after_a_restart_and_nothing_rings_twice() -> None:
    one = fight()
    first = Engine([BATTLE]).observe(one, story("s1", one), NOW)
    again = Engine([BATTLE], alerts=first)
    assert again.observe(one, story("s1", one), NOW + timedelta(minutes=1)) == ()
    assert [a.id for a in again.alerts] == [a.id for a in first]


def test_old_news_is_counted_and_does_not_ring() -> None:
    engine = Engine([BATTLE])
    old = fight(minutes_ago=60 * 7)
    assert engine.observe(old, story("s1", old), NOW) == ()
    assert engine.silenced == (("clash", "old", 1),)


def test_what_a_feed_brings_late_because_it_was_down_rings_for_a_day() -> None:
    engine = Engine([BATTLE])
    engine.observe(item("Anything"), None, NOW)
    later = NOW + timedelta(hours=20)
    late = fight(item_id="late")
    (raised,) = engine.observe(late, story("s1", late), later)
    assert raised.story == "s1"
    assert engine.observe(fight(item_id="too late"), None, NOW + timedelta(hours=25)) == ()


def test_what_carries_no_date_does_not_ring_when_its_feed_is_read_for_the_first_time() -> None:
    undated = replace(fight(), published=None, published_note="missing")
    known, unknown = Engine([BATTLE], polled=["wire"]), Engine([BATTLE])
    assert unknown.observe(undated, None, NOW) == ()
    assert unknown.silenced == (("clash", "undated", 1),)
    assert len(known.observe(undated, None, NOW)) == 1
    later = replace(undated, id="later", first_seen=NOW + timedelta(minutes=5))
    assert len(unknown.observe(later, None, NOW + timedelta(minutes=5))) == 1


def test_an_article_about_what_is_long_past_does_not_ring() -> None:
    engine = Engine([BATTLE])
    anniversary = fight("A year after the clash", on=date(2023, 9, 18))
    yesterday = fight("Clash yesterday", on=date(2024, 9, 18))
    assert engine.observe(anniversary, story("s1", anniversary), NOW) == ()
    assert engine.silenced == (("clash", "past", 1),)
    assert len(engine.observe(yesterday, story("s2", yesterday), NOW)) == 1


def test_an_edited_item_raises_no_second_alert() -> None:
    engine = Engine([BATTLE])
    one = fight()
    engine.observe(one, story("s1", one), NOW)
    edited = replace(one, title="Clash near Kidal: what we know", revised=NOW)
    assert engine.observe(edited, story("s1", edited), NOW) == ()


@pytest.mark.parametrize(
    ("later", "owners", "killed", "kinds"),
    [
        (fight("Toll", killed=30, feed="b"), ("afp",), 30, ["toll"]),
        (fight("Toll unchanged", killed=21, feed="b"), ("afp",), 21, []),
        (fight("Another actor", actors=("jnim", "fla"), feed="b"), ("afp",), 20, ["fact"]),
        (fight("Another place", place="ML.Gao", feed="b"), ("afp",), 20, ["fact"]),
        (fight("More precise", place="ML.Kidal.Aguelhok", feed="b"), ("afp",), 20, []),
        (fight("Second source", feed="b"), ("afp", "rfi"), 20, ["source"]),
    ],
)
def test_only_what_is_new_turns_an_alert(later: Item, owners: tuple[str, ...], killed: int, kinds: list[str]) -> None:
    engine = Engine([BATTLE])
    one = fight(killed=20)
    engine.observe(one, story("s1", one, killed=20), NOW)
    changed = engine.observe(later, story("s1", later, one, owners=owners, killed=killed), NOW + timedelta(hours=1))
    turns = [turn.what for alert in changed for turn in alert.turns]
    assert turns == kinds


def test_an_alert_carries_the_headline_that_tells_most_once_there_is_news() -> None:
    engine = Engine([BATTLE])
    one, two = fight(), fight("Clash: at least 70 dead", killed=70)
    engine.observe(one, story("s1", one), NOW)
    (told,) = engine.observe(two, story("s1", two, one, killed=70), NOW)
    assert told.title == "Clash: at least 70 dead"


def test_the_fourth_source_is_no_news_but_the_sixth_is() -> None:
    engine = Engine([BATTLE])
    one = fight()
    engine.observe(one, story("s1", one, owners=("a", "b", "c")), NOW)
    told = []
    for owners in ("abcd", "abcde", "abcdef"):
        more = fight("Report", item_id=owners)
        told.append(engine.observe(more, story("s1", more, one, owners=tuple(owners)), NOW))
    assert [len(alerts) for alerts in told] == [0, 0, 1]
    assert told[2][0].news == "6 independent sources, 3 before"


def flood_of(count: int, rule: Match = BATTLE, start: datetime = NOW) -> tuple[Engine, list[Alert]]:
    engine = Engine([rule, ANY_DEAD])
    changed: list[Alert] = []
    for n in range(count):
        one = fight(item_id=f"i{n}", now=start)
        changed += engine.observe(one, story(f"s{n}", one), start + timedelta(seconds=n))
    return engine, changed


def test_more_than_ten_alerts_in_ten_minutes_collapse_by_rule_and_country() -> None:
    engine, _ = flood_of(30)
    assert len(engine.alerts) == 11
    collapsed = next(alert for alert in engine.alerts if alert.suppressed)
    assert collapsed.suppressed == (("flood", 19),)
    assert collapsed.count == 20
    assert engine.flood_since is not None


def test_a_p1_is_raised_in_the_middle_of_a_flood() -> None:
    engine, _ = flood_of(15)
    one = fight("Clash kills 60", killed=60, item_id="p1")
    (raised,) = engine.observe(one, story("big", one, killed=60), NOW + timedelta(minutes=1))
    assert (raised.priority, raised.story) == (Priority.P1, "big")


def test_a_story_hidden_by_a_flood_comes_out_when_it_turns_p1() -> None:
    engine, _ = flood_of(15)
    worse = fight("Clash killed 60", killed=60, item_id="worse")
    (raised,) = engine.observe(worse, story("s14", worse, killed=60), NOW + timedelta(minutes=1))
    assert (raised.priority, raised.story) == (Priority.P1, "s14")


def test_a_flood_ends_under_five_in_ten_minutes_and_alerts_ring_singly_again() -> None:
    engine, _ = flood_of(15)
    later = NOW + timedelta(minutes=11)
    engine.tick(later, {})
    one = fight(item_id="calm", now=later)
    (raised,) = engine.observe(one, story("calm", one), later)
    assert engine.flood_since is None
    assert raised.story == "calm"


def test_what_a_flood_hid_does_not_ring_after_a_restart() -> None:
    engine, _ = flood_of(15)
    again = Engine([BATTLE], alerts=engine.alerts)
    hidden = fight(item_id="i14")
    later = NOW + timedelta(minutes=30)
    assert again.observe(hidden, story("s14", hidden), later) == ()


def test_during_its_cooldown_a_rule_counts_instead_of_ringing() -> None:
    engine = Engine([replace(BATTLE, cooldown=timedelta(hours=1))])
    one, two, three = fight(item_id="1"), fight(item_id="2"), fight(item_id="3")
    engine.observe(one, story("s1", one), NOW)
    (joined,) = engine.observe(two, story("s2", two), NOW + timedelta(minutes=30))
    (raised,) = engine.observe(three, story("s3", three), NOW + timedelta(minutes=61))
    assert joined.suppressed == (("cooldown", 1),)
    assert raised.story == "s3"


def test_a_cooldown_holds_for_one_division_and_what_it_hides_still_brings_its_news() -> None:
    engine = Engine([replace(BATTLE, cooldown=timedelta(hours=1))])
    here, there, worse = fight(item_id="1"), fight(item_id="2", place="ML.Gao"), fight(item_id="3", killed=40)
    (raised,) = engine.observe(here, story("s1", here), NOW)
    (other,) = engine.observe(there, story("s2", there), NOW)
    (told,) = engine.observe(worse, story("s3", worse, killed=40), NOW)
    assert other.id != raised.id
    assert (told.id, told.news) == (raised.id, "40 killed")


def two_stories(
    first: Item, second: Item, *, hours: float = 20, rules: tuple[Match, ...] = (replace(BATTLE, priority=Priority.P1),)
) -> tuple[Alert, tuple[Alert, ...]]:
    """An alert on one story, and what another story some hours later makes of it."""
    engine = Engine([replace(rule, together=timedelta(hours=36)) for rule in rules])
    (raised,) = engine.observe(first, story("s1", first), NOW)
    now = NOW + timedelta(hours=hours)
    second = replace(second, published=now)
    return raised, engine.observe(second, story("s2", second, killed=60), now)


def test_another_p1_of_the_same_matter_and_place_brings_the_one_there_back() -> None:
    raised, (changed,) = two_stories(fight(), fight("Second clash", place="ML.Kidal.Aguelhok", item_id="2"))
    assert (changed.id, changed.suppressed) == (raised.id, (("told together", 1),))
    assert [(turn.what, turn.words) for turn in changed.turns] == [
        ("fact", "also: Second clash"),
        ("toll", "60 killed"),
    ]


def test_what_is_elsewhere_later_less_or_more_urgent_is_an_alert_of_its_own() -> None:
    deadly = fight("Clash kills 60", killed=60, item_id="2")
    for second, hours, rules in (
        (fight(place="ML.Gao", item_id="2"), 20.0, (replace(BATTLE, priority=Priority.P1),)),
        (fight(item_id="2"), 40.0, (replace(BATTLE, priority=Priority.P1),)),
        (fight(item_id="2"), 20.0, (BATTLE,)),
        (deadly, 20.0, (BATTLE, ANY_DEAD)),
    ):
        raised, (other,) = two_stories(fight(), second, hours=hours, rules=rules)
        assert (other.id, other.story) != (raised.id, raised.story)


def test_a_rule_sees_only_its_regions() -> None:
    engine = Engine([replace(BATTLE, regions=("BF",)), replace(BATTLE, id="mali", regions=("ML",))])
    one = fight()
    (raised,) = engine.observe(one, story("s1", one), NOW)
    assert raised.rule == "mali"


def test_a_long_condition_is_named_by_its_field_where_it_explains() -> None:
    engine = Engine([Match(id="capitals", query="title:Bamako,Niamey,Ouagadougou,Khartoum,Kidal clash")])
    (raised,) = engine.observe(fight(), None, NOW)
    assert raised.because == "title (Kidal); clash"


def test_a_rule_that_cannot_be_read_names_its_field() -> None:
    with pytest.raises(RuleError) as unreadable:
        Match(id="x", query="killed>=many")
    assert unreadable.value.field == "query"
    assert unreadable.value.position == 8
    with pytest.raises(RuleError) as nameless:
        Match(id="Not an id", query="x")
    assert nameless.value.field == "id"
