"""The vocabulary files, their function words, and which language a text is in.

A file of words is TOML: one table a meaning, one key a language, a value of words separated by commas (`signs` has the
form of an entry). Languages share one table of the names of meanings, so a rule about meanings holds in all of them.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sitmon.tag.text import fold

LANGUAGES: Final = ("en", "fr", "es", "pt", "de", "ar", "ru", "uk", "zh")
_LATIN: Final = LANGUAGES[:5]


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
def numerals() -> Mapping[str, int]:
    """One to ten in words."""
    pairs = (entry.partition("=") for words in table("functions.toml")["small"].values() for entry in entries(words))
    return {fold(word): int(value) for word, _, value in pairs}


@cache
def _common() -> Mapping[str, tuple[int, ...]]:
    """The commonest words of each language, to the numbers in `LANGUAGES` of those that have them."""
    found: dict[str, tuple[int, ...]] = {}
    for language, words in table("functions.toml")["common"].items():
        for word in map(fold, entries(words)):
            found[word] = (*found.get(word, ()), LANGUAGES.index(language))
    return found


_UKRAINIAN: Final = frozenset("іїєґ")
_RUSSIAN: Final = frozenset("ыэъ")
"""Letters that the other one does not have."""
_STATED: Final = 2
"""For how many function words it counts that the feed states the language."""


def language_of(folded: Sequence[str], stated: str | None) -> str:
    """Which language's words to use: the one whose function words the text has most of, else the stated one."""
    script = _script(folded)
    if script in {"ar", "zh"}:
        return script
    words, common, counts = set(folded[:80]), _common(), [0] * len(LANGUAGES)
    for word in words:
        if word in common:
            for number in common[word]:
                counts[number] += 1
    votes = dict(zip(LANGUAGES, counts, strict=True))
    if stated and (known := stated[:2].lower()) in votes:
        votes[known] += _STATED
    if script == "ru":
        letters = set("".join(words))
        ukrainian = _UKRAINIAN & letters or (votes["uk"] > votes["ru"] and not _RUSSIAN & letters)
        return "uk" if ukrainian and votes["uk"] >= votes["ru"] else "ru"
    best = "en"
    for language in _LATIN:
        if votes[language] > votes[best]:
            best = language
    return best


def _script(folded: Sequence[str]) -> str:
    """`ar`, `ru` (Cyrillic), `zh` or `en` (Latin and all others): the script that most of the first words begin in."""
    if "".join(folded[:24]).isascii():
        return "en"
    firsts = Counter(_script_of(word) for word in folded[:24] if word and not word[0].isdigit())
    return max(firsts, key=lambda script: (firsts[script], script != "en"), default="en")


def _script_of(word: str) -> str:
    if word < "\u0300":
        return "en"
    if "ء" <= word[0] <= "ي":
        return "ar"
    if "а" <= word[0] <= "ӿ":
        return "ru"
    return "zh" if "\u3400" <= word[0] <= "\u9fff" else "en"
