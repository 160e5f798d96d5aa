"""A lock on a file of its own, held by one process until it ends, however it ends.

The journal itself is no place for it: compaction puts another file under that name. The system drops the lock when
its holder dies, so there are no stale ones; the pid and host inside are only for the message. A file that holds
anything else is locked all the same, and left as it is.
"""

from __future__ import annotations

import os
import re
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from weakref import WeakSet

if sys.platform == "win32":
    import msvcrt

    def _take(fd: int, *, shared: bool = False) -> None:
        del shared  # Windows knows no shared ones
        os.lseek(fd, _FAR, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(fd: int, *, shared: bool = False) -> None:
        fcntl.flock(fd, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


_SIGNATURE = re.compile(rb"(pid \d+ on [!-~]+)?\n?")

_TRIES = (0.005, 0.02, 0.0)
"""Seconds between tries."""


_HELD: WeakSet[Lock] = WeakSet()


def _let_go_in_child() -> None:
    """A lock is shared with a forked child, and would outlive a parent that is killed."""
    for lock in tuple(_HELD):
        lock.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go_in_child)

_FAR = 1 << 30
"""Windows locks bytes, and nobody else can read those: lock one far behind the holder's name."""


class Lock:
    """Held when `holder` is None; otherwise `holder` says who has it, in words."""

    def __init__(self, path: Path) -> None:
        """OSError when the folder cannot be written."""
        self.holder: str | None = None
        self._fd: int | None = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        if _taken(self._fd):
            _sign(self._fd)
            _HELD.add(self)
        else:
            self.holder = _read(self._fd) or "another process"
            self.release()

    @property
    def held(self) -> bool:
        return self._fd is not None

    def release(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


def holder(path: Path) -> str | None:
    """Who holds a lock, in words, without making its file; None for nobody, or where that cannot be asked."""
    try:
        fd = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        _take(fd, shared=True)
        return None
    except OSError:
        return _read(fd) or "another process"
    finally:
        os.close(fd)


def _taken(fd: int) -> bool:
    """Try again for a moment: somebody may only be asking who holds it."""
    for wait in _TRIES:
        try:
            _take(fd)
            return True
        except OSError:
            time.sleep(wait)
    return False


def _sign(fd: int) -> None:
    with suppress(OSError):  # on a full disk the lock holds all the same
        os.lseek(fd, 0, os.SEEK_SET)
        if not _SIGNATURE.fullmatch(os.read(fd, 200)):
            return
        os.ftruncate(fd, 0)
        os.lseek(fd, 0, os.SEEK_SET)
        os.write(fd, f"pid {os.getpid()} on {socket.gethostname()}\n".encode())


def _read(fd: int) -> str:
    """Who signed; empty where nobody did."""
    os.lseek(fd, 0, os.SEEK_SET)
    found = _SIGNATURE.fullmatch(os.read(fd, 200))
    return found[0].decode().strip() if found else ""
