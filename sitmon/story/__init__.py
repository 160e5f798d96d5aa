"""Stories: items that tell the same event, whatever their language.

`Folder` decides which story an item joins: by who, where, what and when first, by words second. `tell` builds a stored
story from its items, `summary` puts its tolls into words, and `proposed` is the credibility of its sources.
"""

from __future__ import annotations

from sitmon.story.fold import Folder, Joined
from sitmon.story.rating import digit as proposed
from sitmon.story.telling import Sources, tell
from sitmon.story.tolls import summary

__all__ = ["Folder", "Joined", "Sources", "proposed", "summary", "tell"]
