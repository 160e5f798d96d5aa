"""Stories: items that tell the same event, whatever their language.

`Folder` decides which story an item joins: by who, where, what and when first, by words second. `tell` builds a stored
story from its items, and `summary` puts its tolls into words.
"""

from __future__ import annotations

from sitmon.story.fold import Folder, Joined
from sitmon.story.telling import Sources, tell
from sitmon.story.tolls import summary

__all__ = ["Folder", "Joined", "Sources", "summary", "tell"]
