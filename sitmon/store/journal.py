"""The store on disk: journals that only grow, indexes that answer from memory, and files that others can follow.

READ FIRST of this folder. `lines` is the format, `scan` and `file` read and write it, `storage` and `table` make a
TinyDB of it; `items`, `states` and `watchlog` are the three kinds of journal, and this composes them into a Store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sitmon import terms
from sitmon.codec import item_doc, item_of
from sitmon.errors import StoreError
from sitmon.model import Alert, Commit, Entry, FeedState, Item, Select
from sitmon.store import keys, names
from sitmon.store.damage import Notices, sweep
from sitmon.store.found import Found
from sitmon.store.items import Items
from sitmon.store.known import Known
from sitmon.store.lines import Change, Doc
from sitmon.store.protocol import Areas, Refresh, Role
from sitmon.store.roles import Claims, claim
from sitmon.store.scan import Placed
from sitmon.store.statefile import StateFile
from sitmon.store.states import UNREADABLE, Alerts, States
from sitmon.store.watchlog import WatchLog

WASTE = 0.2
"""Share of a journal's item lines that must have been replaced before it is worth writing again."""
SMALL = 1 << 20
"""Bytes of a journal that is never worth it."""


class JournalStore:
    """A data folder, opened by one process in one role."""

    def __init__(self, folder: Path, role: Role, seat: str | None = None, areas: Areas | None = None) -> None:
        """StoreError when the folder cannot be read, or holds journals of a newer sitmon."""
        self._notices = Notices()
        self._areas: Areas = areas or {}
        self._claims: Claims = claim(folder, role, seat, self._notices)
        self.seat = self._claims.seat
        self._role = role
        self._folder = folder
        self._states = States(self._notices)
        if self._claims.collects:
            sweep(folder, "items-*.journal")
            sweep(folder, names.STATES)
        if self.seat:
            sweep(folder, names.watch(self.seat, "*"))
        try:
            self._items = Items(folder, self._notices, writable=self._claims.collects)
            self._watch = WatchLog(folder, self._notices, self.seat)
            self._feeds = StateFile(folder / names.STATES, self._notices, writable=self._claims.collects)
            self._take_all()
            self._take_feeds(self._feeds.refresh())
        except StoreError:
            self._claims.release()
            raise

    @property
    def writable(self) -> bool:
        return self._claims.collects if self._role == "collector" else bool(self.seat)

    def commit(self, change: Commit) -> None:
        self._must_collect()
        states = self._states.changes(change.feeds)
        if change.items or change.alerts:
            self._commit_month(change, states)
        elif states:
            self._feeds.apply(states)
        for state in states:
            self._states.put(state.doc or {})

    def log(self, entry: Entry) -> None:
        if not self.seat:
            raise StoreError(self._claims.refusal or "opened without a seat; only a seat writes the watch log")
        self._watch.log(entry)

    def refresh(self) -> Refresh:
        try:
            before = set(self._items.names())
            items, others = self._follow()
            if before - set(self._items.names()):
                self._take_all()
            return Refresh(
                items=tuple(items),
                alerts=self._take_alerts(others) or bool(before - set(self._items.names())),
                feeds=self._take_feeds(others),
                entries=self._watch.refresh(),
            )
        except OSError as error:
            raise self._gone(error) from error

    def _gone(self, error: OSError) -> StoreError:
        return StoreError(f"{self._folder}: {error.strerror}; bring the data folder back")

    def _follow(self) -> tuple[dict[str, None], list[Placed]]:
        """Ids of items, and the lines of all else, that another process has written."""
        items: dict[str, None] = {}
        others: list[Placed] = []
        if not self._claims.collects:
            for placed in self._items.refresh():
                if placed.line.table == "items":
                    items[placed.line.id] = None
                else:
                    others.append(placed)
            others += self._feeds.refresh()
        return items, others

    def item(self, item_id: str) -> Item | None:
        doc = self._items.doc(item_id)
        return None if doc is None else self._item(doc)

    def items(self, ids: Sequence[str]) -> Iterator[Item]:
        found = (self.item(item_id) for item_id in ids)
        return (item for item in found if item is not None)

    def ids(self, select: Select) -> Found:
        since = None if select.since is None else terms.micros(select.since)
        until = None if select.until is None else terms.micros(select.until)
        return self._items.find(keys.clauses(select, self._areas), since, until)

    def count(self, select: Select) -> int:
        return len(self.ids(select))

    def recent(self, since: datetime) -> Iterator[Item]:
        found = (self._item(doc) for doc in self._items.seen_since(terms.micros(since)))
        return (item for item in found if item is not None)

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

    def retain(self, since: datetime) -> tuple[str, ...]:
        """Delete the months that ended before `since`, items, alerts and log; which they were.

        Cheap when there is nothing to delete, so it may be called every round. It also begins to compact where that is
        worth it.
        """
        self._must_collect()
        self.compact()
        first = names.month(since)
        old = self._items.over(first)
        if old:
            self._rescue_states()
        try:
            deleted = {*self._items.retain(first), *self._watch.retain(first)}
        except OSError as error:
            raise self._gone(error) from error
        if old:
            self._take_all()
        return tuple(sorted(deleted))

    def over(self, since: datetime) -> tuple[str, ...]:
        first = names.month(since)
        try:
            return tuple(sorted({*self._items.over(first), *(where.month for where in self._watch.over(first))}))
        except OSError as error:
            raise self._gone(error) from error

    def _rescue_states(self) -> None:
        """Feed states may have been written with items that are deleted now."""
        states = self._states.changes(self._states.states.values())
        self._feeds.apply(states)
        for state in states:
            self._states.put(state.doc or {})

    def compact(self) -> None:
        """Write journals again of which a part no longer counts, beside what else is done."""
        self._must_collect()
        for month in self._items.months():
            if month.index.waste() > WASTE and month.storage.file.end > SMALL:
                month.compact()

    def compact_now(self) -> None:
        """The same, and wait for it."""
        self._must_collect()
        for month in self._items.months():
            self._items.compact(month.name)

    def close(self) -> None:
        self._items.close()
        self._watch.close()
        self._feeds.close()
        self._claims.release()

    def _item(self, doc: Doc) -> Item | None:
        try:
            return item_of(dict(doc))
        except UNREADABLE as error:
            self._notices.unreadable(f"item {doc.get('id')}", error)
            return None

    def _must_collect(self) -> None:
        if not self._claims.collects:
            raise StoreError(self._claims.refusal or "only the collector writes items, alerts and feed states")

    def _commit_month(self, change: Commit, states: list[Change]) -> None:
        month = self._items.month_for(change)
        made, alerts = change.documents, Alerts.changes(change.alerts)
        items = [
            Change("items", item.id, made[item.id] if item.id in made else item_doc(item)) for item in change.items
        ]
        self._items.apply(month, [*items, *alerts, *states])
        for alert in alerts:
            self._alerts.put(alert.doc or {})

    def _take_all(self) -> None:
        """Alerts and states as they stand at opening, and when months were deleted."""
        self._alerts = Alerts(self._notices)
        for month in self._items.months():
            for _, doc in month.storage.table("alerts").items():
                self._alerts.put(doc)
            for _, doc in month.storage.table("feeds").items():
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
