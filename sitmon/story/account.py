"""An open story as the folding sees it: the profiles of its items added up.

What most items say counts for more than what one says, so that one confused item cannot bend a story.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from heapq import nsmallest
from typing import Final, TypeVar

from sitmon.model import EventType
from sitmon.story.profile import Place, Profile

KEPT: Final = 6
"""Different figures kept of each kind of harm: a toll that rises by the hour is held against its latest."""
WIDEST: Final = 60
"""Names and stems kept at most: a story's own recur, the rest is chance."""


class Account:
    """One open story. Grows by `add`; never shrinks but by being told afresh.

    No dataclass: only of frozen ones the `__init__` is compiled.
    """

    def __init__(self, story: str, number: int) -> None:
        self.id = story
        self.number = number
        """Order of opening."""
        self.type = EventType.OTHER
        """What most of its items say."""
        self.day: int | None = None
        """The day that most of its dated items name."""
        self.first = 0.0
        self.latest = 0.0
        self.size = 0
        """How many items it has."""
        self.most = 0
        """How often its most told place was."""
        self.again = 0
        """Items that say that it is another one than what was told before."""
        self.daily = 0
        """Items that tally one day."""
        self.fresh = 0.0
        """The latest of those that do not tell what came of it, in hours from the epoch."""
        self.days: dict[int, int] = {}
        """How often each was told, here and below."""
        self.types: dict[EventType, int] = {}
        self.places: dict[str, int] = {}
        self.countries: dict[str, int] = {}
        self.areas: dict[str, int] = {}
        self.actors: dict[str, int] = {}
        self.states: dict[str, int] = {}
        self.victims: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.things: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.targets: dict[str, int] = {}
        self.said: dict[str, int] = {}
        self.points: dict[str, Place] = {}
        self.main: list[Place] = []
        """Places named at least a fifth as often as the most named, and by a tenth of the items."""
        self.tolls: dict[str, dict[tuple[int, int], None]] = {}
        """Low and high told of each kind of harm, the newest `KEPT`."""
        self.keys: set[str] = set()
        """Under which it stands in the indexes."""

    def add(self, profile: Profile) -> None:
        self.first = min(self.first, profile.hour) if self.size else profile.hour
        self.latest = max(self.latest, profile.hour)
        self.size += 1
        if profile.day is not None:
            count(self.days, (profile.day,))
            self.day = most_told(self.days)
        count(self.types, (profile.type,))
        self.type = most_told(self.types)
        self.again += profile.again
        self.daily += profile.daily
        if not profile.after or self.size == 1:
            self.fresh = max(self.fresh, profile.hour)
        if profile.places:
            self._add_places(profile.places)
        count(self.countries, profile.countries)
        count(self.areas, profile.areas)
        count(self.actors, profile.actors)
        count(self.states, profile.states)
        count(self.things, profile.things)
        count(self.victims, profile.victims)
        count(self.targets, profile.targets)
        self._add_words(profile)
        for harm, low, high in profile.tolls:
            told = self.tolls.setdefault(harm, {})
            told.pop((low, high), None)
            told[low, high] = None
            if len(told) > KEPT:
                del told[next(iter(told))]

    def _add_places(self, places: list[Place]) -> None:
        for place in places:
            self.points[place.id] = place
            self.places[place.id] = told = self.places.get(place.id, 0) + 1
            self.most = max(self.most, told)
        least = max(self.most / 5, self.size / 10)
        self.main = [self.points[place] for place, told in self.places.items() if told >= least]

    def _add_words(self, profile: Profile) -> None:
        count(self.stems, profile.stems)
        count(self.names, profile.names)
        count(self.said, profile.said)
        self.stems, self.names, self.said = _narrowed(self.stems), _narrowed(self.names), _narrowed(self.said)

    def share(self, count: int) -> float:
        """What something is worth that `count` of the items tell: all of it from a fifth of them on."""
        return 5 * count / self.size if self.size > 5 * count else 1.0


Counted = TypeVar("Counted", bound=Hashable)


def count(counts: dict[Counted, int], told: Iterable[Counted]) -> None:
    """Add one for each. Most are told of a few things: `Counter.update` takes longer to begin than this for all."""
    for one in told:
        counts[one] = counts.get(one, 0) + 1


def most_told(counts: Mapping[Counted, int]) -> Counted:
    """The first of those told most often; most often there is one. ValueError where there is none."""
    return next(iter(counts)) if len(counts) == 1 else max(counts, key=counts.__getitem__)


def _narrowed(counts: dict[str, int]) -> dict[str, int]:
    if len(counts) <= 2 * WIDEST:
        return counts
    return {told: -less for less, told in nsmallest(WIDEST, [(-often, told) for told, often in counts.items()])}
