"""TinyDB's Table and database over a journal: updates become the lines of what changed.

Overrides `Table._read_table` and `Table._update_table`, which TinyDB marks as internal: pyproject.toml pins the
version, and tests/test_store_contract.py holds the two hooks to what is used of them here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from copy import deepcopy
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.table import Table

from sitmon.store.damage import Notices, open_file
from sitmon.store.lines import Change, Doc
from sitmon.store.storage import JournalStorage, LazyTable


def doc_id(text: str | int) -> Any:
    """TinyDB numbers its documents; sitmon's have names. A name that is a number reads as one, as in TinyDB."""
    as_text = str(text)
    return int(as_text) if as_text.isdecimal() and str(int(as_text)) == as_text else as_text


class Draft(MutableMapping[Any, Any]):
    """A table as an update sees it: reads go to the journal, writes stay here."""

    def __init__(self, base: LazyTable) -> None:
        self._base = base
        self._docs: dict[str, Any] = {}
        self._removed: set[str] = set()

    def changes(self, table: str) -> list[Change]:
        """What differs from the journal; documents that were only looked at do not."""
        removed = [Change(table, name, None) for name in self._removed if name in self._base]
        put = [Change(table, name, doc) for name, doc in self._docs.items() if self._base.get(name) != doc]
        return removed + put

    def __getitem__(self, key: Any) -> Any:
        name = str(key)
        if name in self._removed:
            raise KeyError(key)
        if name not in self._docs:
            self._docs[name] = self._base[name]
        return self._docs[name]

    def __setitem__(self, key: Any, doc: Any) -> None:
        self._removed.discard(str(key))
        self._docs[str(key)] = deepcopy(doc)

    def __delitem__(self, key: Any) -> None:
        if key not in self:
            raise KeyError(key)
        self._docs.pop(str(key), None)
        self._removed.add(str(key))

    def __contains__(self, key: object) -> bool:
        name = str(key)
        return name not in self._removed and (name in self._docs or name in self._base)

    def __iter__(self) -> Iterator[Any]:
        new = [name for name in self._docs if name not in self._base]
        return (doc_id(name) for name in [*self._base, *new] if name not in self._removed)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self._docs.clear()
        self._removed.update(self._base)


class JournalTable(Table):
    """A TinyDB table whose reads are lazy and whose writes are one transaction of what changed."""

    document_id_class = staticmethod(doc_id)  # type: ignore[assignment]

    def _read_table(self) -> dict[str, Doc]:
        return cast(dict[str, Doc], self._journal.table(self.name))

    def _update_table(self, updater: Callable[[dict[int, Doc]], None]) -> None:
        draft = Draft(self._journal.table(self.name))
        updater(cast(dict[int, Doc], draft))
        self._journal.apply(draft.changes(self.name))
        self.clear_cache()

    @property
    def _journal(self) -> JournalStorage:
        return cast(JournalStorage, self._storage)


class Database(TinyDB):
    """A TinyDB on a journal: `Database(storage)`."""

    table_class = JournalTable
    storage: JournalStorage

    def __init__(self, storage: JournalStorage) -> None:
        super().__init__(storage=lambda: storage)


def database(path: Path | str, *, writable: bool = False) -> Database:
    """One journal as a TinyDB, for looking into it with TinyDB's queries.

    Writable only where no collector or seat has it open: their locks are not asked here. FileNotFoundError when there
    is none to read; StoreError when it is of a newer sitmon.
    """
    notices = Notices()
    file = open_file(Path(path), notices, writable=writable)
    if file is None:
        raise FileNotFoundError(f"{path}: {'; '.join(notices()) or 'no such journal'}")
    storage = JournalStorage(file, notices)
    for _ in storage.load():
        pass
    return Database(storage)
