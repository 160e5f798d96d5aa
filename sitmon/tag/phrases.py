"""A table of phrases that is asked at a place in a text: what begins, or ends, at this word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sitmon.tag.lemmas import lemmas
from sitmon.tag.lexemes import mark
from sitmon.tag.text import Words

_REMEMBERED: Final = 20_000
"""How many words' forms are kept: about 2 MB."""


class Phrases:
    """Folded phrases and what each of them means. The first word may be inflected; the longest phrase wins."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._meanings = dict(meanings)
        self._heads: dict[str, dict[str, int]] = {}
        """First word to the words that may be second, to the most words of a phrase that begins so."""
        self._tails: dict[str, int] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._mark = 0
        for phrase in meanings:
            words = phrase.split(" ")
            seconds = self._heads.setdefault(words[0], {})
            for word in words[1:2]:
                seconds[word] = max(seconds.get(word, 0), len(words))
            self._tails[words[-1]] = max(self._tails.get(words[-1], 0), len(words))

    def starting(self, folded: list[str], i: int) -> tuple[str, int]:
        """The meaning of the longest phrase that starts at word `i` and how many words it has; nothing and 0."""
        for form in self._known(folded[i]):
            most = self._heads[form].get(folded[i + 1], 1) if i + 1 < len(folded) else 1
            for n in range(min(most, len(folded) - i), 0, -1):
                meaning = self._meanings.get(form if n == 1 else " ".join((form, *folded[i + 1 : i + n])))
                if meaning is not None:
                    return meaning, n
        return "", 0

    def marked(self) -> Phrases:
        """These phrases, their first words marked, as `all` wants them. Once a process: marks are not taken back."""
        self._mark = mark(frozenset(self._heads) | {word + "s" for word in self._heads})
        return self

    def all(self, words: Words) -> list[tuple[int, int, str]]:
        """The phrases from left to right: first word, the word behind the last, and the meaning."""
        found: list[tuple[int, int, str]] = []
        latin = words.text.isascii()
        if latin and not words.marks & self._mark:
            return found
        end = 0
        for i, lexeme in enumerate(words.lexemes):
            if i < end or (not lexeme.marks & self._mark and (latin or not _has_cases(lexeme.word))):
                continue
            meaning, n = self.starting(words.folded, i)
            if n:
                end = i + n
                found.append((i, end, meaning))
        return found

    def ending(self, folded: list[str], i: int) -> tuple[str, int]:
        """As `starting`, of the phrases whose last word is the one before word `i`."""
        for n in range(min(self._tails.get(folded[i - 1], 1), i), 0, -1):
            for form in self._known(folded[i - n]):
                meaning = self._meanings.get(form if n == 1 else " ".join((form, *folded[i - n + 1 : i])))
                if meaning is not None:
                    return meaning, n
        return "", 0

    def _known(self, word: str) -> tuple[str, ...]:
        """The word, or the forms of which it may be a case, if phrases begin with them."""
        forms = self._forms.get(word)
        if forms is None:
            if len(self._forms) >= _REMEMBERED:
                self._forms.clear()
            forms = self._forms[word] = tuple(form for form in _forms(word) if form in self._heads)
        return forms


def _has_cases(word: str) -> bool:
    """Whether it is of a script whose words have more forms than their marks tell."""
    return ord(word[0]) > 0x370


def _forms(word: str) -> tuple[str, ...]:
    if _has_cases(word):
        return (word, *lemmas(word))
    # English and Romance plurals, German genitives: `Generalstabs`.
    return (word, word[:-1]) if word[-1] == "s" and len(word) > 5 else (word,)
