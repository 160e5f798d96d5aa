"""What each piece of evidence is worth, that an item tells the same event as a story: `similarity` finds them.

Two that both say where are weighed by other weights than two of which one does not. Both were fitted by logistic
regression over items held against the stories of tests/stories (as they are, and moved into one fortnight), over
headlines of UCDP events published up to two days late and moved into some months, and over general news of which
nothing belongs together; with the signs that they must have, drawn towards values set by hand, and rounded. Where both
say where, what tells one attack from the next was set by hand within what two halves of the data agreed on: another
target, a toll that falls, a night between, words for another one. `tests.bench.stories` measures them.
"""

from __future__ import annotations

from typing import Final

PLACED: Final[dict[str, float]] = {
    "base": -0.5,
    "crowd here": -1.3,
    "same place": 3.7,
    "same division": 3.6,
    "within": -0.2,
    "near": 1.3,
    "other place": -2.3,
    "other country": -5.0,
    "shared actor": 1.7,
    "shared state": 0.7,
    "other victims": -2.7,
    "other target": -2.5,
    "same kind": 0.3,
    "kind unsaid": -0.9,
    "nothing told": -1.7,
    "nothing before": -3.3,
    "other kind": -0.05,
    "day apart": -2.0,
    "days apart": -1.3,
    "tally beside event": -2.0,
    "looks back": -7.0,
    "hours apart": -0.14,
    "days between": -1.75,
    "nights between": -0.4,
    "told as another": -4.0,
    "same toll": 2.4,
    "same figure": 0.65,
    "toll falls": -1.0,
    "shared names": 0.17,
    "shared things": 0.95,
    "other things": -2.4,
    "shared words": 1.4,
    "rarest word": 0.06,
    "rarest name": 0.0,
    "nothing in common": -0.8,
}
"""Where both say in which division or town: what differs then counts, and so do hours, for the next day has its own."""
UNPLACED: Final[dict[str, float]] = {
    "base": 0.6,
    "crowd": -1.3,
    "same country": 0.1,
    "rare country": 0.47,
    "other country": -3.7,
    "place left out": -1.0,
    "place unsaid": 0.7,
    "shared actor": 0.3,
    "shared state": 0.0,
    "other victims": -1.0,
    "other target": -2.2,
    "same kind": 0.35,
    "kind unsaid": -0.2,
    "nothing told": -0.75,
    "nothing before": -0.1,
    "other kind": -0.7,
    "day apart": -0.8,
    "days apart": -1.1,
    "tally beside event": -0.2,
    "looks back": -4.0,
    "hours apart": -0.03,
    "days between": -2.2,
    "nights between": -0.75,
    "told as another": -3.2,
    "same toll": 0.5,
    "same figure": 1.0,
    "toll falls": -0.5,
    "shared names": 0.0,
    "shared things": 0.5,
    "other things": -0.8,
    "shared words": 0.0,
    "rarest word": 0.035,
    "rarest name": 0.09,
    "nothing in common": -0.4,
}
"""Where one of them does not: headlines leave out much, and how many others could be meant says most."""
