"""Names of the months in English, French, Spanish, Portuguese, German, Italian, Russian, Ukrainian and Arabic.

Arabic has two calendars' worth of names in use for the same months, Levantine (كانون الثاني) and Egyptian (يناير), and
a third in the Maghreb (جانفي). Abbreviations are the first letters, where these tell the month apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_NAMES: Final = (
    ("january janvier enero janeiro januar januari jänner gennaio января январь січня يناير جانفي", "كانون الثاني"),
    ("february février febrero fevereiro februar febbraio февраля февраль лютого فبراير فيفري شباط", ""),
    ("march mars marzo março märz marz марта март березня مارس آذار اذار", ""),
    ("april avril abril aprile апреля апрель квітня أبريل إبريل ابريل أفريل نيسان", ""),
    ("may mai mayo maio maggio мая май травня مايو ماي أيار ايار", ""),
    ("june juin junio junho juni giugno июня июнь червня يونيو يونيه جوان حزيران", ""),
    ("july juillet julio julho juli luglio июля июль липня يوليو يوليوز يوليه جويلية تموز", ""),
    ("august août agosto aug августа август серпня أغسطس اغسطس غشت أوت آب اب", ""),
    ("september septembre septiembre setiembre setembro settembre сентября сентябрь вересня سبتمبر شتنبر أيلول", ""),
    ("october octobre octubre outubro oktober ottobre октября октябрь жовтня أكتوبر اكتوبر", "تشرين الأول"),
    ("november novembre noviembre novembro ноября ноябрь листопада نوفمبر نونبر", "تشرين الثاني"),
    ("december décembre diciembre dezembro dezember dicembre декабря декабрь грудня ديسمبر دجنبر", "كانون الأول"),
)  # fmt: skip


def folded(word: str) -> str:
    """Without accents, case and the hamza that writers of Arabic leave out."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).strip(" .,")


def _table() -> dict[str, int]:
    """Whole names, and each beginning of three letters or more that only one month has."""
    table: dict[str, int] = {}
    shared: set[str] = set()
    for number, (words, phrase) in enumerate(_NAMES, 1):
        whole = [folded(word) for word in words.split()] + ([folded(phrase)] if phrase else [])
        for name in whole:
            for length in range(3, len(name)):
                start = name[:length]
                if table.setdefault(start, number) != number:
                    shared.add(start)
    for start in shared:
        del table[start]
    for number, (words, phrase) in enumerate(_NAMES, 1):
        table.update({folded(name): number for name in (*words.split(), phrase) if name})
    return table


_MONTHS: Final = _table()


@lru_cache(maxsize=512)
def month_number(name: str) -> int | None:
    """1 to 12, or None when it names no month. A phrase may hold more words: the last that is a month counts."""
    name = folded(name)
    if name in _MONTHS:
        return _MONTHS[name]
    for word in reversed(re.split(r"[\W_]+", name)):
        if word in _MONTHS:
            return _MONTHS[word]
    return None
