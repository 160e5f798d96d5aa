"""The terms and steps in which things are told."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class EventType(StrEnum):
    """What happened: ACLED's six event types, then what ACLED does not code."""

    BATTLES = "battles"
    EXPLOSIONS = "explosions"
    CIVILIANS = "violence_against_civilians"
    PROTESTS = "protests"
    RIOTS = "riots"
    STRATEGIC = "strategic"
    DISASTER = "disaster"
    HEALTH = "health"
    ACCIDENT = "accident"
    DIPLOMACY = "diplomacy"
    ECONOMY = "economy"
    CYBER = "cyber"
    CRIME = "crime"
    OTHER = "other"


class Severity(IntEnum):
    """How bad, in the words of CAP 1.2; UNKNOWN when the text tells nothing of harm."""

    UNKNOWN = 0
    MINOR = 1
    MODERATE = 2
    SEVERE = 3
    EXTREME = 4


class Priority(IntEnum):
    """How soon an officer must look. FLAG highlights and never beeps."""

    P1 = 1
    P2 = 2
    P3 = 3
    FLAG = 4


class Level(IntEnum):
    """Status of a region. UNKNOWN means that its sources are blind, not that it is calm."""

    UNKNOWN = 0
    NORMAL = 1
    GUARDED = 2
    ELEVATED = 3
    HIGH = 4
    SEVERE = 5


class Trend(StrEnum):
    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


class FeedHealth(StrEnum):
    """What a feed's last polls say of it."""

    NEW = "NEW"
    """Never polled yet."""
    OK = "OK"
    QUIET = "QUIET"
    """Answers, but its newest item is older than its usual gap."""
    STALE = "STALE"
    """Answers, but its newest item is older than `stale_after` or five usual gaps."""
    EMPTY = "EMPTY"
    """Answered without a single item twice in a row."""
    PARSE = "PARSE"
    BLOCKED = "BLOCKED"
    DEAD = "DEAD"
    OFF = "OFF"


BLIND = frozenset({FeedHealth.STALE, FeedHealth.EMPTY, FeedHealth.PARSE, FeedHealth.BLOCKED, FeedHealth.DEAD})
"""States in which a feed tells nothing about the present of its regions."""


class AlertState(StrEnum):
    """Life of an alert (ISA-18.2 terms where they exist)."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    WATCHING = "watching"
    CLOSED = "closed"
    SHELVED = "shelved"
    RETURNED = "returned"
    """Returned to normal while nobody had acknowledged it (RTN-UNACK)."""
    OUT_OF_SERVICE = "out_of_service"
