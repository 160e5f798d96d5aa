"""Word forms of names: plurals, genders and cases, for the build of the name tables.

Each function takes a dictionary form and returns that and its other forms. They know the regular patterns of
demonyms and place names, no more; what is irregular is written out in the tables.
"""

from __future__ import annotations

import re

Forms = tuple[str, ...]


def english(word: str) -> Forms:
    """`Malian`, `Malians`; what ends in a sibilant has no plural of its own: the `Chinese`, the `British`."""
    if word.endswith(("ese", "sh", "ch", "s", "men", "x")):
        return (word,)
    return (word, word + "s")


def french(word: str) -> Forms:
    """`malien`, `malienne`, `maliens`, `maliennes`."""
    if word.endswith(("en", "on")):
        feminine = word + "ne"
    elif word.endswith("ec"):
        feminine = word + "que"
    elif word.endswith("c"):
        feminine = word[:-1] + "que"
    elif word.endswith(("ais", "ois", "ain", "an", "al", "in", "and", "ol", "ur", "at", "ar")):
        feminine = word + "e"
    elif word.endswith(("ri", "ti", "ni", "li", "ouk", "bè")):
        feminine = word
    elif word.endswith("é"):
        feminine = word + "e"
    else:
        feminine = word
    plural = word if word.endswith("s") else word + "s"
    return tuple(dict.fromkeys((word, feminine, plural, feminine + "s")))


def spanish(word: str) -> Forms:
    """`argelino, argelina, argelinos, argelinas`; `francés, francesa`; `maliense, malienses`; `iraní, iraníes`."""
    if word.endswith("o"):
        return tuple(word[:-1] + ending for ending in ("o", "a", "os", "as"))
    if word.endswith(("és", "án", "ín", "ón")):
        stem = word[:-2] + {"é": "e", "á": "a", "í": "i", "ó": "o"}[word[-2]] + word[-1]
        return (word, stem + "a", stem + "es", stem + "as")
    if word.endswith("ol"):
        return (word, word + "a", word + "es", word + "as")
    if word.endswith(("í", "ú")):
        return (word, word + "es", word + "s")
    return (word, word + "s")


def portuguese(word: str) -> Forms:
    """`argelino …`; `francês, francesa, franceses, francesas`; `alemão, alemã, alemães`."""
    if word.endswith("ês"):
        return (word, word[:-2] + "esa", word[:-2] + "eses", word[:-2] + "esas")
    if word.endswith("ão"):
        return (word, word[:-2] + "ã", word[:-2] + "ães", word[:-2] + "ãs", word[:-2] + "ões")
    if word.endswith("ol"):
        return (word, word + "a", word[:-1] + "is", word + "as")
    return spanish(word)


def german_adjective(word: str) -> Forms:
    """`malisch, malische, malischen …`."""
    return (word, *(word + ending for ending in ("e", "en", "er", "es", "em")))


def german_noun(word: str) -> Forms:
    """`Malier, Malierin, Malierinnen, Maliern`; `Franzose, Franzosen, Französin` without the umlaut it may take."""
    if word.endswith("e"):
        return (word, word + "n", word[:-1] + "in", word[:-1] + "innen")
    return (word, word + "n", word + "s", word + "in", word + "innen")


def arabic(word: str) -> Forms:
    """The nisba with and without article: masculine, feminine, plurals."""
    forms = [word + ending for ending in ("", "ة", "ين", "ون", "ات")]
    return tuple(forms + ["ال" + form for form in forms])


_RU_HARD = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими")
_UK_HARD = ("ий", "ого", "ому", "им", "ім", "а", "ої", "ій", "у", "ою", "е", "і", "их", "ими")


def russian_adjective(word: str) -> Forms:
    """All cases and genders of `малийский`."""
    return tuple(word[:-2] + ending for ending in _RU_HARD)


def ukrainian_adjective(word: str) -> Forms:
    """All cases and genders of `малійський`."""
    return tuple(word[:-2] + ending for ending in _UK_HARD)


def russian_noun(word: str) -> Forms:
    """`малиец, малийца …`, `россиянин, россиян …`, `грек, грека …`; women with `-ка` where they end so."""
    if word.endswith("ец"):
        stem = word[:-2] + ("йц" if word[-3] in "аеиоуэюя" else "льц" if word[-3] == "л" else "ц")
        woman = word[:-2] + ("йк" if word[-3] in "аеиоуэюя" else "к")
        endings = ("а", "у", "ем", "е", "ы", "ев", "ам", "ами", "ах")
        return (word, *(stem + e for e in endings), *(woman + e for e in ("а", "и", "е", "у", "ой")))
    if word.endswith(("анин", "янин")):
        return (
            word,
            *(word + e for e in ("а", "у", "ом", "е")),
            *(word[:-2] + e for e in ("е", "", "ам", "ами", "ах")),
        )
    return (word, *(word + e for e in ("а", "у", "ом", "е", "ы", "и", "ов", "ам", "ами", "ах")))


def ukrainian_noun(word: str) -> Forms:
    """`малієць, малійця …`, `росіянин, росіян …`, `грек, грека …`."""
    if word.endswith("єць"):
        stem = word[:-3] + "йц"
    elif word.endswith("ець"):
        stem = word[:-3] + "ц"
    elif word.endswith(("анин", "янин")):
        return (
            word,
            *(word + e for e in ("а", "у", "ом", "і")),
            *(word[:-2] + e for e in ("и", "", "ам", "ами", "ах")),
        )
    else:
        return (word, *(word + e for e in ("а", "у", "ом", "і", "и", "ів", "ам", "ами", "ах")))
    return (word, *(stem + e for e in ("я", "ю", "ем", "і", "ів", "ям", "ями", "ях")))


# ---------------------------------------------------------------- cases of Slavic place names

_CASES: tuple[tuple[str, tuple[str, str, str, str]], ...] = (
    # Ending of the nominative, and those of genitive, dative or locative, instrumental, accusative.
    ("ская", ("ской", "ской", "ской", "скую")),
    ("цкая", ("цкой", "цкой", "цкой", "цкую")),
    ("ная", ("ной", "ной", "ной", "ную")),
    ("вая", ("вой", "вой", "вой", "вую")),
    ("кая", ("кой", "кой", "кой", "кую")),
    ("ська", ("ської", "ській", "ською", "ську")),
    ("цька", ("цької", "цькій", "цькою", "цьку")),
    ("ий", ("ого", "ом", "им", "ий")),
    ("ый", ("ого", "ом", "ым", "ый")),
    ("ое", ("ого", "ом", "ым", "ое")),
    ("ия", ("ии", "ии", "ией", "ию")),
    ("ія", ("ії", "ії", "ією", "ію")),
    ("ка", ("ки", "ке", "кой", "ку")),
    ("ласть", ("ласти", "ласти", "ластью", "ласть")),
    ("ость", ("ости", "ости", "остью", "ость")),
    ("сть", ("сті", "сті", "стю", "сть")),
    ("ь", ("и", "и", "ью", "ь")),
    ("а", ("ы", "е", "ой", "у")),
    ("я", ("и", "е", "ей", "ю")),
    ("ые", ("ых", "ых", "ыми", "ые")),
    ("ие", ("их", "их", "ими", "ие")),
    ("овы", ("овых", "овых", "овыми", "овы")),
    ("ы", ("ов", "ах", "ами", "ы")),
)
_CASES_UK: tuple[tuple[str, tuple[str, str, str, str]], ...] = (
    ("ка", ("ки", "ці", "кою", "ку")),
    ("га", ("ги", "зі", "гою", "гу")),
    ("ія", ("ії", "ії", "ією", "ію")),
    ("ея", ("еї", "еї", "еєю", "ею")),
    ("а", ("и", "і", "ою", "у")),
    ("я", ("і", "і", "ею", "ю")),
    ("ий", ("ого", "ому", "им", "ий")),
    ("ні", ("них", "них", "ними", "ні")),
    ("кі", ("ких", "ких", "кими", "кі")),
    ("ові", ("ових", "ових", "овими", "ові")),
    ("и", ("ів", "ах", "ами", "и")),
)
_ISLANDS = {"острова": ("островов", "островах", "островами", "острова")}
"""Plurals of no class."""


def _ukrainian_cases(word: str) -> Forms:
    for ending, others in _CASES_UK:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return (word, *(word[: -len(ending)] + other for other in others))
    if word[-1] in "бвгдзклмнпрстфх":
        return (word, word + "у", word + "і", word + "ом", word)
    return _noun_cases(word)


def _noun_cases(word: str) -> Forms:
    if word.lower() in _ISLANDS:
        return (word, *(word[0] + other[1:] for other in _ISLANDS[word.lower()]))
    for ending, others in _CASES:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return (word, *(word[: -len(ending)] + other for other in others))
    if word[-1] in "бвгдзклмнпрстфх":
        return (word, word + "а", word + "е", word + "ом", word)
    return (word,) * 5


_ADJECTIVES_UK = {"на": ("ної", "ній", "ною", "ну"), "ва": ("вої", "вій", "вою", "ву")}


def slavic_phrase(phrase: str) -> Forms:
    """A Russian or Ukrainian name of several words in all its cases: `Донецкая область`, `Донецкой области` …"""
    words = phrase.split(" ")
    ukrainian = "і" in phrase or "ї" in phrase or "ськ" in phrase or "цьк" in phrase
    rows: list[Forms] = []
    for n, word in enumerate(words):
        ending = _ADJECTIVES_UK.get(word[-2:]) if ukrainian and n < len(words) - 1 else None
        if ukrainian and word.lower() == "область":
            rows.append((word, "області", "області", "областю", word))
        elif ending:
            rows.append((word, *(word[:-2] + e for e in ending)))
        else:
            rows.append(_ukrainian_cases(word) if ukrainian else _noun_cases(word))
    return tuple(dict.fromkeys(" ".join(case) for case in zip(*rows, strict=True)))


# ---------------------------------------------------------------- names from one language in the letters of another


def ukrainian_spelling(russian: str) -> str:
    """A Russian town as Ukrainians write it: `Новороссийск`, `Новоросійськ`; `Сызрань`, `Сизрань`."""
    text = russian.replace("сс", "с") if "росс" in russian.lower() else russian
    for pattern, letters in _UKRAINIAN:
        text = pattern.sub(letters, text)
    return text


_UKRAINIAN = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"\bЕ", "Є"),
        (r"(?<![жчшщц])и(?!й\b)", "і"),
        ("ы", "и"),
        ("[эё]", "е"),
        ("Э", "Е"),
        ("ъ", "'"),
        (r"([сц])к\b", r"\1ьк"),
    )
)


def german_spelling(name: str, ukrainian: bool) -> str:
    """A town as German papers transcribe it: `Гуляйполе`, `Huljajpole`; of Russia, `Елабуга`, `Jelabuga`."""
    letters = _GERMAN | _GERMAN_UK if ukrainian else _GERMAN
    text = name if ukrainian else re.sub(r"\b[Ее]", "Йе", name)
    return "".join(letters.get(c, letters.get(c.lower(), c).capitalize() if c.isupper() else c) for c in text)


_GERMAN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju ja".replace("_", "").split(
            " "
        ),
        strict=True,
    )
)
_GERMAN_UK = {"г": "h", "ґ": "g", "и": "y", "і": "i", "ї": "ji", "є": "je"}
