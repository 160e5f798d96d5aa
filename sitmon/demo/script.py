"""The exercise's script: who says what, when. Read from `exercise.txt`, one telling a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources

START = datetime(2024, 7, 25, 8, 0, tzinfo=UTC)
"""Where the clock starts: an hour before the first report of the battle, so that a newcomer sees it unfold at once.
What the script holds before is the backlog of the first poll."""

END = datetime(2024, 9, 24, 18, 0, tzinfo=UTC)

SPEED = 3600.0
"""An hour a second: the first day of the battle plays in half a minute, the two months in twenty-five."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One entry of one feed of the exercise."""

    at: datetime
    feed: str
    title: str
    summary: str

    @property
    def guid(self) -> str:
        return f"tag:exercise.invalid,2024:{self.feed}:{self.at:%Y%m%dT%H%M}"


def tellings() -> tuple[Telling, ...]:
    """The whole script, oldest first."""
    text = resources.files("sitmon.demo").joinpath("exercise.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(sorted((telling(line) for line in lines), key=lambda t: (t.at, t.feed)))


def telling(line: str) -> Telling:
    """`2024-07-25T09:20Z northern-desk | title | summary`"""
    head, title, summary = line.split(" | ")
    at, feed = head.split(" ")
    return Telling(datetime.fromisoformat(at), feed, title, summary)


SHOWN = 25
"""Entries that a feed shows: what real ones do, and enough that a round every few hours misses none."""


def told(script: tuple[Telling, ...], feed: str, now: datetime) -> list[Telling]:
    """What `feed` shows at `now`: its latest entries, newest first."""
    return [t for t in reversed(script) if t.feed == feed and t.at <= now][:SHOWN]
