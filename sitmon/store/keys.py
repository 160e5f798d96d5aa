"""Under which keys an item is found, and which keys a question asks for.

A key is a letter for the kind and a value: `r:ML.Kidal` region, `c:ML` country, `a:jnim` actor, `f:bbc` feed, `s:…`
story, `w:convoy` word of title or summary. A region counts for all that its path leads through, so that asking for a
country is one look-up; an area is asked as the union of what it contains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sitmon.codec import must_time
from sitmon.model import Select
from sitmon.query.words import words
from sitmon.store.lines import Doc
from sitmon.store.protocol import Areas

Clauses = tuple[tuple[str, ...], ...]
"""Keys of which one of each group must be there."""

LONGEST = 48
"""Letters of a word that count; longer ones are noise, or a way to fill the disk."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DOUBTFUL = frozenset(("future", "epoch"))


def micros(at: datetime) -> int:
    """Microseconds since 1970, exactly."""
    return (at - _EPOCH) // _MICROSECOND


def when(doc: Doc) -> int:
    """`Item.when` of a stored item, in microseconds since 1970."""
    published = doc.get("published")
    if published is None or doc.get("published_note") in _DOUBTFUL:
        published = doc["first_seen"]
    return micros(must_time(published))


def first_seen(doc: Doc) -> int:
    return micros(must_time(doc["first_seen"]))


def of(doc: Doc) -> set[str]:
    """All keys of a stored item."""
    countries = doc.get("countries", ())
    keys = {f"c:{country}" for country in countries}
    keys.update(f"r:{country}" for country in countries)
    for region in doc.get("regions", ()):
        keys.update(f"r:{prefix}" for prefix in path(region["id"]))
    keys.update(f"a:{actor['id']}" for actor in doc.get("actors", ()))
    keys.add(f"f:{doc['feed']}")
    if "story" in doc:
        keys.add(f"s:{doc['story']}")
    text = f"{doc.get('title', '')}\n{doc.get('summary', '')}"
    keys.update(f"w:{word[:LONGEST]}" for word in words(text))
    return keys


def path(region: str) -> Iterator[str]:
    """`ML.Kidal.Aguelhok` leads through `ML` and `ML.Kidal`."""
    dot = region.find(".")
    while dot >= 0:
        yield region[:dot]
        dot = region.find(".", dot + 1)
    yield region


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
