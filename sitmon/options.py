"""What the command line asked for, as one frozen record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sitmon import paths, times
from sitmon.clock import REAL, Clock

if TYPE_CHECKING:
    from sitmon.config import Config


@dataclass(frozen=True, slots=True)
class Options:
    """Fields are named after their flags; each verb reads those it has."""

    verb: str
    config: str | None = None
    data: str | None = None
    json: bool = False
    theme: str | None = None
    ascii: bool = False
    no_mouse: bool = False
    speed: float | None = None
    restart: bool = False
    once: bool = False
    file: str | None = None
    net: bool = False
    stories: bool = False
    full: bool = False
    query: tuple[str, ...] | list[str] = ()
    as_of: str | None = None
    limit: int | None = None
    format: str = "jsonl"
    subject: str | None = None
    text: tuple[str, ...] | list[str] = ()
    by: str | None = None
    until: str | None = None
    level: str = ""
    digit: str = ""
    into: str = ""
    action: str | None = None
    replay: str = "30d"
    period: str = "30d"
    everything: bool = False
    retag: bool = False
    apply: bool = False
    reason: str = ""
    output: str | None = None
    since: str = "24h"
    region: str | None = None
    start: str = ""
    end: str = ""
    id: str | None = None
    name: str | None = None
    set: tuple[str, ...] | list[str] = ()
    dry_run: bool = False
    opml: bool = False
    trust: bool = False
    clock: str = ""
    follow_parent: bool = False
    """End when standard input does: the desk that started this collector is gone."""

    def load(self) -> Config:
        """The configuration. Raises ConfigError."""
        from sitmon import config  # not before `poll` has begun its workers: it takes 0.15 s with all that rules need

        return config.load(paths.config_file(self.config))

    @property
    def folder(self) -> Path:
        return paths.data_dir(self.data)

    @property
    def time(self) -> Clock:
        return Clock.parse(self.clock) if self.clock else REAL

    def moment(self, now: datetime) -> datetime | None:
        """The time to look back to; None for now. Raises UsageError."""
        return times.moment(self.as_of, now) if self.as_of else None
