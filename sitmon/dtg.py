"""Date-time groups as watch floors write them (ACP 121): `221530ZNOV26`, `221530Z`, and `22 1530Z NOV 26` for clocks.

Months are English whatever the locale, so `%b` is of no use. Zone letters run from A (UTC+1) to M (UTC+12) without
J, which is local time, and from N (UTC-1) to Y (UTC-12); Z is UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_EAST: Final = "ABCDEFGHIKLM"
_WEST: Final = "NOPQRSTUVWXY"
_OFFSETS: Final = {
    "Z": 0,
    **{letter: n + 1 for n, letter in enumerate(_EAST)},
    **{c: -n - 1 for n, c in enumerate(_WEST)},
}
_DTG: Final = re.compile(
    r"(?P<day>\d\d)\s*(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?\s*(?P<zone>[A-IK-Z])"
    r"\s*(?:(?P<month>[A-Z]{3})\s*(?P<year>\d\d(?:\d\d)?)?)?",
    re.I,
)


def dtg(at: datetime) -> str:
    """`221530ZNOV26`, in UTC."""
    at = at.astimezone(UTC)
    return f"{at:%d%H%M}Z{MONTHS[at.month - 1]}{at:%y}"


def short(at: datetime) -> str:
    """`221530Z`, for lines whose month is plain from where they stand."""
    return f"{at.astimezone(UTC):%d%H%M}Z"


def clock(at: datetime, zone: tzinfo | None = None, name: str = "") -> str:
    """`22 1530Z NOV 26`, and with a zone `22 1530Z NOV 26 | 1630A OSL`."""
    at = at.astimezone(UTC)
    line = f"{at:%d %H%M}Z {MONTHS[at.month - 1]} {at:%y}"
    return f"{line} | {local(at, zone)}{f' {name}' if name else ''}" if zone else line


def local(at: datetime, zone: tzinfo) -> str:
    """`1630A`: the hour in a zone with its letter, or with J where the zone has none of its own."""
    there = at.astimezone(zone)
    return f"{there:%H%M}{letter(there.utcoffset() or timedelta(0))}"


def letter(offset: timedelta) -> str:
    hours = offset / timedelta(hours=1)
    return next((name for name, whole in _OFFSETS.items() if whole == hours), "J")


def parse(text: str, now: datetime, *, ahead: bool = False) -> datetime | None:
    """The time that a group names, in UTC; None when it is none, or no day of its month.

    Without month or year it is the one nearest to `now`, or with `ahead` the next one.
    """
    found = _DTG.fullmatch(text.strip())
    if found is None:
        return None
    month = (found["month"] or "").upper()
    if month and month not in MONTHS:
        return None
    zone = timezone(timedelta(hours=_OFFSETS[found["zone"].upper()]))
    years = (_year(found["year"]),) if found["year"] else (now.year - 1, now.year, now.year + 1)
    months = (MONTHS.index(month) + 1,) if month else tuple(range(1, 13))
    times = [at for y in years for m in months if (at := _time(found, y, m, zone))]
    if ahead and not found["year"]:
        times = [at for at in times if at > now]
    return min(times, key=lambda at: abs(at - now), default=None)


def _year(digits: str) -> int:
    return int(digits) + 2000 if len(digits) == 2 else int(digits)


def _time(found: re.Match[str], year: int, month: int, zone: tzinfo) -> datetime | None:
    day, hour, minute, second = (int(found[name] or 0) for name in ("day", "hour", "minute", "second"))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
