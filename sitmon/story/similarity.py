"""How well an item fits a story: named pieces of evidence, and the sum of what each is worth by `weights`.

`evidence` looks, and adds up: above zero means 'rather the same event than not'.
"""

from __future__ import annotations

from typing import Final

from sitmon.model import EventType
from sitmon.story import deed, wording
from sitmon.story.account import Account
from sitmon.story.evidence import Evidence, Sight
from sitmon.story.when import when
from sitmon.story.where import where

HOPELESS: Final = -5.0
"""Place and time so wrong that nothing said of the rest has ever made up for it."""

COMMON: Final = ("shared actor", "shared state", "same toll", "shared names", "shared things", "shared words")
"""What an item can have in common with a story besides where, when and what kind of event it was."""


def evidence(sight: Sight, story: Account, least: float) -> Evidence:
    """What speaks for and against; only the first of it where the rest cannot bring the score over `least`."""
    profile = sight.profile
    hope = sight.placed if profile.places and story.main else sight.unplaced
    found = Evidence(hope.weights)
    found.add("base")
    where(found, sight, story)
    when(found, profile, story)
    if found.score <= max(HOPELESS, least - hope.all):
        return found
    deed.who(found, sight, story)
    deed.what(found, profile, story)
    deed.what_was_hit(found, profile, story)
    deed.how_many(found, profile, story)
    wording.things(found, sight, story)
    if found.score <= least - hope.words:
        return found
    wording.names(found, sight, story)
    wording.stems(found, sight, story)
    wording.said(found, sight, story)
    if not any([name in found.worth for name in COMMON]):
        found.add("nothing in common", 2.0 if profile.type == EventType.OTHER else 1.0)  # the fair beside the raid
    return found
