"""A journal's file: appending to it durably, reading a line of it, and knowing when another took its place."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from sitmon.errors import StoreError
from sitmon.store.lines import Line, decode, header, id_of

_CHUNK = 4096
"""Bytes read for a line at first: most items fit, and it is one page."""

_HEAD = 160
"""Bytes that hold a line's checksum, table and id; longer ids are read with the whole line."""

_BLOCK = 1 << 20
_PREADS = hasattr(os, "pread")

_FLAGS = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_sync = getattr(os, "fdatasync", os.fsync)


class JournalFile:
    """An open journal. `end` is where its last whole transaction ends, which is where the next is written."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        """FileNotFoundError when there is none; `make` writes one."""
        self.path = path
        self.writable = writable
        self._fd = -1
        self._reader: BinaryIO
        self._cut = False
        self.open()
        self.start = len(self._first())
        self.end = self.start
        line = decode(self._first())
        about = line.doc() if line is not None and line.op == "=" else {}
        self.generation: str = about.get("generation", "")
        self.copy_of: str = about.get("of", "")
        """Generation of the journal of which this is the compacted copy."""
        self.copied = int(about.get("copied", 0))
        """Up to which byte it is that."""

    def open(self) -> None:
        """Open it, also again after `close`."""
        self._fd = os.open(self.path, _FLAGS) if self.writable else -1
        self._reader = self.path.open("rb", buffering=0)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        return os.fstat(self._reader.fileno()).st_size

    def replaced(self) -> bool:
        """Whether another file, or none, stands under the name now."""
        try:
            now = self.path.stat()
        except OSError:
            return True
        mine = os.fstat(self._reader.fileno())
        return (now.st_ino, now.st_dev) != (mine.st_ino, mine.st_dev)

    def scanner(self) -> BinaryIO:
        """A handle of its own for reading in order. (Windows replaces no open file: there the path is still it.)"""
        if _PREADS:
            return os.fdopen(os.dup(self._reader.fileno()), "rb", buffering=1 << 18)
        return self.path.open("rb")

    def own_scanner(self) -> BinaryIO:
        """The same for another thread: it shares no position with this one. The file must not have been replaced."""
        return self.path.open("rb")

    def line(self, offset: int) -> Line | None:
        """The line that starts there, or None when it is damaged."""
        return decode(self.raw(offset))

    def body(self, offset: int | None) -> bytes | None:
        """The document that starts there, as it is written; None for none or a damaged one."""
        line = None if offset is None else self.line(offset)
        return None if line is None else line.body

    def raw(self, offset: int) -> bytes:
        """The bytes from there to the end of the line, or of the file."""
        got = self.read(offset, _CHUNK)
        while (cut := got.find(b"\n")) < 0:
            more = self.read(offset + len(got), len(got))
            if not more:
                return got
            got += more
        return got[:cut]

    def id_at(self, offset: int) -> str:
        """The id in the line that starts there, unchecked: whoever reads the line itself notices damage.

        Empty when the journal was closed since, because its month was deleted."""
        if self._reader.closed:
            return ""
        parts = self.read(offset, _HEAD).split(b" ", 4)
        if len(parts) < 5:
            parts = [*self.raw(offset).split(b" ", 4), b"", b"", b"", b""]
        return id_of(parts[3].decode(errors="replace"))

    def read(self, offset: int, size: int) -> bytes:
        try:
            if _PREADS:
                return os.pread(self._reader.fileno(), size, offset)
            self._reader.seek(offset)
            return self._reader.read(size) or b""
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be read: {error.strerror}") from error

    def checksum(self, start: int, end: int) -> int:
        """Of a stretch of the file, in blocks."""
        total = 0
        while start < end and (block := self.read(start, min(_BLOCK, end - start))):
            total = crc32(block, total)
            start += len(block)
        return total

    def append(self, lines: list[bytes]) -> list[int]:
        """One write and one sync of a whole transaction; where each line starts.

        StoreError when the disk does not take it; then the file is as it was before.
        """
        self._check()
        block = b"".join(lines)
        try:
            _write(self._fd, block)
            _sync(self._fd)
        except OSError as error:
            self.truncate()
            raise StoreError(f"{self.path}: cannot be written: {error.strerror}; nothing of this was stored") from error
        offsets = []
        for line in lines:
            offsets.append(self.end)
            self.end += len(line)
        return offsets

    def truncate(self) -> None:
        """Cut off whatever stands after `end`; when even that fails it is tried again before the next append."""
        try:
            os.ftruncate(self._fd, self.end)
            _sync(self._fd)
            self._cut = False
        except OSError:
            self._cut = True

    def close(self) -> None:
        self._reader.close()
        self.close_writer()

    def close_writer(self) -> None:
        """Go on reading only: answers that were given before a compaction still read the old file."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __del__(self) -> None:
        if hasattr(self, "_reader"):
            self.close()

    def _first(self) -> bytes:
        self._reader.seek(0)
        got = self._reader.read(_CHUNK) or b""
        return got[: got.find(b"\n") + 1]

    def _check(self) -> None:
        if not self.writable:
            raise StoreError(f"{self.path}: opened read-only")
        if self.replaced():
            raise StoreError(f"{self.path}: the file is gone or was replaced; bring it back, or start again")
        if self._cut:
            self.truncate()
        if self.size != self.end:
            raise StoreError(f"{self.path}: something else wrote to it; start again to have it checked")


def make(path: Path, lines: Iterable[bytes] = ()) -> None:
    """A new journal with these lines, there as a whole or not at all. OSError when it cannot be written."""
    temporary = write_new(path, lines)
    try:
        put_in_place(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def write_new(path: Path, lines: Iterable[bytes]) -> Path:
    """The first half of `make`: a complete journal under a name of its own, which the next one overwrites."""
    temporary = path.with_name(path.name + ".new")
    try:
        with temporary.open("wb") as file:
            file.write(header(uuid.uuid4().hex))
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def put_in_place(temporary: Path, path: Path) -> None:
    """The second half: it is the journal from now on."""
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable, where the system can (Windows does it by itself)."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _write(fd: int, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[os.write(fd, rest) :]
