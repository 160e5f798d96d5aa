"""What is remembered about feeds between polls, and alerts: small tables whose latest versions are kept as objects.

A poll that brings items writes its feed's state with them, in the month's journal; one that brings nothing writes it to
`feeds.journal`, which is compacted as it grows, so that 50,000 polls a day leave nothing behind. Which of two states is
the later one is told by a number that grows with every write, not by a clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sitmon.codec import alert_doc, alert_of, feed_state_doc, feed_state_of
from sitmon.model import Alert, FeedState
from sitmon.store.damage import Notices
from sitmon.store.lines import Change, Doc

UNREADABLE = (KeyError, ValueError, TypeError)
"""What `codec` raises for a document that is not what it should be."""

SEQUENCE = "n"
"""Key of a stored feed state that no FeedState has: its place in the order of writing."""


class States:
    """Feed states by feed, the latest of each."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self.states: dict[str, FeedState] = {}
        self._numbers: dict[str, int] = {}
        self._last = 0

    def changes(self, states: Iterable[FeedState]) -> list[Change]:
        """Lines to write for these states, numbered on from the last."""
        return [
            Change("feeds", state.feed, {**feed_state_doc(state), SEQUENCE: number})
            for number, state in enumerate(states, self._last + 1)
        ]

    def put(self, doc: Doc) -> bool:
        """Take a stored state, unless a later one is known."""
        rest: dict[str, Any] = dict(doc)
        number = int(rest.pop(SEQUENCE, 0))
        try:
            state = feed_state_of(rest)
        except UNREADABLE as error:
            self._notices.unreadable(f"state of feed {doc.get('feed')}", error)
            return False
        if number < self._numbers.get(state.feed, 0):
            return False
        self._numbers[state.feed] = number
        self._last = max(self._last, number)
        self.states[state.feed] = state
        return True


class Alerts:
    """Alerts by id, the latest version of each."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._alerts: dict[str, Alert] = {}

    @staticmethod
    def changes(alerts: Iterable[Alert]) -> list[Change]:
        return [Change("alerts", alert.id, alert_doc(alert)) for alert in alerts]

    def put(self, doc: Doc) -> None:
        try:
            alert = alert_of(dict(doc))
        except UNREADABLE as error:
            self._notices.unreadable(f"alert {doc.get('id')}", error)
        else:
            self._alerts[alert.id] = alert

    def all(self) -> tuple[Alert, ...]:
        return tuple(sorted(self._alerts.values(), key=lambda alert: (alert.raised, alert.id)))
