"""Who claims what a sentence tells: `according to a CSP press release`, `the ministry said`, `…: police`."""

from __future__ import annotations

from typing import Final

from sitmon.tag.signs import Signs, Span
from sitmon.tag.text import Words

_REACH: Final = 8
"""Words between the one who says it and the word for saying."""


class Named(Span):
    """An actor named in these words."""

    __slots__ = ("id",)

    def __init__(self, first: int, last: int, id_: str) -> None:
        self.first, self.last, self.id = first, last, id_


def claimant(words: Words, signs: Signs, first: int, last: int, actors: list[Named]) -> str | None:
    """The actor's id, else an English word such as `officials`; None where the text itself claims it."""
    for sign in signs.between(first, last):
        found = None
        if sign.kind == "according":
            found = _nearest(words, signs, sign.last, last, actors)
        if not found and sign.kind in {"saying", "according"}:
            found = _speaker(words, signs, sign.first, first, last, actors)
        if found:
            return found
    return _signature(words, signs, first, last, actors) if words.field == "title" else None


def _speaker(words: Words, signs: Signs, i: int, first: int, last: int, actors: list[Named]) -> str | None:
    """The subject before the verb, or the one after it: `officials said`, `said a spokesman`."""
    before = _nearest(words, signs, i - 1, first - 1, actors, step=-1)
    return before or _nearest(words, signs, i + 1, min(last, i + 5), actors)


def _nearest(words: Words, signs: Signs, first: int, end: int, actors: list[Named], step: int = 1) -> str | None:
    """The first actor or speaker on the way from word `first`, not past the edge of the clause nor up to `end`."""
    generic = None
    for n in range(min(_REACH, (end - first) * step)):
        i = first + n * step
        for actor in actors:
            if actor.first <= i < actor.last:
                return actor.id
        sign = signs.get(i)
        if sign is not None and sign.kind == "speaker":
            generic = generic or sign.value
        if n and _is_edge(words, i if step > 0 else i + 1):
            break
    return generic


_EDGES: Final = frozenset(",;:.،")


def _is_edge(words: Words, i: int) -> bool:
    """Whether a clause ends before word `i`."""
    gap = words.gap(i) if i < len(words) else " "
    return gap != " " and not _EDGES.isdisjoint(gap)


def _signature(words: Words, signs: Signs, first: int, last: int, actors: list[Named]) -> str | None:
    """The source at the end of a headline, or before its colon: `Two killed: police`, `Kyiv says - ministry`."""
    for i in range(last - 1, max(first, last - 5), -1):
        gap = words.gap(i)
        if gap != " " and (":" in gap or gap.strip() in {"-", "–", "—"}):
            return _nearest(words, signs, i, last, actors)
    return None
