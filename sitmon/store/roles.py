"""Who may write what in a data folder: one collector, and one holder of each seat."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sitmon.errors import StoreError
from sitmon.store import names
from sitmon.store.damage import Notices, make_way
from sitmon.store.lock import Lock, holder
from sitmon.store.protocol import Role

_SEATS = 100
"""How many officers can sit at one data folder without naming their seats."""


@dataclass(slots=True)
class Claims:
    """What this process holds."""

    collects: bool = False
    seat: str = ""
    refusal: str = ""
    """Why it may not write, in words; empty when it may, or did not ask to."""
    locks: tuple[Lock, ...] = ()

    def release(self) -> None:
        for lock in self.locks:
            lock.release()


def claim(folder: Path, role: Role, seat: str | None, notices: Notices) -> Claims:
    """Take the locks of the role. What cannot be had is in `refusal` and `notices`; reading is always possible.

    StoreError when there is no folder and none can be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        next(folder.iterdir(), None)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}; name another data folder with --data DIR") from error
    claims = Claims()
    try:
        if role == "collector":
            _collect(folder, claims, notices)
        if role == "seat" or (seat is not None and role == "collector"):
            _sit(folder, seat, claims, notices)
    except OSError as error:
        claims.refusal = f"{folder}: {error.strerror}; opened read-only"
    if claims.refusal:
        notices.add(claims.refusal)
    return claims


def _collect(folder: Path, claims: Claims, notices: Notices) -> None:
    lock = _lock(folder / names.COLLECTOR_LOCK, notices)
    claims.collects = lock.held
    claims.locks += (lock,)
    if not lock.held:
        claims.refusal = f"{folder}: {lock.holder} is collecting here; opened read-only"


def _sit(folder: Path, seat: str | None, claims: Claims, notices: Notices) -> None:
    wanted = [names.seat_name(seat)] if seat is not None else [str(n) for n in range(1, _SEATS)]
    for name in wanted:
        lock = _lock(folder / names.watch_lock(name), notices)
        if lock.held:
            claims.seat, claims.refusal = name, ""
            claims.locks += (lock,)
            return
        claims.refusal = f"{folder}: seat {name} is taken by {lock.holder}; opened read-only"


def _lock(path: Path, notices: Notices) -> Lock:
    make_way(path, notices)
    return Lock(path)


def collector_holder(folder: Path) -> str | None:
    """Who collects into the folder now, in words; None for nobody."""
    return holder(folder / names.COLLECTOR_LOCK)
