"""Times as officers type them: `4h`, `22:00Z`, `221530ZNOV26`, ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from sitmon import dtg
from sitmon.errors import UsageError

HOUR: Final = re.compile(r"(\d\d):?(\d\d)Z?")
SPAN: Final = re.compile(r"(\d+)([mhd])")


def ahead(text: str, now: datetime) -> datetime:
    """`4h`, `22:00Z`, `221530ZNOV26` or ISO 8601, always ahead of `now`. Raises UsageError."""
    if found := SPAN.fullmatch(text):
        unit = {"m": "minutes", "h": "hours", "d": "days"}[found[2]]
        try:
            return now + timedelta(**{unit: int(found[1])})
        except OverflowError:
            raise UsageError(f"{text!r} is longer than can be counted") from None
    if (found := HOUR.fullmatch(text)) and int(found[1]) < 24 and int(found[2]) < 60:
        at = now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        return at if at > now else at + timedelta(days=1)
    at = moment(text, now, ahead=True)
    if at <= now:
        raise UsageError(f"{text!r} lies in the past")
    return at


def back(text: str, now: datetime) -> datetime:
    """`24h` before `now`, `now` itself, or a time as `moment` reads it. Raises UsageError."""
    if text == "now":
        return now
    if found := SPAN.fullmatch(text):
        unit = {"m": "minutes", "h": "hours", "d": "days"}[found[2]]
        try:
            return now - timedelta(**{unit: int(found[1])})
        except OverflowError:
            raise UsageError(f"{text!r} reaches back further than can be counted") from None
    return moment(text, now)


def moment(text: str, now: datetime, *, ahead: bool = False) -> datetime:
    """A date-time group or ISO 8601, UTC where it has no zone. Raises UsageError."""
    if group := dtg.parse(text, now, ahead=ahead):
        return group
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is no time; write 2026-11-22T15:30Z, 221530ZNOV26, or a span as 90m, 4h, 2d"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=now.tzinfo)
