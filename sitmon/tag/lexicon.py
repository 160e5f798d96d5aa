"""One table from names to what they may mean: places and actors together, so that the longest name wins whoever has it.

A name is looked up by its key (`text.key`). Its senses say what it may stand for and what the text must show before
they are believed: capitals as written, more context, or nothing. They are of plain classes, for they are asked at every
word: compiled, an attribute costs a tenth of a named tuple's, and making one a fifth of a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Final, Literal, Protocol

from sitmon.model import RegionKind
from sitmon.tag import text
from sitmon.tag.lemmas import lemmas
from sitmon.tag.lexemes import Lexeme, Memo

CASED: Final = 1
"""An acronym: the text must have the very capitals of the alias."""
LOWER: Final = 2
"""May begin with a small letter, as adjectives and common nouns do."""
CONTEXT: Final = 4
"""Means nothing without something else in the text that points the same way."""

SURNAME: Final = 1
GIVEN: Final = 2
WORD: Final = 4
STOP: Final = 8
"""Risks: what else an alias is. STOP: hardly ever a place, unless its country stands behind it."""


class Place:
    """A place of the gazetteer. Ids are paths: `ML`, `ML.Kidal`, `ML.Kidal.Aguelhok`; areas are slugs."""

    __slots__ = ("country", "id", "kind", "lat", "lon", "name", "seat", "weight")

    def __init__(
        self,
        id: str,  # noqa: A002
        name: str,
        kind: RegionKind,
        country: str | None,
        lat: float | None,
        lon: float | None,
        weight: float,
        seat: str = "",
    ) -> None:
        self.id, self.name, self.kind, self.country, self.lat, self.lon = id, name, kind, country, lat, lon
        self.weight = weight
        """How likely its name means it when nothing else is known: log10 of inhabitants, more for seats of power."""
        self.seat = seat
        """`capital` of a country, `seat` of a first-level division, `town`, `district`; empty for no settlement."""


class Sense:
    """One thing that an alias may mean."""

    __slots__ = ("alias", "country", "flags", "form", "id", "owner", "place", "risk")

    def __init__(
        self,
        owner: Literal["place", "actor"],
        id: str,  # noqa: A002
        alias: str,
        form: str = "name",
        flags: int = 0,
        risk: int = 0,
        place: Place | None = None,
        country: str | None = None,
    ) -> None:
        self.owner, self.id, self.flags, self.place = owner, id, flags, place
        self.alias = alias
        """As it stands in the data."""
        self.form = form
        """What the alias is: `name`, `demonym`, `abbreviation`, `capital` …: the beginning of a mention's rule."""
        self.risk = risk
        """Bits: SURNAME, GIVEN, WORD, STOP; 0 for a name that means nothing else."""
        self.country = country
        """Of a place its country, of an actor its home."""


Senses = tuple[Sense, ...]


class Shelf(Protocol):
    """A packed table of aliases: what is too large to hold as objects."""

    def row(self, key: str) -> int | None:
        """The number of the row of that key."""

    def heads(self) -> Mapping[str, int]:
        """First words of aliases of several words, to the most words such an alias has."""

    def seconds(self) -> frozenset[str]:
        """Second words of aliases of several words."""

    def longest(self, beginning: str) -> int:
        """The most words of an alias that begins with these two; 0 when none does."""

    def small(self) -> frozenset[str]:
        """First words of aliases that may begin with a small letter."""

    def senses(self, key: str, row: int) -> Senses:
        """What the alias in that row may mean."""


class Names(Memo):
    """What a lexicon knows of a word."""

    __slots__ = ("begins", "forms", "inflects", "is_asked", "may_be_second", "may_be_small", "most", "senses")

    def __init__(
        self, owner: int, word: str, most: int, is_name: bool, may_be_small: bool, may_be_second: bool
    ) -> None:
        self.owner, self.most = owner, most
        """Of words in a name that it begins."""
        self.may_be_small = may_be_small
        """Whether a name may begin with it in small letters."""
        self.may_be_second = may_be_second
        """Whether it is the second word of a name."""
        self.inflects = word >= INFLECTED
        self.begins = is_name or most > 1 or self.inflects
        """Whether a name may begin with it."""
        self.forms: list[str] | None = None
        """Its dictionary forms that a name begins with, once they have been asked for."""
        self.senses: Senses | None = None
        """Of the word alone, once it has been asked for."""
        self.is_asked = False


INFLECTED: Final = "а"
"""From here on, words of Cyrillic and Arabic, whose ends and beginnings change."""
_NUMBERS: Final = count()
_REMEMBERED: Final = 8192
"""How many looked-up senses of the packed table are kept: about 4 MB."""


class Lexicon:
    """All names known. Not changed after it is made; what it remembers of the packed table is bounded."""

    def __init__(self, senses: Iterable[Sense], shelf: Shelf | None = None) -> None:
        self._number = next(_NUMBERS)
        self._shelf = shelf
        self._own: dict[str, Senses] = {}
        self._seen: dict[str, Senses] = {}
        self._beginnings: dict[str, int] = {}
        self._longest: dict[str, int] = {}
        self.heads: dict[str, int] = dict(shelf.heads()) if shelf else {}
        """First word of each name of several words, to the most words such a name has."""
        self.seconds: set[str] = set(shelf.seconds()) if shelf else set()
        """Second words of names of several words: most words cannot continue one."""
        self.small: set[str] = set(shelf.small()) if shelf else set()
        """First words of names that may begin with a small letter."""
        for sense in senses:
            self._add(sense)

    def _add(self, sense: Sense) -> None:
        words = text.key(sense.alias).split(" ")
        key = " ".join(words)
        self._own[key] = (*self._own.get(key, ()), sense)
        self.seconds.update(words[1:2])
        if len(words) > 1:
            beginning = " ".join(words[:2])
            self._beginnings[beginning] = max(len(words), self._beginnings.get(beginning, 0))
        if len(words) > self.heads.get(words[0], 1):
            self.heads[words[0]] = len(words)
        if sense.flags & LOWER:
            self.small.add(words[0])

    def names(self, lexeme: Lexeme) -> Names:
        """What is known of the word, looked up once."""
        names = lexeme.names
        if names is None or names.owner != self._number:
            word = lexeme.word
            names = Names(
                self._number,
                word,
                self.heads.get(word, 1),
                self._has(word),
                word in self.small,
                word in self.seconds,
            )
            lexeme.names = names
        assert isinstance(names, Names)
        return names

    def forms(self, lexeme: Lexeme) -> list[str]:
        """Of the word's dictionary forms those that a name begins with: few, where a Russian word may have ten."""
        names = self.names(lexeme)
        forms = names.forms
        if forms is None:
            every = lemmas(lexeme.word, keep_article=True)
            forms = names.forms = [form for form in every if form in self.heads or self._has(form)]
        return forms

    def _has(self, key: str) -> bool:
        return key in self._own or (self._shelf is not None and self._shelf.row(key) is not None)

    def senses(self, lexeme: Lexeme) -> Senses | None:
        """What the word alone may name."""
        names = self.names(lexeme)
        if not names.is_asked:
            names.senses, names.is_asked = self.find(lexeme.word), True
        return names.senses

    def longest(self, first: str, second: str) -> int:
        """The most words of a name that begins with these two; 1 when none does.

        `the` begins names of up to 14 words: asked for both words, most texts need not look up a single one of them.
        """
        beginning = f"{first} {second}"
        found = self._longest.get(beginning)
        if found is None:
            shipped = self._shelf.longest(beginning) if self._shelf else 0
            found = max(1, shipped, self._beginnings.get(beginning, 0))
            if len(self._longest) >= _REMEMBERED:
                self._longest.clear()
            self._longest[beginning] = found
        return found

    def find(self, key: str) -> Senses | None:
        """What the name with that key may mean, the project's own senses before the gazetteer's."""
        found = self._seen.get(key)
        if found is None:
            own, row = self._own.get(key), self._shelf.row(key) if self._shelf else None
            if row is None or self._shelf is None:
                return own
            found = (own or ()) + self._shelf.senses(key, row)
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[key] = found
        return found
