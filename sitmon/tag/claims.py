"""Who claims what a sentence tells: `according to a CSP press release`, `the ministry said`, `…: police`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sitmon.tag.numbers import Signs
from sitmon.tag.text import Words

_REACH: Final = 8
"""Words between the one who says it and the word for saying."""


class Named(NamedTuple):
    """An actor named in words `first` to `last` (exclusive) of a text."""

    first: int
    last: int
    id: str


def claimant(words: Words, signs: Signs, first: int, last: int, actors: Sequence[Named]) -> str | None:
    """The actor's id, else an English word such as `officials`; None where the text itself claims it."""
    return next(_claimants(words, signs, first, last, actors), None)


def _claimants(words: Words, signs: Signs, first: int, last: int, actors: Sequence[Named]) -> Iterator[str]:
    for i in range(first, last) if signs else ():
        sign = signs.get(i)
        if sign is None or sign.first != i:
            continue
        if sign.kind == "according" and (found := _nearest(words, signs, range(sign.last, last), actors)):
            yield found
        if sign.kind in {"saying", "according"} and (found := _speaker(words, signs, i, first, last, actors)):
            yield found
    if words.field == "title" and (found := _signature(words, signs, first, last, actors)):
        yield found


def _speaker(words: Words, signs: Signs, i: int, first: int, last: int, actors: Sequence[Named]) -> str | None:
    """The subject before the verb, or the one after it: `officials said`, `said a spokesman`."""
    before = _nearest(words, signs, range(i - 1, first - 1, -1), actors)
    return before or _nearest(words, signs, range(i + 1, min(last, i + 5)), actors)


def _nearest(words: Words, signs: Signs, where: range, actors: Sequence[Named]) -> str | None:
    """The first actor or speaker on the way, not past the edge of the clause."""
    generic = None
    for i in where[:_REACH]:
        found = next((actor.id for actor in actors if actor.first <= i < actor.last), None)
        if found:
            return found
        sign = signs.get(i)
        if sign and sign.kind == "speaker":
            generic = generic or sign.value
        edge = i if where.step > 0 else i + 1
        if i != where[0] and edge < len(words) and any(mark in words.gap(edge) for mark in ",;:.،"):
            break
    return generic


def _signature(words: Words, signs: Signs, first: int, last: int, actors: Sequence[Named]) -> str | None:
    """The source at the end of a headline, or before its colon: `Two killed: police`, `Kyiv says - ministry`."""
    for i in range(last - 1, max(first, last - 5), -1):
        if ":" in words.gap(i) or words.gap(i).strip() in {"-", "–", "—"}:
            return _nearest(words, signs, range(i, last), actors)
    return None
