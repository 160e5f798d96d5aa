"""Syndicated copies: one newsroom's text under another's name is no second source.

A third of what one peer called corroborated was one newsroom several times over. Texts are compared by the overlap of
their runs of three words; title-only items are copies when the titles are the same but for prefixes and agency marks.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection
from functools import lru_cache
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
    said = [_sum(word) for word in words(text)[:READ]]
    said += [0] * (3 - len(said))
    return array("I", {(a * 961 + b * 31 + c) & 0xFFFFFFFF for a, b, c in zip(said, said[1:], said[2:], strict=False)})


@lru_cache(maxsize=16384)
def _sum(word: str) -> int:
    return crc32(plain(word).encode())


def is_copy(one: Collection[int], two: Collection[int]) -> bool:
    """Of two texts by their runs; one that is held against many is best given as a set."""
    shorter = min(len(one), len(two))
    return shorter > 0 and len(frozenset(one).intersection(two)) >= SAME * shorter
