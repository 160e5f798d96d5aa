"""Organisations that no table knows, by the word that says what they are: `Murad Brigade`, `Ministry of Health`.

Words in capitals around such a word are its name: before it in English, behind it with `of`, `for` or `de` in all
languages of Latin script. Prose only: in a headline of capitals nothing tells where a name begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from sitmon.tag.lexemes import mark
from sitmon.tag.text import Words
from sitmon.tag.wordlists import wordlist

_KINDS: Final = ("armed_group", "military", "police", "state", "party", "other", "armed")

HEADS: Final[Mapping[str, str]] = {word: kind for kind in _KINDS for word in wordlist(f"head {kind}")}
"""Words that say what an organisation is, to the kind of actor."""

HEADED: Final = mark(frozenset(HEADS))

_OPENING: Final = wordlist("body opens name")
"""Those that stand first in a name."""

_LINKS: Final = wordlist("body link")

_NOT_OPENING: Final = wordlist("never first") | _LINKS

_ARMED: Final = wordlist("armed word")
"""Words that make a front, movement or army an armed group."""


class Body(NamedTuple):
    """Words `first` to `last` (exclusive) name an organisation of that kind."""

    first: int
    last: int
    kind: str
    head: str


def named(words: Words, taken: set[int]) -> list[Body]:
    """Organisations by their head words. `taken` are the words that belong to names already known."""
    found: list[Body] = []
    for i, lexeme in enumerate(words.lexemes):
        if not lexeme.marks & HEADED or not words.is_capital(i) or i in taken:
            continue
        first, last = _start(words, i, taken), _end(words, i, taken)
        while first < i and words.folded[first] in _NOT_OPENING:
            first += 1
        if last - first < 2:
            continue
        kind = _kind(HEADS[lexeme.word], words.folded[first:last])
        if kind:
            found.append(Body(first, last, kind, lexeme.word))
    return found


def _kind(kind: str, folded: list[str]) -> str:
    if kind != "armed":
        return kind
    return "armed_group" if len(folded) > 2 and not _ARMED.isdisjoint(folded) else ""


def _start(words: Words, head: int, taken: set[int]) -> int:
    i = head
    if words.folded[head] in _OPENING:
        return i
    while i > 0 and head - i < 6 and i - 1 not in taken and words.gap(i) in {" ", "-", "'", "’"}:
        if (
            words.is_capital(i - 1)
            or (words.folded[i - 1] in {"and", "of", "for"} and words.is_capital(i - 2))
            or (words.folded[i - 1] == "s" and i > 1 and words.is_capital(i - 2))
            or (words.folded[i - 1].isalnum() and words.folded[i - 1][0].isdigit())
        ):
            i -= 1
        else:
            break
    return i


def _end(words: Words, head: int, taken: set[int]) -> int:
    end = i = head + 1
    while i < len(words) and i - head < 9 and i not in taken and words.gap(i) in {" ", "-", "'", "’"}:
        if words.is_capital(i) and (end == i or i > end):
            linked = any(words.folded[j] in _LINKS for j in range(end, i)) or end > head + 1
            if not linked and words.folded[head] not in _OPENING:
                break
            end = i + 1
        elif words.folded[i] not in _LINKS:
            break
        i += 1
    return end
