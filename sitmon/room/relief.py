"""One officer relieves another: what the hand-over sheet of a room is made of."""

from __future__ import annotations

from datetime import timedelta

from sitmon.room import Room
from sitmon.watch.handover import Handover

WATCH = timedelta(hours=12)
"""Length of a watch, where none was handed over before."""


def handover(room: Room, incoming: str = "", outgoing: str = "") -> Handover:
    """The watch since it was last handed over. Initials that are not known yet are left to be written in."""
    shifts = [entry for entry in room.entries if entry.verb == "shift"]
    return Handover(
        now=room.now(),
        since=shifts[-1].at if shifts else room.now() - WATCH,
        outgoing=outgoing or room.by,
        incoming=incoming or "____",
        number=len(shifts) + 1,
        alerts=room.all_alerts,
        regions=room.statuses,
        feeds=room.store.feeds(),
        entries=room.entries,
    )
