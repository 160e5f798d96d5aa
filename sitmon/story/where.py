"""Evidence of place: the relation of two places, or of two countries where one does not say more."""

from __future__ import annotations

import math
from typing import Final

from sitmon.model import EventType
from sitmon.story.account import Account
from sitmon.story.evidence import Evidence, Sight
from sitmon.story.profile import Place
from sitmon.story.weights import PLACED

CROWDED: Final = 3.0
"""Of two that both say where, twenty rivals in the country speak against them as much as hundreds do."""
NEAR_KM: Final = 30.0
"""As far as reporters round a village to the town that readers know."""


def where(found: Evidence, sight: Sight, story: Account) -> None:
    profile = sight.profile
    if profile.places and story.main:
        name, amount = _nearest(profile.places, story.main, sight.rarity)
        found.add(name, amount)
        found.add("crowd here", min(CROWDED, sight.crowd))
    elif not (profile.countries.isdisjoint(story.countries) and profile.areas.isdisjoint(story.areas)):
        found.add("same country")
        found.add("rare country", _rarest(sight, story))
        found.add("crowd", sight.crowd)
        if story.main and not profile.places and profile.type == EventType.OTHER:
            found.add("place left out", story.most / story.size)
    elif profile.countries and story.countries:
        found.add("other country")
    else:
        found.add("place unsaid")
        found.add("crowd", sight.crowd)


def _rarest(sight: Sight, story: Account) -> float:
    """Of the countries that both tell of: where little happens, two reports are of the same."""
    profile = sight.profile
    shared = [sight.rarity["c:" + country] for country in profile.countries if country in story.countries]
    shared += [sight.rarity["c:" + area] for area in profile.areas if area in story.areas]
    return max(shared)


def _nearest(ours: list[Place], theirs: list[Place], rarity: dict[str, float]) -> tuple[str, float]:
    """The relation of two places that speaks most for the story, and how much."""
    best, found, much = -9.0, "other place", 1.0
    for one in ours:
        for two in theirs:
            name, amount = _relation(one, two, rarity)
            worth = PLACED[name] * amount
            if worth > best:
                best, found, much = worth, name, amount
    return found, much


def _relation(one: Place, two: Place, rarity: dict[str, float]) -> tuple[str, float]:
    if one.id == two.id:
        name = "same place" if len(one.keys) > 1 else "same division"
        return name, _told(rarity[one.keys[-1]]) * (0.6 if one.capital else 1.0)
    if one.country == two.country and (one.id.startswith(two.id + ".") or two.id.startswith(one.id + ".")):
        return "within", 1.3 if one.last == two.last else 1.0  # UA.Poltava, UA.Poltava.Poltava: either may be meant
    away = distance(one, two)
    if away is not None and away < NEAR_KM:
        return "near", 1.0 - away / (2 * NEAR_KM)
    return ("other place" if one.country == two.country else "other country"), 1.0


def _told(rarity: float) -> float:
    """From a half for what everybody talks about to one for what nobody else mentions."""
    return min(1.0, 0.5 + rarity / 8)


KM: Final = 111.2
"""Kilometres in one degree of latitude."""


def distance(one: Place, two: Place) -> float | None:
    """Kilometres on a flat earth, good to a few percent at the distances that matter here; None for far, or unknown."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    down = abs(one.lat - two.lat)
    if KM * down >= NEAR_KM:
        return None
    across = (one.lon - two.lon) * math.cos(math.radians((one.lat + two.lat) / 2))
    return KM * math.hypot(down, across)
