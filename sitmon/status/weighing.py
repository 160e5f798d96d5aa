"""Where a story weighs, and since when: fully where it happened, less where it only mentions a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sitmon.model import Event, Item, Story
from sitmon.status import formula


@dataclass(frozen=True, slots=True)
class Weighed:
    """`at` is when its clock last started: with its first report, and again with each that added a fact."""

    story: Story
    at: datetime
    scenes: frozenset[str]
    regions: frozenset[str]


def told_of(item: Item) -> tuple[str, ...]:
    """Every region and country that an item names."""
    return tuple(dict.fromkeys((*[tag.id for tag in item.tags.regions], *item.tags.countries)))


def weighed(item: Item, story: Story, old: Weighed | None) -> Weighed:
    """A story after an item of it was taken in; `old` is what it was before."""
    scenes = _scenes(item) | (old.scenes if old else frozenset())
    regions = frozenset((*story.regions, *story.countries))
    start = formula.began(story)
    grown = bool(story.news) and start == story.first and item.id in story.items[:1]
    at = max(start, item.when) if grown else max(start, old.at) if old else start
    return Weighed(story, at, scenes or frozenset(story.regions[:1]), regions | scenes)


def _scenes(item: Item) -> frozenset[str]:
    """Where it happened: the places of its events, else those in the title."""
    found = frozenset([event.place for event in item.tags.events if event.place and _is_recent(event, item)])
    return found or frozenset([t.id for t in item.tags.regions if any(m.field == "title" for m in t.mentions)])


def _is_recent(event: Event, item: Item) -> bool:
    return event.date is None or event.date >= (item.when - formula.LATE - timedelta(days=31)).date()
