"""What is done about files that are not as they were left: nothing is overwritten, everything is said.

A damaged line in the middle of a journal stays where it is and is copied to `NAME.quarantine`; what follows it counts.
What is no journal at all, or no file, is renamed to `NAME.damaged-1`, its good lines, if any, go to a new journal.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sitmon.errors import StoreError
from sitmon.store.file import JournalFile, make
from sitmon.store.lines import VERSION, Line, again, decode
from sitmon.store.scan import Bad, Scan


class Notices:
    """What the operator should read, each once, in the order in which it was found."""

    def __init__(self) -> None:
        self._texts: dict[str, None] = {}

    def add(self, text: str) -> None:
        self._texts[text] = None

    def unreadable(self, what: str, error: Exception) -> None:
        """A document whose line is whole, and which is not what its table holds."""
        self.add(f"{what}: cannot be read and is passed over: {error!r}")

    def __call__(self) -> tuple[str, ...]:
        return tuple(self._texts)


def open_file(path: Path, notices: Notices, *, writable: bool) -> JournalFile | None:
    """The journal, made or mended where `writable`; None where there is none to read.

    StoreError when it was written by a newer sitmon, or cannot be made, or may not be read by who is to write it.
    """
    try:
        if writable and not os.path.lexists(path):
            make(path)
        elif not _is_sound(path) and not (writable and _mend(path, notices)):
            notices.add(f"{path.name}: not a journal of sitmon; passed over")
            return None
        return JournalFile(path, writable=writable)
    except FileNotFoundError:
        return None
    except OSError as error:
        if isinstance(error, PermissionError) and not writable:
            notices.add(f"{path.name}: {error.strerror}; passed over")
            return None
        raise StoreError(f"{path}: {error.strerror}; check the folder, its owner and its free space") from error


def sweep(folder: Path, journals: str) -> None:
    """Delete what a kill left of a journal in the making. `journals` is a pattern of names."""
    for path in list(folder.glob(journals + ".new")):
        with suppress(OSError):
            path.unlink()


def make_way(path: Path, notices: Notices) -> None:
    """Set aside what is no file (a folder, a pipe, a link that leads nowhere) where a file of ours belongs. OSError."""
    if os.path.lexists(path) and not path.is_file():
        notices.add(f"{path.name}: not a file, set aside as {set_aside(path, 'damaged').name}")


def first_line(path: Path) -> Line | None:
    """None where it is no line of a journal, or no file: to open a pipe would wait for ever. OSError."""
    path.lstat()
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return decode(file.readline(1 << 16))


def _is_sound(path: Path) -> bool:
    line = first_line(path)
    if line is None or line.op != "=":
        return False
    version = int(line.id) if line.id.isdecimal() else VERSION + 1
    if version > VERSION:
        raise StoreError(
            f"{path}: written by a newer sitmon (journal format {line.id}; this one reads {VERSION}): update sitmon"
        )
    return version == VERSION


def _mend(path: Path, notices: Notices) -> bool:
    """Migrate an older journal; set anything else aside. Either keeps the good lines."""
    old = first_line(path)
    aside = set_aside(path, "format-0" if old is not None else "damaged")
    kept = renew(aside, path)
    if old is not None:
        notices.add(f"{path.name}: migrated from journal format 0; the old file is kept as {aside.name}")
    else:
        notices.add(f"{path.name}: corrupt: not a journal of sitmon, set aside as {aside.name}; {kept} good lines kept")
    return True


def restore(path: Path, missing: int, notices: Notices) -> None:
    """For a journal that had been longer: keep what is left of it as it is, and go on in a new one."""
    aside = set_aside(path, "damaged")
    kept = renew(aside, path)
    notices.add(
        f"{path.name}: corrupt: {missing} bytes that were stored are missing; set aside as {aside.name}, "
        f"{kept} good lines kept"
    )


def set_aside(path: Path, why: str) -> Path:
    """Rename to the first free `NAME.why-N`."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.{why}-{number}")):
        number += 1
    return path.rename(aside)


def renew(old: Path, new: Path) -> int:
    """Make a journal of the good lines of another file, or whatever it is; how many there were."""
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        if not old.is_file():
            return
        with old.open("rb") as file:
            for transaction in Scan(file, 0):
                kept = [placed.line for placed in transaction if placed.line.op != "="]
                count += len(kept)
                yield from again(kept)

    make(new, lines())
    return count


def quarantine(file: JournalFile, bad: Bad, notices: Notices) -> None:
    """Copy the bytes to the side file, unless they are there already, and say so."""
    side = file.path.with_name(file.name + ".quarantine")
    record = b"%d %d %s\n" % (bad.offset, len(bad.raw), bad.raw.removesuffix(b"\n"))
    notices.add(f"{file.name}: corrupt: {len(bad.raw)} bytes at {bad.offset} are quarantined in {side.name}")
    if not file.writable:
        return
    try:
        if not side.exists() or record not in side.read_bytes():
            with side.open("ab") as out:
                out.write(record)
    except OSError as error:
        notices.add(f"{side.name}: cannot be written: {error.strerror}")
