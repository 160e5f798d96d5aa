"""How far back is kept: `settings.keep`, counted from a day on which the clock and the news agree. Pure.

What is deleted is gone, and a clock alone is too weak a reason: a dead battery or a wrong time server sets it years
ahead. So retention counts from the clock or from the newest news, whichever is earlier. A machine that slept or was
off for a year deletes nothing before feeds have told it that the year went by.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sitmon.model import FeedState

WITNESSES = 4
"""One feed in so many, and two where there are two, must have news as late: publishers are wrong about the year one by
one (a calendar of events, a slip of the pen), and seldom three in four are quiet."""

APART = timedelta(days=7)
"""How far the clock may be ahead of the news before it is worth a word: fewer feeds publish at the end of a year."""

_NEVER = datetime.min.replace(tzinfo=UTC)


def news_of(states: Iterable[FeedState]) -> datetime | None:
    """The time by what feeds published; None where none has said."""
    told = sorted((state.newest for state in states if state.newest), reverse=True)
    return told[min(max(1, len(told) // WITNESSES), len(told) - 1)] if told else None


def since(now: datetime, news: datetime | None, keep: timedelta) -> datetime:
    """What ended before may be deleted. `news` is what `news_of` gave."""
    return _NEVER if news is None else min(now, news) - keep


def doubt(now: datetime, news: datetime | None, held: Sequence[str]) -> str:
    """Why the months `held` are still there, though by the clock alone they would not be; empty where that is no news.

    They are whole files, which an operator who knows better can delete while nothing collects.
    """
    if not held or (news is not None and now - news <= APART):
        return ""
    months = held[0] if held[0] == held[-1] else f"{held[0]} to {held[-1]}"
    told = f"the newest news is of {news:%Y-%m-%d}" if news else "no feed has told a date yet"
    return f"the clock says {now:%Y-%m-%d}, {told}: set the clock if it is wrong; {months} kept beyond settings.keep"
