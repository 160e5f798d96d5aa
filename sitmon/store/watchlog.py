"""The watch log: what the officers of all seats entered. Each seat writes journals of its own and reads the others'."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from tinydb.table import Document

from sitmon.codec import entry_doc, entry_of
from sitmon.model import Entry
from sitmon.store import names
from sitmon.store.damage import Notices, open_file
from sitmon.store.names import WatchFile
from sitmon.store.scan import Placed
from sitmon.store.states import UNREADABLE
from sitmon.store.storage import JournalStorage
from sitmon.store.table import Database

_TABLE = "entries"


class WatchLog:
    """Entries by id. `seat` is the one that may be written here, empty for none."""

    def __init__(self, folder: Path, notices: Notices, seat: str) -> None:
        self._folder = folder
        self._notices = notices
        self._seat = seat
        self._files: dict[WatchFile, Database] = {}
        self._entries: dict[str, Entry] = {}
        self.refresh()

    def log(self, entry: Entry) -> None:
        """StoreError when it cannot be made durable."""
        where = WatchFile(self._seat, names.month(entry.at))
        if where not in self._files:
            self._open(where)
        self._files[where].table(_TABLE).insert(Document(entry_doc(entry), entry.id))  # type: ignore[arg-type]
        self._entries[entry.id] = entry

    def refresh(self) -> tuple[Entry, ...]:
        """What other seats entered since the last time."""
        new: list[Entry] = []
        there = names.watch_files(self._folder)
        for gone in self._files.keys() - set(there):
            self._drop(gone)
        for where in there:
            if where not in self._files:
                new += self._take(self._open(where))
            elif where.seat != self._seat:
                new += self._take(_all(self._files[where]))
        return tuple(sorted(new, key=_order))

    def retain(self, first: str) -> list[str]:
        """Delete the log of the months before `first`, of all seats; which months there were."""
        deleted = []
        for where in self.over(first):
            self._drop(where)
            with suppress(OSError):
                (self._folder / names.watch(*where)).unlink()
                deleted.append(where.month)
        return deleted

    def over(self, first: str) -> list[WatchFile]:
        """What `retain` would delete."""
        return [where for where in names.watch_files(self._folder) if names.is_over(where.month, first)]

    def all(self) -> tuple[Entry, ...]:
        return tuple(sorted(self._entries.values(), key=_order))

    def close(self) -> None:
        for db in self._files.values():
            db.close()

    def _open(self, where: WatchFile) -> list[Placed]:
        path = self._folder / names.watch(*where)
        file = open_file(path, self._notices, writable=where.seat == self._seat)
        if file is None:
            return []
        self._files[where] = Database(JournalStorage(file, self._notices))
        return _all(self._files[where])

    def _entry(self, doc: dict[str, Any]) -> Entry | None:
        try:
            return entry_of(doc)
        except UNREADABLE as error:
            self._notices.unreadable(f"log entry {doc.get('id')}", error)
            return None

    def _drop(self, where: WatchFile) -> None:
        db = self._files.pop(where, None)
        if db is not None:
            for entry_id in db.storage.table(_TABLE):
                self._entries.pop(entry_id, None)
            db.close()

    def _take(self, placed: list[Placed]) -> list[Entry]:
        docs = (p.line.doc() for p in placed if p.line.table == _TABLE and p.line.op == "+")
        entries = [entry for doc in docs if (entry := self._entry(doc)) is not None]
        self._entries.update((entry.id, entry) for entry in entries)
        return entries


def _all(db: Database) -> list[Placed]:
    return [placed for lines in db.storage.load() for placed in lines]


def _order(entry: Entry) -> tuple[object, str]:
    return entry.at, entry.id
