"""Times in words, resolved against Tuesday, 24 September 2024."""

from __future__ import annotations

from datetime import date

import pytest

from sitmon.tag.dates import Moment
from sitmon.tag.languages import language_of
from sitmon.tag.signs import vocabulary
from sitmon.tag.text import read
from sitmon.tag.when import moments

TUESDAY = date(2024, 9, 24)


def times(text: str, lang: str, published: date | None = TUESDAY) -> list[Moment]:
    words = read(text)
    return moments(words, vocabulary(language_of(words.lexemes, lang)).hits(words).times, published)


@pytest.mark.parametrize(
    ("lang", "text", "day", "precision"),
    [
        ("en", "arrived at the camp on Thursday 12 September.", "2024-09-12", "day"),
        ("en", "the affront they suffered at the end of July", "2024-07-01", "month"),
        ("en", "the reconquest in November 2023", "2023-11-01", "month"),
        ("en", "power was taken in 2023", "2023-01-01", "year"),
        ("en", "on the night of 3 to 4 March", "2024-03-03", "day"),
        ("en", "killed on Sept 17, 2024", "2024-09-17", "day"),
        ("en", "killed on Thursday", "2024-09-19", "day"),
        ("en", "killed last Tuesday", "2024-09-17", "day"),
        ("en", "killed yesterday", "2024-09-23", "day"),
        ("en", "killed three days ago", "2024-09-21", "day"),
        ("en", "killed last week", "2024-09-16", "day"),
        ("en", "killed last month", "2024-08-01", "month"),
        ("en", "killed on 2024-09-17", "2024-09-17", "day"),
        ("fr", "arrivés jeudi 12 septembre dans le nord", "2024-09-12", "day"),
        ("fr", "une défaite à la fin juillet", "2024-07-01", "month"),
        ("fr", "dans la nuit de vendredi à samedi", "2024-09-20", "day"),
        ("es", "el martes pasado en la ciudad", "2024-09-17", "day"),
        ("es", "el 3 de mayo de 2023", "2023-05-03", "day"),
        ("pt", "na segunda-feira em Maputo", "2024-09-23", "day"),
        ("ru", "в четверг в Киеве", "2024-09-19", "day"),
        ("ru", "17 сентября 2024 года", "2024-09-17", "day"),
        ("ar", "يوم الخميس", "2024-09-19", "day"),
        ("ar", "صباح الاثنين 23 أيلول", "2024-09-23", "day"),
        ("de", "am Donnerstag in Berlin", "2024-09-19", "day"),
        ("uk", "у четвер у Києві", "2024-09-19", "day"),
    ],
)
def test_a_time_is_resolved_against_the_day_of_publication(lang: str, text: str, day: str, precision: str) -> None:
    (moment,) = times(text, lang)
    assert (moment.day.isoformat(), moment.precision, moment.tense) == (day, precision, "past")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "ministers will meet next Friday"),
        ("en", "the summit is due on 3 October"),
        ("fr", "une grève des syndicats jeudi prochain"),
        ("ar", "يبدأ الاتفاق الأحد المقبل"),
    ],
)
def test_what_lies_ahead_is_told_as_such(lang: str, text: str) -> None:
    assert [moment.tense for moment in times(text, lang)] == ["future"]


def test_seven_of_something_is_no_september() -> None:
    assert times("la libération de sept prisonniers de guerre", "fr") == []
    assert [m.day for m in times("le 12 sept 2024, sept prisonniers libérés", "fr")] == [date(2024, 9, 12)]


def test_a_year_long_gone_is_a_look_back() -> None:
    assert [(m.day, m.precision, m.tense) for m in times("a coup in 2020", "en")] == [
        (date(2020, 1, 1), "year", "back")
    ]


def test_without_a_day_of_publication_only_complete_dates_are_known() -> None:
    assert [m.day for m in times("on Thursday, on 3 May, on 17 September 2024", "en", None)] == [date(2024, 9, 17)]


def test_a_megabyte_of_digits_is_read_in_one_pass() -> None:
    assert times("12 " * 300_000, "en") == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "فرت الأسر في الثاني من مايو إثر القتال"),
        ("ru", "взрыв прогремел второго мая на рынке"),
        ("uk", "вибух пролунав другого травня на ринку"),
    ],
)
def test_a_day_may_be_told_in_words(lang: str, text: str) -> None:
    assert [(m.day.isoformat(), m.precision) for m in times(text, lang)] == [("2024-05-02", "day")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "وقع الهجوم في الرابع والعشرين من يونيو"),
        ("ru", "нападение произошло двадцать четвертого июня"),
        ("uk", "напад стався двадцять четвертого червня"),
    ],
)
def test_tens_and_ones_make_one_day(lang: str, text: str) -> None:
    assert [m.day.isoformat() for m in times(text, lang)] == ["2024-06-24"]
