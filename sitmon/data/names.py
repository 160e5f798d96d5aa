"""What places are called: which names of the inputs become aliases, in which forms, and how much to trust them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from sitmon.data import inflect, tables
from sitmon.data.inputs import Inputs, Town
from sitmon.data.pack import CASED_BIT, CONTEXT_BIT, LOWER_BIT, TAIL_BIT
from sitmon.tag.lexicon import GIVEN, STOP, SURNAME, WORD
from sitmon.tag.text import key, wordset


class Alias(NamedTuple):
    text: str
    form: str = "name"
    flags: int = 0
    risk: int = 0


LOCALES = ("en", "fr", "es", "pt", "pt_PT", "de", "ar", "ru", "uk", "zh", "zh_Hant")


def marked(text: str, form: str = "name") -> Iterator[Alias]:
    """An alias of the hand-written tables: `*` as written, `^` often something else, `~` nearly always.

    An acronym is always as written.
    """
    plain = text.rstrip("*^~")
    flags = CASED_BIT if "*" in text or (plain.isupper() and plain.isalpha() and len(plain) > 1) else 0
    if "~" in text:
        flags |= CONTEXT_BIT
    if plain[0].islower():
        flags |= LOWER_BIT
    risk = WORD if "^" in text or "~" in text else 0
    for variant in variants(plain) if form == "name" else (plain,):
        yield Alias(variant, form, flags | tail(variant), risk)


_SIDES = frozenset(("North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central"))
"""Before a name they may be written small."""


def tail(text: str) -> int:
    return TAIL_BIT if re.split(r"[ \-'’.]", text.strip("."))[-1][:1].islower() else 0


def variants(text: str) -> tuple[str, ...]:
    """The name, with the cases of the names of several words that Russian and Ukrainian decline."""
    if " " in text and re.search("[а-яіїє]", text) and text[0].isupper():
        return inflect.slavic_phrase(text)
    return (text,)


# ---------------------------------------------------------------- countries


def country_aliases(iso: str, name: str, own: tables.Country | None, words: Container[str]) -> Iterator[Alias]:
    """`country_names`, of which those with a side may begin small: `south Sudanese`."""
    for alias in country_names(iso, name, own, words):
        side = alias.text.split(" ")[0] in _SIDES
        yield alias._replace(flags=alias.flags | LOWER_BIT) if side else alias


def country_names(iso: str, name: str, own: tables.Country | None, words: Container[str]) -> Iterator[Alias]:
    yield from marked(name)
    for code in LOCALES:
        text = Locale.parse(code).territories.get(iso, "")
        if iso in {"UM", "VG", "VI"}:
            text = text.partition("(")[0]  # what stands in brackets is whose islands they are
        for part in cldr_names(text):
            # Iceland is `Island` in German, and an island in English.
            yield from marked(part + ("~" if code != "en" and key(part) in words else ""))
            if code == "de" and part[-1] not in "szx":
                yield from marked(part + "s")
    if own is not None:
        for text in own.also:
            yield from marked(text)
        for text, form in own.demonyms():
            yield Alias(text, "demonym", *form)


def cldr_names(text: str) -> Iterator[str]:
    """`Myanmar (Burma)` is two names; `Hong Kong SAR China` and the like are nobody's."""
    if re.search(r"SAR|RAE|R\.A\.S|САР|ОАР|[Ss]onderverw|特别|特別|خاصة", text):
        return
    for part in re.split(r"[()（）]", text):
        part = part.strip().replace("’", "'").replace("ʼ", "'")
        if len(part) >= 2 and " - " not in part and " – " not in part and part not in {"金", "布"}:
            yield part
            if "ё" in part:
                yield part.replace("ё", "е")


def zone_names() -> dict[tuple[str, str], set[str]]:
    """What CLDR calls the cities that time zones are named after, by zone and English key: capitals, nearly all."""
    english = Locale.parse("en").time_zones
    found: dict[tuple[str, str], set[str]] = {}
    for code in LOCALES:
        for zone, facts in Locale.parse(code).time_zones.items():
            city = english.get(zone, {}).get("city") or zone.split("/")[-1].replace("_", " ")
            if name := facts.get("city"):
                found.setdefault((zone, key(city)), set()).add(name.replace("’", "'").replace("ʼ", "'"))
    return found


# ---------------------------------------------------------------- divisions and towns

_GENERIC = re.compile(
    r"^(?:Province of|State of|Region of|Department of|Departamento de|Departamento del|Département de|Provincia de"
    r"|Province du|Province de la|Province des|Province de"
    r"|Municipality of|City of|District of|Republic of|Governorate of|County of|Arrondissement de|Distrito de"
    r"|Municipio de|Cercle de|Département du|Département d['’]|Muḩāfaz̧at|Wilaya de|Wilaya d['’]) ?"
    r"|[ -](?:[Oo]blast['’]?|Region|Province|State|Governorate|Department|Prefecture|County|District|Municipality"
    r"|Kray|Krai|Republic|City|Raion|Cercle|Locality|Division|Wilaya|Parish|Division|Township|Rayon|Zone)$"
)


def bare(name: str) -> str:
    """A division's name without the word for what it is: `Kursk Oblast` to `Kursk`."""
    short = _GENERIC.sub("", name)
    return short if len(short) > 2 and short not in {"Northern", "Southern", "Eastern", "Western", "Central"} else name


def division_names(name: str, spellings: Iterable[str]) -> Iterator[Alias]:
    yield Alias(name)
    yield Alias(bare(name))
    for text in dict.fromkeys(spellings):
        text = text.replace(" Область", " область").replace(" Край", " край")
        if script(text) in {"latin", "cyrillic", "arabic", "han"} and len(key(text)) > 2 and text[0].isupper():
            yield from marked(text)
        elif script(text) in {"arabic", "han"}:
            yield Alias(text)


_DIRECTIONS = wordset(
    """
    north south east west northern southern eastern western central center centre nord sud est ouest norte sur
    sul este oeste oriental occidental union littoral lac savanes plateaux upper lower coast far province
    region state district الشرقية الغربية الشمالية الجنوبية الوسطى المركزية الشمالي الجنوبي الشرقي الغربي الساحل
    الاطار الجديد الشوط nacional federal civil popular republicana naciones republique republica
    """
)


def script(text: str) -> str:
    for char in text:
        if char.isalpha():
            if char < "\u0250" or "\u1e00" <= char < "\u1f00":
                return "latin"
            if "\u0400" <= char < "\u0530":
                return "cyrillic"
            if "\u0600" <= char < "\u0700":
                return "arabic"
            if "\u3400" <= char <= "\u9fff":
                return "han"
            return "other"
    return "other"


_ARTICLE = re.compile(r"A(?:d|dh|n|r|s|sh|t|th|z)[ -](?=[A-ZĀ-ſḀ-ỿ‘’'])")
"""The Arabic article as spoken before a consonant of the tongue: papers write `al-Dumayr` for `Ad Dumayr`."""


def town_names(town: Town, spelled: bool, scripts: set[str]) -> Iterator[Alias]:
    """The name; its Latin spellings if `spelled`; those in the other `scripts`."""
    yield Alias(town.name)
    shortened = re.sub(r"\s*\(.*?\)|\s*/.*| City$", "", town.name)
    if shortened != town.name and not town.name.endswith("City"):
        yield Alias(shortened)
    if article := _ARTICLE.match(town.name):
        yield Alias(f"Al {town.name[article.end() :]}")
    for text in town.spellings:
        kind = script(text)
        if kind == "latin":
            if spelled and spells_latin(text):
                yield Alias(text)
        elif kind in scripts and len(key(text)) > 2 and "," not in text:
            yield Alias(text)
            if kind == "cyrillic" and town.population >= _TRANSCRIBED.get(town.country, 1 << 40):
                yield from transcribed(text, town.country)


_TRANSCRIBED = {"RU": 20_000, "UA": 5_000}
"""Inhabitants from which towns are found as neighbours spell them."""


def transcribed(text: str, country: str) -> Iterator[Alias]:
    """A town of Russia or Ukraine in German, and of Russia in Ukrainian."""
    yield Alias(inflect.german_spelling(text, country == "UA"))
    if country == "RU":
        yield Alias(inflect.ukrainian_spelling(text))


def spells_latin(text: str) -> bool:
    """Not an airport's code, nor a transcription by machine (all small), nor an address."""
    letters = [c for c in text if c.isalpha()]
    if not text[0].isupper() or len(letters) < 4 or "," in text or "(" in text:
        return False
    return not text.isupper()


# ---------------------------------------------------------------- risks


GIVEN_ABROAD = frozenset(
    (
        "mali",
        "jihad",
        "sahara",
        "savannah",
        "catalina",
        "alexandria",
        "roma",
        "valencia",
        "сидни",
        "сідні",
        "остин",
        "остін",
    )
)
"""Given names that the US census of 1990 does not have."""


_GIVEN_COUNTRIES = wordset("chad jordan georgia israel kenya india mali ireland jersey cuba holland чад")
"""Countries whose names people are given often enough to be in the news."""


@dataclass(frozen=True, slots=True)
class Risks:
    """What else a word may be: an English word, a given name, a surname, or what is hardly ever a place."""

    words: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    stop: frozenset[str]

    @classmethod
    def of(cls, inputs: Inputs, block: Iterable[str]) -> Risks:
        given, surnames = inputs.person_names()
        given |= GIVEN_ABROAD | tables.read_given(Path(__file__).parent)
        folded = (frozenset(map(key, words)) for words in (inputs.words, given, surnames, block))
        return cls(*folded)

    def of_key(self, alias: str, kind: str) -> int:
        """Countries are never words, though `turkey` and `china` are: no guard may hide one."""
        risk = (GIVEN if alias in self.given else 0) | (SURNAME if alias in self.surnames else 0)
        if kind in {"country", "area"}:
            return GIVEN if alias in _GIVEN_COUNTRIES else risk & SURNAME
        if alias in self.stop or all(word in _DIRECTIONS for word in alias.split(" ")):
            return risk | STOP
        return risk | (WORD if alias in self.words else 0)
