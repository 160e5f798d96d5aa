"""The nouns of sitmon: frozen dataclasses and enums, of the standard library only.

Every stage takes and returns these, so reading this package is reading what flows through the pipeline:

    vocabulary  types of events, severity, priority, levels    situation   stories, alerts and how regions stand
    tags        what tagging says of an item                   polls       what is remembered of a feed
    items       entries of feeds, cleaned                      stored      what is written down and asked for
    configured  what operators write in feeds.yaml

Times are aware and in UTC. Sequences are tuples. Nothing here does any work.
"""

from __future__ import annotations

from sitmon.model.configured import ActorEntry, Feed, PlaceEntry, Region, Source, TextRule
from sitmon.model.items import Document, Hazard, Item, Revision
from sitmon.model.polls import FeedState
from sitmon.model.situation import Alert, Driver, RegionStatus, Story, Toll, Turn
from sitmon.model.stored import Commit, Entry, Select
from sitmon.model.tags import (
    HARMS,
    ActorTag,
    Count,
    DatePrecision,
    Event,
    FieldName,
    Mention,
    RegionKind,
    RegionTag,
    Tags,
)
from sitmon.model.vocabulary import BLIND, AlertState, EventType, FeedHealth, Level, Priority, Severity, Trend

__all__ = [
    "BLIND",
    "HARMS",
    "ActorEntry",
    "ActorTag",
    "Alert",
    "AlertState",
    "Commit",
    "Count",
    "DatePrecision",
    "Document",
    "Driver",
    "Entry",
    "Event",
    "EventType",
    "Feed",
    "FeedHealth",
    "FeedState",
    "FieldName",
    "Hazard",
    "Item",
    "Level",
    "Mention",
    "PlaceEntry",
    "Priority",
    "Region",
    "RegionKind",
    "RegionStatus",
    "RegionTag",
    "Revision",
    "Select",
    "Severity",
    "Source",
    "Story",
    "Tags",
    "TextRule",
    "Toll",
    "Trend",
    "Turn",
]
