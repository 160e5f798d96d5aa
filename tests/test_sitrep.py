"""The situation report: what it must say under each head, in each form, and under which traffic light."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sitmon.model import (
    Alert,
    Count,
    Entry,
    EventType,
    FeedHealth,
    FeedState,
    Level,
    Priority,
    RegionStatus,
    Severity,
    Story,
    Toll,
    Trend,
)
from sitmon.watch import forms, sitrep
from sitmon.watch.sitrep import Sitrep, Speaker
from tests.factories import NOW

DAY = timedelta(days=1)
EMPTY = Sitrep(NOW, NOW - DAY, 263, "KJ", "", (), 0, (), 0, 0, (), {}, (), {}, (), {"ML": "Mali", "csp": "CSP"})


def story(name: str, title: str, owners: tuple[str, ...] = ("wire",), tolls: tuple[Toll, ...] = ()) -> Story:
    kind, harm = EventType.BATTLES, Severity.SEVERE
    return Story(name, title, (f"{name}-1",), owners, owners, NOW, NOW, kind, harm, ("ML",), (), ("csp",), tolls=tolls)


def alert(name: str, priority: Priority, hours_ago: float, told: str | None = None) -> Alert:
    at = NOW - timedelta(hours=hours_ago)
    return Alert(name, "clash", priority, f"Clash {name}", at, at, region="ML", story=told, rating="B2")


def status(region: str, level: Level, *, blind: bool = False) -> RegionStatus:
    return RegionStatus(region, region, "country", level, level, 9.0, Trend.RISING, (), (), 2, 3, blind, "1", "why")


def toll(feed: str, low: int, by: str | None = None, of: str | None = None, item: str = "1", high: int = 0) -> Toll:
    return Toll("killed", Count(low, high or low, by, of), feed, f"{feed}-{item}", NOW - DAY / int(item))


def test_a_report_of_nothing_has_every_head_and_says_nil() -> None:
    text = forms.text(EMPTY, "ocha")
    assert text.splitlines()[:3] == ["TLP:CLEAR", "", "# SITUATION REPORT No. 263 (as of 191200ZSEP24)"]
    assert "Period 181200ZSEP24 to 191200ZSEP24. By KJ. Next 201200ZSEP24." in text
    assert text.count("## ") == text.count("- NIL") == 6
    assert text.endswith("TLP:CLEAR")
    assert forms.text(EMPTY, "mil").count("   NIL") == 7


def test_highlights_are_alerts_by_priority_then_the_most_told_without_one() -> None:
    told = (story("s1", "Alerted", ("a", "b")), story("s2", "Untold", ("a", "b", "c", "d", "e")))
    alerts = (alert("late", Priority.P3, 1), alert("worst", Priority.P1, 2, "s1"))
    lines = list(sitrep.highlights(replace(EMPTY, alerts=alerts, stories=told, waiting=2)))
    assert lines == [
        "P1 191000ZSEP24 Mali: Clash worst (clash, new; 2 sources: a, b; B2)",
        "P3 191100ZSEP24 Mali: Clash late (clash, new; B2)",
        "open from before the period, without news: 2",
        "191200ZSEP24 Mali: Untold (5 sources: a, b, c, d and 1 more; F6)",
    ]


def test_figures_have_their_spread_and_who_claims_them_and_are_never_added_up_over_sources() -> None:
    tolls = (
        toll("wire", 20, "gov", item="1"),
        toll("radio", 47, "csp", "soldiers", item="2"),
        toll("radio", 84, "csp", "mercenaries", item="2"),
        toll("desk", 20, "gov", item="3"),
    )
    assert list(sitrep.figures(replace(EMPTY, stories=(story("s", "Clash", tolls=tolls),)))) == [
        "killed 20-131: Clash: 20 by gov (wire 181200Z, desk 190400Z); "
        "47 soldiers + 84 mercenaries by CSP (radio 190000Z)"
    ]


def test_a_feeds_later_figure_takes_the_place_of_its_earlier_one() -> None:
    tolls = (toll("wire", 3, item="1"), toll("wire", 7, item="2", high=9))
    (line,) = sitrep.figures(replace(EMPTY, stories=(story("s", "Clash", tolls=tolls),)))
    assert line == "killed 7-9: Clash: 7-9 (wire 190000Z)"


def test_regions_that_changed_come_first_and_none_is_told_as_such() -> None:
    now = (status("ML", Level.HIGH), status("NE", Level.NORMAL), status("BF", Level.GUARDED))
    then = {region.id: region for region in (status("ML", Level.HIGH), status("TD", Level.SEVERE))}
    given = replace(EMPTY, regions=now, before=then)
    assert list(sitrep.regions(given)) == [
        "GUARDED (was NORMAL) BF, rising: why (2/3 sources speak)",
        "HIGH ML, rising: why (2/3 sources speak)",
        "NORMAL (was SEVERE) TD: nothing going on",
    ]
    assert "NO CHANGE" not in forms.text(given, "mil")
    same = replace(EMPTY, regions=now[:2], before={"ML": now[0]})
    assert "   4.1 NO CHANGE\n   4.2 HIGH ML" in forms.text(same, "mil")


@pytest.mark.parametrize(
    ("tlps", "noted", "wanted"),
    [
        ((), False, "CLEAR"),
        (("CLEAR", "GREEN"), False, "GREEN"),
        (("GREEN",), True, "AMBER"),
        (("RED", "AMBER+STRICT"), True, "RED"),
        (("AMBER+STRICT", "AMBER"), True, "AMBER+STRICT"),
    ],
)
def test_the_traffic_light_is_the_strictest_of_all_in_it(tlps: tuple[str, ...], noted: bool, wanted: str) -> None:
    speakers = tuple(Speaker(tlp, tlp, "B", "news", tlp, 1, NOW) for tlp in tlps)
    entries = (Entry("e", "s", "KJ", NOW, "note", "s", "call embassy"),) if noted else ()
    text = forms.text(replace(EMPTY, speakers=speakers, entries=entries), "intsum").splitlines()
    assert (text[0], text[-1]) == (f"TLP:{wanted}", f"TLP:{wanted}")


def test_what_cannot_be_seen_is_told_as_of_the_report() -> None:
    feeds = {
        "a": FeedState("a", FeedHealth.DEAD, "404", since=NOW - DAY),
        "b": FeedState("b", FeedHealth.DEAD, "404", since=NOW + DAY),
    }
    text = forms.text(replace(EMPTY, feeds=feeds, regions=(status("ML", Level.UNKNOWN, blind=True),)), "mil")
    assert "   7.1 feed a DEAD since 181200ZSEP24: 404\n   7.2 region ML why\n" in text


def test_an_intsum_keeps_fact_comment_and_assessment_apart_by_country_and_actor() -> None:
    entries = (Entry("e", "s", "KJ", NOW, "note", "s1-1", "denied by the army"),)
    regions = (replace(status("ML", Level.HIGH), review_by=NOW + DAY, set_by="KJ", set_reason="two columns"),)
    given = replace(EMPTY, stories=(story("s1", "Clash"),), entries=entries, regions=regions)
    text = forms.text(given, "intsum")
    heads = ["## Mali", "### CSP", "FACT", "Clash", "COMMENT", "denied by the army", "ASSESSMENT", "two columns"]
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)
    assert "- 201200ZSEP24 review of ML, HIGH" in text


def test_no_word_of_a_source_is_markup() -> None:
    text = forms.text(replace(EMPTY, stories=(story("s", "[x](http://y) *z* <b>"),)), "ocha")
    assert r"\[x\](http://y) \*z\* \<b\>" in text


def test_the_number_counts_periods_of_the_year() -> None:
    assert sitrep.number(NOW, DAY) == 263
    assert sitrep.number(NOW.replace(month=1, day=1, hour=0), DAY) == 1


def test_a_long_head_says_how_much_more_there_is() -> None:
    stories = tuple(story(f"s{n:02}", f"Clash {n}") for n in range(20))
    assert "- and 5 more" in forms.text(replace(EMPTY, stories=stories), "ocha")
