"""Where rules watch: which of their regions an item tells of, asked once for all of them.

Operators' rules name the same few regions again and again, and the news the same few thousand places.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sitmon.model import Item
from sitmon.query import World
from sitmon.rules.sight import inside

WORLD: Final = 1
"""The bit of rules that name no regions."""


class Ground:
    """`watched` are the regions of each rule; those that are the same share a bit."""

    def __init__(self, watched: Iterable[tuple[str, ...]], world: World) -> None:
        self._regions = tuple(dict.fromkeys(regions for regions in watched if regions))
        self._world = world
        self._known: dict[str, int] = {}

    def bit(self, regions: tuple[str, ...]) -> int:
        return WORLD << (1 + self._regions.index(regions)) if regions else WORLD

    def told(self, item: Item) -> int:
        """The bits of all regions that hold one of its places."""
        found = WORLD
        for tag in item.tags.regions:
            found |= self._around(tag.id)
        for country in item.tags.countries:
            found |= self._around(country)
        return found

    def _around(self, place: str) -> int:
        found = self._known.get(place)
        if found is None:
            found = 0
            for regions in self._regions:
                if inside(place, regions, self._world):
                    found |= self.bit(regions)
            self._known[place] = found
        return found
