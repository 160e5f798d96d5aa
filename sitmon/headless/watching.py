"""The watch from the command line: its log, and the sheet that one officer hands to the next."""

from __future__ import annotations

from datetime import timedelta

from sitmon import handover as handing
from sitmon.codec import noun_json
from sitmon.headless.output import json_line, line
from sitmon.options import Options
from sitmon.room import login, open_room

WATCH = timedelta(hours=12)
"""Length of a watch, where none was handed over before."""


def log(options: Options) -> int:
    """The watch log: alerts as they were raised and what officers did, oldest first."""
    room = open_room(options, role="reader")
    try:
        if options.json:
            for entry in room.entries:
                json_line(noun_json(entry))
        else:
            for text in handing.log(room.store.alerts(), room.entries):
                line(text)
    finally:
        room.close()
    return 0


def handover(options: Options) -> int:
    """The hand-over sheet on stdout. Exit 1 while a P1 alert waits for its acknowledgement."""
    room = open_room(options, role="reader")
    try:
        now = room.now()
        shifts = [entry for entry in room.entries if entry.verb == "shift"]
        waiting = handing.unanswered(room.all_alerts)
        sheet = handing.Handover(
            now=now,
            since=shifts[-1].at if shifts else now - WATCH,
            outgoing=options.by or room.config.settings.initials or login(),
            incoming=options.subject or "____",
            number=len(shifts) + 1,
            alerts=room.all_alerts,
            regions=room.statuses,
            feeds=room.store.feeds(),
            entries=room.entries,
        )
    finally:
        room.close()
    line(handing.sheet(sheet))
    return 1 if waiting else 0
