"""Writing a journal again without what no longer counts, while its writer goes on.

The copy is made beside the writer, up to where the index is sealed, together with an index of its own; what was
appended meanwhile is added by the writer itself at the end, and the copy takes the journal's name. Until then nothing
has changed, so a kill at any moment leaves one journal or the other, whole.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Set
from contextlib import suppress
from typing import BinaryIO
from zlib import crc32

from sitmon.store import build
from sitmon.store.beside import Take
from sitmon.store.file import JournalFile, put_in_place
from sitmon.store.layout import Other, Span
from sitmon.store.lines import Line, again, header
from sitmon.store.scan import Scan
from sitmon.store.segment import Segment
from sitmon.store.shelf import Shelf

Latest = Callable[[str, str], int | None]
"""Table and id to the offset of what counts, for tables other than items."""


class Copy:
    """A journal in the making."""

    def __init__(self, file: JournalFile, segments: list[Segment], shelf: Shelf, latest: Latest) -> None:
        self._file = file
        self._segments = segments
        self._dead = [frozenset(segment.dead) for segment in segments]
        self._latest = latest
        self._generation = uuid.uuid4().hex
        self._shelf = shelf.of(self._generation)
        self._path = file.path.with_name(file.name + ".new")
        self._read_to = segments[-1].span.end if segments else file.start

    def make(self, done: Callable[[], None]) -> Take:
        """All that takes long; the function returned is for the writer. `done` is called when the copy is in place."""
        try:
            with self._path.open("wb") as out:
                out.write(header(self._generation, of=self._file.generation))
                for segment, dead in zip(self._segments, self._dead, strict=True):
                    self._copy(out, segment, dead)
                out.flush()
                os.fsync(out.fileno())
        except OSError:
            self._give_up()
            raise
        return lambda: self._finish(done)

    def _copy(self, out: BinaryIO, segment: Segment, dead: Set[int]) -> None:
        """The lines of one segment that count, and a segment for them."""
        start, total = out.tell(), 0
        valid = {offset for rank, offset in enumerate(segment.offsets) if rank not in dead}
        moved: dict[int, int] = {}
        for offset, line in self._lines(segment.span.start, segment.span.end, valid):
            moved[offset] = out.tell()
            data = b"".join(again([line]))
            total = crc32(data, total)
            out.write(data)
        others: list[Other] = []
        for table, doc_id, old in segment.others:
            if old is None:
                others.append((table, doc_id, None))
            elif old in moved:
                others.append((table, doc_id, moved[old]))
        end, items = out.tell(), sum(1 for offset in valid if offset in moved)
        if end > start:
            span = Span(self._generation, start, end, ((start, end, total),), items)
            build.move(self._shelf.path(start, end), segment, dead, moved, span, others)

    def _lines(self, start: int, end: int, valid: Set[int]) -> Iterator[tuple[int, Line]]:
        scan = Scan(self._file.own_scanner(), start)
        with scan.file:
            for lines in scan:
                for offset, line in lines:
                    if offset < end and self._counts(offset, line, valid):
                        yield offset, line
                if scan.end >= end:
                    return

    def _counts(self, offset: int, line: Line, valid: Set[int]) -> bool:
        if line.op == "-":
            return True  # an earlier month may still hold what it removes
        if line.table == "items":
            return offset in valid
        return self._latest(line.table, line.id) == offset

    def _finish(self, done: Callable[[], None]) -> None:
        """Add what was appended meanwhile, and take the journal's place."""
        try:
            with self._path.open("ab") as out:
                out.write(self._file.read(self._read_to, self._file.end - self._read_to))
                copied = out.tell()
            with self._path.open("r+b") as out:
                out.write(header(self._generation, of=self._file.generation, copied=copied))
                out.flush()
                os.fsync(out.fileno())
            if os.name == "nt":
                self._file.close()  # Windows replaces no open file
            put_in_place(self._path, self._file.path)
        except OSError:  # a full disk, or on Windows somebody else who has it open: the old journal stays
            self._give_up()
            if os.name == "nt":
                self._file.open()
        else:
            done()

    def _give_up(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        shutil.rmtree(self._shelf.folder, ignore_errors=True)
