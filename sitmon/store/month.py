"""One month: its journal, the index of its items, and the other tables that were written with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitmon.store.damage import Notices
from sitmon.store.file import JournalFile
from sitmon.store.index import SEAL, ItemIndex
from sitmon.store.lines import Doc
from sitmon.store.scan import Placed
from sitmon.store.segment import Other, Span
from sitmon.store.shelf import Shelf
from sitmon.store.storage import JournalStorage, Offsets
from sitmon.store.table import Database

_BEHIND = 8 * SEAL
"""Items in memory at which a process that does not write the journal seals them too, for the memory's sake."""


class Fresh(Offsets):
    """Places of a small table, and which of them no segment knows yet."""

    def __init__(self) -> None:
        super().__init__()
        self.fresh: dict[str, int | None] = {}

    def put(self, doc_id: str, offset: int, doc: Doc) -> None:
        super().put(doc_id, offset, doc)
        self.fresh[doc_id] = offset

    def remove(self, doc_id: str) -> None:
        super().remove(doc_id)
        self.fresh[doc_id] = None


class Month:
    """An open month. Reading it for the first time takes its index from the shelf as far as that reaches."""

    def __init__(self, name: str, file: JournalFile, shelves: Path, notices: Notices) -> None:
        self.name = name
        shelf = Shelf(shelves / file.path.stem, file.generation, file.id_at)
        self.index = ItemIndex(shelf, file.start)
        self.storage = JournalStorage(file, notices, {"items": self.index}, Fresh)
        self.db = Database(self.storage)
        self._adopt()

    def read(self) -> Iterator[list[Placed]]:
        """The transactions that were appended since the last time, each after it has been indexed."""
        for lines in self.storage.load():
            yield lines
            self.tend()

    def tend(self) -> None:
        """Seal the tail when it is full, and join what has been sealed."""
        index = self.index
        index.tend()
        if len(index.tail.offsets) >= (SEAL if self.storage.file.writable else _BEHIND) and index.is_idle():
            self.seal()

    def seal(self) -> None:
        """Begin to seal the tail."""
        file = self.storage.file
        start, end = self.index.tail_start, file.end
        span = Span(file.generation, start, end, ((start, end, file.checksum(start, end)),))
        self.index.seal(span, self._fresh())

    def catch_up(self) -> bool:
        """Let go of the tail where another process has sealed it; True when other segments are in use now."""
        if len(self.index.tail.offsets) < SEAL or not self.index.is_idle():
            return False
        before, end = self.index.tail_start, self.storage.file.end
        if self.index.shelf.reaches(self.index.start, end) <= before:
            return False
        gone = self.index.tail.gone
        self._adopt()
        for _ in self.storage.load():
            pass
        self.index.tail.gone |= gone
        return True

    def close(self) -> None:
        if self.storage.file.writable and len(self.index.tail.offsets) >= SEAL // 4 and self.index.is_idle():
            self.seal()
        self.index.tend(wait=True)
        self.db.close()

    def _adopt(self) -> None:
        file = self.storage.file
        file.end = self.index.adopt(file.size)
        for segment in self.index.segments:
            for table, doc_id, offset in segment.others:
                if offset is None:
                    self.storage.places(table).remove(doc_id)
                else:
                    self.storage.places(table).put(doc_id, offset, {})
        self._fresh()

    def _fresh(self) -> list[Other]:
        """What other tables hold that no segment knows; known from now on."""
        others: list[Other] = []
        for table in self.storage.tables():
            places = self.storage.places(table)
            if isinstance(places, Fresh):
                others += [(table, doc_id, offset) for doc_id, offset in places.fresh.items()]
                places.fresh = {}
        return others
