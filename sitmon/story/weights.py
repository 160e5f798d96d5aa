"""What each piece of evidence is worth, that an item tells the same event as a story: `similarity` finds them.

Two that both say where are weighed by other weights than two of which one does not. Both were fitted by logistic
regression over items held against the stories of tests/stories (as they are, and moved into one fortnight), over
headlines of UCDP events published up to two days late and moved into some months, and over general news of which
nothing belongs together; with the signs that they must have, drawn towards values set by hand, and rounded; what tells
of another attack was set by hand. `tests.bench.stories` measures them.
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
    "other place": -1.7,
    "other country": -5.0,
    "shared actor": 1.7,
    "shared state": 0.7,
    "other victims": -2.7,
    "same kind": 0.3,
    "kind unsaid": -0.6,
    "nothing told": -1.7,
    "nothing before": -3.3,
    "other kind": -0.05,
    "day apart": -2.0,
    "days apart": -1.5,
    "looks back": -7.0,
    "hours apart": -0.14,
    "days between": -1.75,
    "nights between": 0.0,
    "told as another": -4.0,
    "same toll": 2.4,
    "same figure": 0.65,
    "shared names": 0.17,
    "shared things": 0.95,
    "other things": -2.4,
    "shared words": 1.4,
    "rarest word": 0.06,
    "rarest name": 0.0,
}
"""Where both say in which division or town: what differs then counts, and so do hours, for the next day has its own."""
UNPLACED: Final[dict[str, float]] = {
    "base": 0.8,
    "crowd": -1.25,
    "same country": 0.2,
    "other country": -3.6,
    "place left out": -0.8,
    "place unsaid": 1.6,
    "shared actor": 0.4,
    "shared state": 0.0,
    "other victims": -1.05,
    "same kind": 0.3,
    "kind unsaid": 0.0,
    "nothing told": -0.6,
    "nothing before": -0.35,
    "other kind": -0.4,
    "day apart": -0.2,
    "days apart": -0.7,
    "looks back": -3.5,
    "hours apart": -0.05,
    "days between": -1.85,
    "nights between": -0.45,
    "told as another": -4.0,
    "same toll": 0.55,
    "same figure": 1.1,
    "shared names": 0.0,
    "shared things": 0.4,
    "other things": -0.95,
    "shared words": 0.25,
    "rarest word": 0.01,
    "rarest name": 0.07,
}
"""Where one of them does not: headlines leave out much, and how many others could be meant says most."""
