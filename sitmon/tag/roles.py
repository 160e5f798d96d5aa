"""A country's name beside a word for its forces or authorities: `Malian soldiers`, `l'armée malienne`, `армия Мали`.

In English, German, Russian, Ukrainian and Chinese the word follows the name; in French, Spanish, Portuguese and Arabic,
and in Russian and Ukrainian with a noun, it stands before it, with or without `of`. The words are in `data/roles.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from sitmon.tag.phrases import Phrases
from sitmon.tag.text import Words, key
from sitmon.tag.wordlists import wordlist

KINDS: Final[Mapping[str, str]] = {"mil": "military", "police": "police", "gov": "state", "rebels": "armed_group"}
"""Kinds of actor that the roles make."""

NAMES: Final[Mapping[str, str]] = {
    "mil": "Armed forces of {}",
    "police": "Police of {}",
    "gov": "Government of {}",
    "rebels": "Rebels in {}",
}
"""What such an actor is called where the tables have no name for it."""

_FOLLOWS: Final = frozenset({"en", "de", "ru", "uk", "zh"})
_COMPOUNDS: Final = frozenset({"en", "zh"})

_SHORTEST: Final = 5
"""Letters of the last part of a compound."""

_PRECEDES: Final = frozenset({"fr", "es", "pt", "ar", "ru", "uk"})

_LINKS: Final = wordlist("of")

_BETWEEN: Final = wordlist("between country and force")
"""What may stand between a country and the word for its forces."""

_BY: Final = frozenset({"by", "par", "por"})

_DONE: Final = re.compile("(?:ed|é|és|ée|ées|[ai]do|[ai]da|[ai]dos|[ai]das|out)$")
"""Ends of what is done by somebody."""

_PAST: Final = re.compile(
    "(?:[а-яіїєґ]{3}ла|[а-яіїєґ]{4}ли|[а-яіїєґ]{3}(?:ав|ив|ів|ув|яв)|[а-я]{3}(?:ал|ил|ял|нул)|[а-яіїєґ]{3}[лв][аи]?с[яь]"
    "|[a-zà-ÿ]{3}(?:ó|ou|aron|ieron|aram|eram)|[a-z]{3}ed)$"
)
"""Ends of verbs of the past, which behind a country's name are done by it: `lanzó`, `anunciou`, `заблокувала`."""

_TABLES: Final = ("after", "adjective", "people", "compound", "before", "linked", "acts", "together", "lone")

_WHEN: Final[Mapping[str, str]] = {"sources": "quoted", "war": "war"}
"""When the words of a table of `lone` ones count."""

_NOBODY: Final = "none"
"""The role of what holds the word for an authority and names none, as `захват власти` does."""

_HAVE: Final = frozenset({"has", "have", "had", "a", "ha", "ont", "han"})

_SUFFERED: Final = wordlist("suffered")
"""Verbs of what happens to a country, or is done by its team."""

_ACCUSES: Final = wordlist("accuses")
"""Before the name of who is said to have done something."""

_TELLS: Final = wordlist("tells")
"""Before the name of who tells it."""

_HELD: Final = wordlist("held by")

_SOURCE: Final = re.compile(r"(?:: |\s[-–—]\s?)$")

_NEAR: Final = re.compile(r"^(?!\s-\s)(?:[\s\-‑'’`]|['’]s )*$")
_NEAR_DOTTED: Final = re.compile(_NEAR.pattern.replace("^", r"^\.?", 1))
"""As it may stand behind `U.S`, whose last stop is no part of the name."""


_OBJECT: Final = wordlist("before an object")
"""Before a country's name: it is where something happens or to whom, not who acts."""


_ARTICLES: Final = wordlist("article")


class Found:
    """Words `first` to `last` (exclusive) name a country's forces or authorities."""

    __slots__ = ("first", "last", "role", "word")

    def __init__(self, first: int, last: int, role: str, word: str) -> None:
        self.first, self.last, self.word = first, last, word
        self.role = role
        """mil police gov rebels"""


@dataclass(frozen=True, slots=True)
class Nouns:
    """The words for forces and authorities, by the side of the country's name on which they stand."""

    after: Phrases
    """Behind a country's name or adjective, as in English."""
    adjective: Phrases
    """Behind its adjective only, as in German and Russian too: those of `after` among them."""
    people: Phrases
    """Behind the plural of an English demonym: what its forces did, as in `Russians shelled`."""
    compound: Phrases
    """Last parts of German nouns behind its adjective: `Marinedrohnen`."""
    before: Phrases
    linked: Phrases
    """Before the name, with `of`, `de`, `der`: those of all languages."""
    acts: Phrases
    """What only somebody who acts can do: `Ukraine says`, `Алжир закрыл`."""
    together: Phrases
    """What two countries do: verbs that behind a single name would be nouns, as in `US and Britain strike`."""
    lone: Phrases
    """Forces that are those of the only country that a text names; `quoted` at the end of a headline only, `war` are
    words for fighting, of which the state is a side where it is at war."""

    @classmethod
    @cache
    def load(cls) -> Nouns:
        """The shipped table, read once a process."""
        tables: dict[str, dict[str, str]] = {n: {} for n in _TABLES}
        for role, lang, nouns in _rows():
            role, _, table = role.partition("-")
            for noun in map(key, nouns):
                for name in _tables(lang, table):
                    if name == "compound" and len(noun) < _SHORTEST:
                        continue
                    tables[name].setdefault(noun, f"{role} {_WHEN[table]}" if table in _WHEN else role)
        phrases = {name: Phrases(table) for name, table in tables.items()}
        return cls(**phrases | {"lone": phrases["lone"].marked()})

    def beside(self, words: Words, first: int, last: int, demonym: bool) -> Found | None:
        """The force or authority that the country's name or demonym at words `first` to `last` makes, if any."""
        return self._following(words, first, last, demonym) or self._preceding(words, first, last, demonym)

    def acting(self, words: Words, first: int, last: int, subject: bool) -> str:
        """The verb that shows that the country at words `first` to `last` acts; empty where it does not.

        `subject`: whether its name may be the subject of a verb behind it.
        """
        folded = words.folded
        if first and words.gap(first) == " " and (folded[first - 1] in _ACCUSES or folded[first - 1] in _TELLS):
            return folded[first - 1]
        if self._is_object(words, first):
            return "by" if self._is_agent(words, first) else ""
        if subject and last < len(folded) and words.gap(last) == " ":
            _, n = self.acts.starting(folded, last)
            if n:
                return " ".join(folded[last : last + n])
            if _PAST.search(words.raw(last)) and folded[last] not in _SUFFERED:
                return folded[last]
            if folded[last] in _HAVE and last + 1 < len(folded) and _DONE.search(words.raw(last + 1)):
                return "" if folded[last + 1] in _SUFFERED else f"{folded[last]} {folded[last + 1]}"
        # Arabic verbs come before who acts.
        if first and folded[first - 1][0] > "\u0600" and self.acts.ending(folded, first)[1]:
            return folded[first - 1]
        quoted = first > 2 and _SOURCE.search(words.gap(first)) and _ends(words, last)
        return "source" if quoted else ""

    def acting_together(self, words: Words, last: int) -> str:
        """The verb behind the last of several countries, which ends before word `last`; empty where none is."""
        plain = last < len(words) and words.gap(last) == " "
        _, n = self.together.starting(words.folded, last) if plain else ("", 0)
        return " ".join(words.folded[last : last + n])

    def _is_object(self, words: Words, first: int) -> bool:
        if first and words.folded[first - 1] in _ARTICLES:
            first -= 1
            if words.is_capital(first):
                return False
        return first > 0 and words.folded[first - 1] in _OBJECT and words.gap(first) == " "

    def _is_agent(self, words: Words, first: int) -> bool:
        """`backed by Rwanda`, `soutenu par le Rwanda`."""
        i = first - 1
        if i > 1 and words.folded[i] in _ARTICLES:
            i -= 1
        return (
            i > 0
            and words.folded[i] in _BY
            and words.folded[i - 1] not in _HELD
            and _DONE.search(words.raw(i - 1)) is not None
        )

    def standing_alone(self, words: Words, at_war: bool) -> list[Found]:
        """Words for forces whatever stands beside them, and for authorities that a headline ends on."""
        found: list[Found] = []
        for first, last, meaning in self.lone.all(words):
            role, _, when = meaning.partition(" ")
            quoted = when == "quoted" and _ends(words, last) and _SOURCE.search(words.gap(first))
            if role != _NOBODY and (not when or quoted or (at_war and when == "war")):
                found.append(Found(first, last, role, " ".join(words.folded[first:last])))
        return found

    def _following(self, words: Words, first: int, last: int, demonym: bool) -> Found | None:
        folded, i, found = words.folded, last, None
        table = self.adjective if demonym else self.after
        if i < len(folded) and folded[i] == "s" and words.gap(i) in {"'", "’"}:
            i += 1
        near = _NEAR_DOTTED if len(folded[last - 1]) == 1 else _NEAR
        for _ in range(4):
            if i >= len(folded) or not (words.spaced(i) or near.match(words.gap(i))):
                break
            near = _NEAR
            role, n = table.starting(folded, i)
            if not role and demonym and i == last and folded[last - 1][-1] == "s":
                role, n = self.people.starting(folded, i)
            if not role and demonym and words.is_capital(i):
                role, n = self._compound(folded[i])
            if role:
                # `Syrian government forces` are forces: the last word says what they are.
                found = Found(first, i + n, role, " ".join(folded[i : i + n]))
                i += n
            elif folded[i] in _BETWEEN and found is None:
                i += 1
            else:
                break
        return found

    def _compound(self, word: str) -> tuple[str, int]:
        """The role of a German noun by its last part."""
        for i in range(3, len(word) - _SHORTEST + 1):
            role, n = self.compound.starting([word[i:]], 0)
            if role:
                return role, n
        return "", 0

    def _preceding(self, words: Words, first: int, last: int, demonym: bool) -> Found | None:
        folded, i = words.folded, first
        while i > 0 and first - i < 3 and folded[i - 1] in _LINKS and _NEAR.match(words.gap(i)):
            i -= 1
        if i == 0 or (i == first and not demonym and folded[i - 1][0] < "\u0370"):
            return None
        if not _NEAR.match(words.gap(i)):
            return None
        role, n = (self.before if i == first else self.linked).ending(folded, i)
        if not role or not all(_NEAR.match(words.gap(j)) for j in range(i - n + 1, i)):
            return None
        return Found(i - n, last, role, " ".join(folded[i - n : i]))


def _ends(words: Words, i: int) -> bool:
    """Whether a headline ends before word `i`."""
    return i >= len(words) or "\n" in words.gap(i)


def _tables(lang: str, table: str) -> Iterator[str]:
    """The tables of a line: `strike` is for what acts for a military without being it, such as its missiles."""
    if table and table != "strike":
        yield "lone" if table in _WHEN else table
        return
    if lang in _FOLLOWS:
        yield "adjective"
    if lang == "de":
        yield "compound"
    if lang in _PRECEDES:
        yield "before"
    if not table:
        yield "linked"
        if lang in _COMPOUNDS:
            yield "after"


def _rows() -> list[tuple[str, str, list[str]]]:
    text = (resources.files("sitmon.data") / "roles.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    return [(role, lang, nouns.split("; ")) for role, lang, nouns in lines[1:]]
