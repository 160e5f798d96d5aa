"""Everything out of a data folder and into another, so that nobody is locked in.

As JSON lines: one object a line, `kind` says what it is (`item`, `feed_state`, `alert`, `entry`), the rest are the
document's own keys. As a plain TinyDB file: one JSON object of tables, as `TinyDB("file.json")` reads and writes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sitmon import codec, terms
from sitmon.codec import json_bytes
from sitmon.errors import StoreError
from sitmon.model import Alert, Commit, Entry, Item, Select
from sitmon.normalise import clean
from sitmon.store import names
from sitmon.store.journal import JournalStore
from sitmon.store.protocol import Role

_BATCH = 200
"""Documents of one transaction: large enough that syncing costs little, small enough to be held in memory."""

_TABLES = {"items": "item", "feeds": "feed_state", "alerts": "alert", "entries": "entry"}
"""Names of TinyDB tables, and what their documents are."""

_READERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "item": codec.item_of,
    "feed_state": codec.feed_state_of,
    "alert": codec.alert_of,
    "entry": codec.entry_of,
}

Told = tuple[str, Any]
"""A kind and a noun of that kind."""

Key = tuple[str, str]
"""A kind and an id."""

Tell = Callable[[str], object]
"""Is told what the store found damaged, set aside or passed over: what is not in an export, and why."""


@contextmanager
def opened(folder: Path, role: Role, tell: Tell) -> Iterator[JournalStore]:
    """A store that is read or written as a whole. StoreError when it cannot be."""
    store = JournalStore(folder, role)
    try:
        if role == "collector" and not store.writable:
            raise StoreError("; ".join(store.notices()))
        yield store
        for notice in store.notices():
            tell(notice)
    finally:
        store.close()


def export(folder: Path, tell: Tell) -> Iterator[dict[str, Any]]:
    """Everything that counts, items oldest first. StoreError when the folder cannot be read."""
    with opened(folder, "reader", tell) as store:
        for kind in _READERS:
            yield from ({"kind": kind, **doc} for doc in _docs(store, kind))


def _docs(store: JournalStore, kind: str) -> Iterator[dict[str, Any]]:
    if kind == "feed_state":
        return map(codec.feed_state_doc, store.feeds().values())
    if kind == "alert":
        return map(codec.alert_doc, store.alerts())
    if kind == "entry":
        return map(codec.entry_doc, store.entries())
    return map(codec.item_json, _items(store))


def _items(store: JournalStore) -> Iterator[Item]:
    ids = store.ids(Select())
    for end in range(len(ids), 0, -_BATCH):
        yield from store.items(ids[max(0, end - _BATCH) : end][::-1])


def import_(folder: Path, lines: Iterable[str | bytes | Mapping[str, Any]], tell: Tell) -> dict[str, int]:
    """Store what `export` gave; how many of each kind were new. What is stored in this or a later version stays.

    A file may come from anywhere: what must not reach a terminal is taken out of its texts.

    StoreError, naming the line, when one cannot be read: what stands before it may have been stored.
    """
    with opened(folder, "collector", tell) as store:
        return _import(store, folder, _nouns(lines))


def _import(store: JournalStore, folder: Path, nouns: Iterator[Told]) -> dict[str, int]:
    counts = dict.fromkeys(_READERS, 0)
    known: dict[Key, Any] = {("alert", alert.id): alert for alert in store.alerts()}
    known |= {("feed_state", feed): state for feed, state in store.feeds().items()}
    known |= {("entry", entry.id): entry for entry in store.entries()}
    while batch := list(islice(nouns, _BATCH)):
        new: dict[Key, Any] = {}
        for kind, noun in batch:
            key = (kind, noun.feed if kind == "feed_state" else noun.id)
            stored = new.get(key) or known.get(key) or (store.item(noun.id) if kind == "item" else None)
            if stored is None or _supersedes(noun, stored):
                counts[kind] += key not in new
                new[key] = noun
        _commit(store, [(kind, noun) for (kind, _), noun in new.items()])
        _log(folder, [noun for (kind, _), noun in new.items() if kind == "entry"])
        known |= {key: noun for key, noun in new.items() if key[0] != "item"}
    return counts


def _supersedes(noun: Any, stored: Any) -> bool:
    """Another version, and no earlier one. An entry of the watch log has one version."""
    return not isinstance(noun, Entry) and noun != stored and _changed(noun) >= _changed(stored)


def _changed(noun: Any) -> datetime:
    """When the noun came to be as it is."""
    match noun:
        case Item():
            return noun.revised or noun.first_seen
        case Alert():
            return noun.updated
    return noun.last_polled or datetime.min.replace(tzinfo=UTC)


def _commit(store: JournalStore, new: list[Told]) -> None:
    """Each month by itself, so that what is old is deleted in its time."""
    months: dict[str, list[Told]] = {}
    for kind, noun in new:
        if kind in ("item", "alert"):
            month = names.month(noun.first_seen if kind == "item" else noun.updated)
            months.setdefault(month, []).append((kind, noun))
    for told in months.values():
        items = tuple(noun for kind, noun in told if kind == "item")
        store.commit(Commit(items=items, alerts=tuple(noun for kind, noun in told if kind == "alert")))
    store.commit(Commit(feeds=tuple(noun for kind, noun in new if kind == "feed_state")))


def _log(folder: Path, entries: list[Entry]) -> None:
    """Each seat's entries into its own journals, as its holder."""
    for seat in dict.fromkeys(entry.seat for entry in entries):
        store = JournalStore(folder, "seat", seat)
        try:
            for entry in entries:
                if entry.seat == seat:
                    store.log(entry)
        finally:
            store.close()


def _nouns(lines: Iterable[str | bytes | Mapping[str, Any]]) -> Iterator[Told]:
    for number, line in enumerate(lines, 1):
        if isinstance(line, str | bytes) and not line.strip():
            continue
        try:
            doc = _safe(dict(line) if isinstance(line, Mapping) else json.loads(line))
            kind = doc.pop("kind", "item")
            noun = _READERS[kind](doc)
            if isinstance(noun, Item):
                terms.lines(noun)  # it is to be found again: a number among its countries would show only then
            yield kind, noun
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(f"line {number}: not what sitmon exports: {error!r}") from error


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return clean.safe(value)
    if isinstance(value, list):
        return [_safe(part) for part in value]
    return {key: _safe(part) for key, part in value.items()} if isinstance(value, dict) else value


# ---------------------------------------------------------------- plain TinyDB


def export_tinydb(folder: Path, path: Path, tell: Tell) -> int:
    """Write a plain TinyDB file; how many documents. OSError when it cannot be written."""
    count = 0
    with opened(folder, "reader", tell) as store, path.open("wb") as out:
        for table, kind in _TABLES.items():
            out.write((b", " if out.tell() else b"{") + json.dumps(table).encode() + b": {")
            for number, doc in enumerate(_docs(store, kind), 1):
                out.write((b", " if number > 1 else b"") + b'"%d": ' % number + json_bytes(doc))
                count += 1
            out.write(b"}")
        out.write(b"}\n")
    return count


def import_tinydb(folder: Path, path: Path, tell: Tell) -> dict[str, int]:
    """Store the documents of a plain TinyDB file whose tables are named as those that `export_tinydb` writes.

    StoreError when it is no such file, or has a table of another name: nothing is to be lost silently.
    """
    try:
        tables = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: not a TinyDB file: {error}") from error
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise StoreError(f"{path}: not a TinyDB file: it is no object of tables")
    unknown = [name for name, table in tables.items() if table and name not in _TABLES]
    if unknown:
        raise StoreError(f"{path}: unknown table {unknown[0]!r}; sitmon reads {', '.join(_TABLES)}")
    docs = ({"kind": _TABLES[name], **doc} for name, table in tables.items() for doc in table.values())
    return import_(folder, docs, tell)
