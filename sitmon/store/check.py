"""Reading every line of every journal, to say whether all is well. Changes nothing, and needs no lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitmon.codec import alert_of, entry_of, feed_state_of, item_of
from sitmon.errors import StoreError
from sitmon.store import names
from sitmon.store.damage import first_line
from sitmon.store.file import JournalFile
from sitmon.store.lines import VERSION, Line
from sitmon.store.roles import collector_holder
from sitmon.store.scan import Scan
from sitmon.store.scrub import differing
from sitmon.store.shelf import Shelf
from sitmon.store.states import SEQUENCE


def _feed_state(doc: dict[str, Any]) -> object:
    return feed_state_of({key: value for key, value in doc.items() if key != SEQUENCE})


_READERS: dict[str, Callable[[dict[str, Any]], object]] = {
    "items": item_of,
    "alerts": alert_of,
    "feeds": _feed_state,
    "entries": entry_of,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file."""

    name: str
    bytes: int
    lines: int
    documents: tuple[tuple[str, int], ...]
    """How many of each table count: the latest version of each, removed ones not."""
    superseded: int
    """Lines that later ones of the same file replaced; `compact` drops them."""
    problems: tuple[str, ...]
    """Damage, in words: corrupt lines, documents that cannot be read, an index that does not fit."""
    torn: int
    """Bytes at the end of a transaction that was never completed: no damage, dropped at the next start."""

    @property
    def is_sound(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a data folder."""

    files: tuple[Checked, ...]
    aside: tuple[str, ...]
    """Files that were set aside or quarantined before, for somebody to look at."""

    @property
    def is_sound(self) -> bool:
        return all(file.is_sound for file in self.files)

    def lines(self) -> Iterable[str]:
        """For a person: a line a file, then a line a problem."""
        for file in self.files:
            counts = ", ".join(f"{count} {table}" for table, count in file.documents) or "empty"
            torn = f", torn: {file.torn} bytes at the end" if file.torn else ""
            verdict = "ok" if file.is_sound else "DAMAGED"
            yield f"{verdict:8}{file.name}: {file.bytes} bytes, {counts}, {file.superseded} superseded{torn}"
            yield from (f"        {problem}" for problem in file.problems)
        yield from (f"aside   {name}" for name in self.aside)


def check(folder: Path) -> Report:
    """Verify everything in a data folder. StoreError when it cannot be read."""
    try:
        present = sorted(folder.iterdir())
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}") from error
    writing = collector_holder(folder) is not None
    journals = [path for path in present if path.name.endswith(".journal")]
    aside = tuple(path.name for path in present if names.is_aside(path.name))
    return Report(tuple(_check(path, folder, writing=writing) for path in journals), aside)


def _check(path: Path, folder: Path, *, writing: bool) -> Checked:
    try:
        line = first_line(path)
        if line is None or line.op != "=":
            what = "corrupt: not a journal of sitmon" if line is None else "journal format 0: it is migrated at start"
            return Checked(path.name, path.lstat().st_size, 0, (), 0, (what,), 0)
        if line.id != str(VERSION):
            return Checked(path.name, path.stat().st_size, 0, (), 0, (f"journal format {line.id}: update sitmon",), 0)
        file = JournalFile(path, writable=False)
    except OSError as error:
        return Checked(path.name, 0, 0, (), 0, (f"cannot be read: {error.strerror}",), 0)
    try:
        return _read(file, folder, writing=writing)
    finally:
        file.close()


def _read(file: JournalFile, folder: Path, *, writing: bool) -> Checked:
    scan = Scan(file.scanner(), file.start)
    latest: dict[str, set[str]] = {}
    problems: list[str] = []
    lines = 0
    with scan.file:
        for transaction in scan:
            for offset, line in transaction:
                lines += 1
                problems += _unreadable(offset, line)
                ids = latest.setdefault(line.table, set())
                (ids.add if line.op == "+" else ids.discard)(line.id)
    problems += [f"corrupt: {len(bad.raw)} bytes at {bad.offset} are no line" for bad in scan.bad]
    problems += _index_problems(file, folder)
    counts = tuple((table, len(ids)) for table, ids in sorted(latest.items()))
    superseded = lines - sum(count for _, count in counts)
    return Checked(file.name, file.size, lines, counts, superseded, tuple(problems), 0 if writing else scan.torn)


def _unreadable(offset: int, line: Line) -> list[str]:
    """A line whose checksum is right, and whose document is none."""
    reader = _READERS.get(line.table)
    if reader is None or line.op != "+":
        return []
    try:
        reader(line.doc())
    except (ValueError, KeyError, TypeError) as error:
        return [f"corrupt: {line.table} {line.id} at {offset} cannot be read: {error!r}"]
    return []


def _index_problems(file: JournalFile, folder: Path) -> list[str]:
    shelf = Shelf(folder / names.INDEX, file.path.stem, file.generation, file.id_at)
    segments = shelf.choose(file.start, file.size, [])
    missing = shelf.reaches(file.start) - file.size
    damaged = [stretch for segment in segments for stretch in differing(file, list(segment.span.sums))]
    problems = [f"corrupt: bytes {start} to {end} are not what they were when indexed" for start, end, _ in damaged]
    return problems + ([f"corrupt: {missing} bytes that were stored are missing"] if missing > 0 else [])
