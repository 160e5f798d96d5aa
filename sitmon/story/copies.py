"""Syndicated copies: one newsroom's text under another's name is no second source.

A third of what one peer called corroborated was one newsroom several times over. Texts are compared by the overlap of
their runs of three words; title-only items are copies when the titles are the same but for prefixes and agency marks.
"""

from __future__ import annotations

import re

from sitmon.story.spelling import plain, words

SAME = 0.6
"""Share of the shorter text that the other has too: copies of agencies are cut at the end, and retitled."""
READ = 50
"""Words of a text that are compared."""

LONGEST = 600
"""Characters of title and of summary that hold as many words, whatever stands in them."""

_MARKS = re.compile(r"^(?:\W*(?:update|wrapup|urgent|breaking|factbox|exclusive|live|video|photos?)\W*\d*\W+)+", re.I)


def runs(title: str, summary: str) -> frozenset[str]:
    """Runs of three words of a text, small enough to keep."""
    said = [plain(word) for word in words(f"{_MARKS.sub('', title[:LONGEST])} {summary[:LONGEST]}")[:READ]]
    return frozenset(" ".join(said[at : at + 3]) for at in range(max(1, len(said) - 2)))


def is_copy(one: frozenset[str], two: frozenset[str]) -> bool:
    shorter = min(len(one), len(two))
    return shorter > 0 and len(one & two) >= SAME * shorter
