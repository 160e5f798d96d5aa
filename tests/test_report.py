"""Reports: figures beside their limits, log lines, the hand-over sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sitmon import report, watch
from sitmon.dtg import dtg
from sitmon.model import (
    Alert,
    Entry,
    FeedHealth,
    FeedState,
    Item,
    Level,
    Priority,
    RegionStatus,
    Story,
    Trend,
    Turn,
)
from sitmon.rules import Match, Surge, replay
from sitmon.rules.rehearsal import text
from sitmon.watch import handover
from tests.factories import NOW, item

DAY = timedelta(days=1)


def alert(number: int, minutes_ago: float, priority: Priority = Priority.P3, rule: str = "clash") -> Alert:
    at = NOW - timedelta(minutes=minutes_ago)
    return Alert(f"a{number}", rule, priority, f"Clash {number}", at, at, region="ML")


def entry(
    number: int, verb: str, subject: str, minutes_ago: float, text: str = "", corrects: str | None = None
) -> Entry:
    at = NOW - timedelta(minutes=minutes_ago)
    return Entry(f"s-{number:03}", "s", "KJ", at, verb, subject, text, corrects=corrects)


LONG_WATCHED = [entry(0, "shift", "", 60 * 24 * 40)]


def test_a_rate_is_over_the_hours_that_were_watched() -> None:
    found = report.alarms([alert(n, 60 * n) for n in range(1, 11)], [], NOW)
    assert (found.since, found.raised, found.per_hour) == (NOW - timedelta(hours=10), 10, 1.0)
    assert report.alarms([alert(1, 5)], [], NOW).per_hour == 1.0
    assert report.alarms([], [], NOW, DAY).since == NOW - DAY


def test_rates_floods_and_shares_are_counted() -> None:
    flood = [alert(n, 60 + n * 0.1) for n in range(30)]
    found = report.alarms([*flood, alert(99, 700, Priority.P1, "mass")], LONG_WATCHED, NOW, DAY)
    assert found.raised == 31
    assert found.per_hour == 31 / 24
    assert found.busiest_hour == 30
    assert found.rules[0] == ("clash", 30, 30 / 31)
    assert found.split == ((Priority.P1, 1, 1 / 31), (Priority.P2, 0, 0.0), (Priority.P3, 30, 30 / 31))
    (start, end), = found.floods  # fmt: skip
    assert start == NOW - timedelta(minutes=60 + 19 * 0.1)
    assert end == NOW - timedelta(minutes=60 + 4 * 0.1) + timedelta(minutes=10)
    assert found.flooded == (end - start) / DAY


def test_time_to_acknowledge_counts_the_first_answer() -> None:
    alerts = [alert(n, 100, Priority.P1) for n in range(20)]
    entries = [entry(n, "ack", f"a{n}", 100 - n) for n in range(19)] + [entry(50, "close", "a0", 10)]
    (p1, p2, _) = report.alarms(alerts, entries, NOW, DAY).answered
    assert (p1.raised, p1.answered, p1.p50, p1.p95) == (20, 19, timedelta(minutes=9), timedelta(minutes=18))
    assert (p2.answered, p2.p50) == (0, None)


def test_the_log_tells_an_alert_as_it_was_raised() -> None:
    worse = replace(alert(1, 60, Priority.P1), turns=(Turn(NOW, "priority", "P3 to P1 by mass"),))
    assert handover.log([worse], [])[0].endswith('ALERT P3 clash ML "Clash 1" raised')


def test_an_alert_that_came_back_is_new_to_everybody() -> None:
    back = replace(alert(1, 60), turns=(Turn(NOW - timedelta(minutes=5), "toll", "50 killed"),))
    (folded,) = watch.fold([back], [entry(1, "ack", "a1", 30)], NOW)
    given = handover.Handover(NOW, NOW - DAY, "KJ", "ME", 1, (folded,), (), {}, ())
    assert "P3 new 191100ZSEP24 clash Clash 1" in handover.sheet(given)


def test_what_stands_open_for_more_than_a_day_is_stale() -> None:
    alerts = [alert(1, 60 * 25), alert(2, 60 * 30), alert(3, 60)]
    found = report.alarms(alerts, [entry(1, "close", "a2", 5)], NOW, 3 * DAY)
    assert [a.id for a in found.stale] == ["a1"]


def test_flags_are_no_alarms() -> None:
    assert report.alarms([alert(1, 5, Priority.FLAG)], [], NOW, DAY).raised == 0


def test_the_report_marks_what_breaks_its_limit() -> None:
    lines = report.alarms_text(
        report.alarms([alert(n, 60 + n * 0.1) for n in range(30)], LONG_WATCHED, NOW, DAY / 2)
    ).splitlines()
    marked = [line.split("  ")[0] for line in lines if line.startswith("!")]
    assert marked == ["! busiest hour", "! in flood"]
    assert "limit 12" in next(line for line in lines if "busiest" in line)


def test_a_log_line_tells_number_time_what_about_and_by_whom() -> None:
    lines = handover.log(
        [alert(1, 30, Priority.P1)],
        [
            entry(1, "ack", "a1", 20, "called DO"),
            entry(2, "ack", "a1", 10, "for DO read duty analyst", corrects="s-001"),
        ],
    )
    assert lines == (
        '0001 191130Z ALERT P1 clash ML "Clash 1" raised',
        '0002 191140Z ACK 0001 KJ "called DO"',
        '0003 191150Z CORR 0002 KJ "for DO read duty analyst"',
    )


def status(level: Level, *, blind: bool = False, note: str = "") -> RegionStatus:
    return RegionStatus("ML", "Mali", "board", level, level, 60.0, Trend.RISING, (), (), 1, 3, blind, "1", note)


def given(**more: object) -> handover.Handover:
    values = {"alerts": (), "regions": (), "feeds": {}, "entries": ()} | more
    return handover.Handover(NOW, NOW - DAY / 2, "KJ", "ME", 412, **values)  # type: ignore[arg-type]


def test_an_empty_sheet_says_nil_under_every_head() -> None:
    lines = handover.sheet(given()).splitlines()
    assert lines[0] == "WATCH HANDOVER 191200ZSEP24 KJ -> ME No 0412 TLP:AMBER"
    assert lines.count("  NIL") == 7


def test_the_sheet_tells_what_is_open_shelved_blind_and_noted() -> None:
    entries = (entry(1, "shelve", "a2", 20, "exercise"), entry(2, "note", "ML", 15, "call embassy at 14Z"))
    alerts = watch.fold([alert(1, 30), alert(2, 40), alert(3, 50, Priority.P1)], entries, NOW)
    feeds = {"rfi": FeedState("rfi", FeedHealth.DEAD, "404", since=NOW - DAY)}
    regions = (status(Level.HIGH, blind=True, note="BLIND: 1 of 3 sources speak"),)
    lines = handover.sheet(given(alerts=alerts, entries=entries, feeds=feeds, regions=regions)).splitlines()
    told = [line.strip() for line in lines]
    assert told.index("P1 new 191110ZSEP24 clash Clash 3") < told.index("P3 new 191130ZSEP24 clash Clash 1")
    assert "shelved by KJ: Clash 2 (exercise)" in told
    assert "feed rfi DEAD since 181200ZSEP24: 404" in told
    assert "region Mali BLIND: 1 of 3 sources speak" in told
    assert "191145Z KJ ML: call embassy at 14Z" in told
    assert [a.id for a in handover.unanswered(alerts)] == ["a3"]


@pytest.mark.parametrize(("hours", "head"), [(-3, "5 ACTIONS OWED"), (3, "6 EXPECTED IN THE NEXT 12 H"), (30, "")])
def test_a_level_that_is_to_be_reviewed_is_owed_or_expected(hours: int, head: str) -> None:
    due = NOW + timedelta(hours=hours)
    held = replace(status(Level.HIGH), set_by="KJ", set_at=NOW - DAY, review_by=due)
    told = handover.sheet(given(regions=(held,))).splitlines()
    heads = [told[n - 1] for n, line in enumerate(told) if line == f"  {dtg(due)} review of Mali, HIGH set by KJ"]
    assert heads == ([head] if head else [])


def test_a_long_section_says_how_much_more_there_is() -> None:
    assert "  and 12 more" in handover.sheet(given(alerts=tuple(alert(n, n) for n in range(20)))).splitlines()


# ---------------------------------------------------------------- rehearsal of rules


def alone(_item: Item) -> Story | None:
    return None


def test_a_replay_counts_alerts_by_rule_and_watch() -> None:
    items = [item(f"Clash {n}", item_id=f"i{n}", minutes_ago=60 * n) for n in range(48)]
    items += [item(f"Football {n}", item_id=f"f{n}", minutes_ago=30 * n) for n in range(96)]
    found = replay([Match(id="clash", query="clash", priority=Priority.P2)], items, alone)
    (rule,) = found.rules
    assert (found.items, rule.matched, len(rule.alerts)) == (144, 48, 48)
    assert found.busiest == 12
    assert not rule.matches_everything
    row = next(line.split() for line in text(found).splitlines() if line.startswith("clash "))
    assert row == ["clash", "match", "48", "48", "0", "48", "0", "0", "12"]


def test_a_rule_that_matches_everything_is_named() -> None:
    items = [item(f"Item {n}", item_id=f"i{n}", minutes_ago=n) for n in range(20)]
    found = replay([Match(id="all", query="-nothing"), Surge(id="surge")], items, alone)
    assert [rule.rule.id for rule in found.rules if rule.matches_everything] == ["all"]
    assert "MATCHES EVERYTHING: 100% of all items" in text(found)
    assert "learns what is usual: 0 of 3 weeks sampled" in text(found)


def test_what_lies_before_the_period_only_teaches() -> None:
    items = [item(f"Clash {n}", item_id=f"i{n}", minutes_ago=60 * n) for n in range(48)]
    found = replay([Match(id="clash", query="clash")], items, alone, since=NOW - timedelta(hours=10))
    assert (found.items, len(found.rules[0].alerts)) == (11, 11)
    assert found.since == NOW - timedelta(hours=10)


def test_a_replay_of_nothing_is_nothing() -> None:
    found = replay([Match(id="clash", query="clash")], [], alone)
    assert (found.items, found.busiest, found.rules[0].alerts) == (0, 0, ())
    assert "never" in text(found)
