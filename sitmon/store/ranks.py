"""Sorted sequences of ranks that can be counted, sliced and asked how many stand before one, without making lists.

A posting of few ranks is an array; one of many is a bitmap, so that joining and counting a hundred thousand of them
takes microseconds; and either can be had without some of its elements.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import overload

_BYTES = 128
_BITS = 8 * _BYTES
"""Of a block, for which the ranks before it are counted beforehand."""

_SET = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))
"""Which bits of a byte are set."""


def before(ranks: Sequence[int], rank: int) -> int:
    """How many of the ranks are smaller."""
    if isinstance(ranks, range):
        return min(max(rank, 0), len(ranks))
    if isinstance(ranks, Bits | Without):
        return ranks.before(rank)
    return bisect_left(ranks, rank)


def has(ranks: Sequence[int], rank: int) -> bool:
    """Whether the rank is among them."""
    if isinstance(ranks, Bits):
        return ranks.has(rank)
    place = before(ranks, rank)
    return place < len(ranks) and ranks[place] == rank


def bitmap(ranks: Iterable[int], size: int) -> bytearray:
    """`size` bits, rounded up to whole bytes, with those of the ranks set; rank 0 is the lowest bit of byte 0."""
    bits = bytearray((size + 7) // 8)
    for rank in ranks:
        bits[rank >> 3] |= 1 << (rank & 7)
    return bits


class _Ranks(Sequence[int]):
    """What the two below have in common: slices become lists."""

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self._at(place) for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        return self._at(place)

    def _at(self, place: int) -> int:
        raise NotImplementedError


class Bits(_Ranks):
    """The ranks whose bits are set."""

    def has(self, rank: int) -> bool:
        return bool(self.bits[rank >> 3] >> (rank & 7) & 1)

    def __init__(self, bits: bytes | bytearray | memoryview[int]) -> None:
        self.bits = bits
        blocks = (bits[start : start + _BYTES] for start in range(0, len(bits), _BYTES))
        self._sums = [0, *accumulate(int.from_bytes(block, "little").bit_count() for block in blocks)]
        self._expanded: tuple[int, list[int]] = (-1, [])

    def __len__(self) -> int:
        return self._sums[-1]

    def __iter__(self) -> Iterator[int]:
        return (8 * place + bit for place, byte in enumerate(self.bits) if byte for bit in _SET[byte])

    def before(self, rank: int) -> int:
        if rank >= 8 * len(self.bits):
            return len(self)
        block = max(rank, 0) // _BITS
        start = block * _BYTES
        low = int.from_bytes(self.bits[start : start + _BYTES], "little") & ((1 << (rank - block * _BITS)) - 1)
        return self._sums[block] + low.bit_count()

    def _at(self, place: int) -> int:
        block = bisect_right(self._sums, place) - 1
        at, ranks = self._expanded  # one read, so that threads cannot mix two blocks
        if at != block:
            start = block * _BYTES
            bits = self.bits[start : start + _BYTES]
            ranks = [8 * (start + n) + bit for n, byte in enumerate(bits) if byte for bit in _SET[byte]]
            self._expanded = (block, ranks)
        return ranks[place - self._sums[block]]


class Without(_Ranks):
    """`base` but for the places `holes`, which are sorted."""

    def __init__(self, base: Sequence[int], holes: Sequence[int]) -> None:
        self._base = base
        self._holes = holes
        self._stay = [hole - n for n, hole in enumerate(holes)]
        """How many elements that stay stand before each hole."""

    @staticmethod
    def of(base: Sequence[int], dead: Sequence[int]) -> Sequence[int]:
        """`base` without the elements `dead`, which are sorted too."""
        if not dead or not base:
            return base
        holes = [before(base, rank) for rank in dead if has(base, rank)]
        return Without(base, holes) if holes else base

    def __len__(self) -> int:
        return len(self._base) - len(self._holes)

    def __iter__(self) -> Iterator[int]:
        holes = iter(self._holes)
        hole = next(holes, None)
        for place, rank in enumerate(self._base):
            if place == hole:
                hole = next(holes, None)
            else:
                yield rank

    def before(self, rank: int) -> int:
        place = before(self._base, rank)
        return place - bisect_left(self._holes, place)

    def _at(self, place: int) -> int:
        return self._base[place + bisect_right(self._stay, place)]
