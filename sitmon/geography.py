"""Regions within regions: shipped areas, the board, and paths such as `ML.Kidal.Aguelhok`, as one hierarchy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cached_property

from sitmon.model import Item, Region
from sitmon.tag import areas

EARTH_RADIUS_KM = 6371.0


class Geography:
    """Which regions contain which. It learns where places lie from the items that name them."""

    def __init__(self, board: Iterable[Region] = ()) -> None:
        self._board = {region.id: region for region in board}
        self._points: dict[str, tuple[float, float]] = {}
        self.places: dict[str, str] = {}
        """Names by id of the places that items told of."""
        self._around: dict[str, tuple[str, ...]] = {}
        """What is known already: each place is asked about again and again, and takes 0.3 ms to work out."""

    def learn(self, item: Item) -> None:
        """Take in names and coordinates of an item's places; circles of the board need them."""
        for tag in item.tags.regions:
            if tag.kind != "place":
                continue
            self.places.setdefault(tag.id, tag.name)
            if tag.id not in self._points and tag.lat is not None and tag.lon is not None:
                self._points[tag.id] = tag.lat, tag.lon
                self._around.pop(tag.id, None)

    def around(self, region: str) -> tuple[str, ...]:
        """Areas and board regions that contain this very region, from the smallest step to the world."""
        if region not in self._around:
            self._around[region] = self._look_around(region)
        return self._around[region]

    def _look_around(self, region: str) -> tuple[str, ...]:
        found = dict.fromkeys((*self._homes(region), *self._shipped(region)))
        for name in tuple(found):
            found |= dict.fromkeys((*self._homes(name), *self._shipped(name)))
        found.pop(region, None)
        return tuple(found)

    def _shipped(self, region: str) -> tuple[str, ...]:
        """Shipped areas around it, but for those that the board defines in its own way."""
        return tuple(area for area in areas.containing(region) if area not in self._board)

    def boards(self, region: str) -> tuple[str, ...]:
        """The board's regions around it, directly or through an area: what a level of it also bears on."""
        return tuple(name for name in self.around(region) if name in self._board)

    def is_same(self, region: str) -> bool:
        """Is it all that some region of the board is made of, and so shown as that?"""
        return any(self.members(home.id) == (region,) and not home.point for home in self._board.values())

    def contains(self, region: str, wanted: str) -> bool:
        """Does `wanted`, an id or a name of any case, contain the region? Its path and all areas around count."""
        target = self._ids_by_name.get(wanted.casefold(), wanted)
        steps = region.split(".")
        path = [".".join(steps[:size]) for size in range(1, len(steps) + 1)]
        return target in path or any(target in self.around(step) for step in path)

    def members(self, area: str) -> tuple[str, ...]:
        """What a board region or shipped area is made of: region ids and further areas."""
        region = self._board.get(area)
        return (*region.countries, *region.admin1, *region.areas) if region else areas.members(area)

    def country(self, name: str) -> frozenset[str]:
        """The code of the country of that name, in a set, or an empty one."""
        code = self._ids_by_name.get(name.casefold(), "")
        return frozenset((code,)) if code in self.countries else frozenset()

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """ISO code to name."""
        return areas.countries()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Id to name, of countries, areas and the board."""
        shipped = {area.id: area.name for area in areas.shipped().regions.values()}
        return {**areas.divisions(), **shipped, **{region.id: region.name for region in self._board.values()}}

    @cached_property
    def _ids_by_name(self) -> Mapping[str, str]:
        return {name.casefold(): region for region, name in self.names.items()} | {
            region.casefold(): region for region in self.names
        }

    def _homes(self, region: str) -> tuple[str, ...]:
        return tuple(home.id for home in self._board.values() if self._is_home(region, home))

    def _is_home(self, region: str, home: Region) -> bool:
        if region in home.countries or region in home.admin1 or region in home.areas:
            return True
        point = self._points.get(region)
        return bool(home.point and point and distance_km(home.point, point) <= home.radius_km)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) in degrees, by the haversine formula."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))
