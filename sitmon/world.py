"""What queries and rules must be told of the world: areas, names of actors and countries, feeds, levels, alerts."""

from __future__ import annotations

from collections.abc import Callable

from sitmon import query
from sitmon.config import Config
from sitmon.geography import Geography
from sitmon.model import AlertState, Item, Level, Story

States = Callable[[Item, Story | None], frozenset[AlertState]]


def no_level(_region: str) -> Level:
    return Level.UNKNOWN


def no_states(_item: Item, _story: Story | None) -> frozenset[AlertState]:
    return frozenset()


def world_of(
    config: Config,
    geography: Geography,
    *,
    level: Callable[[str], Level] = no_level,
    states: States = no_states,
) -> query.World:
    """The world of a configuration; `level` and `states` come from whoever holds the board and the alerts."""
    return query.World(
        contains=geography.contains,
        countries=geography.country,
        feeds={feed.id: feed for feed in config.feeds},
        level=level,
        states=states,
    )


def publishers(config: Config) -> dict[str, tuple[str, str]]:
    """Feed id -> who publishes it, and the Admiralty letter."""
    return {feed.id: (feed.publisher, feed.reliability) for feed in config.feeds}
