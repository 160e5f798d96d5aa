"""Syndicated copies: one newsroom's text under another's name is no second source.

A third of what one peer called corroborated was one newsroom several times over. Texts are compared by the overlap of
their runs of three words; title-only items are copies when the titles are the same but for prefixes and agency marks.
"""

from __future__ import annotations

import re
from array import array
from zlib import crc32

from sitmon.story.spelling import plain, words

SAME = 0.6
"""Share of the shorter text that the other has too: copies of agencies are cut at the end, and retitled."""
READ = 50
"""Words of a text that are compared."""

LONGEST = 600
"""Characters of title and of summary that hold as many words, whatever stands in them."""

_MARKS = re.compile(r"^(?:\W*(?:update|wrapup|urgent|breaking|factbox|exclusive|live|video|photos?)\W*\d*\W+)+", re.I)


def runs(title: str, summary: str) -> array[int]:
    """Check sums of the runs of three words of a text: a hundred bytes to keep."""
    text = f"{_MARKS.sub('', title[:LONGEST])} {summary[:LONGEST]}"
    said = [plain(word) for word in words(text)[:READ]]
    return array("I", {crc32(" ".join(said[at : at + 3]).encode()) for at in range(max(1, len(said) - 2))})


def is_copy(one: array[int], two: array[int]) -> bool:
    shorter = min(len(one), len(two))
    return shorter > 0 and len(set(one).intersection(two)) >= SAME * shorter
