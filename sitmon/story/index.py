"""Inverted indexes over the open stories: which share a place, an actor, a name or a word with an item.

How many stories stand under a key also says how much the key tells.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable
from itertools import islice

LOOKED_AT = 40
"""Newest stories looked at under one key: a country at war has hundreds, the fitting one shares rarer keys too."""
WEIGHED = 6
"""Candidates to be weighed in full."""


class Index:
    def __init__(self) -> None:
        self._stories: dict[str, dict[int, None]] = {}
        self.size = 0
        """How many stories are open."""

    def post(self, number: int, keys: Iterable[str]) -> None:
        """Put a story under its keys, as their newest."""
        for key in keys:
            entries = self._stories.setdefault(key, {})
            entries.pop(number, None)
            entries[number] = None

    def drop(self, number: int, keys: Iterable[str]) -> None:
        for key in keys:
            entries = self._stories[key]
            entries.pop(number, None)
            if not entries:
                del self._stories[key]

    def rarity(self, key: str) -> float:
        """Natural logarithm of all stories over those under the key; twenty are taken for granted when few are open."""
        return math.log((self.size + 20) / (len(self._stories.get(key, ())) + 1))

    def candidates(self, keys: Iterable[str]) -> list[int]:
        """Numbers of the stories that share the most telling keys; the newest first among equals."""
        votes: dict[int, float] = {}
        for key in sorted(keys):  # in a fixed order: sums of floats depend on it
            entries = self._stories.get(key)
            if entries:
                weight = self.rarity(key)
                for number in islice(reversed(entries), LOOKED_AT):
                    votes[number] = votes.get(number, 0.0) + weight
        return heapq.nlargest(WEIGHED, votes, key=lambda number: (votes[number], number))
