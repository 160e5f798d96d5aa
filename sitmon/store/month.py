"""One month: its journal, the index of its items, and the other tables that were written with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sitmon.store.beside import Beside, Take
from sitmon.store.damage import Notices
from sitmon.store.file import JournalFile
from sitmon.store.index import ItemIndex
from sitmon.store.layout import Other, Span
from sitmon.store.lines import Doc
from sitmon.store.scan import Placed
from sitmon.store.scrub import AT_ONCE, differing, heal
from sitmon.store.shelf import Shelf
from sitmon.store.storage import JournalStorage, Offsets
from sitmon.store.table import Database

_BEHIND = 8
"""Times as many items may be in memory before a process seals them that does not write the journal."""


_PAST = 1 / 32
"""Of a full tail, for a month that is over: opening a year must not read twelve half-full tails from their journals."""

_WORTH = 0.25
"""Of a full tail: what is worth sealing when the journal is closed."""

_TRIES = 10
"""Steps after which a compaction is given up: four are needed, more when a disk is full."""

_SEAL, _COPY = "seal", "copy"
"""The steps of a compaction."""


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

    def __init__(self, name: str, file: JournalFile, shelf: Shelf, notices: Notices, known: int = sys.maxsize) -> None:
        """`known`: from which byte on whoever opens it wants to read line by line, as it may be news."""
        self.name = name
        self.index = ItemIndex(shelf, file.start)
        self.storage = JournalStorage(file, notices, {"items": self.index}, Fresh)
        self.db = Database(self.storage)
        self.past = False
        """True when there is a later month: what little comes now is not worth waiting for a full tail."""
        self.copied = False
        """True when a compacted copy has taken the journal's place: open the month again."""
        self._notices = notices
        self._scrubbing = Beside()
        self._compaction = ""
        """Which step of a compaction comes next, empty for none."""
        self._adopt(known)
        self._scrub()
        if file.writable:
            shelf.clear_others()

    def read(self) -> Iterator[list[Placed]]:
        """The transactions that were appended since the last time, each after it has been indexed."""
        for lines in self.storage.load():
            yield lines
            self.tend()

    def tend(self) -> None:
        """Seal the tail when it is full, join what has been sealed, and go on with a compaction that was asked for."""
        index = self.index
        self._scrubbing.finish()
        idle = index.is_idle()
        if self.copied:
            return  # another file has its place: a second copy of this one would push that out again
        if self._compaction and idle:
            self._compact()
            return
        index.tend()
        if index.is_full(self._room()) and index.is_idle() and not self.copied:
            self.seal()

    def _room(self) -> float:
        """How many times as much as a tail's worth may be in memory."""
        if not self.storage.file.writable:
            return _BEHIND
        return _PAST if self.past else 1

    def seal(self) -> None:
        """Begin to seal the tail."""
        file = self.storage.file
        start, end = self.index.tail_start, file.end
        sums = ((start, end, file.checksum(start, end)),)
        self.index.seal(Span(file.generation, start, end, sums, len(self.index.tail.offsets)), self._fresh())

    def compact(self) -> None:
        """Begin to write the journal again without what no longer counts; `tend` goes on with it."""
        self._compaction = _SEAL

    def compact_now(self) -> None:
        """The same, and wait for its end. `copied` says whether it could be done."""
        self.compact()
        for _ in range(_TRIES):
            self.index.finish()
            if self.copied or not self._compaction:
                break
            self.tend()
        self._compaction = ""

    def catch_up(self) -> bool:
        """Let go of the tail where another process has sealed it; True when other segments are in use now.

        Nothing is read that was not read before: what was appended in the meantime is news to whoever reads next.
        """
        if not self.index.is_full() or not self.index.is_idle():
            return False
        before, end = self.index.tail_start, self.storage.file.end
        if self.index.shelf.reaches(self.index.start, end) <= before:
            return False
        gone = self.index.tail.gone
        self._adopt(end)
        if self.storage.file.end < end:
            for _ in self.storage.load():
                if self.storage.file.end >= end:
                    break
        self.index.tail.gone |= gone
        return True

    def retire(self) -> None:
        """Let another take its place; answers given before can still be read."""
        self._scrubbing.finish(wait=True)
        self.index.finish()
        self.storage.file.close_writer()

    def close(self) -> None:
        self._scrubbing.finish(wait=True)
        self.index.finish()
        if self.storage.file.writable and not self.copied and self.index.is_full(min(_WORTH, self._room())):
            self.index.tend()
            self.index.finish()
            if self.index.frozen is None:
                self.seal()
                self.index.finish()
        self.db.close()

    def _adopt(self, known: int = sys.maxsize) -> None:
        file = self.storage.file
        file.end = self.index.adopt(min(file.size, known))
        for segment in self.index.segments:
            for table, doc_id, offset in segment.others:
                if offset is None:
                    self.storage.places(table).remove(doc_id)
                else:
                    self.storage.places(table).put(doc_id, offset, {})
        self._fresh()

    def _scrub(self) -> None:
        """Compare what is sealed with its checksums: at once if it is little, else beside the writer."""
        file, index = self.storage.file, self.index
        stretches = [stretch for segment in index.segments for stretch in segment.span.sums]

        def work() -> Take:
            found = differing(file, stretches)
            return lambda: heal(file, index, found, self._notices)

        if sum(end - start for start, end, _ in stretches) <= AT_ONCE:
            work()()
        elif file.writable:
            self._scrubbing.start(work)

    def _compact(self) -> None:
        """The next step: seal what is in memory, then copy what is sealed."""
        if self._compaction == _SEAL and self.index.tail_start < self.storage.file.end:
            self.seal()
            self._compaction = _COPY
            return
        self._compaction = ""
        self.index.copy(self.storage.file, lambda table, doc_id: self.storage.places(table).get(doc_id), self._copied)

    def _copied(self) -> None:
        self.copied = True

    def _fresh(self) -> list[Other]:
        """What other tables hold that no segment knows; known from now on."""
        others: list[Other] = []
        for table in self.storage.tables():
            places = self.storage.places(table)
            if isinstance(places, Fresh):
                others += [(table, doc_id, offset) for doc_id, offset in places.fresh.items()]
                places.fresh = {}
        return others
