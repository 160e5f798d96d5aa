"""What the files of a data folder are called.

`items-2026-11.journal` items first seen in that month, the alerts and feed states that were written with them;
`feeds.journal` feed states of polls that brought nothing; `watch-ALPHA-2026-11.journal` what seat ALPHA entered.
Beside them `*.lock`, `index/` (caches: delete them as you like), and `*.quarantine` and `*.damaged-N`, which sitmon
never deletes.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

STATES = "feeds.journal"
INDEX = "index"
COLLECTOR_LOCK = "collector.lock"

_ITEMS = re.compile(r"items-(\d{4,}-\d\d)\.journal")
_WATCH = re.compile(r"watch-([\w-]+)-(\d{4,}-\d\d)\.journal")


class WatchFile(NamedTuple):
    seat: str
    month: str


def month(at: datetime) -> str:
    """`2026-11`, by UTC."""
    return f"{at.astimezone(UTC):%Y-%m}".rjust(7, "0")


SET = "2020-01"
"""A clock that tells an earlier month was not set when it was written: sitmon is younger."""


def is_over(month_: str, first: str) -> bool:
    """Whether retention may delete the month: it lies before `first`, and no unset clock put news of today in it."""
    return SET <= month_ < first


def items(month_: str) -> str:
    return f"items-{month_}.journal"


def watch(seat: str, month_: str) -> str:
    return f"watch-{seat}-{month_}.journal"


def watch_lock(seat: str) -> str:
    return f"watch-{seat}.lock"


def seat_name(text: str) -> str:
    """A seat's name as it can stand in a file's name anywhere."""
    return re.sub(r"[^\w-]", "_", text) or "_"


def is_aside(name: str) -> bool:
    """Whether it was set aside, or a side file of damaged lines."""
    return re.fullmatch(r".+\.(journal\.(quarantine|format-0-\d+)|(journal|lock)\.damaged-\d+)", name) is not None


def item_months(folder: Path) -> list[str]:
    """Months that have an items journal, oldest first."""
    return sorted(m[1] for p in folder.iterdir() if (m := _ITEMS.fullmatch(p.name)))


def watch_files(folder: Path) -> list[WatchFile]:
    return sorted(WatchFile(m[1], m[2]) for p in folder.iterdir() if (m := _WATCH.fullmatch(p.name)))
