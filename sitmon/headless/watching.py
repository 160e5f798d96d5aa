"""The watch from the command line: its log, and the sheet that one officer hands to the next."""

from __future__ import annotations

from sitmon.codec import noun_json, time_text
from sitmon.headless import opening
from sitmon.headless.output import json_line, line
from sitmon.options import Options
from sitmon.room.relief import handover as handover_of
from sitmon.watch import handover as handing


def log(options: Options) -> int:
    """The watch log: alerts as they were raised and what officers did, oldest first."""
    with opening.room(options, "reader") as room:
        if options.json:
            for entry in room.entries:
                json_line(noun_json(entry))
        else:
            for text in handing.log(room.store.alerts(), room.entries):
                line(text)
    return 0


def handover(options: Options) -> int:
    """The hand-over sheet on stdout. Exit 1 while a P1 alert waits for its acknowledgement."""
    with opening.room(options, "reader") as room:
        given = handover_of(room, options.subject or "", options.by or "")
    waiting = handing.unanswered(given.alerts)
    if options.json:
        head = {name: getattr(given, name) for name in ("outgoing", "incoming", "number", "tlp")}
        times = {"as_of": time_text(given.now), "since": time_text(given.since)}
        json_line({**times, **head, "unanswered": [alert.id for alert in waiting], "sheet": handing.sheet(given)})
    else:
        line(handing.sheet(given))
    return 1 if waiting else 0
