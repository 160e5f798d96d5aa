"""Words for searching: folded so that case, accents and compatibility forms make no difference.

Scripts that put no blank between words (Han, kana, Thai, Lao, Khmer, Burmese) and Hangul, whose particles cling to
words, are indexed by single letters and pairs, so a word is found wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+")
_RUNS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+")
LONGEST = 48
"""Letters of a word that count; longer ones are noise, or a way to fill the disk."""


def fold(text: str) -> str:
    """Lower case without accents, vowel points and the like."""
    if text.isascii():
        return text.lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).casefold()


def indexed(text: str) -> set[str]:
    """The words under which a text is found."""
    words, runs = _parts(text)
    for run in runs:
        words.update(run)
        words.update(_pairs(run))
    return words


def asked(text: str) -> set[str]:
    """The indexed words that a text must have to contain this one; more than one where the script has no blanks."""
    words, runs = _parts(text)
    for run in runs:
        words.update(_pairs(run) if len(run) > 1 else run)
    return words


def _parts(text: str) -> tuple[set[str], list[str]]:
    folded = fold(text)
    runs = [] if folded.isascii() else _RUNS.findall(folded)
    spaced = _RUNS.sub(" ", folded) if runs else folded
    return {word[:LONGEST] for word in _WORD.findall(spaced)}, runs


def _pairs(run: str) -> Iterator[str]:
    return (run[i : i + 2] for i in range(len(run) - 1))
