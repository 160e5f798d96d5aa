"""Words as stories compare them: stems within a language, and the consonants of names across scripts.

A name that no gazetteer holds still ties two tellings together: `Okhmatdyt` and `Охматдит` have the same skeleton
of consonant classes, and so have `Majdal Shams` and `مجدل شمس`. Skeletons are coarse on purpose; how rare one is
among the stories of the time says what it is worth.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_CYRILLIC = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a b v g g d e e e s s i i i i k l m n o p r s t u f k s s s s _ i _ e u a".replace("_", "").split(" "),
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءئؤگپچژڤآأإ",
        "a b t t s _ k d d r s s s s d t s a k f k k l m n _ o i a a _ i o k p s s v a a a".replace("_", "").split(" "),
        strict=True,
    )
)
_ROMAN = {ord(char): plain for char, plain in (_CYRILLIC | _ARABIC).items()}
_SOUNDS = (
    (re.compile(r"tsch|sch|tch|sh|ch(?=[aeiou])|zh|dj|j|g(?=[ei])|c(?=[ei])|cz|ts|x"), "s"),
    (re.compile(r"ph|v"), "f"),
    (re.compile(r"th|dh|d"), "t"),
    (re.compile(r"ch|kh|gh|ck|q|c|g"), "k"),
    (re.compile(r"z"), "s"),
    (re.compile(r"b"), "p"),
    (re.compile(r"[aeiouyhw]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ARABIC_SCRIPT = re.compile(r"[\u0620-\u06ff]")
_ARTICLE = re.compile(r"^(?:[وفبلك]?ال|لل|و(?=\w{4}))")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def words(text: str) -> list[str]:
    """Words as they stand, in order."""
    return _WORD.findall(text)


@lru_cache(maxsize=16384)
def plain(word: str) -> str:
    """Without case and accents, the part before an apostrophe that belongs to the word dropped: `l'armée`, `Mali's`."""
    if word.isascii() and "'" not in word:
        return word.lower()
    parts = re.split(r"['’]", word)
    longest = max(parts, key=len)
    folded = unicodedata.normalize("NFKD", longest).casefold()
    return "".join(char for char in folded if not unicodedata.combining(char))


def bare(word: str) -> str:
    """Plain, and in Arabic without article and the prepositions that cling to it."""
    folded = plain(word)
    return folded if folded.isascii() or not _ARABIC_SCRIPT.search(folded) else _ARTICLE.sub("", folded)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What inflected forms of a word share, roughly: its beginning. Empty for words too short to tell anything."""
    folded = bare(word)
    if not folded.isascii():
        if _ARABIC_SCRIPT.search(folded):
            return folded[:4] if len(folded) >= 3 else ""
        if _HAN.search(folded):
            return folded
    return folded[:5] if len(folded) >= 4 and not folded.isdigit() else ""


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """Consonant classes of a name in Latin, Cyrillic or Arabic letters; empty where fewer than three are left."""
    sounds = bare(word).translate(_ROMAN)
    if not sounds.isascii() or not sounds.isalpha():
        return ""
    for pattern, replacement in _SOUNDS:
        sounds = pattern.sub(replacement, sounds)
    return sounds if len(sounds) >= 3 else ""


@lru_cache(maxsize=16384)
def name(word: str) -> str:
    """Skeleton of a word that may be a name: it begins with a capital, or its script has none."""
    return skeleton(word) if word[0].isupper() or _ARABIC_SCRIPT.match(word) else ""


def stems(said: Iterable[str]) -> frozenset[str]:
    """Of words; sets are made by `map`, as each item has dozens of words."""
    return frozenset(filter(None, map(stem, said)))


def names(said: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(name, said)))
