"""What a query must be told of the world beyond the item it looks at: areas, aliases, feeds, alerts, levels.

All of it is optional: without, regions are their paths, actors and countries the tags' own names, sources feed ids.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sitmon.model import AlertState, Feed, Item, Level, Story


def _within_path(region: str, wanted: str) -> bool:
    return region == wanted or region.startswith(wanted + ".")


def _no_ids(_name: str) -> frozenset[str]:
    return frozenset()


def _no_level(_region: str) -> Level:
    return Level.UNKNOWN


def _no_states(_item: Item, _story: Story | None) -> frozenset[AlertState]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class World:
    contains: Callable[[str, str], bool] = _within_path
    """Does the area or region `wanted`, as the query writes it, contain the region id? Called as `(id, wanted)`."""
    actors: Callable[[str], frozenset[str]] = _no_ids
    """Ids of the actors that a name or alias in any language stands for."""
    countries: Callable[[str], frozenset[str]] = _no_ids
    """Two-letter codes that a country's name stands for."""
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    level: Callable[[str], Level] = _no_level
    """Level at which a region id stands now."""
    states: Callable[[Item, Story | None], frozenset[AlertState]] = _no_states
    """States of the alerts that the item or its story raised."""
