"""`sitmon replay FROM TO`: what is stored, told again as it became known, by the rules of today. Stores nothing."""

from __future__ import annotations

import sys
import time
from datetime import datetime

from sitmon import times
from sitmon.errors import UsageError
from sitmon.geography import Geography
from sitmon.headless import opening, telling
from sitmon.options import Options
from sitmon.room import replaying

READABLE = 3600.0
"""Seconds played in each real one, on a terminal, unless `--speed` says otherwise: an hour a second, as the demo."""


def replay(options: Options) -> int:
    """At `--speed`, or for who does not read on a terminal, as fast as it goes."""
    config, now = options.load(), options.time.now()
    since, until = times.back(options.start, now), times.back(options.end, now)
    if since >= until:
        raise UsageError("replay FROM TO: FROM does not lie before TO")
    geography = Geography(config.regions)
    speed = options.speed or (READABLE if sys.stdout.isatty() else None)
    with opening.store(options, "reader") as store:
        last = since
        for told in replaying.replay(config, geography, store.recent(since - replaying.LEARNING), since, until):
            wait(told.at, last, speed)
            telling.say(told, json=options.json)
            last = told.at
        opening.tell_notices(store)
    return 0


def wait(at: datetime, last: datetime, speed: float | None) -> None:
    if speed is not None and at > last:
        time.sleep((at - last).total_seconds() / speed)
