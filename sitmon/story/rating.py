"""Admiralty rating of a story: the best letter of its sources, and a digit proposed from how they agree.

Independence is counted by owner and without copies. 1 and 2 need a second owner; the officer's digit goes before
the proposal, and letter and digit are never averaged (Admiralty code, MISP admiralty-scale).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

UNKNOWN: Final = "F"
RELIABLE: Final = frozenset("AB")
FAIR: Final = frozenset("ABC")


def digit(letters: Mapping[str, str]) -> str:
    """Proposed from the best letter of each independent owner.

    1 confirmed: three owners, two of them at least fairly reliable, or two that are both usually reliable;
    2 probably true: two owners, one of them at least fairly reliable;
    3 possibly true: two owners of whom nothing is known, or one that is usually reliable; 6 cannot be judged.
    """
    reliable = sum(letter in RELIABLE for letter in letters.values())
    fair = sum(letter in FAIR for letter in letters.values())
    if reliable >= 2 or (len(letters) >= 3 and fair >= 2):
        return "1"
    if len(letters) >= 2:
        return "2" if fair else "3"
    return "3" if reliable else "6"
