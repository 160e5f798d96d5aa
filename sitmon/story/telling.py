"""A story as it is shown: built up item by item, so that what the latest one adds can be said."""

from __future__ import annotations

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
    texts: list[tuple[frozenset[str], str]] = field(default_factory=list)
    """Different wordings, and whose they are."""
    types: Counter[EventType] = field(default_factory=Counter)
    severity: Severity = Severity.UNKNOWN
    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    actors: Counter[str] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    tolls: list[Toll] = field(default_factory=list)
    title: tuple[float, str] = (-1.0, "")
    news: str = ""

    def add(self, item: Item, because: str) -> None:
        """Take in an item; `news` then says what it added."""
        news = [] if not self.items else [*self._new_names(item), *self._new_tolls(item)]
        owner = self._source(item)
        if owner and self.items:
            news.append(f"independent source {owner}")
        self.news = "; ".join(news)
        insort(self.items, (item.when, item.id))
        self.because[item.id] = because
        self._count(item)
        worth = informative(item)
        if worth > self.title[0] + (0.5 if self.title[1] else 0):
            self.title = (worth, item.title)

    def _count(self, item: Item) -> None:
        tags = item.tags
        self.types[tags.type] += 1
        self.severity = max(self.severity, tags.severity)
        self.countries.update(tags.countries)
        self.regions.update(tag.id for tag in telling(tags.regions))
        self.actors.update(tag.id for tag in telling(tags.actors))
        self.tolls.extend(tolls.of(item))
        event = main_event(tags.events, item.when)
        if event and event.date and event.date_precision == "day" and not is_old(event, item.when):
            self.days[event.date] += 1

    def _source(self, item: Item) -> str | None:
        """The owner, if the item makes it a new independent source."""
        owner, letter = self.sources.get(item.feed, (item.feed, UNKNOWN))
        self.feeds[item.feed] = None
        text = copies.runs(item.title, item.summary)
        if any(whose != owner and copies.is_copy(text, other) for other, whose in self.texts[-COMPARED:]):
            return None
        self.texts.append((text, owner))
        new = owner not in self.letters
        self.letters[owner] = min(letter, self.letters.get(owner, letter))
        return owner if new else None

    def _new_names(self, item: Item) -> Iterable[str]:
        for tag in telling(item.tags.actors):
            if tag.id not in self.actors:
                yield f"actor {tag.name}"
        for place in telling(item.tags.regions):
            known = place.kind == "area" or any(
                other == place.id or other.startswith(place.id + ".") for other in self.regions
            )
            if not known:
                yield f"place {place.name}"

    def _new_tolls(self, item: Item) -> Iterable[str]:
        added = tolls.of(item)
        for harm in dict.fromkeys(toll.harm for toll in added):
            before, after = tolls.spread(self.tolls, harm), tolls.spread(added, harm)
            if after and (before is None or after[1] > before[1]):
                yield f"{after[1]} {harm}" + (f" (was {before[1]})" if before else "")

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


def informative(item: Item) -> float:
    """How much a headline tells: who, where, how many, at a length that is neither a slogan nor a summary."""
    tags: tuple[RegionTag | ActorTag, ...] = (*item.tags.regions, *item.tags.actors)
    in_title = [tag for tag in tags if any(mention.field == "title" for mention in tag.mentions)]
    deep = any("." in tag.id for tag in in_title)
    counted = any(toll.count.high for toll in tolls.of(item)) and any(char.isdigit() for char in item.title)
    fits = 40 <= len(item.title) <= 120
    return min(len(in_title), 4) + deep + counted + fits


def _type(types: Counter[EventType]) -> EventType:
    """The most common, but for OTHER where anything better is known."""
    known = Counter({kind: count for kind, count in types.items() if kind != EventType.OTHER})
    return (known or types).most_common(1)[0][0]


def _common(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in counts.most_common())
