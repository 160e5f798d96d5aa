"""Words that mean something for what happened: finds the entries of a vocabulary file in a text.

A vocabulary file is TOML. It names, for each meaning and language, the words that carry it, separated by commas:
`word`, `stem*` (any ending), `*part*` (within a compound), `two words`, `word _ word` (any one word between) and
`word ~ word` (up to three between). `word=value` gives the entry a value. Of entries that begin at one word the longest
wins; one that stands under several meanings has them all, in the order of the file.
Lookups are remembered by word, so that a text costs about one dictionary access a word; what is remembered is bounded.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sitmon.tag.text import fold, key, lemmas

LANGUAGES = ("en", "fr", "es", "pt", "de", "ar", "ru", "uk", "zh")

_REMEMBERED = 20_000
"""Words remembered per vocabulary and language: about 2 MB when full."""
_LONGEST = 40
"""Letters; a longer word is none."""


class Sign(NamedTuple):
    """Words `first` to `last` (exclusive) of a text carry this meaning."""

    first: int
    last: int
    kind: str
    value: str


class _Phrase(NamedTuple):
    rest: tuple[str, ...]
    kind: str
    value: str


_Entry = tuple[_Phrase, ...]
"""Phrases that begin with one word, the longest first; a single word is a phrase without rest."""


class Vocabulary:
    """The words of one language. Not changed after it is made, but for what it remembers."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        self._parts: list[tuple[str, _Phrase]] = []
        self._seen: dict[str, _Entry | None] = {}
        self._ranks = {kind: rank for rank, kind in enumerate(words)}
        for kind, entries in words.items():
            for entry in entries:
                self._add(kind, entry)
        self._shortest = min(map(len, self._stems), default=_LONGEST)

    def _add(self, kind: str, entry: str) -> None:
        pattern, _, value = entry.partition("=")
        head, *rest = _pattern(pattern)
        phrase = _Phrase(tuple(rest), kind, value)
        if head.startswith("*"):
            self._parts.append((head.strip("*"), phrase))
        elif head.endswith("*"):
            self._stems.setdefault(head[:-1], []).append(phrase)
        else:
            self._exact.setdefault(head, []).append(phrase)

    def find(self, folded: Sequence[str]) -> list[Sign]:
        """The signs in the words of a text, in order; only the several meanings of one phrase overlap."""
        signs: list[Sign] = []
        seen, end = self._seen, 0
        for i, word in enumerate(folded):
            try:
                entry = seen[word]
            except KeyError:
                entry = self._remember(word)
            if entry is None or i < end:
                continue
            for phrase in entry:
                last = _match(phrase.rest, folded, i + 1) if phrase.rest else i + 1
                if last >= end and last:
                    signs.append(Sign(i, last, phrase.kind, phrase.value))
                    end = last
                elif end > i:
                    break
        return signs

    def _remember(self, word: str) -> _Entry | None:
        entry = self._look_up(word) if len(word) <= _LONGEST else None
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[word] = entry
        return entry

    def _look_up(self, word: str) -> _Entry | None:
        found: list[_Phrase] = []
        for form in (word, *lemmas(word)) if "ء" <= word[:1] <= "ي" else (word,):
            found += self._exact.get(form, ())
            for n in range(len(form), self._shortest - 1, -1):
                found += self._stems.get(form[:n], ())
        found += [phrase for part, phrase in self._parts if part in word]
        ranked = sorted(found, key=lambda phrase: (-len(phrase.rest), self._ranks[phrase.kind]))
        return tuple({(phrase.rest, phrase.kind): phrase for phrase in ranked}.values()) or None


def _pattern(phrase: str) -> list[str]:
    words = []
    for word in phrase.split():
        if word in "_~":
            words.append(word)
            continue
        parts = key(word).split(" ")
        parts[0] = "*" * word.startswith("*") + parts[0]
        parts[-1] += "*" * word.endswith("*")
        words += parts
    return words


def _match(rest: tuple[str, ...], folded: Sequence[str], i: int) -> int:
    """Where the phrase ends when its rest stands at word `i`, else 0."""
    for at, pattern in enumerate(rest):
        if pattern == "~":
            tail = rest[at + 1 :]
            return next((end for skip in range(4) if (end := _match(tail, folded, i + skip))), 0)
        if i >= len(folded):
            return 0
        word = folded[i]
        if pattern[-1] == "*":
            if not word.startswith(pattern[:-1]):
                return 0
        elif word != pattern and pattern != "_":
            return 0
        i += 1
    return i


def entries(text: str) -> list[str]:
    """The entries of one value of a vocabulary file."""
    return [entry for part in text.split(",") if (entry := " ".join(part.split()))]


@cache
def table(name: str) -> Mapping[str, Any]:
    """A vocabulary file of sitmon's data folder."""
    return tomllib.loads((files("sitmon") / "data" / name).read_text(encoding="utf-8"))


@cache
def vocabulary(language: str, *sources: str) -> Vocabulary:
    """One language's words of the files, or of one meaning in a file (`times.toml:unit`), and those that all share."""
    words: dict[str, list[str]] = {}
    for source in sources:
        name, _, only = source.partition(":")
        for kind, by in table(name).items():
            if only in {"", kind}:
                words.setdefault(kind, []).extend(entries(f"{by.get(language, '')},{by.get('any', '')}"))
    return Vocabulary(words)


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
def _common() -> Mapping[str, tuple[str, ...]]:
    """Function words, to the languages that have them."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in table("functions.toml")["common"].items():
        for word in entries(words):
            found[fold(word)] = (*found.get(fold(word), ()), language)
    return found


_UKRAINIAN = frozenset("іїєґ")


def language_of(folded: Sequence[str], stated: str | None) -> str:
    """Which language's words to use: what the text's function words say; a stated language counts for two of them."""
    script = _script(folded)
    if script in {"ar", "zh"}:
        return script
    common = _common()
    votes = Counter(language for word in folded[:80] for language in common.get(word, ()))
    if stated and (known := stated[:2].lower()) in LANGUAGES:
        votes[known] += 2
    if script == "ru":
        letters = _UKRAINIAN.intersection("".join(folded[:80]))
        return "uk" if letters and votes["uk"] >= votes["ru"] else "ru"
    fitting = [language for language in _LATIN if votes[language]]
    return max(fitting, key=lambda language: votes[language], default="en")


_LATIN = ("en", "fr", "es", "pt", "de")


def _script(folded: Sequence[str]) -> str:
    """`ar`, `ru` (Cyrillic), `zh` or `en` (Latin and all others): the script that most of the first words begin in."""
    firsts = Counter(_script_of(word[0]) for word in folded[:40])
    return max(firsts, key=lambda script: (firsts[script], script != "en"), default="en")


def _script_of(char: str) -> str:
    if "ء" <= char <= "ي":
        return "ar"
    if "а" <= char <= "ӿ":
        return "ru"
    return "zh" if "\u3400" <= char <= "\u9fff" else "en"
