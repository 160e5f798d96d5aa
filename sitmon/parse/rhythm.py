"""How often a publisher wants to be asked: `ttl`, `skipHours`, `skipDays`, `sy:updatePeriod`. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_PERIODS: Final = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
"""Minutes, by the RSS 1.0 syndication module."""
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST: Final = 525600

Texts = Callable[[str], list[str]]
"""All texts of the elements of one name; `parent/child` for nested ones."""


def rhythm(texts: Texts) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """Minutes between polls (0 for no wish), hours of the day (UTC) and days of the week (Monday is 0) to leave out."""
    hours = {hour % 24 for hour in map(_number, texts("skipHours/hour")) if 0 <= hour <= 24}
    days = {_DAYS.index(day) for text in texts("skipDays/day") if (day := text.strip().lower()) in _DAYS}
    if len(hours) == 24:  # a feed that may never be read is a feed written wrong
        hours = set()
    if len(days) == 7:
        days = set()
    return max(_ttl(texts), 0), tuple(sorted(hours)), tuple(sorted(days))


def _ttl(texts: Texts) -> int:
    for text in texts("ttl"):
        if (minutes := _number(text)) > 0:
            return min(minutes, _LONGEST)
    for text in texts("sy:updatePeriod"):
        period = _PERIODS.get(text.strip().lower(), 0)
        times = max([1, *map(_number, texts("sy:updateFrequency"))])
        return period // times
    return 0


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
