"""Keys of the indexes: under which a story stands, and under which an item looks for it."""

from __future__ import annotations

from collections.abc import Iterable

from sitmon.story.account import Account
from sitmon.story.profile import Profile


def posted(profile: Profile) -> set[str]:
    """Keys under which a story that holds the item can be found."""
    keys = profile.stems | profile.names | profile.things | profile.actors
    for country in profile.countries | profile.areas:
        keys.add("c:" + country)
    keys |= of_days(profile, (0,))
    for place in profile.places:
        keys.update(place.keys)
    return keys


def new(account: Account, keys: set[str], said: set[str]) -> set[str]:
    """Of what an item tells, that which its story did not tell before."""
    found = keys - account.keys
    for key in said:
        if key not in account.said:
            found.add(key)
    return found


def asked(profile: Profile, keys: set[str]) -> set[str]:
    """Keys under which to look: also its actors' kin, and yesterday's and tomorrow's stories of its countries."""
    return keys | of_days(profile, (-1, 1)) | profile.kin


def of_days(profile: Profile, gaps: Iterable[int]) -> set[str]:
    day = int(profile.hour // 24)
    return {f"d:{country}:{day + gap}" for country in profile.countries | profile.areas for gap in gaps}
