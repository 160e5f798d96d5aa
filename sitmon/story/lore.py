"""What all the news of late has told: how much it tells about an event when an item and a story share a key.

Kept for longer than stories stay open: where a feed brings few, the open ones alone would make every word look rare.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

UNSEEN: Final = 100
"""Stories taken for granted beside those heard of: a name is rare even when there were few stories so far."""
MOST: Final = 20_000
"""Stories after which all counts are halved: what was told of a war that is over fades, and memory stays bounded."""


class Lore:
    """How many stories told of each key, open or long sealed."""

    def __init__(self) -> None:
        self._told: dict[str, int] = {}
        self._stories = UNSEEN

    def open(self) -> None:
        """One more story."""
        self._stories += 1
        if self._stories > MOST:
            self._stories //= 2
            self._told = {key: told // 2 for key, told in self._told.items() if told > 1}

    def tell(self, keys: Iterable[str]) -> None:
        """A story told of these for the first time."""
        told = self._told
        for key in keys:
            told[key] = told.get(key, 0) + 1

    def take_back(self, keys: Iterable[str]) -> None:
        """A story that told of these was never told."""
        self._stories -= 1
        for key in keys:
            self._told[key] = max(0, self._told.get(key, 0) - 1)

    def rarities(self, keys: Iterable[str]) -> dict[str, float]:
        """Of each key the natural logarithm of all stories over those that told of it."""
        told, stories = self._told, self._stories
        return {key: math.log(stories / (told.get(key, 0) + 1)) for key in keys}
