"""Times as a watch floor writes them: day and time with Z, date-time groups, a second clock in a local zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
"""`%b` follows the locale; a date-time group does not."""
LETTERS = {
    **{n: "ABCDEFGHIKLM"[n - 1] for n in range(1, 13)},
    **{-n: "NOPQRSTUVWXY"[n - 1] for n in range(1, 13)},
    0: "Z",
}
"""Military zone letters by whole hours east of Greenwich."""


def dtg(at: datetime) -> str:
    """`221530ZNOV26`."""
    at = at.astimezone(UTC)
    return f"{at:%d%H%M}Z{MONTHS[at.month - 1]}{at:%y}"


def stamp(at: datetime, now: datetime, precision: Literal["minute", "day", "month", "year"] = "minute") -> str:
    """Seven cells: `221530Z` within four weeks, else `22NOV26`, `  NOV26` or ` 2026  ` as far as it is known."""
    at = at.astimezone(UTC)
    month = MONTHS[at.month - 1]
    if precision == "year":
        return f"{at:%Y}".center(7)
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
    """`22 1530Z NOV 26 | 1630A OSL`: UTC, then the local time with its zone letter (`*` for half hours) and place."""
    at = now.astimezone(UTC)
    utc = f"{at:%d %H%M}Z {MONTHS[at.month - 1]} {at:%y}"
    local = now.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    if not offset and name is None:
        return utc
    hours, rest = divmod(offset, timedelta(hours=1))
    letter = "*" if rest else LETTERS.get(hours, "*")
    label = name.rpartition("/")[2][:3].upper() if name else (local.tzname() or "")[:4]
    return f"{utc} | {local:%H%M}{letter} {label}"


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
    text = text.strip().upper().lstrip("-")
    if ago := re.fullmatch(r"(\d{1,5})([MHDW])", text):
        return (
            now
            - int(ago[1])
            * {"M": timedelta(minutes=1), "H": timedelta(hours=1), "D": timedelta(1), "W": timedelta(7)}[ago[2]]
        )
    found = re.fullmatch(r"(\d\d)??(\d\d)(\d\d)Z? ?(?:([A-Z]{3}) ?(\d\d))?", text)
    if not found or (found[4] and (found[4] not in MONTHS or not found[1])):
        raise ValueError(f"{text}: write 221530ZNOV26, 1530Z, or how long ago, as 2h")
    at = now.astimezone(UTC).replace(second=0, microsecond=0)
    try:
        at = at.replace(hour=int(found[2]), minute=int(found[3]))
        if found[4]:
            return at.replace(year=2000 + int(found[5]), month=MONTHS.index(found[4]) + 1, day=int(found[1]))
        at = at.replace(day=int(found[1])) if found[1] else at
    except ValueError as error:
        raise ValueError(f"{text}: {error}") from error
    return at if at <= now else _before(at, bool(found[1]))


def _before(at: datetime, month: bool) -> datetime:
    """The same time a day ago, or the same day of the month before."""
    if not month:
        return at - timedelta(days=1)
    return (at.replace(day=1) - timedelta(days=1)).replace(day=at.day)
