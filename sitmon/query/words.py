"""Folding of words for search: case, accents and width gone, punctuation a space, every ideograph a word.

A folded text starts and ends with a space and holds exactly one between words, so that `" kidal " in folded` finds a
word, `" tin zaouatine " in folded` a phrase and `" convoy" in folded` a beginning, all at the speed of `str.find`.
An index that is to answer the query language must fold its words with `words`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_LETTERS: Final = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"} | {
    "ى": "ي",
    "ة": "ه",
    "ک": "ك",
    "ی": "ي",
    "ـ": "",
}
"""Letters that no decomposition makes plain, and the Arabic and Persian forms that keyboards mix up."""

_NO_SPACES: Final = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0x20000, 0x3134F),
)
"""Thai and Lao, Burmese, Kana, Han: written without spaces, so each character stands as a word."""

_MARKS: Final = (
    (0x0300, 0x036F),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
)
"""Accents, Hebrew points, Arabic vowels: dropped. Vowel signs of other scripts tell words apart and stay."""


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


class _Table(dict[int, str]):
    """What becomes of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _LETTERS:
            folded = _LETTERS[char]
        elif _within(code, _MARKS):
            folded = ""
        elif unicodedata.category(char)[0] not in "LNM":
            folded = " "
        else:
            folded = f" {char} " if _within(code, _NO_SPACES) else char
        self[code] = folded
        return folded


_TABLE: Final = _Table()
_ASCII: Final = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))


def _plain(text: str) -> str:
    if text.isascii():
        return text.encode().translate(_ASCII).decode()
    return unicodedata.normalize("NFKD", text).casefold().translate(_TABLE)


def words(text: str) -> list[str]:
    """The folded words of a text, in order: `Tin-Zaouatine, Mali` gives `tin zaouatine mali`."""
    return _plain(text).split()


def fold(text: str) -> str:
    """Folded words with one space around each; a single space when there are none."""
    return f" {' '.join(words(text))} " if text else " "


def begun(text: str) -> tuple[str, bool]:
    """The text without the star at its end, which leaves its last word open, and whether it had one."""
    plain = text.rstrip().rstrip("*")
    return (plain, True) if plain and plain != text.rstrip() else (text, False)


def needle(text: str, *, prefix: bool) -> str:
    """What to look for in a folded text: open at the end for a prefix."""
    wanted = fold(text)
    return wanted[:-1] if prefix else wanted


@lru_cache(
    maxsize=8192
)  # what one query has folded, the next finds: a screenful of items is asked about again and again
def folded(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=4096)
def _folded_char(char: str) -> str:
    return _plain(char)


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Each folded word with the offsets of the characters it comes from, for showing why something matched."""
    word, start, end = "", 0, 0
    for at, char in enumerate(text):
        plain = _folded_char(char)
        if plain.strip() != plain or " " in plain:
            if word:
                yield word, start, end
            word = ""
            yield from ((part, at, at + 1) for part in plain.split())
        elif plain:
            if not word:
                start = at
            word, end = word + plain, at + 1
        elif word:
            end = at + 1
    if word:
        yield word, start, end
