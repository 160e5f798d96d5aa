"""What kind of event a passage reports: each concept that its words name speaks for some types, and some in pairs.

The concepts, their words in each language and what they say stand in data/kinds.toml; nothing here knows a language.
A concept counts once per sentence, with a little more where it is named again.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from sitmon.model import EventType
from sitmon.tag.languages import table
from sitmon.tag.signs import Sign

TYPES: Final = tuple(EventType)
NUMBER: Final = {kind: n for n, kind in enumerate(TYPES)}

Scores = list[float]
"""How strongly something speaks for each of `TYPES`; plain numbers, for an enum is slow as a key."""

_AGAIN: Final = 0.2
"""What each further mention of a concept adds, in shares of the first; at most three count."""

_Weights = list[tuple[int, float]]


class _Concept:
    """What a concept says alone, and what together with each that it is paired with, whose `bit` is given."""

    __slots__ = ("alone", "bit", "most", "pairs", "scores")

    def __init__(self, number: int, alone: _Weights) -> None:
        self.bit, self.alone = 1 << number, alone
        self.scores = [0.0] * len(TYPES)
        """What `alone` comes to."""
        for kind, weight in alone:
            self.scores[kind] += weight
        self.most = max(self.scores)
        self.pairs: list[tuple[int, _Weights]] = []


@cache
def _concepts() -> dict[str, _Concept]:
    kinds = dict(table("kinds.toml"))
    pairs = kinds.pop("pairs")
    concepts = {name: _Concept(n, _weights(kinds[name].get("says", ""))) for n, name in enumerate(kinds)}
    for pair, says in pairs.items():
        one, other = pair.split()
        concepts[one].pairs.append((concepts[other].bit, _weights(says)))
    return concepts


def _weights(says: str) -> _Weights:
    pairs = (part.partition("=") for part in says.split())
    return [(NUMBER[EventType(name)], float(weight)) for name, _, weight in pairs]


def score(signs: list[Sign]) -> Scores:
    """How strongly the signs of one sentence speak for each type; not to be changed."""
    known = _concepts()
    if len(signs) == 1:
        return known[signs[0].kind].scores
    scores = [0.0] * len(TYPES)
    named = [known[sign.kind] for sign in signs]
    all_, counted = 0, 0
    for concept in named:
        all_ |= concept.bit
    for concept in named:
        if counted & concept.bit:
            continue
        counted |= concept.bit
        factor = 1 + _AGAIN * min(named.count(concept) - 1, 3)
        for kind, weight in concept.alone:
            scores[kind] += weight * factor
        for bit, says in concept.pairs:
            if all_ & bit:
                for kind, weight in says:
                    scores[kind] += weight
    return scores


def may_reach(signs: list[Sign], least: float) -> bool:
    """Whether the signs together speak that strongly for any type."""
    known = _concepts()
    return any(known[sign.kind].most >= least for sign in signs) or best(score(signs), least) is not None


def best(scores: Scores, least: float) -> EventType | None:
    """The type that is spoken for most, if so strongly; `least` is above 0."""
    most, kind = 0.0, 0
    for number, score_ in enumerate(scores):
        if score_ > most:
            most, kind = score_, number
    return TYPES[kind] if most >= least else None
