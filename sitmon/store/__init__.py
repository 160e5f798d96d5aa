"""Where everything is kept: items, alerts, feed states, and the watch log. The only door to tinydb.

`open_store` gives a `Store` (see `protocol`). `journal` is the back end of every data folder, `memory` that of tests.
New items mostly come `written` already, by the workers that read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitmon.store.check import Checked, Report, check
from sitmon.store.exchange import Tell, export, export_tinydb, import_, import_tinydb, opened
from sitmon.store.journal import JournalStore
from sitmon.store.memory import MemoryStore
from sitmon.store.protocol import Areas, Refresh, Role, Store
from sitmon.store.roles import collector_holder
from sitmon.store.table import database

__all__ = [
    "BACKENDS",
    "Areas",
    "Checked",
    "JournalStore",
    "MemoryStore",
    "Refresh",
    "Report",
    "Role",
    "Store",
    "check",
    "collector_holder",
    "compact",
    "database",
    "export",
    "export_tinydb",
    "import_",
    "import_tinydb",
    "open_store",
]

BACKENDS = (JournalStore, MemoryStore)
"""Each is opened with (folder, role, seat, areas); the contract tests run on all of them."""


def open_store(folder: Path | str, *, role: Role, seat: str | None = None, areas: Areas | None = None) -> Store:
    """The store in `folder`, which is made if missing.

    A second collector, or a second holder of a seat, gets a store that is not `writable`, whose `notices` name the
    first; a seat without a name gets the first free number. `areas` says which region ids an area contains.
    StoreError when the folder cannot be read, or was written by a newer sitmon.
    """
    return JournalStore(Path(folder), role, seat, areas)


def compact(folder: Path, tell: Tell) -> Mapping[str, tuple[int, int]]:
    """Write all journals again without what no longer counts; bytes before and after, by file.

    StoreError when a collector is running: it compacts by itself.
    """
    with opened(folder, "collector", tell) as store:
        before = _sizes(folder)
        store.compact_now()
        return {name: (before.get(name, 0), size) for name, size in _sizes(folder).items()}


def _sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in sorted(folder.glob("*.journal"))}
