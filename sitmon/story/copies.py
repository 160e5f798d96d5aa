"""Syndicated copies: one newsroom's text under another's name is no second source.

A third of what one peer called corroborated was one newsroom several times over. Texts are compared by the overlap of
their runs of three words; title-only items are copies when the titles are the same but for prefixes and agency marks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sitmon.story.spelling import words
from sitmon.story.word import Word

SAME = 0.6
"""Share of the shorter text that the other has too: copies of agencies are cut at the end, and retitled."""
READ = 50
"""Words of a text that are compared."""

_MARKS = re.compile(r"(?:\W*(?:update|wrapup|urgent|breaking|factbox|exclusive|live|video|photos?)\W*\d*\W+)+", re.I)


def runs(title: str, text: Sequence[Word]) -> set[int]:
    """Check sums of the runs of three words of a text that begins with the title."""
    marks = _MARKS.match(title)
    before = len(words(marks[0])) if marks else 0
    said = [word.sum for word in text[before : before + READ]]
    said += [0] * (3 - len(said))
    found: set[int] = set()
    for at in range(len(said) - 2):
        found.add((said[at] * 961 + said[at + 1] * 31 + said[at + 2]) & 0xFFFFFFFF)
    return found


def is_copy(one: set[int], two: Collection[int]) -> bool:
    """Of two texts by their runs, each of which stands once in the second too."""
    shorter = min(len(one), len(two))
    return shorter > 0 and len(one.intersection(two)) >= SAME * shorter
