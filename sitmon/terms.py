"""Under which terms a stored item is found, and at which times it stands.

A term is a letter for the kind and a value: `r:ML.Kidal` region, `c:ML` country, `a:jnim` actor, `f:bbc` feed, `s:…`
story, `w:convoy` word of title or summary. A region counts for all that its path leads through, so that asking for a
country is one look-up. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sitmon.codec import must_time
from sitmon.model import Item
from sitmon.query.words import words

LONGEST: Final = 48
"""Letters of a word that count; longer ones are noise, or a way to fill the disk."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_DOUBTFUL: Final = frozenset(("future", "epoch"))


def micros(at: datetime) -> int:
    """Microseconds since 1970, exactly."""
    return (at - _EPOCH) // _MICROSECOND


def when(doc: Mapping[str, Any]) -> int:
    """`Item.when` of a stored item, in microseconds since 1970."""
    published = doc.get("published")
    if published is None or doc.get("published_note") in _DOUBTFUL:
        published = doc["first_seen"]
    return micros(must_time(published))


def first_seen(doc: Mapping[str, Any]) -> int:
    return micros(must_time(doc["first_seen"]))


def of(doc: Mapping[str, Any]) -> set[str]:
    """All terms of a stored item. KeyError or TypeError when the document is no item."""
    found = _tagged(
        doc["feed"],
        doc.get("countries", ()),
        [region["id"] for region in doc.get("regions", ())],
        [actor["id"] for actor in doc.get("actors", ())],
        doc.get("story"),
    )
    return found | {"w:" + word for word in _told(f"{doc.get('title', '')}\n{doc.get('summary', '')}")}


def lines(item: Item) -> str:
    """The same of an item that is to be stored, each term in a line of its own."""
    tags = item.tags
    regions, actors = [region.id for region in tags.regions], [actor.id for actor in tags.actors]
    tagged = "\n".join(_tagged(item.feed, tags.countries, regions, actors, item.story))
    return "\nw:".join([tagged, *_told(f"{item.title}\n{item.summary}")])


def _tagged(feed: str, countries: Iterable[str], regions: list[str], actors: list[str], story: str | None) -> set[str]:
    found = {"f:" + feed}
    for country in countries:
        found.add("c:" + country)
        found.add("r:" + country)
    for region in regions:
        for prefix in path(region):
            found.add("r:" + prefix)
    for actor in actors:
        found.add("a:" + actor)
    if story is not None:
        found.add(of_story(story))
    return found


def _told(text: str) -> set[str]:
    return {word[:LONGEST] for word in words(text)}


def of_story(story: str) -> str:
    return "s:" + story


def path(region: str) -> list[str]:
    """`ML.Kidal.Aguelhok` leads through `ML` and `ML.Kidal`."""
    found = []
    dot = region.find(".")
    while dot >= 0:
        found.append(region[:dot])
        dot = region.find(".", dot + 1)
    found.append(region)
    return found
