"""The shipped places: a packed table that is unpacked into columns once, and into objects as texts ask for them."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import cast

from sitmon.data import pack
from sitmon.model import RegionKind
from sitmon.tag.lexicon import CASED, CONTEXT, LOWER, Place, Sense, Senses
from sitmon.tag.text import fold

NOTHING = "nothing"
"""Id of the place that names have which are no place's: `China Daily`, `guinea pig`."""
_NAME, _SPELLING = pack.FORMS.index("name"), pack.FORMS.index("spelling")
_NONE = 0xFFFF
_PLAIN = str.maketrans("łøđðŁØĐæœßı’'`‘ʻʼ–—", "loddLODaosi        ")


def slug(name: str) -> str:
    """A step of an id: `Ménaka` to `Menaka`, `Tin Zaouatine` to `Tin-Zaouatine`."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    parts = name.translate(_PLAIN).replace("-", " ").split()
    cleaned = ("".join(c for c in part if c.isascii() and c.isalnum()) for part in parts)
    return "-".join(part for part in cleaned if part)


class Gazetteer:
    """Places and their names, by row number. A `lexicon.Shelf`."""

    def __init__(self, columns: Mapping[str, pack.Column]) -> None:
        names = [name.encode() for name in cast(list[str], columns["names"])]
        self._names = b"".join(names)
        self._ends = array("i", accumulate(map(len, names)))
        self._ids = cast(list[str], columns["ids"])
        self._odd = _numbers(columns["odd"])
        self._kind, self._seat = _numbers(columns["kind"]), _numbers(columns["seat"])
        self._country, self._admin1 = _numbers(columns["country"]), _numbers(columns["admin1"])
        self._lat, self._lon = _numbers(columns["lat"]), _numbers(columns["lon"])
        self._weight = _numbers(columns["weight"])
        self._keys = keys = cast(list[str], columns["keys"])
        self._rows = dict(zip(keys, range(len(keys)), strict=True))
        self._first = array("i", accumulate(_numbers(columns["counts"]), initial=0))
        self._place = array("i", accumulate(_numbers(columns["steps"])))
        self._flags, self._risks = _numbers(columns["flags"]), _numbers(columns["risks"])
        self._heads = dict(zip(cast(list[str], columns["heads"]), _numbers(columns["lengths"]), strict=True))
        self._seconds = frozenset(cast(list[str], columns["seconds"]))
        self._small = frozenset(cast(list[str], columns["small"]))
        self.given = frozenset(cast(list[str], columns["given"]))
        """Given names of people, folded."""
        self.surnames = frozenset(cast(list[str], columns["surnames"]))
        """Surnames that are no English words, folded."""
        self.words = Bloom(_numbers(columns["words"]))
        """English words that are written small."""

    def __len__(self) -> int:
        """How many places there are; `place` takes any number below it."""
        return len(self._kind)

    def aliases(self) -> Mapping[str, int]:
        return self._rows

    def heads(self) -> Mapping[str, int]:
        return self._heads

    def seconds(self) -> frozenset[str]:
        return self._seconds

    def longest(self, beginning: str) -> int:
        """The keys are sorted: those that go on after the two words stand together, from space to `!`."""
        first, last = bisect_left(self._keys, beginning + " "), bisect_left(self._keys, beginning + "!")
        longest = max([key.count(" ") for key in self._keys[first:last]], default=-1) + 1
        return max(longest, 2 if beginning in self._rows else 0)

    def small(self) -> frozenset[str]:
        return self._small

    def senses(self, key: str, row: int) -> Senses:
        first, last = self._first[row], self._first[row + 1]
        forms = {self._flags[n] & 3 for n in range(first, last)}
        shared = key < "\u0250" and {_NAME, _SPELLING} <= forms
        return tuple(self._sense(key, n, shared) for n in range(first, last))

    def _sense(self, key: str, n: int, shared: bool) -> Sense:
        place, bits = self.place(self._place[n]), self._flags[n]
        if shared and bits & 3 == _SPELLING:
            # Venice is Venice before it is what somebody once called Dayton.
            place = place._replace(weight=place.weight - 2)
        flags = (CASED if bits & pack.CASED_BIT else 0) | (LOWER if bits & pack.LOWER_BIT else 0)
        flags |= CONTEXT if bits & pack.CONTEXT_BIT else 0
        alias = key.upper() if flags & CASED else key if bits & (pack.TAIL_BIT | pack.LOWER_BIT) else key.title()
        return Sense("place", place.id, alias, pack.FORMS[bits & 3], flags, self._risks[n], place, place.country)

    def place(self, row: int) -> Place:
        lat, lon = self._lat[row] / pack.DEGREES, self._lon[row] / pack.DEGREES
        return Place(
            self._id(row),
            self._name(row),
            cast(RegionKind, pack.KINDS[self._kind[row]]),
            None if self._country[row] == _NONE else self._id(self._country[row]),
            lat,
            lon,
            self._weight[row] / pack.WEIGHT_SCALE,
            pack.SEATS[self._seat[row]],
        )

    def _name(self, row: int) -> str:
        return self._names[self._ends[row - 1] if row else 0 : self._ends[row]].decode()

    def _id(self, row: int) -> str:
        n = bisect_left(self._odd, row)
        if n < len(self._odd) and self._odd[n] == row:
            return self._ids[n]
        parent = self._admin1[row] if self._admin1[row] != _NONE else self._country[row]
        return f"{self._id(parent)}.{slug(self._name(row))}"


class Bloom:
    """Tells whether a word was in a set, wrongly yes for one in a hundred: 64,000 English words in 80 kB."""

    def __init__(self, bits: array[int]) -> None:
        self._bits = bits

    def __contains__(self, word: str) -> bool:
        return all(self._bits[n >> 3] >> (n & 7) & 1 for n in pack.bloom_bits(word, len(self._bits) * 8))


def _numbers(column: pack.Column) -> array[int]:
    assert isinstance(column, array)
    return column


@cache
def load() -> Gazetteer:
    """The shipped gazetteer, in about a quarter of a second; once a process."""
    return _read()


def _read() -> Gazetteer:
    return Gazetteer(pack.unpacked((resources.files("sitmon.data") / "places.bin").read_bytes()))


def called(text: str) -> dict[str, str]:
    """Name by id of the shipped places that an id or a name may mean, the weightiest first."""
    shipped = _read()  # not kept: 65 MB for a question now and then
    key = slug(text.rpartition(".")[2]).replace("-", " ").lower() if text.count(".") > 1 else fold(text)
    row = shipped.aliases().get(key)
    places = [sense.place for sense in shipped.senses(key, row) if sense.place] if row is not None else []
    places = [place for place in places if place.id != NOTHING and (place.id == text or text.count(".") < 2)]
    return {place.id: place.name for place in sorted(places, key=lambda place: -place.weight)}
