"""What is written down, and how it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sitmon.model.items import Item
from sitmon.model.polls import FeedState
from sitmon.model.situation import Alert


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
