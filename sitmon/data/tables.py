"""The hand-written tables beside this file, and the columns of the packed gazetteer that rows become."""

from __future__ import annotations

import csv
import tomllib
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitmon.data import inflect, pack
from sitmon.tag.gazetteer import slug
from sitmon.tag.lexicon import WORD
from sitmon.tag.text import key

if TYPE_CHECKING:
    from sitmon.data.build import Row
    from sitmon.data.names import Risks

KNOWN = "known"
"""Form of a hand-written name: as good as the place's own, where what GeoNames has besides are spellings."""


@dataclass(frozen=True, slots=True)
class Country:
    """A line of countries.tsv."""

    also: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    """Language to dictionary forms of the demonyms; German, Russian, Ukrainian nouns under `de,` and so on."""

    def demonyms(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """All forms, each with its flags and risk."""
        for language, words in self.words.items():
            for word in words:
                plain = word.rstrip("^~")
                risk = WORD if plain != word else 0
                flags = pack.CONTEXT_BIT if "~" in word else 0
                for form in _FORMS[language](plain):
                    small = pack.LOWER_BIT | pack.TAIL_BIT if form[0].islower() else 0
                    yield form, (flags | small, risk)


_FORMS = {
    "en": inflect.english,
    "fr": inflect.french,
    "es": inflect.spanish,
    "pt": inflect.portuguese,
    "de": inflect.german_adjective,
    "de,": inflect.german_noun,
    "ar": inflect.arabic,
    "ru": inflect.russian_adjective,
    "ru,": inflect.russian_noun,
    "uk": inflect.ukrainian_adjective,
    "uk,": inflect.ukrainian_noun,
}


def read_countries(folder: Path) -> dict[str, Country]:
    with (folder / "countries.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return {row["iso2"]: _country(row) for row in rows}


def _country(row: dict[str, str | None]) -> Country:
    words: dict[str, tuple[str, ...]] = {}
    for language in ("en", "fr", "es", "pt", "de", "ar", "ru", "uk"):
        adjectives, _, nouns = (row[language] or "").partition(",")
        words[language] = tuple(filter(None, adjectives.split(";")))
        words[language + ","] = tuple(filter(None, nouns.split(";")))
    return Country(tuple(filter(None, (row["also"] or "").split(";"))), {k: v for k, v in words.items() if v})


@dataclass(frozen=True, slots=True)
class Area:
    """An entry of regions.toml."""

    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    home: str = ""
    of: str = ""
    point: tuple[float, float] = (0.0, 0.0)


def read_given(folder: Path) -> set[str]:
    """Given names in other scripts than Latin."""
    lines = (folder / "given.tsv").read_text(encoding="utf-8").splitlines()
    return {name for line in lines if not line.startswith("#") for name in line.split("\t")[1].split()}


def read_areas(folder: Path) -> dict[str, Area]:
    data = tomllib.loads((folder / "regions.toml").read_text(encoding="utf-8"))
    return {name: _area(entry) for name, entry in data.items()}


def _area(entry: dict[str, Any]) -> Area:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return Area(**fields)


@dataclass(frozen=True, slots=True)
class OwnPlace:
    id: str
    name: str = ""
    lat: float = 0.0
    lon: float = 0.0
    weight: float = 3.5
    seat: str = "town"
    aliases: tuple[str, ...] = ()
    risk: int = 0
    """What its name is besides: WORD, or nothing."""


@dataclass(frozen=True, slots=True)
class Override:
    """places_override.toml."""

    divisions: dict[str, str]
    spellings: dict[str, list[str]]
    abbreviations: dict[str, list[str]]
    demonyms: dict[str, list[str]]
    drop: tuple[str, ...]
    block: tuple[str, ...]
    nothing: tuple[str, ...]
    places: tuple[OwnPlace, ...]


def read_override(folder: Path) -> Override:
    data: dict[str, Any] = tomllib.loads((folder / "places_override.toml").read_text(encoding="utf-8"))
    places = [OwnPlace(**{**place, "aliases": tuple(place.get("aliases", ()))}) for place in data.get("place", ())]
    return Override(
        data["divisions"],
        data["spellings"],
        data["abbreviations"],
        data["demonyms"],
        tuple(data["block"]["drop"]),
        tuple(data["block"]["names"]),
        tuple(data["block"]["nothing"]),
        (*places, *read_villages(folder)),
    )


_IN_THE_NEWS = 4.0
"""Weight of what stands in villages.tsv; a name that is a word weighs less."""


def read_villages(folder: Path) -> Iterator[OwnPlace]:
    """The places of villages.tsv, with ids made from their division and name."""
    with (folder / "villages.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            name = row["name"].rstrip("^")
            is_word = name != row["name"]
            yield OwnPlace(
                f"{row['division']}.{slug(name)}",
                name,
                float(row["lat"]),
                float(row["lon"]),
                _IN_THE_NEWS - 0.8 * is_word,
                aliases=tuple(filter(None, row["also"].split(";"))),
                risk=WORD if is_word else 0,
            )


# ---------------------------------------------------------------- columns


def place_columns(rows: list[Row]) -> dict[str, pack.Column]:
    """One entry a place; names, ids only where they do not follow from the rest (`odd`)."""
    numbers = {row.admin1: n for n, row in enumerate(rows) if row.kind == "admin1"}
    countries = {row.id: n for n, row in enumerate(rows) if row.kind == "country"}
    return {
        "names": [row.name for row in rows],
        "odd": array("i", [n for n, row in enumerate(rows) if is_odd(row, rows, numbers)]),
        "ids": [row.id for row in rows if is_odd(row, rows, numbers)],
        "kind": array("B", [pack.KINDS.index(row.kind) for row in rows]),
        "seat": array("B", [pack.SEATS.index(row.seat) for row in rows]),
        "country": array("H", [countries.get(row.country, 0xFFFF) for row in rows]),
        "admin1": array("H", [numbers.get(row.admin1, 0xFFFF) for row in rows]),
        "lat": array("h", [round(row.lat * pack.DEGREES) for row in rows]),
        "lon": array("h", [round(row.lon * pack.DEGREES) for row in rows]),
        "weight": array("B", [min(255, round(row.weight * pack.WEIGHT_SCALE)) for row in rows]),
    }


def is_odd(row: Row, rows: list[Row], numbers: dict[str, int]) -> bool:
    """Whether the id is not the parent's id and the name."""
    if row.kind != "place":
        return True
    parent = rows[numbers[row.admin1]].id if row.admin1 in numbers else row.country
    return row.id != f"{parent}.{slug(row.name)}"


def merged(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Flags and risks of two aliases with one key: what either may do, the text may."""
    flags = (one[0] | other[0]) & (pack.LOWER_BIT | pack.TAIL_BIT)
    flags |= one[0] & other[0] & (pack.CASED_BIT | pack.CONTEXT_BIT)
    return flags, one[1] & other[1]


def alias_columns(rows: list[Row], risks: Risks, drop: frozenset[str]) -> dict[str, pack.Column]:
    """Sorted keys, how many senses each has, and of each sense its place (as a step), its flags and its risk."""
    table: dict[str, dict[tuple[int, int], tuple[int, int]]] = defaultdict(dict)
    for n, row in enumerate(rows):
        own = key(row.name)
        for alias in row.aliases:
            folded = key(alias.text)
            if folded in drop and row.kind in {"place", "admin1"}:
                continue
            if len(folded) < 2 and not "\u3400" <= folded <= "\u9fff":
                continue
            spelling = alias.form == "name" and row.kind == "place" and not f"{own} ".startswith(f"{folded} ")
            form = pack.FORMS.index("spelling" if spelling else alias.form.replace(KNOWN, "name"))
            risk = alias.risk | risks.of_key(folded, row.kind)
            old = table[folded].get((n, form))
            table[folded][n, form] = (alias.flags, risk) if old is None else merged(old, (alias.flags, risk))
    keys = sorted(table)
    senses = [(n, form | flags, risk) for k in keys for (n, form), (flags, risk) in sorted(table[k].items())]
    heads: dict[str, int] = {}
    seconds: set[str] = set()
    for k in keys:
        words = k.split(" ")
        if len(words) > 1:
            heads[words[0]] = max(heads.get(words[0], 0), len(words))
            seconds.add(words[1])
    small = sorted({k.split(" ")[0] for k in keys if any(flags & pack.LOWER_BIT for flags, _ in table[k].values())})
    steps = [b - a for a, b in zip([0, *(n for n, _, _ in senses)], (n for n, _, _ in senses), strict=False)]
    return {
        "keys": keys,
        "counts": array("B", [len(table[k]) for k in keys]),
        "steps": array("i", steps),
        "flags": array("B", [flags for _, flags, _ in senses]),
        "risks": array("B", [risk for _, _, risk in senses]),
        "heads": sorted(heads),
        "lengths": array("B", [heads[h] for h in sorted(heads)]),
        "seconds": sorted(seconds),
        "small": small,
    }
