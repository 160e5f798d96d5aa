"""The nouns of sitmon: frozen dataclasses and enums, of the standard library only.

Every stage takes and returns these, so reading this file is reading what flows through the
pipeline. Times are aware and in UTC. Sequences are tuples. Nothing here does any work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any, Literal

from sitmon.frozen import quicken

# ---------------------------------------------------------------- vocabularies


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


# ---------------------------------------------------------------- what operators configure


@dataclass(frozen=True, slots=True)
class Source:
    """Where in a file something stands, for messages a person can act on."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class TextRule:
    """One `keep` or `drop` line of a feed: any of the words, or the regular expression, in a field."""

    field: Literal["title", "summary", "content", "link", "category"] = "title"
    any: tuple[str, ...] = ()
    regex: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A source as the operator wrote it in feeds.yaml, defaults filled in."""

    id: str
    url: str
    name: str = ""
    kind: str = "news"
    owner: str = ""
    """Publisher family, for counting independent sources; the feed's id when not given."""
    reliability: str = "F"
    """Admiralty letter, A to F."""
    lang: str | None = None
    timezone: str | None = None
    """IANA zone for dates that carry none."""
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """ISO 3166 alpha-2 codes of the feed's home: a prior for tagging and its region's coverage."""
    tags: tuple[str, ...] = ()
    interval: timedelta = timedelta(minutes=15)
    timeout: timedelta = timedelta(seconds=20)
    max_items: int = 1000
    stale_after: timedelta | None = None
    keep: tuple[TextRule, ...] = ()
    drop: tuple[TextRule, ...] = ()
    enabled: bool = True
    allow_http: bool = False
    allow_private: bool = False
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    auth: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """`(("type", "bearer"), ("token", "…"))` or basic with `user` and `password`; never printed."""
    proxy: str | None = field(default=None, repr=False)
    tls: tuple[tuple[str, str], ...] = ()
    tlp: str = "CLEAR"
    note: str = ""
    source: Source | None = None
    address: str = field(default="", repr=False)
    """The URL to ask where `url` holds a `${…}` reference to a secret; empty where it holds none. Never printed."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What the `${…}` references in its address, headers and auth stand for: foreign words must not hold it either."""

    @property
    def publisher(self) -> str:
        """Who counts as one independent source."""
        return self.owner or self.id


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the operator's board, or one that ships with sitmon."""

    id: str
    name: str
    countries: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    """First-level divisions as `ML.Kidal`."""
    areas: tuple[str, ...] = ()
    """Ids of shipped areas or of other regions that this one contains."""
    point: tuple[float, float] | None = None
    """Latitude and longitude in degrees; with `radius_km` it makes a circle."""
    radius_km: float = 0.0
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """An operator's own place: new, or extending the shipped one of the same id."""

    id: str
    """A region id, as `ML.Kidal.Tin-Zaouatine`."""
    name: str = ""
    aliases: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    """Names that must not lead to this place."""
    lat: float | None = None
    lon: float | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An operator's own actor: new, or extending the shipped one of the same id."""

    id: str
    name: str = ""
    kind: str = "other"
    country: str | None = None
    aliases: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    """Words or region ids of which one must be in the text too, for acronyms that mean several things."""
    source: Source | None = None


# ---------------------------------------------------------------- tags

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


# ---------------------------------------------------------------- items


@dataclass(frozen=True, slots=True)
class Document:
    """What a tagger reads: clean text and what is known about where it came from."""

    id: str
    title: str
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    lang: str | None = None
    feed_countries: tuple[str, ...] = ()

    def text(self, name: FieldName) -> str:
        return {"title": self.title, "summary": self.summary, "content": self.content}[name]


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier wording of an item that its publisher edited."""

    seen: datetime
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Hazard:
    """What GDACS, CAP and USGS say in elements of their own; the foreign words are kept as they came."""

    scheme: Literal["gdacs", "cap", "usgs"]
    event_id: str | None = None
    level: str | None = None
    """GDACS `Green|Orange|Red`, CAP severity `Extreme|Severe|Moderate|Minor|Unknown`."""
    urgency: str | None = None
    certainty: str | None = None
    status: str | None = None
    """CAP `Actual|Exercise|System|Test|Draft`."""
    msg_type: str | None = None
    """CAP `Alert|Update|Cancel`."""
    references: tuple[str, ...] = ()
    expires: datetime | None = None
    areas: tuple[str, ...] = ()
    geocodes: tuple[tuple[str, str], ...] = ()
    magnitude: float | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of one feed, cleaned: plain text, aware UTC, a stable id."""

    id: str
    feed: str
    guid: str | None
    title: str
    summary: str
    content: str
    link: str | None
    published: datetime | None
    published_note: str | None
    """None, or why the date is doubtful: `future`, `missing`, `unreadable`, `no zone`, `epoch`."""
    first_seen: datetime
    lang: str | None = None
    revised: datetime | None = None
    revisions: tuple[Revision, ...] = ()
    """Earlier wordings, oldest first."""
    author: str | None = None
    categories: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    """Latitude and longitude pairs that the feed itself gave (GeoRSS, geo:)."""
    hazard: Hazard | None = None
    tags: Tags = Tags()
    story: str | None = None

    @property
    def when(self) -> datetime:
        """When it was published, or first seen where the feed does not say or cannot be believed."""
        if self.published is None or self.published_note in {"future", "epoch"}:
            return self.first_seen
        return self.published


# ---------------------------------------------------------------- what feeds are like


@dataclass(frozen=True, slots=True)
class FeedState:
    """All that is remembered about a feed between polls; written with the items that the poll brought."""

    feed: str
    health: FeedHealth = FeedHealth.NEW
    reason: str = ""
    """Why it is not OK, for the operator."""
    since: datetime | None = None
    """Since when it has been in this state of health."""
    next_due: datetime | None = None
    last_polled: datetime | None = None
    last_ok: datetime | None = None
    newest: datetime | None = None
    """Publication time of its newest item."""
    usual_gap: timedelta | None = None
    """Median time between its items."""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    failures: int = 0
    empties: int = 0
    redirect: str | None = None
    redirects: int = 0
    """How many polls in a row were redirected permanently to `redirect`."""
    title: str = ""
    items: int = 0
    """Entries in its last answer."""
    dropped: tuple[tuple[str, int], ...] = ()
    """What was left out since it was first polled, by reason, and how often."""
    suggestion: str | None = None
    """What the operator could do, such as a better URL."""
    url_hash: str | None = None
    """Digest of the URL that the validators belong to: another URL starts afresh. URLs may carry secrets."""
    retry_at: datetime | None = None
    """Not to be asked before, by the publisher's own word (Retry-After)."""
    stopped: bool = False
    """Never asked again at this URL: the publisher says that it is gone (410)."""
    ttl_minutes: int = 0
    """How long the publisher calls an answer fresh, by ttl, sy:updatePeriod or Cache-Control; 0 where it does not."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, UTC, at which the publisher asks not to be polled."""
    skip_days: tuple[int, ...] = ()
    """Days of the week, Monday is 0, on which the publisher asks not to be polled."""


# ---------------------------------------------------------------- the picture


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


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the watch log: what an officer did. Never changed, only followed by another."""

    id: str
    """`seat-sequence`, unique."""
    seat: str
    by: str
    """Initials."""
    at: datetime
    """When it was entered."""
    verb: str
    """ack watch close shelve unshelve service note level tag split merge credibility poll star shift"""
    subject: str
    """Id of the alert, item, story, region or feed that it is about; empty for none."""
    text: str = ""
    """Reason or note, in the officer's words."""
    until: datetime | None = None
    event_at: datetime | None = None
    """When what it tells happened, if not when it was entered."""
    corrects: str | None = None
    data: tuple[tuple[str, str], ...] = ()
    """What else the verb needs, as key and value."""


# ---------------------------------------------------------------- asking the store


@dataclass(frozen=True, slots=True)
class Select:
    """A question that indexes can answer: fields joined by AND, the values of one field by OR; empty asks nothing."""

    since: datetime | None = None
    until: datetime | None = None
    regions: tuple[str, ...] = ()
    """Ids; one also stands for all that its path or its area contains."""
    countries: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Folded words that must ALL stand in title or summary."""


@dataclass(frozen=True, slots=True)
class Commit:
    """What one poll of one feed, or one batch of them, adds: durable together or not at all."""

    items: tuple[Item, ...] = ()
    """New ones, and new versions of stored ones."""
    feeds: tuple[FeedState, ...] = ()
    alerts: tuple[Alert, ...] = ()
    """New ones, and new versions of stored ones."""
    documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By id, documents of items that have been made already."""


for _noun in [value for value in globals().values() if is_dataclass(value)]:
    quicken(_noun)
