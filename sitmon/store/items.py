"""The items of all months, and the alerts and feed states that were written with them.

A document's latest version is the one in the latest month: `month_for` sees to it that no version is ever written to
an earlier journal than the one before it, whatever the clock says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitmon.model import Commit
from sitmon.store import names
from sitmon.store.damage import Notices, open_file
from sitmon.store.found import Found
from sitmon.store.index import ItemIndex
from sitmon.store.keys import Clauses
from sitmon.store.lines import Doc
from sitmon.store.scan import Placed
from sitmon.store.storage import JournalStorage
from sitmon.store.table import Database


@dataclass(slots=True)
class Month:
    """One journal and its index."""

    name: str
    db: Database
    index: ItemIndex

    @property
    def storage(self) -> JournalStorage:
        return self.db.storage


class Items:
    """The months of a folder, oldest first."""

    def __init__(self, folder: Path, notices: Notices, *, writable: bool) -> None:
        self._folder = folder
        self._notices = notices
        self._writable = writable
        self._months: dict[str, Month] = {}
        self.refresh()

    def months(self) -> list[Month]:
        return [self._months[name] for name in sorted(self._months)]

    def month_for(self, change: Commit) -> Month:
        """Where a transaction belongs: the month of its newest item or alert, but never before an earlier version."""
        wanted = {names.month(item.first_seen) for item in change.items}
        wanted |= {names.month(alert.updated) for alert in change.alerts}
        ids = [("items", item.id) for item in change.items] + [("alerts", alert.id) for alert in change.alerts]
        wanted |= {m.name for m in self._months.values() if any(m.storage.places(t).get(i) is not None for t, i in ids)}
        name = max(wanted)
        if name not in self._months:
            self._open(name)
        return self._months[name]

    def supersede(self, month: Month, item_ids: list[str]) -> None:
        """Versions of these items in earlier months no longer count."""
        for earlier in self.months():
            if earlier.name < month.name:
                for item_id in item_ids:
                    earlier.index.remove(item_id)

    def refresh(self) -> list[Placed]:
        """Read what others appended since the last time."""
        placed: list[Placed] = []
        for name in names.item_months(self._folder):
            placed += self._read(self._months[name]) if name in self._months else self._open(name)
        return placed

    def doc(self, item_id: str) -> Doc | None:
        for month in reversed(self.months()):
            offset = month.index.get(item_id)
            if offset is not None:
                return month.storage.doc(offset)
        return None

    def known(self, item_id: str) -> bool:
        return any(month.index.get(item_id) is not None for month in self._months.values())

    def find(self, clauses: Clauses, since: int | None, until: int | None) -> Found:
        views = [view for month in self.months() for view in month.index.views(clauses)]
        if since is not None or until is not None:
            views = [view.between(since, until) for view in views]
        return Found(views)

    def seen_since(self, since: int) -> Iterator[Doc]:
        for month in self.months():
            for offset in month.index.seen_since(since):
                doc = month.storage.doc(offset)
                if doc is not None:
                    yield doc

    def close(self) -> None:
        for month in self._months.values():
            month.db.close()

    def _open(self, name: str) -> list[Placed]:
        file = open_file(self._folder / names.items(name), self._notices, writable=self._writable)
        if file is None:
            return []
        index = ItemIndex()
        month = Month(name, Database(JournalStorage(file, self._notices, {"items": index})), index)
        self._months[name] = month
        return self._read(month)

    def _read(self, month: Month) -> list[Placed]:
        placed = month.storage.load()
        self.supersede(month, [p.line.id for p in placed if p.line.table == "items"])
        return placed
