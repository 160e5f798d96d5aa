"""The store on disk: journals that only grow, indexes that answer from memory, and files that others can follow.

READ FIRST of this folder. `lines` is the format, `scan` and `file` read and write it, `storage` and `table` make a
TinyDB of it; `items`, `states` and `watchlog` are the three kinds of journal, and this composes them into a Store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sitmon.codec import item_doc, item_of
from sitmon.errors import StoreError
from sitmon.model import Alert, Commit, Entry, FeedState, Item, Select
from sitmon.store import keys, names
from sitmon.store.damage import Notices, open_file
from sitmon.store.found import Found
from sitmon.store.items import Items
from sitmon.store.known import Known
from sitmon.store.lines import Change
from sitmon.store.protocol import Areas, Refresh, Role
from sitmon.store.roles import Claims, claim
from sitmon.store.scan import Placed
from sitmon.store.states import Alerts, States
from sitmon.store.storage import JournalStorage
from sitmon.store.table import Database
from sitmon.store.watchlog import WatchLog


class JournalStore:
    """A data folder, opened by one process in one role."""

    def __init__(self, folder: Path, role: Role, seat: str | None = None, areas: Areas | None = None) -> None:
        """StoreError when the folder cannot be read, or holds journals of a newer sitmon."""
        self._notices = Notices()
        self._areas: Areas = areas or {}
        self._claims: Claims = claim(folder, role, seat, self._notices)
        self.seat = self._claims.seat
        self._role = role
        self._states = States()
        self._alerts = Alerts()
        try:
            self._items = Items(folder, self._notices, writable=self._claims.collects)
            self._watch = WatchLog(folder, self._notices, self.seat)
            self._feeds = self._open_states(folder / names.STATES)
        except StoreError:
            self._claims.release()
            raise
        self._states_path = folder / names.STATES
        self._take_all()

    @property
    def writable(self) -> bool:
        return self._claims.collects if self._role == "collector" else bool(self.seat)

    def commit(self, change: Commit) -> None:
        if not self._claims.collects:
            raise StoreError(self._claims.refusal or "only the collector writes items, alerts and feed states")
        states = self._states.changes(change.feeds)
        if change.items or change.alerts:
            self._commit_month(change, states)
        elif states and self._feeds is not None:
            self._feeds.storage.apply(states)
        for state in states:
            self._states.put(state.doc or {})

    def log(self, entry: Entry) -> None:
        if not self.seat:
            raise StoreError(self._claims.refusal or "opened without a seat; only a seat writes the watch log")
        self._watch.log(entry)

    def refresh(self) -> Refresh:
        placed = [] if self._claims.collects else list(self._items.refresh())
        placed += self._refresh_states()
        return Refresh(
            items=tuple(dict.fromkeys(p.line.id for p in placed if p.line.table == "items")),
            alerts=self._take_alerts(placed),
            feeds=self._take_feeds(placed),
            entries=self._watch.refresh(),
        )

    def item(self, item_id: str) -> Item | None:
        doc = self._items.doc(item_id)
        return None if doc is None else item_of(dict(doc))

    def items(self, ids: Sequence[str]) -> Iterator[Item]:
        found = (self.item(item_id) for item_id in ids)
        return (item for item in found if item is not None)

    def ids(self, select: Select) -> Found:
        since = None if select.since is None else keys.micros(select.since)
        until = None if select.until is None else keys.micros(select.until)
        return self._items.find(keys.clauses(select, self._areas), since, until)

    def count(self, select: Select) -> int:
        return len(self.ids(select))

    def recent(self, since: datetime) -> Iterator[Item]:
        return (item_of(dict(doc)) for doc in self._items.seen_since(keys.micros(since)))

    def known(self, feed: str) -> Collection[str]:
        return Known(self, self._items.known, feed)

    def alerts(self) -> tuple[Alert, ...]:
        return self._alerts.all()

    def feeds(self) -> Mapping[str, FeedState]:
        return dict(self._states.states)

    def entries(self) -> tuple[Entry, ...]:
        return self._watch.all()

    def notices(self) -> tuple[str, ...]:
        return self._notices()

    def close(self) -> None:
        self._items.close()
        self._watch.close()
        if self._feeds is not None:
            self._feeds.close()
        self._claims.release()

    def _commit_month(self, change: Commit, states: list[Change]) -> None:
        month = self._items.month_for(change)
        items = [Change("items", item.id, item_doc(item)) for item in change.items]
        self._items.apply(month, [*items, *Alerts.changes(change.alerts), *states])
        for alert in Alerts.changes(change.alerts):
            self._alerts.put(alert.doc or {})

    def _open_states(self, path: Path) -> Database | None:
        file = open_file(path, self._notices, writable=self._claims.collects)
        return None if file is None else Database(JournalStorage(file, self._notices))

    def _refresh_states(self) -> list[Placed]:
        if self._claims.collects:
            return []
        if self._feeds is None:
            self._feeds = self._open_states(self._states_path)
        return [] if self._feeds is None else [p for lines in self._feeds.storage.load() for p in lines]

    def _take_all(self) -> None:
        """Alerts and states as they stand at opening."""
        for month in self._items.months():
            for doc in month.storage.table("alerts").values():
                self._alerts.put(doc)
            for doc in month.storage.table("feeds").values():
                self._states.put(doc)
        if self._feeds is not None:
            for _ in self._feeds.storage.load():
                pass
            for doc in self._feeds.storage.table("feeds").values():
                self._states.put(doc)

    def _take_alerts(self, placed: list[Placed]) -> bool:
        docs = [p.line.doc() for p in placed if p.line.table == "alerts" and p.line.op == "+"]
        for doc in docs:
            self._alerts.put(doc)
        return bool(docs)

    def _take_feeds(self, placed: list[Placed]) -> bool:
        docs = [p.line.doc() for p in placed if p.line.table == "feeds" and p.line.op == "+"]
        news = [self._states.put(doc) for doc in docs]
        return any(news)
