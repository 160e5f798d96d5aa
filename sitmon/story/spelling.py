"""Words as stories compare them: stems within a language, and the consonants of names across scripts.

A name that no gazetteer holds still ties two tellings together: `Okhmatdyt` and `Охматдит` have the same skeleton
of consonant classes, and so have `Majdal Shams` and `مجدل شمس`. Skeletons are coarse on purpose; how rare one is
among the stories of the time says what it is worth.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CYRILLIC: Final = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a b v g g d e e e s s i i i i k l m n o p r s t u f k s s s s _ i _ e u a".replace("_", "").split(" "),
        strict=True,
    )
)
_ARABIC: Final = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءئؤگپچژڤآأإ",
        "a b t t s _ k d d r s s s s d t s a k f k k l m n _ o i a a _ i o k p s s v a a a".replace("_", "").split(" "),
        strict=True,
    )
)
_ROMAN: Final = {ord(char): plain for char, plain in (_CYRILLIC | _ARABIC).items()}
_HISSES: Final = re.compile(r"tsch|sch|tch|sh|ch(?=[aeiou])|zh|dj|j|g(?=[ei])|c(?=[ei])|cz|ts|x")
_CLASSES: Final = str.maketrans("vdqcgzb", "ftkkksp", "aeiouyhw")
"""One letter for those that sound alike; vowels go, and h with them, which leaves `th`, `dh`, `kh` and `gh` right."""
_DOUBLE: Final = re.compile(r"(.)\1+")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ARABIC_SCRIPT: Final = re.compile(r"[\u0620-\u06ff]")
_ARTICLE: Final = re.compile(r"^(?:[وفبلك]?ال|لل|و(?=\w{4}))")
_HAN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


_SPACED: Final = bytes(code if chr(code).isascii() and chr(code).isalnum() else 32 for code in range(256))


def words(text: str) -> list[str]:
    """Words as they stand, in order."""
    if text.isascii() and "'" not in text:  # a third of the time, and most texts
        return text.encode().translate(_SPACED).decode().split()
    return _WORD.findall(text)


def plain(word: str) -> str:
    """Without case and accents, the part before an apostrophe that belongs to the word dropped: `l'armée`, `Mali's`."""
    if word.isascii() and "'" not in word:
        return word.lower()
    parts = re.split(r"['’]", word)
    longest = max(parts, key=len)
    folded = unicodedata.normalize("NFKD", longest).casefold()
    return "".join([char for char in folded if not unicodedata.combining(char)])


def bare(word: str) -> str:
    """Plain, and in Arabic without article and the prepositions that cling to it."""
    folded = plain(word)
    return folded if folded.isascii() or not _ARABIC_SCRIPT.search(folded) else _ARTICLE.sub("", folded)


def stem(word: str) -> str:
    """What inflected forms of a bare word share, roughly: its beginning. Empty for one too short to tell anything."""
    if not word.isascii():
        if _ARABIC_SCRIPT.search(word):
            return word[:4] if len(word) >= 3 else ""
        if _HAN.search(word):
            return word
    return word[:5] if len(word) >= 4 and not word.isdigit() else ""


def skeleton(word: str) -> str:
    """Consonant classes of a bare name in Latin, Cyrillic or Arabic letters; empty where fewer than three are left."""
    sounds = word.translate(_ROMAN)
    if not sounds.isascii() or not sounds.isalpha():
        return ""
    sounds = _HISSES.sub("s", sounds).replace("ph", "f").translate(_CLASSES)
    sounds = _DOUBLE.sub(r"\1", sounds)
    return sounds if len(sounds) >= 3 else ""


def may_name(word: str) -> bool:
    """Whether a word as it stands may be a name: it begins with a capital, or its script has none."""
    return word[0].isupper() or _ARABIC_SCRIPT.match(word) is not None
