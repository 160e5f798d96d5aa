"""Syndicated copies: one newsroom's text under another's name is no second source.

A third of what one peer called corroborated was one newsroom several times over. Texts are compared by the overlap of
their runs of three words; title-only items are copies when the titles are the same but for prefixes and agency marks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from sitmon.story.spelling import words
from sitmon.story.word import Word

SAME: Final = 0.6
"""Share of the shorter text that the other has too: copies of agencies are cut at the end, and retitled."""
READ: Final = 50
"""Words of a text that are compared."""
MARKS: Final = 10
"""Words of agency marks before them at most."""

_MARKS: Final = re.compile(
    r"(?:\W*(?:update|wrapup|urgent|breaking|factbox|exclusive|live|video|photos?)\W*\d*\W+)+", re.I
)


def runs(title: str, text: Sequence[Word]) -> set[int]:
    """Check sums of the runs of three words of a text that begins with the title."""
    marks = _MARKS.match(title)
    before = min(len(words(marks[0])), MARKS) if marks else 0
    said = text[before : before + READ]
    found: set[int] = set()
    first, second, third = 0, 0, 0
    for at, word in enumerate(said):
        first, second, third = second, third, word.sum
        if at >= 2:
            found.add((first * 961 + second * 31 + third) & 0xFFFFFFFF)
    return found or {_short(said)}


def _short(said: Sequence[Word]) -> int:
    """Of a text of fewer than three words."""
    first, second = said[0].sum if said else 0, said[1].sum if len(said) > 1 else 0
    return (first * 961 + second * 31) & 0xFFFFFFFF


def sketch(runs: Collection[int]) -> int:
    """A bit of 240 for each run, some of which share one; set in four small numbers, which compiled is much faster."""
    one, two, three, four = 0, 0, 0, 0
    for run in runs:
        bit = 1 << (run >> 2) % 60
        quarter = run & 3
        if quarter == 0:
            one |= bit
        elif quarter == 1:
            two |= bit
        elif quarter == 2:
            three |= bit
        else:
            four |= bit
    return one | two << 60 | three << 120 | four << 180


def may_be_copy(one: int, two: int, ours: int, theirs: int) -> bool:
    """Of two texts by their sketches and numbers of runs: False only where `is_copy` is, at a tenth of its cost.

    They share no more runs than bits, and as many more as runs of the one stand under another's bit.
    """
    return (one & two).bit_count() + ours - one.bit_count() >= SAME * min(ours, theirs)


def is_copy(one: set[int], two: Collection[int]) -> bool:
    """Of two texts by their runs, each of which stands once in the second too."""
    shorter = min(len(one), len(two))
    return shorter > 0 and len(one.intersection(two)) >= SAME * shorter
