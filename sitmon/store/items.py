"""The items of all months, and the alerts and feed states that were written with them.

A document's latest version is the one in the latest month: `month_for` sees to it that no version is ever written to
an earlier journal than the one before it, whatever the clock says.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sitmon.model import Commit
from sitmon.store import names
from sitmon.store.damage import Notices, open_file, restore
from sitmon.store.file import JournalFile
from sitmon.store.found import Found
from sitmon.store.index import Question
from sitmon.store.keys import Clauses
from sitmon.store.lines import Change, Doc
from sitmon.store.month import Month
from sitmon.store.scan import Placed
from sitmon.store.shelf import Shelf


class Items:
    """The months of a folder, oldest first."""

    def __init__(self, folder: Path, notices: Notices, *, writable: bool) -> None:
        self._folder = folder
        self._notices = notices
        self._writable = writable
        self._months: dict[str, Month] = {}
        for name in names.item_months(folder):
            self._open(name)

    def names(self) -> list[str]:
        return list(self._months)

    def months(self) -> list[Month]:
        return list(self._months.values())

    def month_for(self, change: Commit) -> Month:
        """Where a transaction belongs: the month of its newest item or alert, but never before an earlier version."""
        wanted = {names.month(at) for at in {item.first_seen for item in change.items}}
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
            self._open(name)
        return self._months[name]

    def apply(self, month: Month, changes: Sequence[Change]) -> None:
        """One durable transaction."""
        month.storage.apply(changes)
        self._supersede(month, [change.id for change in changes if change.table == "items"])
        for each in self.months():
            self.tend(each)

    def refresh(self) -> Iterator[Placed]:
        """What others appended since the last time."""
        there = names.item_months(self._folder)
        for name in self._months.keys() - set(there):
            self._drop(name)
        for name in there:
            if name not in self._months:
                self._open(name)
                yield from self._contents(name)
            elif self._months[name].storage.file.replaced():
                yield from self._reopened(name)
            else:
                yield from self._read(self._months[name])

    def compact(self, name: str) -> None:
        """Write a month again, at once."""
        self._months[name].compact_now()
        self.tend(self._months[name])

    def tend(self, month: Month) -> None:
        """What a month has to do beside writing; a compacted one is opened again."""
        month.tend()
        if month.copied:
            for _ in self._reopened(month.name):
                pass

    def retain(self, first: str) -> list[str]:
        """Delete the months before `first`; which they were. What is open elsewhere goes the next time (Windows)."""
        deleted = []
        for name in self.over(first):
            path = self._folder / names.items(name)
            shelf = self._months[name].index.shelf
            self._drop(name)
            with suppress(OSError):
                path.unlink()
                shelf.clear()
                deleted.append(name)
        return deleted

    def over(self, first: str) -> list[str]:
        """What `retain` would delete."""
        return [name for name in self._months if names.is_over(name, first)]

    def doc(self, item_id: str) -> Doc | None:
        for month in reversed(self._months.values()):
            offset = month.index.get(item_id)
            if offset is not None:
                doc = month.storage.doc(offset)
                if doc is None:
                    month.index.kill(item_id)  # its line is damaged: it is not counted any more
                return doc
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

    def _open(self, name: str) -> None:
        month = self._opened(name)
        for _ in [] if month is None else self._read(month):
            pass

    def _contents(self, name: str) -> Iterator[Placed]:
        """All that a month holds, for whom it is news."""
        if name not in self._months:
            return
        storage = self._months[name].storage
        for table in storage.tables():
            places = storage.places(table)
            offsets = (places.get(doc_id) for doc_id in places)
            lines = ((offset, storage.file.line(offset)) for offset in offsets if offset is not None)
            yield from (Placed(offset, line) for offset, line in lines if line is not None)

    def _opened(self, name: str) -> Month | None:
        path = self._folder / names.items(name)
        file = open_file(path, self._notices, writable=self._writable)
        if file is None:
            return None
        shelf = self._shelf(file)
        missing = shelf.reaches(file.start) - file.size
        if missing > 0 and self._writable:
            file.close()
            restore(path, missing, self._notices)
            file = JournalFile(path, writable=True)
            shelf = self._shelf(file)
        known = file.copied if name in self._months else sys.maxsize
        month = Month(name, file, shelf, self._notices, known)
        self._months[name] = month
        self._months = {name: self._months[name] for name in sorted(self._months)}
        for each in self._months.values():
            each.past = each.name < max(self._months)
        self._settle(month)
        return month

    def _shelf(self, file: JournalFile) -> Shelf:
        return Shelf(self._folder / names.INDEX, file.path.stem, file.generation, file.id_at)

    def _reopened(self, name: str) -> Iterator[Placed]:
        """A journal that was compacted: read the old one to its end, and from the new one only what is not the same."""
        old = self._months[name]
        yield from self._read(old)
        new = self._opened(name)
        if new is not None:
            read, file = list(self._read(new)), new.storage.file
            if file.copy_of == old.storage.file.generation:
                yield from (placed for placed in read if placed.offset >= file.copied)
            else:  # it was compacted twice since: anything may be news
                yield from (placed for placed in self._contents(name) if not _same(old, placed))
        old.retire()

    def _drop(self, name: str) -> None:
        self._months.pop(name).close()

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


def _same(month: Month, placed: Placed) -> bool:
    """Whether a month holds this very version."""
    line = placed.line
    return month.storage.file.body(month.storage.places(line.table).get(line.id)) == line.body
