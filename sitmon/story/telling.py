"""A story as it is shown: built up item by item, so that what the latest one adds can be said.

Most stories are never looked at where they are made, so that what came waits to be told until somebody asks.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from sitmon.model import ActorTag, EventType, Item, RegionTag, Severity, Story, Toll
from sitmon.story import copies, tolls
from sitmon.story.account import count, most_told
from sitmon.story.gist import Gist, gist_of, is_old
from sitmon.story.rating import UNKNOWN, digit

Sources = Mapping[str, tuple[str, str]]
"""Feed id to its owner and its Admiralty letter."""

COMPARED: Final = 40
"""Earlier texts that a new one is held against for copies."""


class _Coming:
    """An item that came and is not told yet, with what is needed of its gist."""

    def __init__(self, item: Item, because: str, gist: Gist) -> None:
        self.item = item
        self.because = because
        self.event = gist.event
        self.places = gist.places
        self.actors = gist.actors
        self.said = gist.said


class _Said:
    """What one item says, worked out once."""

    def __init__(self, coming: _Coming) -> None:
        event, when = coming.event, coming.item.when
        self.places = coming.places
        self.actors = coming.actors
        self.tolls = tolls.of(coming.item, event)
        self.spreads: dict[str, tuple[int, int]] = {}
        for toll in self.tolls:
            if toll.harm not in self.spreads and (spread := tolls.spread(self.tolls, toll.harm)):
                self.spreads[toll.harm] = spread
        dated = event is not None and event.date_precision == "day" and not is_old(event, when)
        self.day = event.date if event and dated else None


class _Text:
    """A wording, by its runs of words, and whose it is."""

    def __init__(self, owner: str, runs: set[int]) -> None:
        self.owner = owner
        self.runs = array("I", runs)
        self.sketch = copies.sketch(runs)


class Telling:
    """A story's items, in the order in which they came, added up. `credibility` is the officer's digit."""

    def __init__(self, story: str, sources: Sources, credibility: str | None = None) -> None:
        self.id = story
        self.sources = sources
        self.credibility = credibility
        self.whens: list[datetime] = []
        """Of its items, oldest first."""
        self.items: tuple[str, ...] = ()
        """Newest first. This and what else grows with a story is held as the story shows it: a tuple is copied for each
        item at the speed of memory, a thousand entries in some microseconds."""
        self.because: tuple[tuple[str, str], ...] = ()
        self.feeds: dict[str, None] = {}
        self.letters: dict[str, str] = {}
        """Best letter of each independent owner."""
        self.letter = ""
        """The best of all its feeds."""
        self.digit = ""
        """Proposed from the letters of its owners."""
        self.texts: list[_Text] = []
        """Different wordings."""
        self.types: dict[EventType, int] = {}
        self.severity = Severity.UNKNOWN
        self.countries: dict[str, int] = {}
        self.regions: dict[str, int] = {}
        self.actors: dict[str, int] = {}
        self.days: dict[date, int] = {}
        self.tolls: tuple[Toll, ...] = ()
        self.highest: dict[str, int] = {}
        """Of each harm that anybody told."""
        self.title = (-1.0, "")
        self.news = ""
        self._coming: list[_Coming] = []

    def add(self, item: Item, because: str, gist: Gist) -> None:
        """Take in an item: its texts are read no further than `gist` did."""
        self._coming.append(_Coming(item, because, gist))

    def _catch_up(self) -> None:
        for coming in self._coming:
            self._tell(coming)
        self._coming.clear()

    def _tell(self, coming: _Coming) -> None:
        """`news` then says what the item added."""
        item, said = coming.item, _Said(coming)
        news = [] if not self.items else [*self._new_names(said), *self._new_tolls(said)]
        owner = self._source(item, copies.runs(item.title, coming.said))
        if owner and self.items:
            news.append(f"independent source {owner}")
        self.news = "; ".join(news)
        self._insert(item, coming.because)
        self._count(item, said)
        worth = informative(item, said.tolls)
        if worth > self.title[0] + (0.5 if self.title[1] else 0):
            self.title = (worth, item.title)

    def _insert(self, item: Item, because: str) -> None:
        """Almost always as the newest."""
        when = item.when
        at = bisect_right(self.whens, when)
        while at and self.whens[at - 1] == when and self.items[len(self.items) - at] > item.id:
            at -= 1
        newer = len(self.items) - at
        self.whens.insert(at, when)
        self.items = (*self.items[:newer], item.id, *self.items[newer:])
        self.because = (*self.because[:newer], (item.id, because), *self.because[newer:])

    def _count(self, item: Item, said: _Said) -> None:
        tags = item.tags
        count(self.types, (tags.type,))
        self.severity = max(self.severity, tags.severity)
        count(self.countries, tags.countries)
        count(self.regions, [tag.id for tag in said.places])
        count(self.actors, [tag.id for tag in said.actors])
        self.tolls += said.tolls
        for harm, (_, high) in said.spreads.items():
            self.highest[harm] = max(high, self.highest.get(harm, 0))
        if said.day:
            count(self.days, (said.day,))

    def _source(self, item: Item, runs: set[int]) -> str | None:
        """The owner, if the item makes it a new independent source."""
        owner, letter = self.sources.get(item.feed, (item.feed, UNKNOWN))
        self.letter = min(letter, self.letter or letter)
        self.feeds[item.feed] = None
        text = _Text(owner, runs)
        for other in self.texts:
            if other.owner != owner and _is_copy(runs, text, other):
                return None
        self.texts.append(text)
        if len(self.texts) > COMPARED:
            del self.texts[0]
        before = self.letters.get(owner)
        if before is None or letter < before:
            self.letters[owner] = letter
            self.digit = digit(self.letters)
        return owner if before is None else None

    def _new_names(self, said: _Said) -> Iterable[str]:
        for tag in said.actors:
            if tag.id not in self.actors:
                yield f"actor {tag.name}"
        for place in said.places:
            if place.kind == "area" or place.id in self.regions:
                continue
            inside = place.id + "."
            if not any(other.startswith(inside) for other in self.regions):
                yield f"place {place.name}"

    def _new_tolls(self, said: _Said) -> Iterable[str]:
        for harm, (_, high) in said.spreads.items():
            before = self.highest.get(harm)
            if before is None or high > before:
                yield f"{high} {harm}" + (f" (was {before})" if before is not None else "")

    def story(self) -> Story:
        """As all that came tells it; ValueError when nothing did."""
        self._catch_up()
        if not self.items:
            raise ValueError(f"story {self.id} has no items")
        return Story(
            id=self.id,
            title=self.title[1],
            items=self.items,
            feeds=tuple(self.feeds),
            owners=tuple(self.letters),
            first=self.whens[0],
            latest=self.whens[-1],
            type=_type(self.types),
            severity=self.severity,
            countries=_common(self.countries),
            regions=tuple(sorted(_common(self.regions), key=lambda region: -region.count("."))),
            actors=_common(self.actors),
            event_date=most_told(self.days) if self.days else None,
            tolls=self.tolls,
            news=self.news,
            rating=self.letter + (self.credibility or self.digit),
            because=self.because,
        )


def _is_copy(runs: set[int], text: _Text, other: _Text) -> bool:
    may_be = copies.may_be_copy(text.sketch, other.sketch, len(runs), len(other.runs))
    return may_be and copies.is_copy(runs, other.runs)


def tell(story: str, items: Iterable[Item], sources: Sources, credibility: str | None = None) -> Story:
    """A stored story told again from its items; ValueError when there are none."""
    told = Telling(story, sources, credibility)
    for item in sorted(items, key=lambda item: (item.when, item.id)):
        told.add(item, "stored", gist_of(item))
    return told.story()


def informative(item: Item, told: tuple[Toll, ...]) -> float:
    """How much a headline tells: who, where, how many, at a length that is neither a slogan nor a summary."""
    tags: tuple[RegionTag | ActorTag, ...] = (*item.tags.regions, *item.tags.actors)
    in_title = [tag for tag in tags if any(mention.field == "title" for mention in tag.mentions)]
    deep = any("." in tag.id for tag in in_title)
    counted = any(toll.count.high for toll in told) and any(map(str.isdigit, item.title))
    fits = 40 <= len(item.title) <= 120
    return min(len(in_title), 4) + deep + counted + fits


def _type(types: dict[EventType, int]) -> EventType:
    """The most common, but for OTHER where anything better is known."""
    known: dict[EventType, int] = {kind: told for kind, told in types.items() if kind is not EventType.OTHER}
    return most_told(known or types)


def _common(counts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=counts.__getitem__, reverse=True) if len(counts) > 1 else counts)
