"""How bad an event is, in the words of CAP 1.2, from its kind and how many people it harmed.

Formula, version 1. Dead: from 1 moderate, from 10 severe, from 50 extreme. Injured or abducted count a fifth of a
dead, missing a half, displaced a thousandth. Without figures the kind decides: violence, disasters and a change of
power are moderate, protests, accidents and diplomacy minor, and what tells of no harm is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sitmon.model import Count, Event, EventType, Severity

_STEPS: Final = ((50, Severity.EXTREME), (10, Severity.SEVERE), (1, Severity.MODERATE))

_KIND: Final = {
    EventType.BATTLES: Severity.MODERATE,
    EventType.EXPLOSIONS: Severity.MODERATE,
    EventType.CIVILIANS: Severity.MODERATE,
    EventType.RIOTS: Severity.MODERATE,
    EventType.DISASTER: Severity.MODERATE,
    EventType.STRATEGIC: Severity.MINOR,
    EventType.PROTESTS: Severity.MINOR,
    EventType.HEALTH: Severity.MINOR,
    EventType.ACCIDENT: Severity.MINOR,
    EventType.CYBER: Severity.MINOR,
    EventType.DIPLOMACY: Severity.MINOR,
    EventType.CRIME: Severity.MINOR,
}


_UNKNOWN: Final = Severity.UNKNOWN


def of_event(event: Event) -> Severity:
    """The worse of what its kind and its figures say."""
    harmed = (
        _lowest(event.killed)
        + 0.2 * _lowest(event.injured)
        + 0.5 * _lowest(event.missing)
        + 0.2 * _lowest(event.abducted)
        + 0.001 * _lowest(event.displaced)
    )
    severity = _KIND.get(event.type, _UNKNOWN)
    for least, told in _STEPS if harmed else ():
        if harmed >= least:
            return max(told, severity)
    return severity


def _lowest(counts: tuple[Count, ...]) -> float:
    """So many at least, by the largest of the figures."""
    return float(max([count.low for count in counts])) if counts else 0.0


def worst(events: Iterable[Event]) -> Severity:
    """That of the worst event; UNKNOWN without any."""
    worst_ = _UNKNOWN
    for event in events:
        worst_ = max(worst_, of_event(event))
    return worst_
