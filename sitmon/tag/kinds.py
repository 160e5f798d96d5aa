"""What kind of event a passage reports: each concept that its words name speaks for some types, and some in pairs.

The concepts, their words in each language and what they say stand in data/kinds.toml; nothing here knows a language.
A concept counts once per sentence, with a little more where it is named again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from sitmon.model import EventType
from sitmon.tag.languages import table
from sitmon.tag.signs import Sign

TYPES: Final = tuple(EventType)
NUMBER: Final = {kind: n for n, kind in enumerate(TYPES)}

Scores = list[float]
"""How strongly something speaks for each of `TYPES`; plain numbers, for an enum is slow as a key."""

_AGAIN: Final = 0.2
"""What each further mention of a concept adds, in shares of the first; at most three count."""

_Weights = tuple[tuple[int, float], ...]


class _Sayings(NamedTuple):
    alone: Mapping[str, _Weights]
    paired: Mapping[str, tuple[tuple[str, _Weights], ...]]
    """By the first concept of the pair: the other one, and what both say."""


@cache
def _sayings() -> _Sayings:
    kinds = table("kinds.toml")
    alone = {name: _weights(concept["says"]) for name, concept in kinds.items() if "says" in concept}
    paired: dict[str, tuple[tuple[str, _Weights], ...]] = {}
    for pair, says in kinds["pairs"].items():
        one, other = pair.split()
        paired[one] = (*paired.get(one, ()), (other, _weights(says)))
    return _Sayings(alone, paired)


def _weights(says: str) -> _Weights:
    pairs = (part.partition("=") for part in says.split())
    return tuple((NUMBER[EventType(name)], float(weight)) for name, _, weight in pairs)


def score(signs: Iterable[Sign]) -> Scores:
    """How strongly the signs of one sentence speak for each type."""
    sayings, scores = _sayings(), [0.0] * len(TYPES)
    named: dict[str, int] = {}
    for sign in signs:
        named[sign.kind] = named.get(sign.kind, 0) + 1
    for concept, times in named.items():
        factor = 1 + _AGAIN * min(times - 1, 3)
        for kind, weight in sayings.alone.get(concept, ()):
            scores[kind] += weight * factor
        for other, says in sayings.paired.get(concept, ()):
            if other in named:
                for kind, weight in says:
                    scores[kind] += weight
    return scores


@cache
def _strong(least: float) -> frozenset[str]:
    return frozenset(concept for concept, says in _sayings().alone.items() if max(w for _, w in says) >= least)


def may_reach(signs: Sequence[Sign], least: float) -> bool:
    """Whether the signs together speak that strongly for any type."""
    strong = _strong(least)
    return any(sign.kind in strong for sign in signs) or max(score(signs)) >= least


def best(scores: Scores, least: float) -> EventType | None:
    """The type that is spoken for most, if strongly enough."""
    most = max(scores)
    return TYPES[scores.index(most)] if most >= least else None
