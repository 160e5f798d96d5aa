"""Grammatical cases of Russian and Ukrainian names of several words.

`text.lemmas` takes the case off one word. In `Вооружённых сил Украины` two words have one: the adjectives and the
noun that they belong to, while what follows stays as it is. So names that begin so are written out in all cases.
"""

from __future__ import annotations

import re
from typing import Final

_ADJECTIVES: Final = {
    # Ending of the nominative: genitive, dative, instrumental, prepositional, accusative.
    "ский": ("ского", "скому", "ским", "ском", "ский"),
    "ный": ("ного", "ному", "ным", "ном", "ный"),
    "ний": ("ного", "ному", "ним", "ному", "ний"),
    "ький": ("ького", "ькому", "ьким", "ькому", "ький"),
    "ый": ("ого", "ому", "ым", "ом", "ый"),
    "ий": ("его", "ему", "им", "ем", "ий"),
    "ая": ("ой", "ой", "ой", "ой", "ую"),
    "ское": ("ского", "скому", "ским", "ском", "ское"),
    "ое": ("ого", "ому", "ым", "ом", "ое"),
    "ее": ("его", "ему", "им", "ем", "ее"),
    "ые": ("ых", "ым", "ыми", "ых", "ые"),
    "ие": ("их", "им", "ими", "их", "ие"),
    "ька": ("ької", "ькій", "ькою", "ькій", "ьку"),
    "на": ("ної", "ній", "ною", "ній", "ну"),
    "ьке": ("ького", "ькому", "ьким", "ькому", "ьке"),
    "ні": ("них", "ним", "ними", "них", "ні"),
    "ькі": ("ьких", "ьким", "ькими", "ьких", "ькі"),
    "йні": ("йних", "йним", "йними", "йних", "йні"),
}

_NOUNS: Final = (
    ("ия", ("ии", "ии", "ией", "ии", "ию")),
    ("ія", ("ії", "ії", "ією", "ії", "ію")),
    ("ие", ("ия", "ию", "ием", "ии", "ие")),
    ("ство", ("ства", "ству", "ством", "стве", "ство")),
    ("ца", ("цы", "це", "цей", "це", "цу")),
    ("ба", ("бы", "бе", "бой", "бе", "бу")),
    ("ка", ("ки", "ке", "кой", "ке", "ку")),
    ("ада", ("ады", "аде", "адой", "аде", "аду")),
    ("уда", ("уды", "уде", "удой", "уде", "уду")),
    ("ава", ("ави", "аві", "авою", "аві", "аву")),
    ("илы", ("ил", "илам", "илами", "илах", "илы")),
    ("или", ("ил", "илам", "илами", "илах", "или")),
    ("ска", ("ск", "скам", "сками", "сках", "ска")),
    ("ды", ("дов", "дам", "дами", "дах", "ды")),
    ("ки", ("ков", "кам", "ками", "ках", "ков")),
    ("цы", ("цев", "цам", "цами", "цах", "цев")),
    ("ты", ("тов", "там", "тами", "тах", "тов")),
    ("ы", ("ов", "ам", "ами", "ах", "ов")),
    ("ь", ("и", "и", "ью", "и", "ь")),
)

_SURNAMES: Final = ("ов", "ев", "єв", "ин", "ін", "їн")
"""Surnames whose instrumental is that of an adjective: `Путиным`."""

_CONSONANTS: Final = "бвгджзклмнпрстфхцчш"
_CYRILLIC: Final = re.compile("^[А-Яа-яЁёІіЇїЄє]")


def declined(name: str) -> tuple[str, ...]:
    """The name in its cases, as it came first; only itself when it is not Cyrillic or of one word."""
    if not _CYRILLIC.match(name):
        return (name,)
    if " " not in name:
        return (name, name + "ым", name + "им") if name.endswith(_SURNAMES) else (name,)
    words = name.split(" ")
    head = 0
    while head < len(words) - 1 and _adjective(words[head]) is not None:
        head += 1
    columns = [_adjective(word) or () for word in words[:head]]
    noun = _noun(words[head])
    if noun is None or (head == 0 and noun[0].startswith(words[0][:-1]) and words[0][-1] not in "ыиіа"):
        return (name,)
    tail = words[head + 1 :]
    forms = [" ".join((*(column[case] for column in columns), noun[case], *tail)) for case in range(5)]
    return tuple(dict.fromkeys((name, *forms)))


def _adjective(word: str) -> tuple[str, ...] | None:
    for ending, cases in _ADJECTIVES.items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return tuple(word[: -len(ending)] + case for case in cases)
    return None


def _noun(word: str) -> tuple[str, ...] | None:
    for ending, cases in _NOUNS:
        if word.endswith(ending) and len(word) > len(ending):
            return tuple(word[: -len(ending)] + case for case in cases)
    if word[-1] in _CONSONANTS and len(word) > 2:
        return tuple(word + case for case in ("а", "у", "ом", "е", ""))
    return None
