"""The items of all months, and the alerts and feed states that were written with them.

A document's latest version is the one in the latest month: `month_for` sees to it that no version is ever written to
an earlier journal than the one before it, whatever the clock says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sitmon.model import Commit
from sitmon.store import names
from sitmon.store.damage import Notices, open_file
from sitmon.store.found import Found
from sitmon.store.index import Question
from sitmon.store.keys import Clauses
from sitmon.store.lines import Change, Doc
from sitmon.store.month import Month
from sitmon.store.scan import Placed


class Items:
    """The months of a folder, oldest first."""

    def __init__(self, folder: Path, notices: Notices, *, writable: bool) -> None:
        self._folder = folder
        self._notices = notices
        self._writable = writable
        self._months: dict[str, Month] = {}
        for _ in self.refresh():
            pass

    def months(self) -> list[Month]:
        return list(self._months.values())

    def month_for(self, change: Commit) -> Month:
        """Where a transaction belongs: the month of its newest item or alert, but never before an earlier version."""
        wanted = {names.month(item.first_seen) for item in change.items}
        wanted |= {names.month(alert.updated) for alert in change.alerts}
        for month in reversed(self._months.values()):
            if month.name <= max(wanted):
                break
            places, alerts = month.index, month.storage.places("alerts")
            if any(places.get(item.id) is not None for item in change.items) or any(
                alerts.get(alert.id) is not None for alert in change.alerts
            ):
                wanted.add(month.name)
        name = max(wanted)
        if name not in self._months:
            for _ in self._open(name):
                pass
        return self._months[name]

    def apply(self, month: Month, changes: Sequence[Change]) -> None:
        """One durable transaction."""
        month.storage.apply(changes)
        self._supersede(month, [change.id for change in changes if change.table == "items"])
        month.tend()

    def refresh(self) -> Iterator[Placed]:
        """What others appended since the last time."""
        for name in names.item_months(self._folder):
            if name in self._months:
                yield from self._read(self._months[name])
            else:
                yield from self._open(name)

    def doc(self, item_id: str) -> Doc | None:
        for month in reversed(self._months.values()):
            offset = month.index.get(item_id)
            if offset is not None:
                return month.storage.doc(offset)
        return None

    def known(self, item_id: str) -> bool:
        return any(month.index.get(item_id) is not None for month in reversed(self._months.values()))

    def find(self, clauses: Clauses, since: int | None, until: int | None) -> Found:
        question = Question.of(clauses)
        return Found([view for month in self._months.values() for view in month.index.views(question, since, until)])

    def seen_since(self, since: int) -> Iterator[Doc]:
        for month in self.months():
            for offset in month.index.seen_since(since):
                doc = month.storage.doc(offset)
                if doc is not None:
                    yield doc

    def close(self) -> None:
        for month in self._months.values():
            month.close()

    def _open(self, name: str) -> Iterator[Placed]:
        file = open_file(self._folder / names.items(name), self._notices, writable=self._writable)
        if file is None:
            return
        month = Month(name, file, self._folder / names.INDEX, self._notices)
        self._months[name] = month
        self._months = {name: self._months[name] for name in sorted(self._months)}
        self._settle(month)
        yield from self._read(month)

    def _read(self, month: Month) -> Iterator[Placed]:
        for placed in month.read():
            self._supersede(month, [p.line.id for p in placed if p.line.table == "items"])
            yield from placed
        if month.catch_up():
            self._settle(month)

    def _supersede(self, month: Month, item_ids: list[str]) -> None:
        """Versions of these items in earlier months no longer count."""
        earlier = [other for other in self._months.values() if other.name < month.name]
        for item_id in item_ids:
            if any(other.index.kill(item_id) for other in earlier):
                month.index.tail.gone.add(item_id)

    def _settle(self, month: Month) -> None:
        """What segments say of versions in other months, when those of a month have just been taken into use."""
        gone = month.index.gone()
        for other in self._months.values():
            if other.name < month.name:
                other.index.kill_all(gone)
            elif other.name > month.name:
                month.index.kill_all(other.index.gone())
