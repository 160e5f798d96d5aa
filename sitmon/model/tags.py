"""What tagging says of an item, down to the words it says it for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sitmon.model.vocabulary import EventType, Severity

FieldName = Literal["title", "summary", "content"]
RegionKind = Literal["area", "country", "admin1", "place"]
DatePrecision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Mention:
    """The words that caused a tag: offsets in characters within one field of the item."""

    field: FieldName
    start: int
    end: int
    text: str
    alias: str
    """The gazetteer or actor name that matched, as it stands in the data."""
    rule: str
    """Why it was accepted, as a short name with its decisive evidence: `name`, `demonym`, `city,country` …"""


@dataclass(frozen=True, slots=True)
class RegionTag:
    """A place that the text is about. Ids form a path: `ML` > `ML.Kidal` > `ML.Kidal.Aguelhok`; areas are slugs."""

    id: str
    name: str
    kind: RegionKind
    country: str | None
    lat: float | None
    lon: float | None
    score: float
    """Confidence, 0 to 1."""
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorTag:
    """Somebody who acts: a state, an army, an armed group, an organisation, a leader."""

    id: str
    name: str
    kind: str
    """state military police armed_group pmc coalition party igo ngo person company media other"""
    country: str | None
    """Home country, which alone does not tag the item with that country."""
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many people, as told: `47 soldiers … according to the CSP` is `Count(47, 47, by="csp", of="soldiers")`."""

    low: int
    high: int
    by: str | None = None
    """Actor id, or the words, of who claims it."""
    of: str | None = None
    """Actor id, or the words, of whom it counts."""


HARMS = ("killed", "injured", "missing", "abducted", "displaced")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as one item tells it."""

    type: EventType
    date: date | None = None
    """First day of the period that `date_precision` names."""
    date_precision: DatePrecision | None = None
    place: str | None = None
    """Region id."""
    actors: tuple[str, ...] = ()
    killed: tuple[Count, ...] = ()
    injured: tuple[Count, ...] = ()
    missing: tuple[Count, ...] = ()
    abducted: tuple[Count, ...] = ()
    displaced: tuple[Count, ...] = ()
    qualifier: str | None = None
    """`at least`, `up to`, `about` …, in English whatever the text's language."""
    claimed_by: str | None = None
    span: tuple[FieldName, int, int] = ("title", 0, 0)


@dataclass(frozen=True, slots=True)
class Tags:
    """All that tagging says of one item."""

    countries: tuple[str, ...] = ()
    regions: tuple[RegionTag, ...] = ()
    actors: tuple[ActorTag, ...] = ()
    events: tuple[Event, ...] = ()
    type: EventType = EventType.OTHER
    severity: Severity = Severity.UNKNOWN


UNTAGGED = Tags()
