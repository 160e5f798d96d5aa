"""Which terms a question asks for (see `terms`). An area is asked as the union of what it contains."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.model import Select
from sitmon.query.words import words
from sitmon.store.protocol import Areas
from sitmon.terms import LONGEST

Clauses = tuple[tuple[str, ...], ...]
"""Terms of which one of each group must be there."""


def clauses(select: Select, areas: Areas) -> Clauses:
    """What `select` asks, but for its times."""
    groups: list[tuple[str, ...]] = []
    if select.regions:
        groups.append(tuple(f"r:{region}" for region in within(select.regions, areas)))
    for letter, values in (("c", select.countries), ("a", select.actors), ("f", select.feeds), ("s", select.stories)):
        if values:
            groups.append(tuple(f"{letter}:{value}" for value in dict.fromkeys(values)))
    wanted = {part[:LONGEST] for word in select.words for part in words(word)}
    return (*groups, *((f"w:{word}",) for word in sorted(wanted)))


def within(regions: Sequence[str], areas: Areas) -> tuple[str, ...]:
    """The regions themselves and all that their areas contain, areas of areas included."""
    found: dict[str, None] = {}
    ask = list(regions)
    while ask:
        region = ask.pop()
        if region not in found:
            found[region] = None
            ask.extend(_contained(region, areas))
    return tuple(found)


def _contained(region: str, areas: Areas) -> Sequence[str]:
    try:
        return areas(region) if callable(areas) else areas[region]
    except KeyError:
        return ()
