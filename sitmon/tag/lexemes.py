"""Words as the tables know them: each is looked up once, and what it is stays with it from text to text.

A text of 400 letters has some seventy words, of which nine in ten stood in the texts before. Asking a dozen tables of
each of them again took a fifth of the tagger's time, most of it spent waiting for memory.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Final

_REMEMBERED: Final = 30_000
"""Lexemes: about 6 MB."""
_LONGEST: Final = 40
"""Letters of a lexeme that is remembered: what is longer is no word, and thousands of them would fill the memory."""


class Memo:
    """What one of several tables, such as a language's vocabulary, knows of a word."""

    __slots__ = ("owner",)

    def __init__(self, owner: int) -> None:
        self.owner = owner
        """The number of the table."""


class Lexeme:
    """A folded word."""

    __slots__ = ("entries", "marks", "names", "number", "word")

    def __init__(self, word: str, marks: int, number: int) -> None:
        self.word, self.marks = word, marks
        self.number = number
        """What it comes to where it is one in digits, else -1."""
        self.names: Memo | None = None
        """The memo of the lexicon that was asked last."""
        self.entries: Memo | None = None
        """The memo of the vocabulary that was asked first."""


_DIGITS: Final = re.compile(r"[وفبلك]?([0-9]{1,9})(?:s|ه)?$")
"""A number. And, so, by, to, as: Arabic writes them onto digits."""

_bits: Final = count()
_marks: Final[dict[str, int]] = {}
_known: Final[dict[str, Lexeme]] = {}

IN_DIGITS: Final[int] = 1 << next(_bits)
"""The mark of short words that begin with a digit: days, years, hours."""
_LONGEST_DAY: Final = 5
"""Letters of such a word: `2024г`."""


def mark(words: frozenset[str]) -> int:
    """The bit of `Lexeme.marks` that those words have from now on. For lists that every text is asked about."""
    bit: int = 1 << next(_bits)
    for word in words:
        _marks[word] = _marks.get(word, 0) | bit
    _known.clear()
    return bit


def lexemes(folded: list[str]) -> list[Lexeme]:
    """The lexemes of a text's words."""
    return [_known.get(word) or _learn(word) for word in folded]


def _learn(word: str) -> Lexeme:
    digits = _DIGITS.match(word)
    marks = _marks.get(word, 0)
    if "0" <= word[:1] <= "9" and len(word) <= _LONGEST_DAY:
        marks |= IN_DIGITS
    lexeme = Lexeme(word, marks, int(digits[1]) if digits else -1)
    if len(word) <= _LONGEST:
        if len(_known) >= _REMEMBERED:
            _known.clear()
        _known[word] = lexeme
    return lexeme


def marks_of(known: list[Lexeme]) -> int:
    """The marks that any of them has."""
    marks = 0
    for lexeme in known:
        marks |= lexeme.marks
    return marks
