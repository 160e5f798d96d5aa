"""What a rule looks at: one item with its story at one moment, and what it says that may be news."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from sitmon.model import HARMS, Event, Item, RegionTag, Story
from sitmon.query import World
from sitmon.rules.rule import Rule
from sitmon.rules.tally import Tallies, Tally, Told

DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Sight:
    """Made once for all rules, so that what several of them ask is worked out once, and what none asks not at all.

    `since` is when its feed was first read in this run; `first_poll` when it was never read before.
    """

    item: Item
    story: Story | None
    now: datetime
    world: World
    tallies: Tallies
    since: datetime | None = None
    first_poll: bool = False
    _places: tuple[str, ...] | None = None
    _told: tuple[str, ...] | None = None
    _tolls: Mapping[str, int] | None = None
    _first: dict[tuple[str, ...], str | None] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What an alert on it is about."""
        return f"story:{self.story.id}" if self.story else f"item:{self.item.id}"

    @property
    def owner(self) -> str:
        feed = self.world.feeds.get(self.item.feed)
        return feed.publisher if feed else self.item.feed

    @property
    def rating(self) -> str:
        if self.story:
            return self.story.rating
        feed = self.world.feeds.get(self.item.feed)
        return f"{feed.reliability if feed else 'F'}6"

    @property
    def title(self) -> str:
        return self.story.title if self.story and self.story.title else self.item.title

    @property
    def is_fresh(self) -> bool:
        """Recent enough to be news of a story that is known: a day, whatever the rule."""
        return self.item.when >= self.now - DAY and not is_past(self, (self.now - timedelta(days=7)).date())

    @property
    def places(self) -> tuple[str, ...]:
        """Region ids that it tells of, those named in the title and the more precise ones first."""
        if self._places is None:
            tags = sorted(self.item.tags.regions, key=_prominence)
            self._places = tuple(dict.fromkeys((*[tag.id for tag in tags], *self.item.tags.countries)))
        return self._places

    @property
    def told(self) -> tuple[str, ...]:
        """Every fact that an alert may already know, as `actor:jnim`, `place:ML.Kidal`, `killed:70`, `owner:afp`."""
        if self._told is None:
            owners = self.story.owners if self.story else (self.owner,)
            self._told = (
                *[f"{harm}:{self.tolls[harm]}" for harm in HARMS if self.tolls.get(harm)],
                *[f"actor:{actor}" for actor in doers(self.item)],
                *[f"place:{place}" for place in scenes(self.item)],
                *[f"owner:{owner}" for owner in owners],
            )
        return self._told

    @property
    def tolls(self) -> Mapping[str, int]:
        """Of each harm the most that any one source tells."""
        if self._tolls is None:
            if self.story:
                self._tolls = self.tallies.of(self.story.id, self.story.tolls)
            else:
                alone = Tally()
                alone.add(_counts(self.item))
                self._tolls = alone.most
        return self._tolls

    def region(self, regions: tuple[str, ...]) -> str | None:
        """The place that it is about first of all, within `regions` where a rule names some."""
        if regions not in self._first:
            self._first[regions] = self._first_in(regions)
        return self._first[regions]

    def _first_in(self, regions: tuple[str, ...]) -> str | None:
        for found in (event_places(self.item), self.story.regions if self.story else (), self.places):
            for place in found:
                if not regions or inside(place, regions, self.world):
                    return place
        return None

    def old(self, rule: Rule) -> str | None:
        """Why it does not ring: `old`, `undated` or `past`; None when it does.

        Old is what lay there at the start; what comes late because its feed was down rings for a day.
        """
        start = self.now if self.since is None else self.since
        if self.item.when < max(start - rule.fresh, self.now - max(rule.fresh, DAY)):
            return "old"
        if self.first_poll and (self.item.published is None or self.item.published_note == "epoch"):
            return "undated"
        return "past" if is_past(self, self.now.date() - rule.past) else None


def inside(place: str, regions: Iterable[str], world: World) -> bool:
    return any([place == region or world.contains(place, region) for region in regions])


def _prominence(tag: RegionTag) -> tuple[bool, int, float]:
    in_title = any([mention.field == "title" for mention in tag.mentions])
    return (not in_title, -tag.id.count("."), -tag.score)


def event_places(item: Item) -> tuple[str, ...]:
    """Where the events of the item's own type happened."""
    return tuple([event.place for event in item.tags.events if event.place and event.type == item.tags.type])


def is_past(sight: Sight, since: date) -> bool:
    """Whether all that it tells happened before `since`. An event without a date happened now."""
    ends = [_end(event) for event in sight.item.tags.events]
    if ends:
        return all([end is not None and end < since for end in ends])
    story = sight.story
    # A month's or a year's date is its first day: 31 days of grace keep what happened this month.
    return bool(story and story.event_date and story.event_date < since - timedelta(days=31))


def _end(event: Event) -> date | None:
    if event.date is None:
        return None
    days = {"day": 0, "month": 30, "year": 365}[event.date_precision or "day"]
    return event.date + timedelta(days=days)


def _counts(item: Item) -> list[Told]:
    events = ((harm, event) for event in item.tags.events for harm in HARMS)
    return [(harm, event.type + str(event.span), count) for harm, event in events for count in getattr(event, harm)]


def doers(item: Item) -> tuple[str, ...]:
    """Actors of its events, else those that the title names."""
    acting = tuple(dict.fromkeys(actor for event in item.tags.events for actor in event.actors))
    return acting or tuple(
        tag.id for tag in item.tags.actors if any(mention.field == "title" for mention in tag.mentions)
    )


def scenes(item: Item) -> tuple[str, ...]:
    """Places of its events, more precise than a country."""
    found = dict.fromkeys(event.place for event in item.tags.events if event.place)
    return tuple(place for place in found if "." in place)
