"""The data folder opened for a verb. What the store found damaged, set aside or passed over is told on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from sitmon.errors import StoreError
from sitmon.headless.output import tell
from sitmon.options import Options
from sitmon.store import Role, Store, open_store

if TYPE_CHECKING:
    from sitmon.room import Room


@contextmanager
def room(options: Options, role: Literal["seat", "reader"]) -> Iterator[Room]:
    """As `open_room`."""
    from sitmon.room import open_room  # here, for a poll has no use for it and would wait 0.06 s

    opened = open_room(options, role=role)
    try:
        yield opened
        tell_notices(opened.store)
    finally:
        opened.close()


@contextmanager
def store(options: Options, role: Role) -> Iterator[Store]:
    """As `open_store`, and the caller tells. StoreError where another one holds a folder that is to be written."""
    opened = open_store(options.folder, role=role)
    try:
        if role == "collector" and not opened.writable:
            raise StoreError("; ".join(opened.notices()))
        yield opened
    finally:
        opened.close()


def tell_notices(opened: Store, told: frozenset[str] = frozenset()) -> frozenset[str]:
    """Tell what was not told before; all that is told now."""
    notices = opened.notices()
    for notice in notices:
        if notice not in told:
            tell(notice)
    return told.union(notices)
