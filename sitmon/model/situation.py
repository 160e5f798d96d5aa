"""The situation that items make: stories, alerts, and how regions stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sitmon.model.tags import Count
from sitmon.model.vocabulary import AlertState, EventType, Level, Priority, Severity, Trend


@dataclass(frozen=True, slots=True)
class Toll:
    """One source's figure of one kind of harm, at one time."""

    harm: str
    """One of `HARMS`."""
    count: Count
    feed: str
    item: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Story:
    """Items that tell the same event."""

    id: str
    title: str
    items: tuple[str, ...]
    """Item ids, newest first."""
    feeds: tuple[str, ...]
    owners: tuple[str, ...]
    """Independent owners, syndicated copies counted once."""
    first: datetime
    latest: datetime
    type: EventType
    severity: Severity
    countries: tuple[str, ...]
    regions: tuple[str, ...]
    """Region ids, most specific first."""
    actors: tuple[str, ...]
    event_date: date | None = None
    tolls: tuple[Toll, ...] = ()
    news: str = ""
    """What the latest item added, in words; empty when nothing."""
    rating: str = "F6"
    """Admiralty: best source letter, proposed or set credibility digit."""
    because: tuple[tuple[str, str], ...] = ()
    """Item id and why it joined, in words."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that happened to an alert after it was raised, as its rule saw it."""

    at: datetime
    what: str
    """`toll fact priority level again actor place source`, each of which may bring it back, or `returned`."""
    words: str


@dataclass(frozen=True, slots=True)
class Alert:
    """What a rule found. `state` and everything below it is folded in from the watch log."""

    id: str
    rule: str
    priority: Priority
    title: str
    raised: datetime
    updated: datetime
    region: str | None = None
    countries: tuple[str, ...] = ()
    story: str | None = None
    items: tuple[str, ...] = ()
    """Ids of the items that raised it, newest first."""
    because: str = ""
    """Which words, numbers or rates made the rule fire."""
    news: str = ""
    """What was new when it last came back."""
    rating: str = "F6"
    count: int = 1
    """How many firings are collapsed into this line."""
    returned: datetime | None = None
    """When its condition went away."""
    suppressed: tuple[tuple[str, int], ...] = ()
    """Firings that did not ring, by reason."""
    facts: tuple[str, ...] = ()
    """What it has told already, as `actor:jnim`, `place:ML.Kidal`, `killed:70`: only what is not here is news."""
    turns: tuple[Turn, ...] = ()
    """What happened to it since, oldest first."""
    state: AlertState = AlertState.NEW
    by: str | None = None
    at: datetime | None = None
    reason: str = ""
    until: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state not in {AlertState.CLOSED, AlertState.OUT_OF_SERVICE}

    @property
    def is_unseen(self) -> bool:
        return self.state in {AlertState.NEW, AlertState.RETURNED}


@dataclass(frozen=True, slots=True)
class Driver:
    """One reason for a region's level."""

    what: str
    share: float
    """Of the score, 0 to 1."""
    story: str | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionStatus:
    """How a region stands, and why."""

    id: str
    name: str
    kind: str
    """`board`, or a `RegionKind`."""
    level: Level
    """What the officer set, else what was computed."""
    computed: Level
    score: float
    trend: Trend
    spark: tuple[float, ...]
    """Score of each of the last seven days, oldest first."""
    drivers: tuple[Driver, ...]
    """Largest share first."""
    sources_alive: int
    sources_total: int
    blind: bool
    """Too few of its sources speak for the level to be believed."""
    formula: str
    """Version of the formula."""
    note: str = ""
    """`QUIET`, `BLIND`, or why the level is what it is."""
    set_by: str | None = None
    set_at: datetime | None = None
    set_reason: str = ""
    review_by: datetime | None = None
