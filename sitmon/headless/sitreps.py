"""`sitmon sitrep`: a situation report of what is stored, as Markdown or text."""

from __future__ import annotations

from sitmon import times
from sitmon.errors import UsageError
from sitmon.headless import opening
from sitmon.headless.output import json_line, line
from sitmon.options import Options
from sitmon.room import reporting
from sitmon.watch import forms


def sitrep(options: Options) -> int:
    """A situation report of what is stored, the same for the same `--as-of`."""
    with opening.room(options, "reader") as room:
        now = room.now()
        since = times.back(options.since, now)
        if since >= now:
            raise UsageError(f"--since {options.since}: does not lie before the time of the report")
        region = room.names.find("region", options.region) if options.region else ""
        given = reporting.report(room, since, now, region, options.by or "")
    json_line(forms.doc(given)) if options.json else line(forms.text(given, options.format))
    return 0
