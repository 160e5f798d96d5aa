"""An alert in the hands of the rules: it changes in place, for most items change one or several times over.

An `Alert` is frozen, and made anew for each change it would cost more than all that led to the change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sitmon.model import Alert, Turn

ITEMS: Final = 50
TURNS: Final = 40
"""An alert keeps so many of its latest items and turns: it is written anew with each, and its story has them all."""


class Case:
    """What of an alert changes, under the names that it has there."""

    def __init__(self, alert: Alert) -> None:
        self._alert = alert
        self._changed = False
        self.id = alert.id
        self.rule = alert.rule
        self.story = alert.story
        self.raised = alert.raised
        self.region = alert.region
        self.priority = alert.priority
        self.title = alert.title
        self.updated = alert.updated
        self.items = alert.items
        self.because = alert.because
        self.news = alert.news
        self.rating = alert.rating
        self.count = alert.count
        self.returned = alert.returned
        self.suppressed = alert.suppressed
        self.facts = alert.facts
        self.turns = alert.turns

    def alert(self) -> Alert:
        """As it is now: the same object as before where nothing changed."""
        if self._changed:
            self._alert = self._made()
            self._changed = False
        return self._alert

    def _made(self) -> Alert:
        before = self._alert
        return Alert(
            self.id,
            self.rule,
            self.priority,
            self.title,
            self.raised,
            self.updated,
            self.region,
            before.countries,
            self.story,
            self.items,
            self.because,
            self.news,
            self.rating,
            self.count,
            self.returned,
            self.suppressed,
            self.facts,
            self.turns,
            before.state,
            before.by,
            before.at,
            before.reason,
            before.until,
        )

    def touch(self) -> None:
        """Something was set."""
        self._changed = True

    def add(self, items: tuple[str, ...]) -> None:
        """Items that raised it too, newest first."""
        self.items = tuple(dict.fromkeys((*items, *self.items)))[:ITEMS]
        self.touch()

    def learn(self, facts: Iterable[str]) -> bool:
        """Whether it did not know all of them."""
        unknown = dict.fromkeys([fact for fact in facts if fact not in self.facts])
        if unknown:
            self.facts = (*self.facts, *unknown)
            self.touch()
        return bool(unknown)

    def suppress(self, reason: str) -> None:
        """Count a firing that did not ring."""
        sums = dict(self.suppressed)
        sums[reason] = sums.get(reason, 0) + 1
        self.suppressed = tuple(sums.items())
        self.touch()

    def turn(self, turns: Iterable[tuple[str, str]], now: datetime) -> None:
        added = [Turn(now, what, words) for what, words in turns]
        self.turns = (*self.turns, *added)[-TURNS:]
        self.news = "; ".join(turn.words for turn in added)
        self.updated = now
        self.touch()

    def until(self, key: str, time: str | None) -> bool:
        """Set when the condition of a key ends by itself, None for not at all; whether that changes anything."""
        rest = tuple([fact for fact in self.facts if not (fact.startswith("until:") and fact.endswith(f" {key}"))])
        facts = (*rest, f"until:{time} {key}") if time else rest
        if facts == self.facts:
            return False
        self.facts = facts
        self.touch()
        return True
