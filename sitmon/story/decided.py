"""What was decided about stories: by officers, who have the last word, and by second thoughts.

An officer splits items off, merges stories and takes both back. The folding merges a story of one item into another
when it sees later that they are one. Either way the ids that were in use lead to where the items are now.
"""

from __future__ import annotations

import hashlib
from typing import Final

from sitmon.watch import Decisions

KEPT: Final = 2_000
"""Stories that turned out to be another whose ids still lead there: those of some weeks."""


class Decided:
    def __init__(self) -> None:
        self.pins: dict[str, str] = {}
        """Stories of the items that officers moved."""
        self.digits: dict[str, str] = {}
        """Officers' credibility of stories."""
        self._parted: set[str] = set()
        self._into: dict[str, str] = {}
        self._same: dict[str, str] = {}

    def heed(self, decisions: Decisions) -> None:
        """The officers' decisions, all of them anew."""
        self.pins = {item: story for story, items in decisions.parted for item in items}
        self.pins |= {item: split_id(decision) for decision, items in decisions.splits for item in items}
        self._parted = set(self.pins.values())
        self._into = {split_id(decision): origin for decision, origin in decisions.rejoined} | dict(decisions.merges)
        self.digits = {story: str(digit) for story, digit in decisions.credibility}

    def equate(self, story: str, other: str) -> None:
        """The story turned out to be the other."""
        self._same[story] = other
        if len(self._same) > KEPT:
            del self._same[next(iter(self._same))]

    def final(self, story: str) -> str:
        """Where a story was merged into, in the end; merges in a circle end where they began."""
        seen = {story}
        while (into := self._into.get(story) or self._same.get(story)) is not None and into not in seen:
            story = into
            seen.add(story)
        return story

    def is_parted(self, story: str) -> bool:
        """Whether an officer made the story by taking it out of another: nothing joins it by second thoughts."""
        return story in self._parted

    def is_moved(self, story: str, item: str) -> bool:
        """Whether an item of the story belongs elsewhere by an officer's decision."""
        return self.pins.get(item, story) != story


def story_id(item: str) -> str:
    """Of the story that an item opened: the same on every machine."""
    return "s-" + hashlib.blake2s(item.encode(), digest_size=6).hexdigest()


def split_id(decision: str) -> str:
    """Of the story that an officer split off."""
    return story_id(f"split {decision}")
