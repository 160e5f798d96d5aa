"""The store in memory, for tests and for trying rules out: the plainest statement of what a store answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sitmon import terms
from sitmon.codec import item_doc
from sitmon.errors import StoreError
from sitmon.model import Alert, Commit, Entry, FeedState, Item, Select
from sitmon.store import keys, names
from sitmon.store.known import Known
from sitmon.store.protocol import Areas, Refresh, Role


class MemoryStore:
    """Everything in dicts; nothing survives `close`. `folder` is only there to be the same to open as the others."""

    def __init__(self, folder: Path, role: Role, seat: str | None = None, areas: Areas | None = None) -> None:
        del folder
        self.seat = "" if role == "reader" or (role == "collector" and seat is None) else seat or "1"
        self._role = role
        self._areas: Areas = areas or {}
        self._items: dict[str, Item] = {}
        self._keys: dict[str, set[str]] = {}
        self._feeds: dict[str, FeedState] = {}
        self._alerts: dict[str, Alert] = {}
        self._entries: dict[str, Entry] = {}

    @property
    def writable(self) -> bool:
        return self._role != "reader"

    def commit(self, change: Commit) -> None:
        if self._role != "collector":
            raise StoreError("only the collector writes items, alerts and feed states")
        for item in change.items:
            self._items.pop(item.id, None)
            self._items[item.id] = item
            self._keys[item.id] = terms.of(item_doc(item))
        self._feeds.update((state.feed, state) for state in change.feeds)
        self._alerts.update((alert.id, alert) for alert in change.alerts)

    def log(self, entry: Entry) -> None:
        if not self.seat:
            raise StoreError("opened without a seat; only a seat writes the watch log")
        self._entries[entry.id] = entry

    def refresh(self) -> Refresh:
        return Refresh()

    def item(self, item_id: str) -> Item | None:
        return self._items.get(item_id)

    def items(self, ids: Sequence[str]) -> Iterator[Item]:
        return (self._items[item_id] for item_id in ids if item_id in self._items)

    def ids(self, select: Select) -> Sequence[str]:
        clauses = keys.clauses(select, self._areas)
        found = [item for item in self._items.values() if self._answers(item, select, clauses)]
        found.reverse()  # a stable sort then leaves what was stored later in front
        return [item.id for item in sorted(found, key=lambda item: item.when, reverse=True)]

    def count(self, select: Select) -> int:
        return len(self.ids(select))

    def recent(self, since: datetime) -> Iterator[Item]:
        return (item for item in tuple(self._items.values()) if item.first_seen >= since)

    def known(self, feed: str) -> Collection[str]:
        return Known(self, self._items.__contains__, feed)

    def alerts(self) -> tuple[Alert, ...]:
        return tuple(sorted(self._alerts.values(), key=lambda alert: (alert.raised, alert.id)))

    def feeds(self) -> Mapping[str, FeedState]:
        return dict(self._feeds)

    def entries(self) -> tuple[Entry, ...]:
        return tuple(sorted(self._entries.values(), key=lambda entry: (entry.at, entry.id)))

    def notices(self) -> tuple[str, ...]:
        return ()

    def retain(self, since: datetime) -> tuple[str, ...]:
        over = self.over(since)
        self._items = {key: item for key, item in self._items.items() if names.month(item.first_seen) not in over}
        self._alerts = {key: alert for key, alert in self._alerts.items() if names.month(alert.updated) not in over}
        self._entries = {key: entry for key, entry in self._entries.items() if names.month(entry.at) not in over}
        return over

    def over(self, since: datetime) -> tuple[str, ...]:
        times = [item.first_seen for item in self._items.values()]
        times += [alert.updated for alert in self._alerts.values()]
        times += [entry.at for entry in self._entries.values()]
        first = names.month(since)
        return tuple(sorted({month for month in map(names.month, times) if names.is_over(month, first)}))

    def compact(self) -> None:
        """Memory holds nothing that was replaced."""

    def close(self) -> None:
        """Nothing to let go of."""

    def _answers(self, item: Item, select: Select, clauses: keys.Clauses) -> bool:
        if select.since is not None and item.when < select.since:
            return False
        if select.until is not None and item.when > select.until:
            return False
        return all(any(key in self._keys[item.id] for key in group) for group in clauses)
