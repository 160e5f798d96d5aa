"""A sealed part of an items index: one immutable file, read by mmap, so that a million items cost no memory.

Ranks number the items of the segment in the order of their times. It holds times, offsets in the journal, times of
arrival, sorted hashes of ids with their ranks, and for each key (by its hash) the sorted ranks of the items that have
it (`layout` has the file). A segment is a cache: whoever doubts it makes it again.
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache
from hashlib import blake2b
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import Any

from sitmon.store.layout import Other, Span, footer
from sitmon.store.ranks import Bits, Without, bitmap, has

_FEW = 32
"""An answer with more than one in 32 of the ranks is smaller as a bitmap than as an array."""
_KEPT = 6
"""Answers kept per segment: the queries of one screen."""

Hashes = tuple[tuple[int, ...], ...]
"""As `keys.Clauses`, by hash."""


@lru_cache(maxsize=4096)  # an id is looked for in every segment of every month
def digest(text: str) -> int:
    """64 bits: of a million ids, two are the same with a chance of 3 in 100 million."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class Segment:
    """An open segment. `id_at` reads an id from the journal, given its offset."""

    def __init__(self, path: Path, id_at: Callable[[int], str]) -> None:
        """ValueError when it is damaged, OSError when it cannot be read."""
        self.path = path
        self._id_at = id_at
        about = footer(path)
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._sections: dict[str, tuple[int, int]] = about["sections"]
        self.span = Span(
            about["generation"], about["start"], about["end"], tuple(tuple(s) for s in about["sums"]), about["lines"]
        )
        self.others: list[Other] = [(table, doc_id, offset) for table, doc_id, offset in about["others"]]
        self.whens = self._array("whens", "q")
        self.offsets = self._array("offsets", "Q")
        self.seen = self._array("seen", "q")
        self.gone = self._array("gone", "Q")
        self._ids = self._array("ids", "Q")
        self._id_ranks = self._array("id_ranks", "I")
        self._keys = self._array("keys", "Q")
        self._starts = self._array("starts", "I")
        self._postings = self._array("postings", "I")
        self._dense = self._array("dense", "Q")
        self._bitmaps = self._array("bitmaps", "B")
        self.dead: list[int] = []
        """Ranks, sorted, of items of which a later version is stored elsewhere."""
        self._answers: OrderedDict[Hashes, Sequence[int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.whens) - len(self.dead)

    def find(self, id_hash: int) -> int | None:
        """The rank of an item that is still valid."""
        place = bisect_left(self._ids, id_hash)
        if place == len(self._ids) or self._ids[place] != id_hash:
            return None
        rank = self._id_ranks[place]
        return None if self.is_dead(rank) else rank

    def kill(self, id_hash: int) -> bool:
        """Take an item out, because a later version of it is stored elsewhere; False when it is not here."""
        rank = self.find(id_hash)
        if rank is not None:
            insort(self.dead, rank)
        return rank is not None

    def kill_all(self, hashes: Set[int]) -> None:
        """The same for many at once."""
        if len(hashes) * 20 > len(self._ids):
            hashes = hashes & set(self._ids)
        for id_hash in hashes:
            self.kill(id_hash)

    def kill_between(self, start: int, end: int) -> None:
        """Take out the items whose lines begin in that part of the journal."""
        for rank, offset in enumerate(self.offsets):
            if start <= offset < end and not self.is_dead(rank):
                insort(self.dead, rank)

    def is_dead(self, rank: int) -> bool:
        place = bisect_left(self.dead, rank)
        return place < len(self.dead) and self.dead[place] == rank

    def id_at(self, rank: int) -> str:
        return self._id_at(self.offsets[rank])

    def hashes(self) -> array[int]:
        """Hashes of ids by rank."""
        by_rank = array("Q", bytes(8 * len(self._ids)))
        for rank, id_hash in zip(self._id_ranks, self._ids, strict=True):
            by_rank[rank] = id_hash
        return by_rank

    def postings(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Every key's hash and ranks, in the order of the hashes."""
        dense = ((key, Bits(self._bitmap(place))) for place, key in enumerate(self._dense))
        return merge(self._sparse(), dense, key=itemgetter(0))

    def _sparse(self) -> Iterator[tuple[int, Sequence[int]]]:
        start = 0
        for key, end in zip(self._keys, self._starts[1:], strict=True):
            yield key, self._postings[start:end]
            start = end

    def matches(self, clauses: Hashes) -> Sequence[int]:
        """Ranks of what answers all clauses, in the order of their times."""
        found = self._answers.get(clauses)
        if found is None:
            found = self._answers[clauses] = self._answer(clauses)
            if len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        else:
            self._answers.move_to_end(clauses)
        return Without.of(found, self.dead)

    def forget(self) -> None:
        """Let go of remembered answers."""
        self._answers.clear()

    def _answer(self, clauses: Hashes) -> Sequence[int]:
        size = len(self.whens)
        if not clauses:
            return range(size)
        groups = [[found for key in group if (found := self._posting(key)) is not None] for group in clauses]
        if not all(groups):
            return ()
        if len(groups) == 1 and len(groups[0]) == 1:
            return groups[0][0]
        groups.sort(key=_size)
        if _size(groups[0]) * _FEW < size:
            return array("I", sorted(_few(groups)))
        found = Bits(_common(groups, size).to_bytes(size // 8 + 1, "little"))
        return found if len(found) * _FEW > size else array("I", found)

    def _posting(self, key: int) -> Sequence[int] | None:
        place = _place(self._keys, key)
        if place is not None:
            return self._postings[self._starts[place] : self._starts[place + 1]]
        place = _place(self._dense, key)
        return None if place is None else Bits(self._bitmap(place))

    def _bitmap(self, place: int) -> memoryview[int]:
        width = (len(self.whens) + 7) // 8
        return self._bitmaps[place * width : (place + 1) * width]

    def _array(self, name: str, code: Any) -> memoryview[int]:
        start, end = self._sections[name]
        view: memoryview[int] = memoryview(self._map)[start:end].cast(code)
        return view


def _place(values: Sequence[int], value: int) -> int | None:
    place = bisect_left(values, value)
    return place if place < len(values) and values[place] == value else None


def _size(group: Sequence[Sequence[int]]) -> int:
    return sum(map(len, group))


def _few(groups: Sequence[Sequence[Sequence[int]]]) -> set[int]:
    """What the first group, which is small, has in common with all others."""
    found = set[int]().union(*groups[0])
    for group in groups[1:]:
        found = {rank for rank in found if any(has(ranks, rank) for ranks in group)}
    return found


def _common(groups: Sequence[Sequence[Sequence[int]]], size: int) -> int:
    """The same for large ones, as a bitmap in a whole number."""
    common = -1
    for group in groups:
        bits = 0
        for ranks in group:
            bits |= int.from_bytes(ranks.bits if isinstance(ranks, Bits) else bitmap(ranks, size), "little")
        common &= bits
    return common
