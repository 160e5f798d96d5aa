"""`sitmon tail`: one line for each new item and alert, for screen readers and pipes, until interrupted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from sitmon.headless import opening, telling
from sitmon.headless.output import tell
from sitmon.model import Alert
from sitmon.options import Options
from sitmon.room.replaying import Arrived, Told, ring
from sitmon.store import Store

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
LOOK_SECONDS = 1.0
"""Between two looks at what was stored."""


def tail(options: Options) -> int:
    """Ends at Ctrl+C, which is how one stops listening, and no failure."""
    options.load()  # a feeds.yaml that cannot be used is told here as everywhere
    notices: frozenset[str] = frozenset()
    with opening.store(options, "reader") as store, suppress(KeyboardInterrupt):
        following = Following(store)
        tell("following; Ctrl+C ends it")
        while True:
            for told in following.news():
                telling.say(told, json=options.json)
            notices = opening.tell_notices(store, notices)
            time.sleep(LOOK_SECONDS)
    return 0


class Following:
    """What was stored since the last look."""

    def __init__(self, store: Store) -> None:
        self._store = store
        polls = (state.last_polled for state in store.feeds().values() if state.last_polled)
        self._since = max(polls, default=LONG_AGO)
        """When the latest poll was, by the collector's clock: what was first seen before is known."""
        self._items: set[str] = set()
        self._alerts: dict[str, Alert] = {alert.id: alert for alert in store.alerts()}

    def news(self) -> Iterator[Told]:
        """New items in the order of their arrival, then alerts; an item that was only edited or moved is none."""
        found = self._store.refresh()
        for item in self._store.items(found.items):
            if item.first_seen >= self._since and item.id not in self._items:
                self._items.add(item.id)
                yield Told(item.first_seen, Arrived(item))
        if found.alerts:
            yield from self._rings()

    def _rings(self) -> Iterator[Told]:
        for alert in self._store.alerts():
            if rang := ring(self._alerts.get(alert.id), alert):
                yield Told(alert.updated, rang)
            self._alerts[alert.id] = alert
