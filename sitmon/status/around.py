"""Which regions lie around a region: its path upwards, the areas around any step of it, and the operator's board."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sitmon.model import Region


class Around:
    """`areas` tells which areas and board regions contain a region id; `board` is the operator's, by id."""

    def __init__(self, board: Mapping[str, Region], areas: Callable[[str], tuple[str, ...]]) -> None:
        self._board = board
        self._areas = areas
        self._known: dict[str, tuple[str, ...]] = {}
        self._wide: dict[str, list[str]] = {}

    def containers(self, region: str) -> tuple[str, ...]:
        """What lies around a region, without itself; of a board region, what lies around all its members."""
        if region not in self._known:
            given = self._board.get(region)
            members = (*given.countries, *given.admin1) if given else (region,)
            around = [self._upwards(member) for member in members] or [()]
            shared = set(around[0]).intersection(*around[1:])
            self._known[region] = tuple(name for name in around[0] if name in shared and name != region)
        return self._known[region]

    def spread(self, regions: Iterable[str]) -> set[str]:
        """Regions with all that lies around them: of the areas, only those on the operator's board have a status."""
        found: set[str] = set()
        for region in regions:
            wide = self._wide.get(region)
            if wide is None:
                around = (region, *self.containers(region))
                wide = self._wide[region] = [one for one in around if one in self._board or not one[:1].islower()]
            found.update(wide)
        return found

    def _upwards(self, region: str) -> tuple[str, ...]:
        steps = region.split(".")
        path = tuple(".".join(steps[:n]) for n in range(len(steps), 0, -1))
        areas = (area for step in path for area in self._areas(step))
        return tuple(dict.fromkeys((*path, *areas)))
