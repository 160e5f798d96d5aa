"""The formula of a region's level, whole: what a story weighs, how it fades, how stories add up, where levels begin.

    weight  = severity x type x toll x credibility, at least what the priority of its open alert stands for,
              a quarter of that in places that it only mentions
    mass    = (weight x 2 ** (-age / 2 days)) ** 3
    sum     = cube root of the masses of all stories in the region and in the regions inside it
    score   = 100 x sum / (sum + 12)
    level   = GUARDED from 5, ELEVATED from 25, HIGH from 50, SEVERE from 75

Cubes keep what is many but small from adding up to what is large: a hundred minor stories weigh less than five, so a
country that is much written about is not a country in trouble. No baseline is set by hand for any place. Opinionated,
not fitted to data: the weights are chosen so that a fresh report of troops moving from two sources is GUARDED, a deadly
attack ELEVATED, dozens of dead HIGH, and several such events in days SEVERE.

Age counts from the latest report that added a fact, or from the event where that is much older than its telling.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from math import log10
from typing import Final

from sitmon.model import EventType, Level, Priority, Severity, Story, Trend

VERSION: Final = "1"

HALF_LIFE: Final = timedelta(days=2)
POWER: Final = 3
HALF: Final = 12.0
"""The sum at which the score is 50."""
MENTIONED: Final = 0.25
"""Share of a story's weight in a place that it names without anything having happened there."""
LATE: Final = timedelta(days=10)
"""An event that much older than its first report is told as history."""

SEVERITY: Final = {
    Severity.UNKNOWN: 1.0,
    Severity.MINOR: 1.5,
    Severity.MODERATE: 4.0,
    Severity.SEVERE: 10.0,
    Severity.EXTREME: 20.0,
}
TYPE: Final = {
    EventType.BATTLES: 1.0,
    EventType.EXPLOSIONS: 1.0,
    EventType.CIVILIANS: 1.0,
    EventType.STRATEGIC: 1.0,
    EventType.RIOTS: 0.8,
    EventType.DISASTER: 0.8,
    EventType.HEALTH: 0.6,
    EventType.PROTESTS: 0.5,
    EventType.CYBER: 0.5,
    EventType.ACCIDENT: 0.4,
    EventType.CRIME: 0.3,
    EventType.DIPLOMACY: 0.2,
    EventType.ECONOMY: 0.15,
    EventType.OTHER: 0.1,
}
RELIABILITY: Final = {"A": 1.0, "B": 0.95, "C": 0.85, "D": 0.65, "E": 0.4, "F": 0.75}
"""By Admiralty letter. F is not bad, but cannot be judged."""
CREDIBILITY: Final = {"1": 1.0, "2": 1.0, "3": 0.85, "4": 0.4, "5": 0.2, "6": 0.85}
"""By Admiralty digit. What an officer calls improbable hardly counts."""
ALERTED: Final = {Priority.P1: 20.0, Priority.P2: 8.0, Priority.P3: 3.0, Priority.FLAG: 0.0}
"""The least that a story with an open alert weighs: the operator's own rules shape the level."""

GUARDED: Final = 5.0
ELEVATED: Final = 25.0
HIGH: Final = 50.0
SEVERE: Final = 75.0
DEADBAND: Final = 3.0
"""A change of the score by less than this, or by less than 15 %, is no trend."""


def weight(story: Story) -> float:
    return SEVERITY[story.severity] * TYPE[story.type] * toll_factor(story) * credibility(story)


def toll_factor(story: Story) -> float:
    """1 without dead, 1.5 at 9, 2 at 99: each tenfold adds half. Of several figures the median counts."""
    killed = sorted(toll.count.low for toll in story.tolls if toll.harm == "killed")
    return 1 + log10(1 + killed[len(killed) // 2]) / 2 if killed else 1.0


def credibility(story: Story) -> float:
    """Of its rating and its independent sources: one alone counts for eight tenths."""
    sources = 1.0 if len(story.owners) > 1 else 0.8
    return RELIABILITY.get(story.rating[:1], 0.75) * CREDIBILITY.get(story.rating[1:2], 0.85) * sources


def began(story: Story) -> datetime:
    """When the story's clock starts: its first report, or the event where that lies much earlier."""
    if story.event_date is None:
        return story.first
    event = datetime.combine(story.event_date, time(12), UTC)
    return event if event < story.first - LATE else story.first


def fade(age: timedelta) -> float:
    """What is left of a mass after `age`; over 1 for a negative age."""
    return float(2.0 ** (-POWER * (age / HALF_LIFE)))


def score(mass: float) -> float:
    """0 to 100, of a sum of masses."""
    total: float = max(mass, 0.0) ** (1 / POWER)
    return 100 * total / (total + HALF)


def level(points: float) -> Level:
    steps = ((SEVERE, Level.SEVERE), (HIGH, Level.HIGH), (ELEVATED, Level.ELEVATED), (GUARDED, Level.GUARDED))
    return next((name for least, name in steps if points >= least), Level.NORMAL)


def trend(now: float, before: float) -> Trend:
    """Of two scores a day apart."""
    change = now - before
    if abs(change) < max(DEADBAND, 0.15 * before):
        return Trend.STEADY
    return Trend.RISING if change > 0 else Trend.FALLING
