"""Words of eight languages for the same thing: what ties `église` to `كنيسة` where no name does.

The table is `sitmon/data/concepts.tsv`. Which concepts a word stands for is found by its beginning, and for long words
(German writes `Weihnachtsmarkt` in one) by any of its parts.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from sitmon.story.spelling import bare

COMPOUND: Final = 9
"""Letters from which on a word is looked into."""
HEAD: Final = 3
"""Letters of a beginning that a word may begin with."""
INNER: Final = 5
"""Letters of a beginning that may also stand inside a word."""


@cache
def _lines() -> tuple[str, ...]:
    text = resources.files("sitmon.data").joinpath("concepts.tsv").read_text(encoding="utf-8")
    return tuple([line for line in text.splitlines() if line and not line.startswith("#")])


@cache
def targets() -> frozenset[str]:
    """Concepts of what gets hit: a hospital, a bridge, a ship."""
    return frozenset([line[1:].partition("\t")[0] for line in _lines() if line.startswith("@")])


@cache
def _table() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Concepts by whole word, and by beginning."""
    whole: dict[str, tuple[str, ...]] = {}
    starts: dict[str, tuple[str, ...]] = {}
    for line in _lines():
        concept, _, forms = line.lstrip("@").partition("\t")
        for form in forms.split():
            table, key = (whole, form[1:]) if form.startswith("=") else (starts, bare(form))
            table[key] = (*table.get(key, ()), concept)
    return whole, starts


@cache
def _beginnings() -> tuple[frozenset[str], frozenset[str]]:
    """The first letters of all that may begin a word, and of what may stand inside one: few words hold any of them."""
    starts = _table()[1]
    return frozenset(form[:HEAD] for form in starts), frozenset(form[:INNER] for form in starts)


def of_word(word: str) -> frozenset[str]:
    """Concepts that a bare word stands for: the longest beginning decides."""
    whole, starts = _table()
    heads, hearts = _beginnings()
    found = list(whole.get(word, ()))
    inside = range(len(word) - INNER) if len(word) >= COMPOUND else range(1)
    for at in inside:
        least, begun = (INNER, hearts) if at else (HEAD, heads)
        if word[at : at + least] not in begun:
            continue
        for end in range(len(word), at + least - 1, -1):
            concepts = starts.get(word[at:end])
            if concepts:
                found += concepts
                break
    return frozenset(found)
