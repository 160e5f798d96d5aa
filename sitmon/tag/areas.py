"""What contains what: Aguelhok lies in Kidal, Kidal in Mali, Mali in the Sahel, the Sahel in Africa.

Up to the country an id says so itself (`parent`); what lies above, and across borders, is in data/regions.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sitmon.model import Region


def parent(region: str) -> str | None:
    """The region that the id's path is in: `ML.Kidal` of `ML.Kidal.Aguelhok`; None for a country or an area."""
    return region.rpartition(".")[0] or None


def path(region: str) -> tuple[str, ...]:
    """The region and what its id lies in: `ML.Kidal.Aguelhok`, `ML.Kidal`, `ML`."""
    found = [region]
    while (above := parent(found[-1])) is not None:
        found.append(above)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas by id, each with the ids of countries, first-level divisions and areas in it."""

    regions: Mapping[str, Region]
    holders: Mapping[str, Sequence[str]]
    """Areas by what is directly in them, in their order."""

    def containing(self, region: str) -> tuple[str, ...]:
        """The areas that hold the region, smallest first; with it, the areas that hold those."""
        found: list[str] = []
        rest = list(path(region))
        while rest:
            member = rest.pop(0)
            for area in self.holders.get(member, ()):
                if area not in found and area != region:
                    found.append(area)
                    rest.append(area)
        return tuple(found)

    def roll_up(self, region: str) -> tuple[str, ...]:
        """All that the region lies in, itself first: path, then areas."""
        return (*path(region), *self.containing(region))


@cache
def shipped() -> Areas:
    """The areas that come with sitmon."""
    data = tomllib.loads((resources.files("sitmon.data") / "regions.toml").read_text(encoding="utf-8"))
    regions = {slug: _region(slug, entry) for slug, entry in data.items()}
    holders: dict[str, list[str]] = {}
    for area in regions.values():
        for member in dict.fromkeys((*area.countries, *area.admin1, *area.areas)):
            holders.setdefault(member, []).append(area.id)
    return Areas(regions, holders)


def _region(slug: str, entry: Mapping[str, object]) -> Region:
    def texts(key: str) -> tuple[str, ...]:
        value = entry.get(key, ())
        return tuple(map(str, value)) if isinstance(value, list) else ()

    point = entry.get("point")
    lat, lon = point if isinstance(point, list) else (0.0, 0.0)
    return Region(slug, str(entry["name"]), texts("countries"), texts("admin1"), texts("areas"), (lat, lon))


def containing(region: str) -> tuple[str, ...]:
    """The shipped areas that hold a region id."""
    return shipped().containing(region)


def is_region(region: str) -> bool:
    """Is it the id of a shipped area, a country or a first-level division?"""
    return region in divisions() or region in shipped().regions


def members(area: str) -> tuple[str, ...]:
    """What a shipped area is made of: countries, divisions and areas; nothing for any other id."""
    found = shipped().regions.get(area)
    return (*found.countries, *found.admin1, *found.areas) if found else ()


@cache
def divisions() -> Mapping[str, str]:
    """Countries and first-level divisions: id to name, without loading the gazetteer."""
    text = (resources.files("sitmon.data") / "divisions.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines())


@cache
def countries() -> Mapping[str, str]:
    """ISO 3166 code to name."""
    return {region: name for region, name in divisions().items() if "." not in region}
