"""The shipped places: a packed table that is unpacked into columns once, and into objects as texts ask for them."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Final, cast

from sitmon.data import pack
from sitmon.model import RegionKind
from sitmon.tag.aliases import Aliases
from sitmon.tag.lexicon import CASED, CONTEXT, LOWER, Place, Sense, Senses
from sitmon.tag.text import fold

NOTHING: Final = "nothing"
"""Id of the place that names have which are no place's: `China Daily`, `guinea pig`."""
_NAME: Final = pack.FORMS.index("name")
_SPELLING: Final = pack.FORMS.index("spelling")
_NONE: Final = 0xFFFF
_SPECIAL: Final = pack.CASED_BIT | pack.LOWER_BIT | pack.CONTEXT_BIT | pack.TAIL_BIT
_PLAIN: Final = str.maketrans("łøđðŁØĐæœßı’'`‘ʻʼ–—", "loddLODaosi        ")


def slug(name: str) -> str:
    """A step of an id: `Ménaka` to `Menaka`, `Tin Zaouatine` to `Tin-Zaouatine`."""
    if name.isascii():
        if name.isalnum():
            return name
    else:
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    parts = name.translate(_PLAIN).replace("-", " ").split()
    cleaned = ("".join(c for c in part if c.isascii() and c.isalnum()) for part in parts)
    return "-".join(part for part in cleaned if part)


class Gazetteer:
    """Places and their names, by row number. A `lexicon.Shelf`."""

    def __init__(self, columns: Mapping[str, pack.Column], names: bytes, keys: bytes) -> None:
        """`names` of the places and `keys` of their aliases, in UTF-8 with a newline between two."""
        self._names = names.split(b"\n")
        self._known = dict(zip(_numbers(columns["odd"]), cast(list[str], columns["ids"]), strict=True))
        """Ids that do not follow from the name, and those of divisions asked for, which begin many others."""
        self._kind, self._seat = _numbers(columns["kind"]), _numbers(columns["seat"])
        self._country, self._admin1 = _numbers(columns["country"]), _numbers(columns["admin1"])
        self._lat, self._lon = _numbers(columns["lat"]), _numbers(columns["lon"])
        self._weight = _numbers(columns["weight"])
        self.aliases = Aliases(keys)
        self._counts, self._steps = _numbers(columns["counts"]), _numbers(columns["steps"])
        self._first, self._place = Sums(self._counts), Sums(self._steps)
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

    def row(self, key: str) -> int | None:
        return self.aliases.row(key)

    def heads(self) -> Mapping[str, int]:
        return self._heads

    def seconds(self) -> frozenset[str]:
        return self._seconds

    def longest(self, beginning: str) -> int:
        longer = [name.count(" ") + 1 for name in self.aliases.after(beginning + " ")]
        return max(longer) if longer else 2 if self.row(beginning) is not None else 0

    def small(self) -> frozenset[str]:
        return self._small

    def senses(self, key: str, row: int) -> Senses:
        first = self._first.before(row)
        rows = range(first, first + self._counts[row])
        forms = {self._flags[n] & 3 for n in rows} if len(rows) > 1 and key < "\u0250" else set()
        # Venice is Venice before it is what somebody once called Dayton.
        passing = 2.0 if _NAME in forms and _SPELLING in forms else 0.0
        found, place = [], self._place.before(first)
        for n in rows:
            place += self._steps[n]
            found.append(self._sense(key, n, place, passing if self._flags[n] & 3 == _SPELLING else 0.0))
        return tuple(found)

    def _sense(self, key: str, n: int, row: int, less: float) -> Sense:
        """`less`: by how much the place's weight is less for what bears the name only in passing."""
        place, bits = self._weighed(row, less), self._flags[n]
        flags, alias = 0, key.title()
        if bits & _SPECIAL:
            flags = (CASED if bits & pack.CASED_BIT else 0) | (LOWER if bits & pack.LOWER_BIT else 0)
            flags |= CONTEXT if bits & pack.CONTEXT_BIT else 0
            alias = key.upper() if flags & CASED else key if bits & (pack.TAIL_BIT | pack.LOWER_BIT) else alias
        return Sense("place", place.id, alias, pack.FORMS[bits & 3], flags, self._risks[n], place, place.country)

    def place(self, row: int) -> Place:
        return self._weighed(row, 0.0)

    def _weighed(self, row: int, less: float) -> Place:
        country = self._country[row]
        return Place(
            self._id(row),
            self._name(row),
            cast(RegionKind, pack.KINDS[self._kind[row]]),
            None if country == _NONE else self._id(country),
            self._lat[row] / pack.DEGREES,
            self._lon[row] / pack.DEGREES,
            self._weight[row] / pack.WEIGHT_SCALE - less,
            pack.SEATS[self._seat[row]],
        )

    def _name(self, row: int) -> str:
        return self._names[row].decode()

    def _id(self, row: int) -> str:
        known = self._known.get(row)
        if known is not None:
            return known
        parent = self._admin1[row] if self._admin1[row] != _NONE else self._country[row]
        made = f"{self._id(parent)}.{slug(self._name(row))}"
        if parent == self._country[row]:
            self._known[row] = made
        return made


class Sums:
    """Running totals of a column, every 64th of which is kept: all of them would take a fifth of the loading."""

    def __init__(self, numbers: array[int]) -> None:
        self._numbers = numbers
        parts = [sum(numbers[at : at + 64]) for at in range(0, len(numbers), 64)]
        self._kept = array("i", accumulate(parts, initial=0))

    def before(self, row: int) -> int:
        """The total of the rows before this one."""
        kept = row >> 6
        return self._kept[kept] + sum(self._numbers[kept << 6 : row])


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
    """The shipped gazetteer, in about a fifth of a second; once a process."""
    shipped = _read()
    shipped.aliases.open_latin()
    return shipped


def _read() -> Gazetteer:
    packed = (resources.files("sitmon.data") / "places.bin").read_bytes()
    columns, blocks = pack.unpacked(packed, {"names", "keys"})
    return Gazetteer(columns, blocks["names"], blocks["keys"])


def called(text: str) -> dict[str, str]:
    """Name by id of the shipped places that an id or a name may mean, the weightiest first."""
    shipped = _read()  # not kept: 65 MB for a question now and then
    key = slug(text.rpartition(".")[2]).replace("-", " ").lower() if text.count(".") > 1 else fold(text)
    row = shipped.row(key)
    places = [sense.place for sense in shipped.senses(key, row) if sense.place] if row is not None else []
    places = [place for place in places if place.id != NOTHING and (place.id == text or text.count(".") < 2)]
    return {place.id: place.name for place in sorted(places, key=lambda place: -place.weight)}
