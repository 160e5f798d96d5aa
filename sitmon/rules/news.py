"""What is new about an alert: the difference between what it has told already and what is told now.

A toll counts as higher from a tenth more on, and sources count as more at two, three, and each doubling: else every
reprint would bring an alert back.
"""

from __future__ import annotations

from typing import Final

from sitmon.model import HARMS
from sitmon.rules.sight import Sight

GROWTH: Final = {"killed": 1.1, "injured": 1.25, "missing": 1.25, "abducted": 1.25, "displaced": 1.5}


_TOLLS: Final = tuple(f"{harm}:" for harm in HARMS)


def news(facts: tuple[str, ...], sight: Sight) -> tuple[tuple[str, str], ...]:
    """Kinds of turn and their words, the weightiest first; empty when the sight tells nothing new."""
    now, known = sight.told, frozenset(facts)
    if known.issuperset(now):
        return ()
    return (*_tolls(facts, now), *_facts(known, now, sight), *_sources(facts, now))


def _tolls(facts: tuple[str, ...], now: tuple[str, ...]) -> list[tuple[str, str]]:
    known, found = _numbers(facts), []
    for harm, number in _numbers(now).items():
        before = known.get(harm, 0)
        if number >= max(before + 1, round(before * GROWTH[harm])):
            found.append(("toll", f"{number} {harm}, {before} before" if before else f"{number} {harm}"))
    return found


def _facts(known: frozenset[str], now: tuple[str, ...], sight: Sight) -> list[tuple[str, str]]:
    independent, found = f"owner:{sight.owner}" not in known, []
    for fact in now:
        what, _, name = fact.partition(":")
        if what not in {"actor", "place"} or fact in known:
            continue
        if what == "place" and any(other.startswith("place:") and _related(name, other[6:]) for other in known):
            continue
        found.append(("fact" if independent else what, f"{what} {_called(name, sight)}"))
    return found


def _called(name: str, sight: Sight) -> str:
    """The actor or place of that id as people call it."""
    for actor in sight.item.tags.actors:
        if actor.id == name:
            return actor.name
    return next((region.name for region in sight.item.tags.regions if region.id == name), name)


def _related(one: str, other: str) -> bool:
    """The same place, or one within the other: nothing new, only more or less precise."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _sources(facts: tuple[str, ...], now: tuple[str, ...]) -> list[tuple[str, str]]:
    before, after = _owners(facts), _owners(now)
    if after > before and (after <= 3 or after >= 2 * before):
        return [("source", f"{after} independent sources, {before} before")]
    return []


def _owners(facts: tuple[str, ...]) -> int:
    return sum(fact.startswith("owner:") for fact in facts)


def merged(facts: tuple[str, ...], sight: Sight) -> tuple[str, ...]:
    """What has been told once this sight is: the highest tolls, every actor, place and owner."""
    both = (*facts, *sight.told)
    highest = _numbers(both)
    rest = dict.fromkeys([fact for fact in both if not fact.startswith(_TOLLS)])
    return (*[f"{harm}:{highest[harm]}" for harm in HARMS if highest.get(harm)], *rest)


def _numbers(facts: tuple[str, ...]) -> dict[str, int]:
    """The highest of each kind of harm."""
    found: dict[str, int] = {}
    for fact in facts:
        if fact.startswith(_TOLLS):
            harm, _, number = fact.partition(":")
            found[harm] = max(int(number), found.get(harm, 0))
    return found
