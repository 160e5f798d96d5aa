"""The names of the gazetteer, in order: a third of a million, of which a text in one script asks for a part.

They are one block of bytes, and become words by their first letter: the Latin ones at once, the others when a text
first asks for a name that begins so, which spares time and memory for scripts that never come.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import Final

_EDGES: Final = (*"abcdefghijklmnopqrstuvwxyz", "{", "\u0340", "\u0580", "\u0800")
"""Where a drawer begins: each Latin letter, then Greek and Cyrillic, Armenian to Arabic, all others. Each is the first
character whose UTF-8 begins with its byte."""
_LAST_LATIN: Final = 122


class Aliases:
    """Names, sorted, each with the number of its row."""

    def __init__(self, block: bytes) -> None:
        """`block`: the names in UTF-8, sorted, a newline between two. Bytes sort as the characters they stand for."""
        self._block = b"\n" + block
        starts = [0]
        for edge in _EDGES:
            starts.append(self._first(edge.encode()[:1], starts[-1]))
        self._starts = [*starts, len(self._block)]
        """Where the newline before each drawer's first name is."""
        self._rows = [0]
        for start, end in pairwise(self._starts):
            self._rows.append(self._rows[-1] + self._block.count(b"\n", start, end))
        self._drawers: dict[int, dict[str, int]] = {}
        self._sorted: dict[int, list[str]] = {}

    def _first(self, edge: bytes, start: int) -> int:
        """Where the newline before the first name from that byte on is; mostly there is a name that begins with it."""
        at = self._block.find(b"\n" + edge, start)
        if at < 0:
            found = re.compile(b"\n[" + re.escape(edge) + b"-\xff]").search(self._block, start)
            at = found.start() if found else len(self._block)
        return at

    def open_latin(self) -> None:
        """Unpack the names in Latin letters, which every text asks for: a twentieth of a second."""
        for number in range(1, 27):
            self._open(number)

    def __len__(self) -> int:
        return self._rows[-1]

    def row(self, name: str) -> int | None:
        """The number of the name's row; None where there is no such name."""
        number = _number_of(name)
        drawer = self._drawers.get(number)
        if drawer is None:
            drawer = self._open(number)
        return drawer.get(name)

    def after(self, beginning: str) -> list[str]:
        """The names that begin so."""
        number = _number_of(beginning)
        if number not in self._drawers:
            self._open(number)
        names = self._sorted[number]
        found, at = [], bisect_right(names, beginning)
        while at < len(names) and names[at].startswith(beginning):
            found.append(names[at])
            at += 1
        return found

    def all(self) -> list[str]:
        """Every name, by row."""
        return self._block[1:].decode().split("\n")

    def _open(self, number: int) -> dict[str, int]:
        start, end = self._starts[number], self._starts[number + 1]
        names = self._block[start + 1 : end].decode().split("\n") if end > start else []
        rows = range(self._rows[number], self._rows[number + 1])
        self._sorted[number] = names
        drawer = self._drawers[number] = dict(zip(names, rows, strict=True))
        return drawer


def _number_of(name: str) -> int:
    """The drawer of the names that begin so."""
    code = ord(name[0]) if name else 0
    if code <= _LAST_LATIN:
        return max(0, code - 96)
    number = 26
    while number < len(_EDGES) and ord(_EDGES[number]) <= code:
        number += 1
    return number
