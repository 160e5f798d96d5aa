"""What the desk shows the screen, and what the screen asks of it.

The screen's process holds no store and folds nothing: a second process, the desk, does, and the two exchange the
frozen dataclasses of this module and of `model` over a pipe. So a key press never waits for a query.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sitmon.model import Alert, Entry, FeedState, Item, RegionStatus, Severity, Story

# ---------------------------------------------------------------- desk -> screen


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the timeline: an item at its publication time, or an event at its own."""

    key: str
    """Unique within a page's view; stays the same while the row moves."""
    item: str
    """Id of the item that opens on Enter."""
    kind: Literal["item", "event"]
    when: datetime
    precision: Literal["minute", "day", "month", "year"]
    countries: tuple[str, ...]
    source: str
    """Feed id."""
    rating: str
    """Admiralty, as `B2`."""
    title: str
    type: str
    severity: Severity
    harm: str = ""
    """Toll in words, as `47-84 killed`; empty for none."""
    similar: int = 0
    """How many more items tell the same story."""
    flagged: bool = False
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows `offset` to `offset + len(rows)` of the `total` that answer `query`, newest first."""

    query: str
    total: int
    offset: int
    rows: tuple[Row, ...]
    newest: str | None = None
    """Key of the first row of all, so that the screen can count what came above its own."""
    error: str | None = None
    """Why the query could not be answered, pointing at the character."""


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed as the screen lists it."""

    id: str
    name: str
    url: str
    enabled: bool
    regions: tuple[str, ...]
    state: FeedState
    owner: str = ""
    """Publisher family; empty where it is the feed itself."""
    reliability: str = "F"
    """Admiralty letter."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """Load of the officer, for the clock line (ISA-18.2: a flood starts over 10 in 10 minutes, ends under 5)."""

    last_10_min: int = 0
    flood: bool = False
    shelved: int = 0
    suppressed: int = 0
    """What did not ring: counted on another alert, or of a rule or feed that is out of service."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the screen shows at one moment, but for the timeline's pages."""

    as_of: datetime
    alerts: tuple[Alert, ...] = ()
    """Those not closed: unseen first, then by priority, then newest."""
    regions: tuple[RegionStatus, ...] = ()
    """The operator's board in its order, then the rest by level."""
    feeds: tuple[FeedLine, ...] = ()
    alarms: Alarms = Alarms()
    items: int = 0
    """How many are stored."""
    newest: datetime | None = None
    collector: str = ""
    """What the collector does, in words: `polling 12/84`, `next 15:42Z`, `not running`."""
    trouble: tuple[str, ...] = ()
    """Banners: a full disk, a bad reload, a journal set aside."""
    version: int = 0
    """Grows whenever what is stored changed, so that pages may be asked for again."""
    out: tuple[Entry, ...] = ()
    """Orders in force that take alerts, rules or feeds out of service."""
    exercise: bool = False
    """True on the bundled demo: the screen says EXERCISE, and never anything that could be taken for the real world."""


@dataclass(frozen=True, slots=True)
class Card:
    """All about one item: what Enter shows."""

    item: Item
    feed: FeedLine | None
    story: Story | None
    others: tuple[Row, ...]
    """The other items of its story, newest first."""
    alerts: tuple[Alert, ...]
    names: tuple[tuple[str, str], ...] = ()
    """Names of the region and actor ids that occur in it."""
    rating: str = "F6"
    """Admiralty: the feed's letter, and the digit that an officer gave it or that its story proposes."""
    corrected: tuple[Entry, ...] = ()
    """The watch log's `tag` lines that its tags are corrected by, oldest first."""
    told: tuple[tuple[str, str], ...] = ()
    """Its story in words, label by label; an empty label goes on with the one above."""


@dataclass(frozen=True, slots=True)
class Done:
    """The officer's action is durable in the watch log. `note` tells what came of it, if not just what was asked."""

    verb: str
    subject: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The officer's action could not be done, and why."""

    verb: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """What stands behind an alert, a region, a feed or a story: its items, and what officers did about it."""

    subject: str
    rows: tuple[Row, ...] = ()
    """An alert's items or a region's latest, newest first; at most a hundred."""
    entries: tuple[Entry, ...] = ()
    """The watch log's lines about it, oldest first."""
    told: tuple[tuple[str, str], ...] = ()
    """An alert's story in words, as a Card has it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The hand-over sheet as text, and what must not be handed over in silence."""

    text: str
    waiting: tuple[str, ...] = ()
    """P1 alerts that nobody acknowledged, in words."""


FromDesk = Situation | Page | Card | Record | Sheet | Done | Refused


# ---------------------------------------------------------------- screen -> desk


@dataclass(frozen=True, slots=True)
class AskPage:
    query: str
    offset: int = 0
    limit: int = 200


@dataclass(frozen=True, slots=True)
class AskCard:
    item: str


@dataclass(frozen=True, slots=True)
class AskRecord:
    """Answered by a Record. `subject` is the id of an alert, region, feed or story; empty: the watch log's last day."""

    subject: str


@dataclass(frozen=True, slots=True)
class AskSheet:
    """Answered by a Sheet."""


@dataclass(frozen=True, slots=True)
class Act:
    """An officer's verb, as in `model.Entry`: ack watch close shelve unshelve note level credibility poll …"""

    verb: str
    subject: str = ""
    text: str = ""
    until: datetime | None = None
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LookBack:
    """Show the situation as it stood then; None for now."""

    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Leave:
    """The screen is closing: end the desk, and the collector if the desk started it."""


ToDesk = AskPage | AskCard | AskRecord | AskSheet | Act | LookBack | Leave
