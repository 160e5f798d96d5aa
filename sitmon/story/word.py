"""A word as stories compare it: everything that is asked of it is worked out once, whichever item says it.

What it stands for is held as keys of the index: `w:` and its stem, `n:` and its skeleton, `t:` and a concept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final
from zlib import crc32

from sitmon.story import concepts, phrases, spelling


@dataclass(frozen=True, slots=True)
class Word:
    stem: str
    """Empty for a word too short to tell anything."""
    name: str
    """Empty for one that is no name."""
    things: frozenset[str]
    sum: int
    """Check sum of the word without case and accents, of 30 bits: compiled, larger numbers are multiplied slowly."""
    signs: int
    """What a text that holds it may say of itself: `phrases.signs`."""


KEPT: Final = 32768
"""Words remembered, in about 15 MB; with more, all are forgotten, and the frequent ones soon known again."""
_known: dict[str, Word] = {}


def _look(word: str) -> Word:
    bare = spelling.bare(word)
    stem = spelling.stem(bare)
    name = spelling.skeleton(bare) if spelling.may_name(word) else ""
    return Word(
        f"w:{stem}" if stem else "",
        f"n:{name}" if name else "",
        frozenset([f"t:{concept}" for concept in concepts.of_word(bare)]),
        crc32(spelling.plain(word).encode()) & 0x3FFFFFFF,
        phrases.signs(word.lower()),
    )


def read(text: str) -> list[Word]:
    """The words of a text, in order."""
    found: list[Word] = []
    known = _known
    for word in spelling.words(text):
        one = known.get(word)
        if one is None:
            if len(known) >= KEPT:
                known.clear()
            one = known[word] = _look(word)
        found.append(one)
    return found


def signs(said: list[Word]) -> int:
    found = 0
    for word in said:
        found |= word.signs
    return found


def stems(said: list[Word]) -> set[str]:
    return {word.stem for word in said if word.stem}


def names(said: list[Word]) -> set[str]:
    return {word.name for word in said if word.name}


def things(said: list[Word]) -> set[str]:
    found: set[str] = set()
    for word in said:
        if word.things:
            found |= word.things
    return found


@cache
def targets() -> frozenset[str]:
    """The things that get hit."""
    return frozenset([f"t:{concept}" for concept in concepts.targets()])
