"""Tolls of a story: who tells how many, how far they are apart, and who says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitmon.model import HARMS, Event, Item, Toll


def of(item: Item, event: Event | None) -> tuple[Toll, ...]:
    """The figures of one event of the item."""
    if event is None:
        return ()
    at = item.when
    return tuple([Toll(harm, count, item.feed, item.id, at) for harm in HARMS for count in getattr(event, harm)])


def totals(tolls: Iterable[Toll], harm: str) -> list[tuple[str | None, int, int]]:
    """Claimant, low and high of each item's figure: parts of one claim (`47 soldiers and 84 mercenaries`) are added."""
    sums: dict[tuple[str, str | None], dict[str | None, tuple[int, int]]] = {}
    for toll in tolls:
        if toll.harm == harm:
            sums.setdefault((toll.item, toll.count.by), {})[toll.count.of] = (toll.count.low, toll.count.high)
    return [
        (by, sum(low for low, _ in parts.values()), sum(high for _, high in parts.values()))
        for (_, by), parts in sums.items()
    ]


def spread(tolls: Iterable[Toll], harm: str) -> tuple[int, int] | None:
    """Lowest and highest told; None where nobody tells."""
    told = totals(tolls, harm)
    return (min(low for _, low, _ in told), max(high for _, _, high in told)) if told else None


def summary(tolls: tuple[Toll, ...], names: Mapping[str, str], parties: Iterable[str] = ()) -> str:
    """As `47–84 killed; CSP claims 84; army silent`: the spread, who claims what, and which parties told no figure."""
    ranges = [f"{_range(*found)} {harm}" for harm in HARMS if (found := spread(tolls, harm))]
    if not ranges:
        return ""
    claims: dict[str, tuple[str, int]] = {}
    for harm in HARMS:
        for by, _, high in totals(tolls, harm):
            if by is not None and high >= claims.get(by, ("", 0))[1] and claims.get(by, (harm,))[0] == harm:
                claims[by] = (harm, high)
    first = ranges[0].rpartition(" ")[2]
    said = [
        f"{names.get(by, by)} claims {number}{'' if harm == first else ' ' + harm}"
        for by, (harm, number) in claims.items()
    ]
    silent = [f"{names.get(party, party)} silent" for party in parties if party not in claims]
    return "; ".join([", ".join(ranges), *said, *silent])


def _range(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low}–{high}"
