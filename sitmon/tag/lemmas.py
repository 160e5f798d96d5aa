"""Dictionary forms of inflected and prefixed words: case endings of Cyrillic, what Arabic writes onto a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_CYRILLIC_ENDINGS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    # Case endings of Russian and Ukrainian nouns and adjectives (folded: й = и, ї = і), each with
    # the endings of the nominative that it may stand for. Longest first.
    ("щиною", ("", "ськ", "ь")),
    ("щина", ("", "ськ", "ск", "ь")),
    ("щини", ("", "ськ", "ь")),
    ("щині", ("", "ськ", "ь")),
    ("щину", ("", "ськ", "ск", "ь")),
    ("щины", ("", "ск", "ь")),
    ("щине", ("", "ск", "ь")),
    ("щинои", ("", "ск", "ь")),
    ("ського", ("ськии",)),
    ("цем", ("ець", "ец")),
    ("ами", ("ы", "и", "а")),
    ("ями", ("і", "и", "я")),
    ("ого", ("ыи", "ии", "ое", "е", "ои")),
    ("его", ("ии", "ее")),
    ("ому", ("ыи", "ии", "ое", "е", "ои")),
    ("ему", ("ии", "ее")),
    ("ью", ("ь",)),
    ("ом", ("", "о", "ыи", "ое")),
    ("ем", ("", "ь", "е", "и", "ии")),
    ("єм", ("и", "є")),
    ("ям", ("и", "я")),
    ("скои", ("ск", "ская")),
    ("цкои", ("цк", "цкая")),
    ("ськіи", ("ськ", "", "ська")),
    ("ськоі", ("ськ", "", "ська")),
    ("ськои", ("ськ", "", "ська")),
    ("ською", ("ськ", "", "ська")),
    ("ську", ("ськ", "", "ська")),
    ("ська", ("ськ", "")),
    ("ская", ("ск", "")),
    ("скую", ("ск", "")),
    ("іі", ("ія", "іи")),
    ("еі", ("ея", "еи")),
    ("аі", ("аи",)),
    ("ии", ("ия", "ии", "ие")),
    ("ае", ("аи",)),
    ("уе", ("уи",)),
    ("ие", ("ии",)),
    ("ее", ("ея", "еи")),
    ("оі", ("а",)),
    ("іи", ("а", "іи")),
    ("ои", ("а", "ая")),
    ("ою", ("а",)),
    ("еи", ("я", "ь", "а")),
    ("ею", ("я", "а")),
    ("єю", ("я",)),
    ("ым", ("ыи",)),
    ("им", ("ии", "ыи", "ы", "е", "ое")),
    ("ых", ("ые", "ы")),
    ("их", ("ие", "и", "і")),
    ("ую", ("ая",)),
    ("ах", ("ы", "и", "а")),
    ("ях", ("и", "я", "і")),
    ("ам", ("ы", "и")),
    ("ці", ("ка", "к", "ця", "ц", "ець")),
    ("цю", ("ець", "ця")),
    ("ця", ("ець", "ц")),
    ("ца", ("ец",)),
    ("цу", ("ец",)),
    ("це", ("ец", "ца")),
    ("зі", ("га", "г", "з", "зь")),
    ("сі", ("ха", "х", "с", "сь")),
    ("а", ("", "о")),
    ("я", ("ь", "и", "е", "є")),
    ("у", ("", "а", "о")),
    ("ю", ("ь", "я", "и", "е", "є")),
    ("е", ("", "а", "о", "я")),
    ("є", ("и",)),
    ("и", ("а", "я", "ь", "е")),
    ("ы", ("а",)),
    ("і", ("", "а", "я", "о", "ь")),
)

_ADJECTIVES: Final = (
    # Cases of the masculine adjective of a town: `Куп'янського району`, `на Покровському напрямку`. Persons are
    # called so too: it counts only before a word for what a town's adjective is said of.
    *(("ськ" + case, ("ськ", "")) for case in ("ии", "ого", "ому", "им", "ім")),
    *(("цьк" + case, ("цьк", "ць", "ка")) for case in ("ии", "ого", "ому", "им", "ім")),
    *(("ск" + case, ("ск", "")) for case in ("ии", "ого", "ому", "им", "ом")),
)


def places_of(adjective: str) -> Iterator[str]:
    """Towns whose masculine adjective a folded Russian or Ukrainian word may be: of `курскому` Курск."""
    for ending, nominatives in _ADJECTIVES:
        if adjective.endswith(ending) and len(adjective) - len(ending) >= 2:
            yield from (adjective[: -len(ending)] + nominative for nominative in nominatives)


_CLOSED: Final = ("ов", "єв", "ев")
"""Ends of Ukrainian stems whose nominative has `ів`: Харкова, Києва."""


def lemmas(word: str, keep_article: bool = False) -> Iterator[str]:
    """Dictionary forms that a folded word may stand for: Cyrillic case endings, Arabic prefixes; none for Latin.

    The article is part of an Arabic name (`keep_article`): الجديد, what is new, is not the town of Jadid.
    """
    first = word[:1]
    if "а" <= first <= "ӿ":
        yield from _cyrillic_lemmas(word)
    elif "ء" <= first <= "ي":
        yield from _arabic_lemmas(word, keep_article)


def _cyrillic_lemmas(word: str) -> Iterator[str]:
    for ending, nominatives in _CYRILLIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (5 if ending[0] == "щ" else 3):
            stem = word[: -len(ending)]
            for nominative in nominatives:
                yield stem + nominative
            if stem[-2:] in _CLOSED and "" in nominatives:
                yield stem[:-2] + "ів"
            if ending == "ю" and stem[-1] == stem[-2]:
                yield stem[:-1] + "ь"  # Ukrainian, with Belarus: Білоруссю


def _arabic_lemmas(word: str, keep_article: bool) -> Iterator[str]:
    """And, so (و ف); by, to, as (ب ل ك); the article (ال, which ل turns into لل)."""
    forms = [word]
    if word[0] in "وف":
        forms.append(word[1:])
    for form in list(forms):
        if form[:1] in ("ب", "ل", "ك"):
            forms.append(form[1:])
            if form.startswith("لل"):
                forms.append("ال" + form[2:])
    for form in forms:
        if form != word and len(form) >= 3:
            yield form
    for form in forms:
        if form.startswith("ال") and len(form) >= 5 and not keep_article:
            yield form[2:]
