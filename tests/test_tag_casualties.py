"""Figures of harm, sentence by sentence."""

from __future__ import annotations

import pytest

from sitmon.tag.casualties import Figure, figures
from sitmon.tag.languages import language_of
from sitmon.tag.signs import Signs, vocabulary
from sitmon.tag.text import Words, read


def signs_of(words: Words, language: str) -> Signs:
    return Signs(vocabulary(language).hits(words).counts())


def told(text: str, lang: str | None = None) -> list[Figure]:
    words = read(text)
    return figures(words, signs_of(words, language_of(words.lexemes, lang)), 0, len(words), set())


def brief(text: str, lang: str | None = None) -> dict[str, list[int | tuple[int, int]]]:
    found: dict[str, list[int | tuple[int, int]]] = {}
    for f in told(text, lang):
        found.setdefault(f.harm, []).append(f.low if f.low == f.high else (f.low, f.high))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("47 Malian soldiers and 84 Wagner mercenaries were killed", {"killed": [47, 84]}),
        ("which left at least 70 dead and 200 wounded in the ranks", {"killed": [70], "injured": [200]}),
        ("a dozen Russian mercenaries were killed at the airport", {"killed": [12]}),
        ("Ten soldiers, two police killed in ambush", {"killed": [10, 2]}),
        ("ONE LIEUTENANT, FOUR SOLDIERS, AND THREE CIVILIANS WERE KILLED", {"killed": [1, 4, 3]}),
        ("THE ASSASSINATION OF SIX JESUITS AND TWO WOMEN", {"killed": [6, 2]}),
        ("Death toll rises to 31 from 25", {"killed": [31]}),
        ("Gunmen kill 38 in attack on convoy", {"killed": [38]}),
        ("Attack kills 12, 30 injured", {"killed": [12], "injured": [30]}),
        ("12 killed, 30 injured in blast", {"killed": [12], "injured": [30]}),
        ("1,200 people died and 35 are missing", {"killed": [1200], "missing": [35]}),
        ("between 10 and 15 people were killed", {"killed": [(10, 15)]}),
        ("Hundreds of civilians fled the town", {"displaced": [(200, 999)]}),
        ("A seven-year-old girl was injured", {"injured": [1]}),
        ("Militants abducted 15 students", {"abducted": [15]}),
    ],
)
def test_an_english_sentence_tells_how_many_were_harmed(text: str, expected: object) -> None:
    assert brief(text, "en") == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Au moins quarante-sept soldats ont été tués et 12 blessés", {"killed": [47], "injured": [12]}),
        ("fr", "Plus de 2 000 morts et des dizaines de disparus", {"killed": [2000], "missing": [(24, 99)]}),
        ("es", "Treinta y siete personas murieron", {"killed": [37]}),
        ("es", "Más de 1.200 muertos y 30 heridos", {"killed": [1200], "injured": [30]}),
        ("pt", "Pelo menos dez pessoas morreram e 83 ficaram feridas", {"killed": [10], "injured": [83]}),
        ("ru", "девять человек погибли, 12 ранены", {"killed": [9], "injured": [12]}),
        ("uk", "загинули щонайменше сорок сім осіб", {"killed": [47]}),
        ("ar", "سبعة وأربعين قتيلا", {"killed": [47]}),
        ("ar", "مقتل ٨٤ من مرتزقة فاغنر و47 جنديا", {"killed": [84, 47]}),
        ("ar", "عشرات القتلى ومئات الجرحى", {"killed": [(24, 99)], "injured": [(200, 999)]}),
        ("ar", "لقي أكثر من 2000 شخص حتفهم", {"killed": [2000]}),
        ("ar", "وأصاب القصف 20 آخرين", {"injured": [20]}),
        ("en", "MSF counted 40 deaths in a week", {"killed": [40]}),
        ("de", "Acht Menschen wurden getötet und siebenundvierzig verletzt", {"killed": [8], "injured": [47]}),
        ("zh", "造成12人死亡，30人受伤", {"killed": [12], "injured": [30]}),
    ],
)
def test_other_languages_tell_the_same(lang: str, text: str, expected: object) -> None:
    assert brief(text, lang) == expected


@pytest.mark.parametrize(
    "text",
    [
        "No casualties were reported",
        "Russia launched 300 drones and 12 missiles",
        "The convoy travelled 130 kilometres and took 3 days",
        "Mali beat Chad 2-1",
        "The bill was killed after 12 hours",
        "The plot to kill 50 people was foiled",
        "Smoking kills 8 million people a year",
    ],
)
def test_what_harmed_nobody_gives_no_figure(text: str) -> None:
    assert told(text, "en") == []


def test_a_part_is_not_counted_beside_its_whole() -> None:
    assert brief("An attack killing 12, including 3 children", "en") == {"killed": [12]}


def test_a_figure_says_whom_it_counts_and_how_sure_it_is() -> None:
    (figure,) = told("at least 47 Malian soldiers were killed", "en")
    assert (figure.of, figure.qualifier) == ("soldiers", "at least")


def test_a_text_may_break_off_anywhere() -> None:
    text = "At least 12 soldiers, up from nine, and between 3 and 5 others were killed, up from"
    assert all(told(text[:end]) is not None for end in range(len(text) + 1))


@pytest.mark.parametrize(
    ("lang", "text", "harm"),
    [
        ("es", "Periodista asesinado a tiros en Culiacán", "killed"),
        ("pt", "Homem morre após ataque em Salvador", "killed"),
        ("de", "Polizist bei Einsatz in Berlin erschossen", "killed"),
    ],
)
def test_whom_a_headline_begins_with_is_one(lang: str, text: str, harm: str) -> None:
    words = read(text, "title")
    found = figures(words, signs_of(words, language_of(words.lexemes, lang)), 0, len(words), set())
    assert [(f.harm, f.low, f.high) for f in found] == [(harm, 1, 1)]


def test_a_single_person_who_fled_is_no_displacement() -> None:
    assert brief("a relative who had fled told reporters") == {}
    assert brief("two relatives fled the village") == {"displaced": [2]}
