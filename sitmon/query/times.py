"""Times as officers write them: `24h`, `2024-09-17`, `2024-09`, `2024-09-17T06:00Z`, `221530ZNOV26`, `221530Z`.

A `When` is what was written; `period` gives the time it stands for once `now` is known, so that `since:24h` stays
true as time passes. What carries no zone is UTC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
"""English whatever the locale: `%b` follows the operator's settings, a date-time group does not."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_LONGEST = 36500 * 86400
_DURATION = re.compile(r"(\d{1,9})([smhdw])", re.I)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DTG = re.compile(r"(\d{2})(\d{2})(\d{2})([A-Z])(?:([A-Z]{3})(\d{2}|\d{4}))?", re.I)
_ZONES = {letter: hours for hours, letter in enumerate("ABCDEFGHIKLM", 1)} | {
    letter: -hours for hours, letter in enumerate("NOPQRSTUVWXY", 1)
}


@dataclass(frozen=True, slots=True)
class When:
    """A time or a length of time back from now, as written."""

    text: str
    back: timedelta | None = None
    start: datetime | None = None
    """None also for a date-time group without a month, which means the last such moment."""
    length: timedelta = timedelta(0)
    """How long the period lasts that it names: a day, a month, a minute."""

    def period(self, now: datetime) -> tuple[datetime, datetime]:
        """First moment, and the first after it."""
        if self.back is not None:
            return now - self.back, now - self.back
        start = self.start or _last(self.text, now)
        return start, start + self.length


def read(text: str) -> When | None:
    """What the text stands for; None when it is no time."""
    if found := _DURATION.fullmatch(text):
        seconds = int(found[1]) * _UNITS[found[2].lower()]
        return When(text.lower(), back=timedelta(seconds=seconds)) if seconds <= _LONGEST else None
    try:
        return _calendar(text.upper())
    except (ValueError, OverflowError):
        return None


def _calendar(text: str) -> When | None:
    if found := _DAY.fullmatch(text):
        start = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
        return When(text, start=start, length=timedelta(days=1))
    if found := _MONTH.fullmatch(text):
        start = datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC)
        after = (start + timedelta(days=31)).replace(day=1)
        return When(text, start=start, length=after - start)
    if found := _DTG.fullmatch(text):
        return _group(text, found)
    at = datetime.fromisoformat(text)
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return When(text, start=at, length=timedelta(minutes=1))


def _offset(zone: str) -> timedelta:
    return timedelta(hours=0 if zone.upper() == "Z" else _ZONES[zone.upper()])


def _group(text: str, found: re.Match[str]) -> When | None:
    """A date-time group; J, the observer's own time, is not known here."""
    day, hour, minute, zone, month, year = found.groups()
    if zone.upper() == "J":
        return None
    if month is None:
        datetime(2024, 1, int(day), int(hour), int(minute), tzinfo=UTC)
        return When(text, length=timedelta(minutes=1))
    if month.upper() not in MONTHS:
        return None
    full = int(year) if len(year) == 4 else 2000 + int(year)
    at = datetime(full, MONTHS.index(month.upper()) + 1, int(day), int(hour), int(minute), tzinfo=UTC)
    return When(text, start=at - _offset(zone), length=timedelta(minutes=1))


def _last(text: str, now: datetime) -> datetime:
    """The latest moment not after now that `221530Z` can mean: months without that day are passed over."""
    day, hour, minute = int(text[:2]), int(text[2:4]), int(text[4:6])
    first = now.astimezone(UTC).replace(day=1, hour=hour, minute=minute, second=0, microsecond=0)
    for _ in range(4):
        at = first + timedelta(days=day - 1) - _offset(text[6])
        if (first + timedelta(days=day - 1)).month == first.month and at <= now:
            return at
        first = (first - timedelta(days=1)).replace(day=1)
    return first
