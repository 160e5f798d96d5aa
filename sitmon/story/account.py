"""An open story as the folding sees it: the profiles of its items added up.

What most items say counts for more than what one says, so that one confused item cannot bend a story.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sitmon.model import EventType
from sitmon.story.profile import Place, Profile

KEPT = 6
"""Different figures kept of each kind of harm: a toll that rises by the hour is held against its latest."""
WIDEST = 60
"""Names and stems kept at most: a story's own recur, the rest is chance."""


@dataclass(slots=True)
class Account:
    """One open story. Grows by `add`; never shrinks but by being told afresh."""

    id: str
    number: int
    """Order of opening."""
    type: EventType = EventType.OTHER
    """What most of its items say."""
    day: int | None = None
    """The day that most of its dated items name."""
    first: float = 0.0
    latest: float = 0.0
    items: list[str] = field(default_factory=list)
    days: Counter[int] = field(default_factory=Counter)
    types: Counter[EventType] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    points: dict[str, Place] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    actors: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    victims: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    things: Counter[str] = field(default_factory=Counter)
    stems: Counter[str] = field(default_factory=Counter)
    main: tuple[str, ...] = ()
    """Places named at least a fifth as often as the most named."""
    tolls: dict[str, dict[tuple[int, int], None]] = field(default_factory=dict)
    """Low and high told of each kind of harm, the newest `KEPT`."""
    keys: set[str] = field(default_factory=set)
    """Under which it stands in the indexes."""

    def add(self, profile: Profile) -> None:
        self.first = min(self.first, profile.hour) if self.items else profile.hour
        self.latest = max(self.latest, profile.hour)
        self.items.append(profile.item)
        if profile.day is not None:
            self.days[profile.day] += 1
            self.day = max(self.days, key=self.days.__getitem__)
        self.types[profile.type] += 1
        self.type = max(self.types, key=self.types.__getitem__)
        for place in profile.places:
            self.places[place.id] += 1
            self.points[place.id] = place
        if profile.places:
            least = max(self.places.values()) / 5
            self.main = tuple(place for place, count in self.places.items() if count >= least)
        self.countries.update(profile.countries)
        self.actors.update(profile.actors)
        self.states.update(profile.states)
        self.things.update(profile.things)
        self.victims.update(profile.victims)
        self._add_words(profile)
        for harm, low, high in profile.tolls:
            told = self.tolls.setdefault(harm, {})
            told.pop((low, high), None)
            told[low, high] = None
            if len(told) > KEPT:
                del told[next(iter(told))]

    def _add_words(self, profile: Profile) -> None:
        self.stems.update(profile.stems)
        self.names.update(profile.names)
        self.stems, self.names = _narrowed(self.stems), _narrowed(self.names)

    def share(self, count: int) -> float:
        """What something is worth that `count` of the items tell: all of it from a fifth of them on."""
        return min(1.0, 5 * count / len(self.items))


def _narrowed(counts: Counter[str]) -> Counter[str]:
    return counts if len(counts) <= 2 * WIDEST else Counter(dict(counts.most_common(WIDEST)))
