"""`feeds.journal`: the states of feeds whose polls brought nothing, written again whenever it has grown to four times.

500 feeds polled every 15 minutes write 20 MB a day here; what counts of it are 200 kB.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sitmon.store.damage import Notices, open_file
from sitmon.store.file import make
from sitmon.store.lines import Change, encode
from sitmon.store.scan import Placed
from sitmon.store.storage import JournalStorage
from sitmon.store.table import Database

SMALL = 1 << 20
"""Bytes up to which the file is let alone."""
_GROWTH = 4


class StateFile:
    """The journal of feed states; absent until somebody has written it."""

    def __init__(self, path: Path, notices: Notices, *, writable: bool) -> None:
        self._path = path
        self._notices = notices
        self._writable = writable
        self._db: Database | None = None
        self._compact_at = SMALL

    def refresh(self) -> list[Placed]:
        """What was written since the last time; all of it where the file has been replaced."""
        if self._db is not None and self._db.storage.file.replaced():
            self.close()
        if self._db is None:
            file = open_file(self._path, self._notices, writable=self._writable)
            self._db = None if file is None else Database(JournalStorage(file, self._notices))
        return [] if self._db is None else [placed for lines in self._db.storage.load() for placed in lines]

    def apply(self, changes: list[Change]) -> None:
        """One durable transaction. StoreError."""
        if self._db is None:
            self.refresh()
        if self._db is not None:
            self._db.storage.apply(changes)
            if self._db.storage.file.end > self._compact_at:
                self._compact(self._db.storage)

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _compact(self, storage: JournalStorage) -> None:
        """At once: a few hundred lines. Where it cannot be done, what there is goes on growing."""
        lines = [line for feed, doc in storage.table("feeds").items() for line in encode([Change("feeds", feed, doc)])]
        self._compact_at = max(SMALL, _GROWTH * sum(map(len, lines)), storage.file.end + SMALL)
        self.close()  # Windows replaces no open file
        with suppress(OSError):
            make(self._path, lines)
            self._compact_at = max(SMALL, _GROWTH * sum(map(len, lines)))
        self.refresh()
