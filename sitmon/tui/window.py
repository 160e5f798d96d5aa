"""The rows that a list knows of the many it stands for: all of them, or what it was given in pages.

Pure bookkeeping. It promises that a row once shown stays the row of its key: when rows come in above, `adopt` tells by
how many lines the reader's row moved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Row = TypeVar("Row")

LIMIT = 200
"""Rows a page: three screens of the largest terminal, 40 kB on the pipe."""
MARGIN = 40
"""Rows around the shown ones that should be here before they are wanted."""
KEEP = 2000
"""Rows kept of a paged list."""


class Window(Generic[Row]):
    """`total` rows, of which some are known."""

    def __init__(self, key_of: Callable[[Row], str]) -> None:
        self.key_of = key_of
        self.total = 0
        self._whole: Sequence[Row] | None = None
        self._rows: dict[int, Row] = {}
        self._fresh: set[int] = set()
        self._current = False
        self._asked: int | None = None
        self._missed = False

    def get(self, index: int) -> Row | None:
        """The row there; None when it is not known, or there is none."""
        if self._whole is not None:
            return self._whole[index] if 0 <= index < self.total else None
        return self._rows.get(index)

    def hold(self, rows: Sequence[Row], anchor: str | None, at: int) -> int | None:
        """From now on these are all the rows. Returns how far the row `anchor`, once `at`, moved; None: it left."""
        self._whole, self.total = rows, len(rows)
        return None if anchor is None else _shift(rows, self.key_of, anchor, at)

    def spoil(self) -> None:
        """What is known may be out of date: keep showing it, and want it again."""
        self._fresh.clear()
        self._current = self._missed = False
        self._asked = None

    def forget(self) -> None:
        """Know nothing: another question is asked."""
        self.spoil()
        self._rows.clear()
        self.total = 0

    def wants(self, first: int, last: int) -> int | None:
        """The offset of a page to ask for, so that rows `first` to `last` are fresh; None: not needed, or under way."""
        if self._whole is not None or self._asked is not None:
            return None
        first, last = max(0, first - MARGIN), min(self.total - 1, last + MARGIN)
        if self._current and all(index in self._fresh for index in range(first, last + 1)):
            return None
        self._asked = max(0, (first + last + 1) // 2 - LIMIT // 2)
        return self._asked

    def adopt(
        self, offset: int, total: int, rows: Sequence[Row], anchor: str | None, at: int
    ) -> tuple[int | None, int | None]:
        """Take a page in. Returns how far the anchor moved (None: not seen), and the offset to ask instead, if any.

        The first page after `spoil` decides the move; when the anchor is not on it and the total grew, the page that
        far further on is asked for before anything changes.
        """
        self._asked = None
        grown, decisive = total - self.total, not self._current
        moved = None if anchor is None else _shift(rows, self.key_of, anchor, at - offset)
        if decisive and moved is None and anchor is not None and grown > 0 and not self._missed:
            self._missed = True
            self._asked = offset + grown
            return None, self._asked
        if decisive and self.total and moved:
            self._rows = {index + moved: row for index, row in self._rows.items()}
        elif decisive and moved is None:
            self._rows.clear()
        self.total, self._current = total, True
        self._rows.update({offset + i: row for i, row in enumerate(rows)})
        self._fresh.update(range(offset, offset + LIMIT))  # what was not given although asked for is not there
        self._trim(offset)
        return moved, None

    def _trim(self, around: int) -> None:
        if len(self._rows) > KEEP:
            self._rows = {i: row for i, row in self._rows.items() if abs(i - around) < KEEP // 2}
            self._fresh &= self._rows.keys()


def _shift(rows: Sequence[Row], key_of: Callable[[Row], str], anchor: str, at: int) -> int | None:
    """How far `anchor` is from `at`, searched outward from there, for it seldom moves far."""
    size = len(rows)
    for distance in range(max(at, size - at) + 1):
        for index in (at + distance, at - distance):
            if 0 <= index < size and key_of(rows[index]) == anchor:
                return index - at
    return None
