"""Words that mean something for what happened: finds the entries of the vocabulary files in a text.

An entry is `word`, `stem*` (any ending), `*part*` (within a compound), `two words`, `word _ word` (any one word
between) or `word ~ word` (up to three between); `word=value` gives it a value. Of entries that begin at one word the
longest wins; one that stands under several meanings has them all, in the order of the file.
What a word may begin is remembered with its lexeme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from sitmon.tag.languages import LANGUAGES, entries, table
from sitmon.tag.lemmas import lemmas
from sitmon.tag.lexemes import Lexeme, Memo
from sitmon.tag.text import Words, key

_SOURCES: Final[tuple[tuple[str, ...], ...]] = (
    ("kinds.toml",),
    ("counts.toml", "times.toml:unit", "times.toml:month"),
    ("times.toml",),
)
"""Files, or single tables of them, with the words for kinds of events, for figures and who says so, and for times."""

_REMEMBERED: Final = 30_000
"""Words that other languages have too, remembered per language: about 3 MB when full."""
_LONGEST: Final = 40
"""Letters; a longer word is none."""


class Span:
    """Words `first` to `last` (exclusive) of a text.

    A plain class, as all that derive from it: compiled, one is made in a fifth of the time of a dataclass.
    """

    __slots__ = ("first", "last")

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last


class Sign(Span):
    """Words that carry this meaning."""

    __slots__ = ("kind", "value")

    def __init__(self, first: int, last: int, kind: str, value: str) -> None:
        self.first, self.last, self.kind, self.value = first, last, kind, value


class Signs:
    """The first sign of each word, of signs that are in order."""

    __slots__ = ("_at",)

    def __init__(self, signs: list[Sign]) -> None:
        self._at: list[Sign | None] = [None] * (signs[-1].last if signs else 0)
        for sign in reversed(signs):
            for i in range(sign.first, sign.last):
                self._at[i] = sign

    def get(self, i: int) -> Sign | None:
        """The sign that word `i` is a part of, if any; every number may be asked for."""
        return self._at[i] if 0 <= i < len(self._at) else None

    def has(self, first: int, last: int) -> bool:
        """Whether any of words `first` to `last` (exclusive) is a part of one."""
        return any(self._at[i] is not None for i in range(first, min(last, len(self._at))))

    def between(self, first: int, last: int) -> list[Sign]:
        """Those that begin at words `first` to `last` (exclusive)."""
        found: list[Sign] = []
        for i in range(first, min(last, len(self._at))):
            sign = self._at[i]
            if sign is not None and sign.first == i:
                found.append(sign)
        return found


class _Phrase:
    """The words after the first, and what all mean."""

    __slots__ = ("kind", "rest", "value")

    def __init__(self, rest: tuple[str, ...], kind: str, value: str) -> None:
        self.rest, self.kind, self.value = rest, kind, value


class _Entry:
    """What may begin with one word: phrases by their second word or with a pattern for it, and the word alone."""

    __slots__ = ("alone", "by_second", "is_head", "may_harm", "patterned")

    def __init__(self, phrases: Sequence[_Phrase]) -> None:
        self.alone = tuple([phrase for phrase in phrases if not phrase.rest])
        self.patterned = tuple([phrase for phrase in phrases if phrase.rest and _is_pattern(phrase.rest[0])])
        exact: dict[str, list[_Phrase]] = {}
        for phrase in phrases:
            if phrase.rest and not _is_pattern(phrase.rest[0]):
                exact.setdefault(phrase.rest[0], []).append(phrase)
        self.by_second = {second: (*those, *self.patterned) for second, those in exact.items()}
        """With each second word all phrases that may match then: those with a pattern for it among them."""
        self.may_harm = any(phrase.kind == "harm" for phrase in phrases)
        self.is_head = not self.alone and not self.patterned
        """Nothing but the beginning of phrases, as most function words are."""

    def read(self, folded: list[str], i: int, signs: list[Sign]) -> None:
        """Adds what the longest phrase means that begins at word `i`, unless that is a part of the last sign."""
        if signs and i < signs[-1].last:
            return
        end, meanings = i + 1, self.alone
        phrases = self.by_second.get(folded[end], self.patterned) if end < len(folded) else self.patterned
        if phrases:
            end, meanings = self._longest(phrases, folded, end)
        for phrase in meanings:
            signs.append(Sign(i, end, phrase.kind, phrase.value))

    def _longest(self, phrases: tuple[_Phrase, ...], folded: list[str], after: int) -> tuple[int, tuple[_Phrase, ...]]:
        """Where the longest phrase ends whose second word is number `after`, and its meanings; else the word's own."""
        best, found = after, self.alone
        for phrase in phrases:
            last = _match(phrase.rest, folded, after)
            if last > best:
                best, found = last, (phrase,)
            elif last == best and last > after:
                found = (*found, phrase)
        return best, found


def _is_pattern(word: str) -> bool:
    return word[-1] in "*_~"


def _is_arabic(word: str) -> bool:
    return "ء" <= word[:1] <= "ي"


class _Words:
    """The words of one subject in one language."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        self._parts: list[tuple[str, _Phrase]] = []
        self._ranks = {kind: rank for rank, kind in enumerate(words)}
        for kind, those in words.items():
            for entry in those:
                self._add(kind, entry)
        self.shortest = min(map(len, self._stems), default=_LONGEST)
        self.beginnings = frozenset(self._exact) | {stem[: self.shortest] for stem in self._stems}

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

    def may_know(self, word: str) -> bool:
        """False for most words of languages that write nothing onto a word."""
        return (
            word in self.beginnings or word[: self.shortest] in self.beginnings or bool(self._parts) or _is_arabic(word)
        )

    def look_up(self, word: str) -> _Entry | None:
        """What may begin with the word, or with a form of it that Arabic writes a prefix onto."""
        found: list[_Phrase] = []
        for form in (word, *lemmas(word)) if _is_arabic(word) else (word,):
            found += self._exact.get(form, ())
            for n in range(len(form), self.shortest - 1, -1):
                found += self._stems.get(form[:n], ())
        found += [phrase for part, phrase in self._parts if part in word]
        if not found:
            return None
        ranked: dict[tuple[tuple[str, ...], str], _Phrase] = {}
        for phrase in sorted(found, key=lambda phrase: self._ranks[phrase.kind]):
            ranked.setdefault((phrase.rest, phrase.kind), phrase)
        return _Entry(tuple(ranked.values()))


class _Entries(Memo):
    """What may begin with one word, by subject."""

    __slots__ = ("counts", "kinds", "may_harm", "seconds", "times")

    def __init__(self, owner: int, kinds: _Entry | None, counts: _Entry | None, times: _Entry | None) -> None:
        self.owner = owner
        self.kinds, self.counts, self.times = kinds, counts, times
        self.may_harm = counts is not None and counts.may_harm
        known = [entry for entry in (kinds, counts, times) if entry is not None]
        self.seconds: frozenset[str] | None = None
        """The second words of all phrases, where the word alone means nothing: most function words are such."""
        if all(entry.is_head for entry in known):
            self.seconds = frozenset(word for entry in known for word in entry.by_second)


class Vocabulary:
    """All words of one language. Not changed after it is made, but for what it remembers."""

    def __init__(self, language: str) -> None:
        kinds, counts, times = [_Words(_of_language(language, sources)) for sources in _SOURCES]
        self._words = kinds, counts, times
        self._number = LANGUAGES.index(language)
        self._nothing = _Entries(self._number, None, None, None)
        self._shared: dict[str, _Entries] = {}
        """Of words that other languages have too."""

    def hits(self, words: Words) -> Hits:
        """The words of a text that may begin an entry."""
        hits = Hits(self, words)
        for i, lexeme in enumerate(words.lexemes):
            entries = self.entries(lexeme)
            if entries is not self._nothing:
                hits.add(i, entries)
        return hits

    def entries(self, lexeme: Lexeme) -> _Entries:
        """What may begin with the word."""
        known = lexeme.entries
        if known is None or known.owner != self._number:
            return self._learn(lexeme)
        assert isinstance(known, _Entries)
        return known

    def _learn(self, lexeme: Lexeme) -> _Entries:
        if lexeme.entries is None:
            entries = self._look_up(lexeme.word)
            lexeme.entries = entries
            return entries
        known = self._shared.get(lexeme.word)
        if known is None:
            if len(self._shared) >= _REMEMBERED:
                self._shared.clear()
            known = self._shared[lexeme.word] = self._look_up(lexeme.word)
        return known

    def _look_up(self, word: str) -> _Entries:
        if len(word) > _LONGEST:
            return self._nothing
        kinds, counts, times = self._words
        of_kind = kinds.look_up(word) if kinds.may_know(word) else None
        of_count = counts.look_up(word) if counts.may_know(word) else None
        of_time = times.look_up(word) if times.may_know(word) else None
        if not of_kind and not of_count and not of_time:
            return self._nothing
        return _Entries(self._number, of_kind, of_count, of_time)


class Hits:
    """The signs of a text by subject, in order; only the several meanings of one phrase overlap."""

    __slots__ = ("_folded", "_lexemes", "_vocabulary", "kinds", "may_harm", "times")

    def __init__(self, vocabulary: Vocabulary, words: Words) -> None:
        self._vocabulary, self._folded, self._lexemes = vocabulary, words.folded, words.lexemes
        self.kinds: list[Sign] = []
        self.times: list[Sign] = []
        self.may_harm = False
        """Whether the text may hold a word for a harm."""

    def add(self, i: int, entries: _Entries) -> None:
        """What word `i` may begin; the words come in order."""
        self.may_harm = self.may_harm or entries.may_harm
        seconds = entries.seconds
        if seconds is not None and (i + 1 == len(self._folded) or self._folded[i + 1] not in seconds):
            return
        if entries.kinds is not None:
            entries.kinds.read(self._folded, i, self.kinds)
        if entries.times is not None:
            entries.times.read(self._folded, i, self.times)

    def counts(self) -> list[Sign]:
        """The signs of figures, which few texts are asked for."""
        signs: list[Sign] = []
        for i, lexeme in enumerate(self._lexemes):
            entry = self._vocabulary.entries(lexeme).counts
            if entry is not None:
                entry.read(self._folded, i, signs)
        return signs


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of one language, and those that all share (`any`)."""
    return Vocabulary(language)


def read_files() -> None:
    """Read the vocabulary files (two thirds of a tenth of a second), which else the first text waits for."""
    for sources in _SOURCES:
        for source in sources:
            table(source.partition(":")[0])


def _of_language(language: str, sources: Iterable[str]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for source in sources:
        name, _, only = source.partition(":")
        for kind, by in table(name).items():
            if only in {"", kind}:
                words.setdefault(kind, []).extend(entries(f"{by.get(language, '')},{by.get('any', '')}"))
    return words


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


def _match(rest: tuple[str, ...], folded: list[str], i: int) -> int:
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
