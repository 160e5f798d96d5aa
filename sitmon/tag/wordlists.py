"""The word lists of `data/actor_words.tsv`, by name."""

from __future__ import annotations

from functools import cache
from importlib import resources


def wordlist(name: str) -> frozenset[str]:
    """The folded words of a list. KeyError when there is none of that name."""
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = (resources.files("sitmon.data") / "actor_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.split("\n") if line and not line.startswith("#"))
    return {name: frozenset(words.split(" ")) for name, words in rows}
