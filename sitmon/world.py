"""What queries and rules must be told of the world: areas, names of actors and countries, feeds, levels, alerts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sitmon import query
from sitmon.config import Config
from sitmon.geography import Geography
from sitmon.model import ActorEntry, AlertState, Item, Level, Story
from sitmon.tag.roster import Roster, shipped

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
        actors=cast_of(config.actors).called,
        countries=geography.country,
        feeds={feed.id: feed for feed in config.feeds},
        level=level,
        states=states,
    )


class Cast:
    """Who there is: families of actors for folding, ids by name for queries."""

    def __init__(self, own: tuple[ActorEntry, ...]) -> None:
        roster = Roster(shipped(), own)
        self._kin = roster.kin
        self._ids: dict[str, set[str]] = {}
        for actor in roster.values():
            for name in (actor.id, actor.name, *(alias.lstrip("?") for alias in actor.aliases)):
                self._ids.setdefault(name.casefold(), set()).add(actor.id)

    def kin(self, actor: str) -> frozenset[str]:
        """The actor with its parents, children and successors."""
        return self._kin.get(actor, frozenset()) | {actor}

    def called(self, name: str) -> frozenset[str]:
        """Ids of the actors that a name or alias stands for."""
        return frozenset(self._ids.get(name.casefold(), ()))


@cache
def cast_of(own: tuple[ActorEntry, ...] = ()) -> Cast:
    return Cast(own)


def publishers(config: Config) -> dict[str, tuple[str, str]]:
    """Feed id -> who publishes it, and the Admiralty letter."""
    return {feed.id: (feed.publisher, feed.reliability) for feed in config.feeds}
