"""Evidence of time: the day that is told, and the hours between two publications."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sitmon.story.account import Account
from sitmon.story.evidence import Evidence
from sitmon.story.profile import Profile

AFTERMATH: Final = 36.0
"""Hours in which tolls rise, the dead are buried and somebody claims to have done it."""
LONG_AGO: Final = 2.5
"""Days' worth of an event that is dated by as many days or more from the story's."""


def when(found: Evidence, profile: Profile, story: Account) -> None:
    if profile.again and _published_day(profile.hour) > _published_day(story.first):
        found.add("told as another", 1.0 - story.share(story.again))
    if profile.daily != (2 * story.daily > story.size):
        found.add("tally beside event")
    if profile.old:
        found.add("looks back")
        return
    if profile.day is None:  # it tells of the day that it was published
        _late(found, profile, story)
        return
    theirs = story.day if story.day is not None else _published_day(story.first)
    gap = abs(profile.day - theirs)
    if gap == 0:  # who names the day may be late
        return
    _late(found, profile, story)
    if story.day is not None:
        found.add("day apart" if gap == 1 else "days apart", 1.0 if gap == 1 else min(LONG_AGO, gap / 2))
    elif gap > 2 or profile.day > _published_day(story.latest):
        found.add("days apart", min(LONG_AGO, max(0.7, gap / 4)))


def _late(found: Evidence, profile: Profile, story: Account) -> None:
    """Hours from the story's nearest end; within it, none.

    What came of it is told for days and makes a story last no longer: the next attack is late by its last fresh report.
    """
    last, free = (story.latest, AFTERMATH) if profile.after else (story.fresh, 0.0)
    hour = profile.hour
    hours = max(story.first - hour, hour - last - free)
    if hours > 0:
        found.add("hours apart", min(24.0, hours))
    if hours > 24:
        found.add("days between", min(4.0, hours / 24 - 1))
    day = _published_day(hour - (free if hour > last else 0.0))
    nights = max(_published_day(story.first) - day, day - _published_day(last))
    if nights > 0:
        found.add("nights between", min(4.0, nights))


def _published_day(hour: float) -> int:
    return int(hour // 24) + _EPOCH


_EPOCH: Final = datetime(1970, 1, 1).toordinal()
