"""What is new about an alert: the difference between what it has told already and what is told now.

A toll counts as higher from a tenth more on, and sources count as more at two, three, and each doubling: else every
reprint would bring an alert back.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitmon.model import HARMS
from sitmon.rules.sight import Sight

GROWTH = {"killed": 1.1, "injured": 1.25, "missing": 1.25, "abducted": 1.25, "displaced": 1.5}


def news(facts: tuple[str, ...], sight: Sight) -> tuple[tuple[str, str], ...]:
    """Kinds of turn and their words, the weightiest first; empty when the sight tells nothing new."""
    now = sight.told
    if frozenset(facts).issuperset(now):
        return ()
    known = {what: number for what, _, number in (fact.partition(":") for fact in facts) if what in HARMS}
    found = [*_tolls(known, now), *_facts(facts, now, sight), *_sources(facts, now)]
    return tuple(found)


def _tolls(known: dict[str, str], now: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for harm, _, number in (fact.partition(":") for fact in now):
        if harm not in HARMS:
            continue
        before = int(known.get(harm, "0"))
        if int(number) >= max(before + 1, round(before * GROWTH[harm])):
            yield "toll", f"{number} {harm}, {before} before" if before else f"{number} {harm}"


def _facts(facts: tuple[str, ...], now: tuple[str, ...], sight: Sight) -> Iterator[tuple[str, str]]:
    known = frozenset(facts)
    independent = f"owner:{sight.owner}" not in known
    for fact in now:
        what, _, name = fact.partition(":")
        if fact in known or what not in {"actor", "place"}:
            continue
        if what == "place" and any(_related(name, other[6:]) for other in facts if other.startswith("place:")):
            continue
        yield "fact" if independent else what, f"{what} {name}"


def _related(one: str, other: str) -> bool:
    """The same place, or one within the other: nothing new, only more or less precise."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _sources(facts: tuple[str, ...], now: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    before, after = (sum(fact.startswith("owner:") for fact in some) for some in (facts, now))
    if after > before and (after <= 3 or after >= 2 * before):
        yield "source", f"{after} independent sources, {before} before"


def merged(facts: tuple[str, ...], sight: Sight) -> tuple[str, ...]:
    """What has been told once this sight is: the highest tolls, every actor, place and owner."""
    now = sight.told
    higher = {harm: max(_number(facts, harm), _number(now, harm)) for harm in HARMS}
    rest = dict.fromkeys(fact for fact in (*facts, *now) if fact.partition(":")[0] not in HARMS)
    return (*(f"{harm}:{number}" for harm, number in higher.items() if number), *rest)


def _number(facts: tuple[str, ...], harm: str) -> int:
    return max((int(fact[len(harm) + 1 :]) for fact in facts if fact.startswith(f"{harm}:")), default=0)
