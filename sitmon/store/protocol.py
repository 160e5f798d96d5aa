"""What every back end of the store promises; the rest of sitmon knows no more of it than this.

Acknowledged means durable: when `commit` or `log` returns, what it was given survives a kill and a power cut. When
they raise StoreError, nothing of it was stored, and the next call may succeed (a disk that has room again).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from sitmon.model import Alert, Commit, Entry, FeedState, Item, Select

Role = Literal["collector", "seat", "reader"]
"""Who opens: the one writer of items, an officer with a watch journal, or somebody who only looks."""

Areas = Mapping[str, Sequence[str]] | Callable[[str], Sequence[str]]
"""Which region ids (or further areas) an area such as `sahel` contains; empty or KeyError for none."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """What others have stored since the last look."""

    items: tuple[str, ...] = ()
    """Ids of items new or changed, in the order of their arrival."""
    alerts: bool = False
    feeds: bool = False
    entries: tuple[Entry, ...] = ()
    """Of other seats, in the order of their times."""

    def __bool__(self) -> bool:
        return bool(self.items or self.alerts or self.feeds or self.entries)


class Store(Protocol):
    """Items, alerts, feed states and the watch log of one data folder."""

    seat: str
    """Under whose name `log` writes; empty when it cannot."""

    @property
    def writable(self) -> bool:
        """False when another holds what this role writes, or the folder is read-only; `notices` says who or why."""

    def commit(self, change: Commit) -> None:
        """One durable transaction. StoreError when it cannot be written, or this store is no writable collector."""

    def log(self, entry: Entry) -> None:
        """Append to the seat's own watch journal, durably. StoreError as above."""

    def refresh(self) -> Refresh:
        """Read what others appended since the last call."""

    def item(self, item_id: str) -> Item | None: ...

    def items(self, ids: Sequence[str]) -> Iterator[Item]:
        """The items of these ids in their order; ids that are not stored are passed over."""

    def ids(self, select: Select) -> Sequence[str]:
        """Ids of what `select` asks for, newest `item.when` first; `since` and `until` both included.

        Length and slices cost little at any size, and what is committed later does not change it.
        """

    def count(self, select: Select) -> int: ...

    def recent(self, since: datetime) -> Iterator[Item]:
        """Items first seen at `since` or later, in the order in which they were stored."""

    def known(self, feed: str) -> Collection[str]:
        """Ids stored for a feed; `in` costs little, and is up to date as long as the store is open."""

    def alerts(self) -> tuple[Alert, ...]:
        """The latest version of every alert, in the order in which they were raised."""

    def feeds(self) -> Mapping[str, FeedState]: ...

    def entries(self) -> tuple[Entry, ...]:
        """The watch log of all seats, in the order of their times."""

    def notices(self) -> tuple[str, ...]:
        """In words: who holds a lock, torn tails, quarantined lines, files set aside."""

    def retain(self, since: datetime) -> tuple[str, ...]:
        """Delete the months that ended before `since`, items, alerts and log; which they were. For the collector, who
        may call it every round: it costs nothing when there is nothing to delete."""

    def over(self, since: datetime) -> tuple[str, ...]:
        """The months that `retain` would delete, oldest first."""

    def compact(self) -> None:
        """Begin to write journals again without what later versions replaced. For the collector."""

    def close(self) -> None: ...
