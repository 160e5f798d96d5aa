"""What the reports of a watch have in common: lines under a head, never an empty one, and what cannot be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sitmon.dtg import dtg
from sitmon.model import BLIND, FeedState, RegionStatus

LINES = 8
"""A section shows so many lines and says how many more there are: a report is to be read at one go."""
NIL = "NIL"


def listed(lines: Sequence[str], empty: str = NIL, most: int = LINES) -> Iterator[str]:
    """The lines, the first of many, or the word for none."""
    yield from lines[:most] or (empty,)
    if len(lines) > most:
        yield f"and {len(lines) - most} more"


def blind(feeds: Mapping[str, FeedState], regions: Iterable[RegionStatus], now: datetime) -> Iterator[str]:
    """Feeds that were down at `now`, and regions of which too few sources speak."""
    for state in feeds.values():
        if state.health in BLIND and (state.since is None or state.since <= now):
            since = f" since {dtg(state.since)}" if state.since else ""
            yield f"feed {state.feed} {state.health.value}{since}: {state.reason}"
    for status in regions:
        if status.blind and (status.kind == "board" or status.sources_total):
            yield f"region {status.name} {status.note}"
