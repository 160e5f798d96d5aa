"""Inverted indexes over the open stories: which share a place, an actor, a name or a word with an item.

How many stories stand under a key also says how much the key tells.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Iterable
from itertools import islice

LOOKED_AT = 20
"""Newest stories looked at under one key: a country at war has hundreds, the fitting one shares rarer keys too."""
READ = 100
"""Entries read for one item, which bounds its cost however many stories are open."""
UNSEEN = 100
"""Stories taken for granted beside the open ones: a name is rare even when few stories are open."""
VOTES = {"p": 4.0, "a": 2.0, "n": 1.0, "t": 1.0, "w": 0.3, "d": 2.0, "c": 0.5}
"""What a shared place, actor, name, thing, word, day in a country, and country are worth in choosing candidates."""
WEIGHED = 4
"""Candidates to be weighed in full: with more of them recall stays, and precision falls."""


class Index:
    def __init__(self) -> None:
        self._stories: dict[str, dict[int, None]] = {}
        self.size = 0
        """How many stories are open."""

    def post(self, number: int, keys: Iterable[str]) -> None:
        """Put a story under its keys, as their newest."""
        for key in keys:
            entries = self._stories.get(key)
            if entries is None:
                self._stories[key] = {number: None}
            else:
                entries.pop(number, None)
                entries[number] = None

    def drop(self, number: int, keys: Iterable[str]) -> None:
        for key in keys:
            entries = self._stories[key]
            entries.pop(number, None)
            if not entries:
                del self._stories[key]

    def rarities(self, keys: Iterable[str]) -> dict[str, float]:
        """Of each key the natural logarithm of all stories over those under it."""
        size, found = self.size + UNSEEN, {}
        for key in keys:
            entries = self._stories.get(key)
            found[key] = math.log(size / (len(entries) + 1 if entries else 1))
        return found

    def crowd(self, keys: Iterable[str]) -> int:
        """How many stories stand under the keys; one under several counts for each, which is near enough and cheap."""
        return sum([len(self._stories.get(key, ())) for key in keys])

    def candidates(self, rarities: dict[str, float]) -> list[int]:
        """Numbers of the stories that share the most telling keys; the newest first among equals.

        Rare keys are read first, and what everybody talks about no longer once `READ` stories have been looked at.
        """
        votes: dict[int, float] = {}
        left = READ
        for rarity, key in sorted([(-rarity, key) for key, rarity in rarities.items() if key in self._stories]):
            entries = self._stories[key]
            weight = -rarity * VOTES[key[0]]
            for number in islice(reversed(entries), LOOKED_AT):
                votes[number] = votes.get(number, 0.0) + weight
            left -= min(len(entries), LOOKED_AT)
            if left < 0:
                break
        return _most(votes)


def _most(votes: dict[int, float]) -> list[int]:
    """The `WEIGHED` with the most votes, best first."""
    best: list[tuple[float, int]] = []
    least = 0.0
    for number, vote in votes.items():
        if vote >= least:
            insort(best, (vote, number))
            if len(best) > WEIGHED:
                del best[0]
                least = best[0][0]
    return [number for _, number in reversed(best)]
