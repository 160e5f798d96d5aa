"""The vocabulary files, their function words, and which language a text is in.

A file of words is TOML: one table a meaning, one key a language, a value of words separated by commas (`signs` has the
form of an entry). Languages share one table of the names of meanings, so a rule about meanings holds in all of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sitmon.tag.lexemes import Lexeme, mark
from sitmon.tag.text import fold

LANGUAGES: Final = ("en", "fr", "es", "pt", "de", "ar", "ru", "uk", "zh")
_LATIN: Final = 5
"""How many of them, the first, have Latin letters."""


def entries(text: str) -> list[str]:
    """The entries of one value of a vocabulary file."""
    return [entry for part in text.split(",") if (entry := " ".join(part.split()))]


@cache
def table(name: str) -> Mapping[str, Any]:
    """A vocabulary file of sitmon's data folder."""
    return tomllib.loads((files("sitmon") / "data" / name).read_text(encoding="utf-8"))


@cache
def function_words(use: str) -> frozenset[str]:
    """The function words of all languages for one use, folded."""
    return frozenset(fold(word) for words in table("functions.toml")[use].values() for word in entries(words))


@cache
def numerals(use: str = "small") -> Mapping[str, int]:
    """One to ten in words (`small`), days of a month (`ordinal`) and the tens beside them (`tens`)."""
    pairs = (entry.partition("=") for words in table("functions.toml")[use].values() for entry in entries(words))
    return {fold(word): int(value) for word, _, value in pairs}


def _common(language: str) -> frozenset[str]:
    """The commonest words of the language."""
    return frozenset(map(fold, entries(table("functions.toml")["common"].get(language, ""))))


_COMMON: Final = [mark(_common(language)) for language in LANGUAGES]
_ANY: Final = sum(_COMMON)
_ENGLISH: Final = _COMMON[0]
_RU: Final = LANGUAGES.index("ru")
_UK: Final = LANGUAGES.index("uk")
_UKRAINIAN: Final = "іїєґ"
_RUSSIAN: Final = "ыэъ"
"""Letters that the other one does not have."""
_STATED: Final = 2
"""For how many function words it counts that the feed states the language."""


def language_of(words: list[Lexeme], stated: str | None) -> str:
    """Which language's words to use: the one whose function words the text has most of, else the stated one."""
    script = _script(words[:24])
    if script in {"ar", "zh"}:
        return script
    votes = _votes(words[:80])
    if stated and (known := stated[:2].lower()) in LANGUAGES:
        votes[LANGUAGES.index(known)] += _STATED
    if script == "ru":
        text = "".join([lexeme.word for lexeme in words[:80]])
        ukrainian = _has_any(text, _UKRAINIAN) or (votes[_UK] > votes[_RU] and not _has_any(text, _RUSSIAN))
        return "uk" if ukrainian and votes[_UK] >= votes[_RU] else "ru"
    best = 0
    for number in range(1, _LATIN):
        if votes[number] > votes[best]:
            best = number
    return LANGUAGES[best]


def _has_any(text: str, letters: str) -> bool:
    return any(letter in text for letter in letters)


def _votes(words: list[Lexeme]) -> list[int]:
    """How many of the commonest words of each language stand there."""
    votes, counted = [0] * len(LANGUAGES), set[str]()
    english = 0
    for lexeme in words:
        common = lexeme.marks & _ANY
        if not common or lexeme.word in counted:
            continue
        counted.add(lexeme.word)
        if common == _ENGLISH:
            english += 1
            continue
        for number, bit in enumerate(_COMMON):
            if common & bit:
                votes[number] += 1
    votes[0] += english
    return votes


def _script(words: list[Lexeme]) -> str:
    """`ar`, `ru` (Cyrillic), `zh` or `en` (Latin and all others): the script that most of the words begin in."""
    if all(_is_latin(lexeme.word) for lexeme in words):
        return "en"
    firsts: dict[str, int] = {}
    for lexeme in words:
        if not lexeme.word[0].isdigit():
            script = _script_of(lexeme.word)
            firsts[script] = firsts.get(script, 0) + 1
    return max(firsts, key=lambda script: (firsts[script], script != "en"), default="en")


def _is_latin(word: str) -> bool:
    return ord(word[0]) < 0x300


def _script_of(word: str) -> str:
    if _is_latin(word):
        return "en"
    if "ء" <= word[0] <= "ي":
        return "ar"
    if "а" <= word[0] <= "ӿ":
        return "ru"
    return "zh" if "\u3400" <= word[0] <= "\u9fff" else "en"
