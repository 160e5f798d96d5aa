"""What kind of event a passage reports: each concept that its words name speaks for some types, and some in pairs.

The concepts, their words in each language and what they say stand in data/kinds.toml; nothing here knows a language.
A concept counts once per sentence, with a little more where it is named again.
"""

from __future__ import annotations

from typing import Final

from sitmon.model import EventType
from sitmon.tag.languages import table
from sitmon.tag.signs import Sign

TYPES: Final = tuple(EventType)
NUMBER: Final = {kind: n for n, kind in enumerate(TYPES)}
"""A kind is its number among `TYPES` while a text is read: an enum is slow as a key."""
OTHER: Final[int] = NUMBER[EventType.OTHER]
DIPLOMACY: Final[int] = NUMBER[EventType.DIPLOMACY]

Scores = list[float]
"""How strongly something speaks for each of `TYPES`."""

_AGAIN: Final = 0.2
"""What each further mention of a concept adds, in shares of the first; at most three count."""

_Weights = list[tuple[int, float]]


class _Concept:
    """What a concept says alone, and what together with each that it is paired with, whose `bit` is given."""

    __slots__ = ("alone", "bit", "most", "name", "paired", "pairs", "scores")

    def __init__(self, name: str, number: int, alone: _Weights) -> None:
        self.name, self.bit, self.alone = name, 1 << number, alone
        self.scores = [0.0] * len(TYPES)
        """What `alone` comes to."""
        for kind, weight in alone:
            self.scores[kind] += weight
        self.most = max(self.scores)
        self.pairs: list[tuple[int, _Weights]] = []
        self.paired = 0
        """The bits of all of `pairs`."""


_known: Final[dict[str, _Concept]] = {}


def _concepts() -> dict[str, _Concept]:
    """All concepts by name, read when first asked for."""
    if not _known:
        kinds = dict(table("kinds.toml"))
        pairs = kinds.pop("pairs")
        for number, name in enumerate(kinds):
            _known[name] = _Concept(name, number, _weights(kinds[name].get("says", "")))
        for pair, says in pairs.items():
            one, other = map(_known.__getitem__, pair.split())
            one.pairs.append((other.bit, _weights(says)))
            one.paired |= other.bit
    return _known


def _weights(says: str) -> _Weights:
    pairs = (part.partition("=") for part in says.split())
    return [(NUMBER[EventType(name)], float(weight)) for name, _, weight in pairs]


def score(signs: list[Sign]) -> Scores:
    """How strongly the signs of one sentence speak for each type; not to be changed."""
    known = _concepts()
    if len(signs) == 1:
        return known[signs[0].kind].scores
    named: list[_Concept] = []
    all_, repeated = 0, 0
    for sign in signs:
        concept = known[sign.kind]
        if all_ & concept.bit:
            repeated |= concept.bit
        else:
            named.append(concept)
        all_ |= concept.bit
    scores = [0.0] * len(TYPES)
    for concept in named:
        _add(scores, concept.alone, _emphasis(signs, concept.name) if repeated & concept.bit else 1.0)
        if all_ & concept.paired:
            for bit, says in concept.pairs:
                if all_ & bit:
                    _add(scores, says, 1.0)
    return scores


def _emphasis(signs: list[Sign], name: str) -> float:
    return 1 + _AGAIN * min(len([sign for sign in signs if sign.kind == name]) - 1, 3)


def _add(scores: Scores, weights: _Weights, factor: float) -> None:
    for kind, weight in weights:
        before: float = scores[kind]
        scores[kind] = before + weight * factor


def may_reach(signs: list[Sign], least: float) -> bool:
    """Whether the signs together speak that strongly for any type."""
    known = _concepts()
    return any(known[sign.kind].most >= least for sign in signs) or best(score(signs), least) is not None


def best(scores: Scores, least: float) -> int | None:
    """The number of the type that is spoken for most, if so strongly; `least` is above 0."""
    most, kind = 0.0, 0
    for number, score_ in enumerate(scores):
        if score_ > most:
            most, kind = score_, number
    return kind if most >= least else None
