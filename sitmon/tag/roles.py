"""A country's name beside a word for its forces or authorities: `Malian soldiers`, `l'armée malienne`, `армия Мали`.

In English, German, Russian, Ukrainian and Chinese the word follows the name; in French, Spanish, Portuguese and Arabic,
and in Russian and Ukrainian with a noun, it stands before it, with or without `of`. The words are in `data/roles.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Literal, NamedTuple, cast

from sitmon.tag.text import Words, key, lemmas
from sitmon.tag.wordlists import wordlist

Role = Literal["mil", "police", "gov", "rebels"]

KINDS: Mapping[str, str] = {"mil": "military", "police": "police", "gov": "state", "rebels": "armed_group"}
"""Kinds of actor that the roles make."""

NAMES: Mapping[str, str] = {
    "mil": "Armed forces of {}",
    "police": "Police of {}",
    "gov": "Government of {}",
    "rebels": "Rebels in {}",
}
"""What such an actor is called where the tables have no name for it."""

_FOLLOWS = frozenset({"en", "de", "ru", "uk", "zh"})
_PRECEDES = frozenset({"fr", "es", "pt", "ar", "ru", "uk"})

_LINKS = wordlist("of")

_BETWEEN = wordlist("between country and force")
"""What may stand between a country and the word for its forces."""

_NEAR = re.compile(r"^(?:[\s\-‑'’`]|['’]s )*$")


_OBJECT = wordlist("before an object")
"""Before a country's name: it is where something happens or to whom, not who acts."""


_ARTICLES = wordlist("article")


class Found(NamedTuple):
    """Words `first` to `last` (exclusive) name a country's forces or authorities."""

    first: int
    last: int
    role: Role
    word: str


@dataclass(frozen=True, slots=True)
class Nouns:
    """The words for forces and authorities, by the side of the country's name on which they stand."""

    after: Mapping[str, Role]
    before: Mapping[str, Role]
    linked: Mapping[str, Role]
    """Before the name, with `of`, `de`, `der`: those of all languages."""
    acts: frozenset[str]
    """What only somebody who acts can do: `Ukraine says`, `Алжир закрыл`."""
    alone: Mapping[str, Role]
    """Forces that are those of the only country that a text names."""

    @classmethod
    def load(cls) -> Nouns:
        """The shipped table."""
        after: dict[str, Role] = {}
        before: dict[str, Role] = {}
        linked: dict[str, Role] = {}
        acts: set[str] = set()
        alone: dict[str, Role] = {}
        for role, lang, nouns in _rows():
            if role == "acts":
                acts.update(map(key, nouns))
                continue
            if role.endswith("-alone"):
                alone.update(dict.fromkeys(map(key, nouns), cast(Role, role.removesuffix("-alone"))))
                continue
            for noun in nouns:
                folded = key(noun)
                linked.setdefault(folded, cast(Role, role))
                if lang in _FOLLOWS:
                    after.setdefault(folded, cast(Role, role))
                if lang in _PRECEDES:
                    before.setdefault(folded, cast(Role, role))
        return cls(after, before, linked, frozenset(acts), alone)

    def beside(self, words: Words, first: int, last: int) -> Found | None:
        """The force or authority that the country's name at words `first` to `last` makes, if any."""
        return self._following(words, first, last) or self._preceding(words, first, last)

    def acting(self, words: Words, first: int, last: int) -> str:
        """The verb that shows that the country at words `first` to `last` acts; empty where it does not."""
        folded = words.folded
        if first and folded[first - 1] in _OBJECT and words.gap(first) == " ":
            return ""
        if first and folded[first - 1] in _ARTICLES:
            first -= 1
            if first and folded[first - 1] in _OBJECT:
                return ""
        if last < len(folded) and words.gap(last) == " ":
            for n in (2, 1):
                verb = " ".join(folded[last : last + n])
                if verb in self.acts:
                    return verb
        if first and folded[first - 1] in self.acts and folded[first - 1][0] > "\u0600":
            return folded[first - 1]
        at_end = last == len(folded) or "\n" in words.gap(last)
        return "source" if at_end and first > 2 and words.gap(first) in {": ", " - ", " – "} else ""

    def standing_alone(self, words: Words) -> Iterator[Found]:
        """Words for forces whatever stands beside them."""
        folded, i = words.folded, 0
        while i < len(folded):
            role, n = _longest(self.alone, folded, i)
            if role is not None:
                yield Found(i, i + n, role, " ".join(folded[i : i + n]))
            i += n or 1

    def _following(self, words: Words, first: int, last: int) -> Found | None:
        folded, i, found = words.folded, last, None
        if i < len(folded) and folded[i] == "s" and words.gap(i) in {"'", "’"}:
            i += 1
        for _ in range(4):
            if i >= len(folded) or not _NEAR.match(words.gap(i)):
                break
            role, n = _longest(self.after, folded, i)
            if role is not None:
                # `Syrian government forces` are forces: the last word says what they are.
                found = Found(first, i + n, role, " ".join(folded[i : i + n]))
                i += n
            elif folded[i] in _BETWEEN and found is None:
                i += 1
            else:
                break
        return found

    def _preceding(self, words: Words, first: int, last: int) -> Found | None:
        folded, i = words.folded, first
        while i > 0 and first - i < 3 and folded[i - 1] in _LINKS and _NEAR.match(words.gap(i)):
            i -= 1
        if i == 0 or not _NEAR.match(words.gap(i)):
            return None
        table = self.before if i == first else self.linked
        for n in range(min(6, i), 0, -1):
            role = _known(table, folded[i - n : i])
            if role is not None and _NEAR.match("".join(words.gap(j) for j in range(i - n + 1, i))):
                return Found(i - n, last, role, " ".join(folded[i - n : i]))
        return None


def _longest(table: Mapping[str, Role], folded: list[str], i: int) -> tuple[Role | None, int]:
    for n in range(min(4, len(folded) - i), 0, -1):
        role = _known(table, folded[i : i + n])
        if role is not None:
            return role, n
    return None, 0


def _known(table: Mapping[str, Role], words: list[str]) -> Role | None:
    role = table.get(" ".join(words))
    if role is None and words[0][0] > "\u0370":
        for lemma in lemmas(words[0]):
            role = table.get(" ".join((lemma, *words[1:])))
            if role is not None:
                break
    return role


def _rows() -> list[tuple[str, str, list[str]]]:
    text = (resources.files("sitmon.data") / "roles.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    return [(role, lang, nouns.split("; ")) for role, lang, nouns in lines[1:]]
