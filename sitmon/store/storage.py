"""TinyDB's Storage over one journal: documents stay on disk, memory holds where each of them lies.

`apply` is the one way to write. TinyDB's own `write`, which hands over all tables at once, is turned into the
difference to what is stored, so that everything of TinyDB works and nothing of it rewrites a file.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence
from typing import Any, Protocol

from tinydb import Storage

from sitmon.store.damage import Notices, quarantine
from sitmon.store.file import JournalFile
from sitmon.store.lines import Change, Doc, Line, decode, encode
from sitmon.store.scan import Bad, Placed, Scan


class Places(Protocol):
    """Where the documents of one table lie; iterating it gives their ids."""

    def get(self, doc_id: str) -> int | None: ...
    def put(self, doc_id: str, offset: int, doc: Doc) -> None: ...
    def remove(self, doc_id: str) -> None: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...


class Offsets:
    """Places of a small table: a plain dict."""

    def __init__(self) -> None:
        self._offsets: dict[str, int] = {}

    def get(self, doc_id: str) -> int | None:
        return self._offsets.get(doc_id)

    def put(self, doc_id: str, offset: int, doc: Doc) -> None:  # noqa: ARG002 (an index wants it)
        self._offsets[doc_id] = offset

    def remove(self, doc_id: str) -> None:
        self._offsets.pop(doc_id, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)


class LazyTable(Mapping[str, Doc]):
    """A table's documents by id, each read from disk when it is asked for."""

    def __init__(self, storage: JournalStorage, places: Places) -> None:
        self._storage = storage
        self._places = places

    def __getitem__(self, doc_id: str) -> dict[str, Any]:
        offset = self._places.get(doc_id)
        doc = None if offset is None else self._storage.doc(offset)
        if doc is None:
            raise KeyError(doc_id)
        return doc

    def __contains__(self, doc_id: object) -> bool:
        return self._places.get(str(doc_id)) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def items(self) -> ItemsView[str, Doc]:
        return _Readable(self)


class _Readable(ItemsView[str, Doc]):
    """What can be read: a document whose line is damaged is told of in the notices, and passed over."""

    def __init__(self, table: LazyTable) -> None:
        super().__init__(table)
        self._table = table

    def __iter__(self) -> Iterator[tuple[str, Doc]]:
        for doc_id in self._table:
            doc = self._table.get(doc_id)
            if doc is not None:
                yield doc_id, doc


class JournalStorage(Storage):
    """One journal as TinyDB sees it. `places` gives the index of a table that has one of its own."""

    def __init__(
        self,
        file: JournalFile,
        notices: Notices,
        places: Mapping[str, Places] | None = None,
        new: Callable[[], Places] = Offsets,
    ) -> None:
        self.file = file
        self.notices = notices
        self._new = new
        self._places: dict[str, Places] = dict(places or {})

    def load(self) -> Iterator[list[Placed]]:
        """Read what stands behind `file.end`, all of it at first, later what others appended, by transactions."""
        if self.file.size == self.file.end:
            return
        scan = Scan(self.file.scanner(), self.file.end)
        with scan.file:
            for lines in scan:
                for placed in lines:
                    self._place(placed.offset, placed.line)
                self.file.end = scan.end
                yield lines
        self.file.end = scan.end
        if scan.torn and self.file.writable:
            self.file.truncate()
            self.notices.add(f"{self.file.name}: torn: the last {scan.torn} bytes were never completed and are dropped")
        for bad in scan.bad:
            quarantine(self.file, bad, self.notices)

    def apply(self, changes: Sequence[Change]) -> None:
        """One durable transaction; memory follows when the disk has it. StoreError when it has not."""
        if not changes:
            return
        for change, offset in zip(changes, self.file.append(encode(changes)), strict=True):
            self._put(change.table, change.id, offset, change.doc)

    def doc(self, offset: int) -> dict[str, Any] | None:
        """The document there; None, with a notice, when its line is damaged."""
        raw = self.file.raw(offset)
        line = decode(raw)
        if line is None:
            quarantine(self.file, Bad(offset, raw), self.notices)
            return None
        return line.doc()

    def names(self) -> tuple[str, ...]:
        """Tables that hold anything."""
        return tuple(name for name, places in self._places.items() if len(places))

    def tables(self) -> tuple[str, ...]:
        """Tables that were ever written to."""
        return tuple(self._places)

    def table(self, name: str) -> LazyTable:
        return LazyTable(self, self.places(name))

    def places(self, name: str) -> Places:
        if name not in self._places:
            self._places[name] = self._new()
        return self._places[name]

    def read(self) -> dict[str, dict[str, Any]] | None:
        """TinyDB's hook: all tables, lazily."""
        tables: dict[str, Any] = {name: self.table(name) for name in self.names()}
        return tables or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """TinyDB's hook: make the tables what `data` says."""
        changes: list[Change] = []
        for name in dict.fromkeys((*self.names(), *data)):
            old, new = self.table(name), data.get(name, {})
            if isinstance(new, LazyTable):
                continue
            changes += [Change(name, doc_id, None) for doc_id in old if doc_id not in new]
            changes += [Change(name, doc_id, doc) for doc_id, doc in new.items() if old.get(doc_id) != doc]
        self.apply(changes)

    def close(self) -> None:
        self.file.close()

    def _place(self, offset: int, line: Line) -> None:
        if line.op == "=":
            return
        try:
            self._put(line.table, line.id, offset, line.doc() if line.op == "+" else None)
        except (ValueError, KeyError, TypeError) as error:
            self.notices.unreadable(f"{self.file.name}: {line.table} {line.id}", error)

    def _put(self, table: str, doc_id: str, offset: int, doc: Doc | None) -> None:
        places = self.places(table)
        if doc is None:
            places.remove(doc_id)
        else:
            places.put(doc_id, offset, doc)
