"""The ids stored for a feed, asked one at a time or as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Protocol

from sitmon.model import Select


class Asks(Protocol):
    def ids(self, select: Select) -> Collection[str]: ...


class Known(Collection[str]):
    """`in` is one look-up by id, as an id already stands for its feed; counting and iterating ask the feed's index."""

    def __init__(self, store: Asks, has: Callable[[str], bool], feed: str) -> None:
        self._store = store
        self._has = has
        self._feed = feed

    def __contains__(self, item_id: object) -> bool:
        return isinstance(item_id, str) and self._has(item_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.ids(Select(feeds=(self._feed,))))

    def __len__(self) -> int:
        return len(self._store.ids(Select(feeds=(self._feed,))))
