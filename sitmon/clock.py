"""The one source of `now`: the computer's clock, or an exercise's that runs faster from a moment in the past.

Only the outermost layer asks it; every stage is handed a `now`. Exercise time survives being passed to another process
as text, so that screen, desk and collector agree on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """`speed` seconds pass here in each real one, counted from `origin` at the real time `started`."""

    started: datetime | None = None
    origin: datetime | None = None
    speed: float = 1.0
    end: datetime | None = None
    """Where an exercise's clock stands still."""

    def now(self) -> datetime:
        real = datetime.now(UTC)
        if self.started is None or self.origin is None:
            return real
        at = self.origin + (real - self.started) * self.speed
        return min(at, self.end) if self.end else at

    def real_seconds(self, span: timedelta) -> float:
        """How long `span` of this clock takes in reality."""
        return span.total_seconds() / self.speed

    @property
    def is_exercise(self) -> bool:
        return self.origin is not None

    @property
    def is_over(self) -> bool:
        """An exercise that has been played to its end."""
        return self.end is not None and self.now() >= self.end

    def __str__(self) -> str:
        parts = (self.started, self.origin, self.end)
        return ",".join([*(at.isoformat() if at else "" for at in parts), f"{self.speed:g}"])

    @staticmethod
    def parse(text: str) -> Clock:
        """The reverse of `str`. ValueError when it is not."""
        started, origin, end, speed = text.split(",")
        times = [datetime.fromisoformat(part) if part else None for part in (started, origin, end)]
        return Clock(times[0], times[1], float(speed), times[2])


REAL = Clock()
