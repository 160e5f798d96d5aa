"""Times as the screen shows them: stamps of seven cells, a clock line of two zones, ages; and past times as typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitmon import dtg
from sitmon.dtg import MONTHS

SPANS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def stamp(at: datetime, now: datetime, precision: Literal["minute", "day", "month", "year"] = "minute") -> str:
    """Seven cells: `221530Z` within four weeks, else `22NOV26`, `  NOV26` or `   2026` as far as it is known."""
    at = at.astimezone(UTC)
    month = MONTHS[at.month - 1]
    if precision == "year":
        return f"   {at:%Y}"
    if precision == "month":
        return f"  {month}{at:%y}"
    if precision == "day" or abs(now - at) > timedelta(days=27):
        return f"{at:%d}{month}{at:%y}"
    return f"{at:%d%H%M}Z"


def zone_of(name: str | None) -> tzinfo | None:
    """The zone of an IANA name; None for the system's own, or where the platform has no zone data."""
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def clock(now: datetime, name: str | None, zone: tzinfo | None) -> str:
    """`22 1530Z NOV 26 | 1630A OSL`: UTC, then the named zone, or the computer's own where that is not UTC."""
    if name is not None and zone is not None:
        return dtg.clock(now, zone, name.rpartition("/")[2][:3].upper())
    here = now.astimezone()
    return dtg.clock(now, here.tzinfo, (here.tzname() or "")[:4]) if here.utcoffset() else dtg.clock(now)


def ago(at: datetime | None, now: datetime) -> str:
    """`5m`, `3h`, `12d`; `--` for never."""
    if at is None:
        return "--"
    minutes = max(0, int((now - at).total_seconds() // 60))
    if minutes < 100:
        return f"{minutes}m"
    return f"{minutes // 60}h" if minutes < 72 * 60 else f"{minutes // 1440}d"


def moment(text: str, now: datetime) -> datetime:
    """The past time that `text` names: `221530ZNOV26`, `221530Z`, `1530Z`, or how long ago: `90m`, `2h`, `3d`.

    Raises ValueError with what to write instead.
    """
    text = text.strip()
    if ago := re.fullmatch(r"-?(\d{1,5})([mhdw])", text):
        return now - int(ago[1]) * SPANS[ago[2]]
    if re.fullmatch(r"\d{4}[A-Za-z]", text):
        found = [dtg.parse(f"{day:%d}{text}", now) for day in (now, now - timedelta(days=1))]
    else:
        found = [dtg.parse(text, now)]
    past = [at for at in found if at is not None and at <= now]
    if not past:
        raise ValueError(f"{text}: not a time in the past; write 221530ZNOV26, 1530Z, or how long ago, as 2h")
    return past[0]
