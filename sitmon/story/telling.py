"""A story as it is shown: built up item by item, so that what the latest one adds can be said."""

from __future__ import annotations

from array import array
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sitmon.model import ActorTag, EventType, Item, RegionTag, Severity, Story, Toll
from sitmon.story import copies, tolls
from sitmon.story.profile import is_old, main_event, telling
from sitmon.story.rating import UNKNOWN, rating

Sources = Mapping[str, tuple[str, str]]
"""Feed id to its owner and its Admiralty letter."""

COMPARED = 40
"""Earlier texts that a new one is held against for copies."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What one item says, worked out once."""

    places: list[RegionTag]
    actors: list[ActorTag]
    tolls: tuple[Toll, ...]
    spreads: dict[str, tuple[int, int]]
    day: date | None


def _said(item: Item) -> _Said:
    event = main_event(item.tags.events, item.when)
    told = tolls.of(item, event)
    spreads = {harm: tolls.spread(told, harm) for harm in dict.fromkeys(toll.harm for toll in told)}
    dated = event is not None and event.date_precision == "day" and not is_old(event, item.when)
    return _Said(
        telling(item.tags.regions),
        telling(item.tags.actors),
        told,
        {harm: spread for harm, spread in spreads.items() if spread},
        event.date if event and dated else None,
    )


@dataclass(slots=True)
class Telling:
    id: str
    sources: Sources
    credibility: str | None = None
    """The officer's digit."""
    items: list[tuple[datetime, str]] = field(default_factory=list)
    """Oldest first."""
    because: dict[str, str] = field(default_factory=dict)
    feeds: dict[str, None] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    """Best letter of each independent owner."""
    texts: list[tuple[array[int], str]] = field(default_factory=list)
    """Different wordings, and whose they are."""
    types: Counter[EventType] = field(default_factory=Counter)
    severity: Severity = Severity.UNKNOWN
    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    actors: Counter[str] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    tolls: list[Toll] = field(default_factory=list)
    highest: dict[str, int] = field(default_factory=dict)
    """Of each harm that anybody told."""
    title: tuple[float, str] = (-1.0, "")
    news: str = ""

    def add(self, item: Item, because: str) -> None:
        """Take in an item; `news` then says what it added."""
        said = _said(item)
        news = [] if not self.items else [*self._new_names(said), *self._new_tolls(said)]
        owner = self._source(item)
        if owner and self.items:
            news.append(f"independent source {owner}")
        self.news = "; ".join(news)
        insort(self.items, (item.when, item.id))
        self.because[item.id] = because
        self._count(item, said)
        worth = informative(item, said.tolls)
        if worth > self.title[0] + (0.5 if self.title[1] else 0):
            self.title = (worth, item.title)

    def _count(self, item: Item, said: _Said) -> None:
        tags = item.tags
        self.types[tags.type] += 1
        self.severity = max(self.severity, tags.severity)
        self.countries.update(tags.countries)
        self.regions.update(tag.id for tag in said.places)
        self.actors.update(tag.id for tag in said.actors)
        self.tolls.extend(said.tolls)
        for harm, (_, high) in said.spreads.items():
            self.highest[harm] = max(high, self.highest.get(harm, 0))
        if said.day:
            self.days[said.day] += 1

    def _source(self, item: Item) -> str | None:
        """The owner, if the item makes it a new independent source."""
        owner, letter = self.sources.get(item.feed, (item.feed, UNKNOWN))
        self.feeds[item.feed] = None
        text = copies.runs(item.title, item.summary)
        if any(whose != owner and copies.is_copy(text, other) for other, whose in self.texts):
            return None
        self.texts = [*self.texts[1 - COMPARED :], (text, owner)]
        new = owner not in self.letters
        self.letters[owner] = min(letter, self.letters.get(owner, letter))
        return owner if new else None

    def _new_names(self, said: _Said) -> Iterable[str]:
        for tag in said.actors:
            if tag.id not in self.actors:
                yield f"actor {tag.name}"
        for place in said.places:
            known = place.kind == "area" or any(
                other == place.id or other.startswith(place.id + ".") for other in self.regions
            )
            if not known:
                yield f"place {place.name}"

    def _new_tolls(self, said: _Said) -> Iterable[str]:
        for harm, (_, high) in said.spreads.items():
            before = self.highest.get(harm)
            if before is None or high > before:
                yield f"{high} {harm}" + (f" (was {before})" if before is not None else "")

    def story(self) -> Story:
        letters = [self.sources.get(feed, ("", UNKNOWN))[1] for feed in self.feeds]
        return Story(
            id=self.id,
            title=self.title[1],
            items=tuple(item for _, item in reversed(self.items)),
            feeds=tuple(self.feeds),
            owners=tuple(self.letters),
            first=self.items[0][0],
            latest=self.items[-1][0],
            type=_type(self.types),
            severity=self.severity,
            countries=_common(self.countries),
            regions=tuple(sorted(_common(self.regions), key=lambda region: -region.count("."))),
            actors=_common(self.actors),
            event_date=self.days.most_common(1)[0][0] if self.days else None,
            tolls=tuple(self.tolls),
            news=self.news,
            rating=rating(self.letters, self.credibility, letters),
            because=tuple((item, self.because[item]) for _, item in reversed(self.items)),
        )


def tell(story: str, items: Iterable[Item], sources: Sources, credibility: str | None = None) -> Story:
    """A stored story told again from its items; ValueError when there are none."""
    told = Telling(story, sources, credibility)
    for item in sorted(items, key=lambda item: (item.when, item.id)):
        told.add(item, "stored")
    if not told.items:
        raise ValueError(f"story {story} has no items")
    return told.story()


def informative(item: Item, told: tuple[Toll, ...]) -> float:
    """How much a headline tells: who, where, how many, at a length that is neither a slogan nor a summary."""
    tags: tuple[RegionTag | ActorTag, ...] = (*item.tags.regions, *item.tags.actors)
    in_title = [tag for tag in tags if any(mention.field == "title" for mention in tag.mentions)]
    deep = any("." in tag.id for tag in in_title)
    counted = any(toll.count.high for toll in told) and any(char.isdigit() for char in item.title)
    fits = 40 <= len(item.title) <= 120
    return min(len(in_title), 4) + deep + counted + fits


def _type(types: Counter[EventType]) -> EventType:
    """The most common, but for OTHER where anything better is known."""
    known = Counter({kind: count for kind, count in types.items() if kind != EventType.OTHER})
    return (known or types).most_common(1)[0][0]


def _common(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in counts.most_common())
