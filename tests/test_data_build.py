"""What the build of the gazetteer promises: its columns come back as they went in, and names lead where they must."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon import data
from sitmon.data import inflect, pack, tables
from sitmon.tag import gazetteer
from sitmon.tag.text import key

FOLDER = Path(data.__file__).parent
NAMES = st.lists(st.text("abc éМали马里", min_size=1), min_size=1)


@given(NAMES, st.lists(st.integers(-32768, 32767)))
def test_columns_come_back_as_they_went_in(names: list[str], numbers: list[int]) -> None:
    columns: dict[str, pack.Column] = {"names": names, "numbers": array("h", numbers)}
    assert pack.unpacked(pack.packed(columns)) == (columns, {})


@given(st.sets(st.text(), max_size=50))
def test_a_word_of_the_set_is_never_denied(words: set[str]) -> None:
    bloom = gazetteer.Bloom(pack.bloom(words, 4096))
    assert all(word in bloom for word in words)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Mali", "ML"),
        ("Kidal", "ML.Kidal.Kidal"),
        ("Aguelhok", "ML.Kidal.Aguelhok"),
        ("Tinzaouaten", "ML.Kidal.Tin-Zaouatine"),
        ("تين زاوتين", "ML.Kidal.Tin-Zaouatine"),
        ("Тин-Зауатен", "ML.Kidal.Tin-Zaouatine"),
        ("Artyomovsk", "UA.Donetsk.Bakhmut"),
        ("Kiew", "UA.Kyiv-City.Kyiv"),
        ("Hmeimim", "SY.Latakia.Khmeimim"),
        ("Zamzam", "SD.North-Darfur.Zamzam"),
        ("maliennes", "ML"),
        ("малийского", "ML"),
        ("الأوكرانية", "UA"),
        ("巴马科", "ML.Bamako.Bamako"),
        ("Donbass", "donbas"),
        ("Sahelzone", "sahel"),
        ("Bande de Gaza", "PS.Gaza-Strip"),
    ],
)
def test_a_name_leads_to_its_place(name: str, place: str) -> None:
    shelf = gazetteer.load()
    row = shelf.row(key(name))
    assert row is not None and place in {sense.id for sense in shelf.senses(key(name), row)}


def test_every_sense_of_every_thousandth_name_has_a_place_with_an_id() -> None:
    shelf = gazetteer.load()
    for row, name in list(enumerate(shelf.aliases.all()))[::1000]:
        assert shelf.row(name) == row
        for sense in shelf.senses(name, row):
            assert sense.place is not None and sense.id == sense.place.id != ""
            assert sense.country is None or len(sense.country) == 2


def test_ids_are_unique() -> None:
    shelf = gazetteer.load()
    ids = [shelf.place(row).id for row in range(len(shelf))]
    assert len(set(ids)) == len(ids)


def test_packaged_data_stay_small() -> None:
    assert (FOLDER / "places.bin").stat().st_size < 4_600_000


def test_every_country_of_the_table_is_known() -> None:
    shelf = gazetteer.load()
    countries = {shelf.place(row).id for row in range(len(shelf)) if shelf.place(row).kind == "country"}
    assert set(tables.read_countries(FOLDER)) <= countries


def test_the_licences_are_told() -> None:
    assert all(word in data.ATTRIBUTION for word in ("GeoNames", "CC BY 4.0", "CLDR"))


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (inflect.english("Malian"), {"Malian", "Malians"}),
        (inflect.english("Chinese"), {"Chinese"}),
        (inflect.french("malien"), {"malien", "malienne", "maliens", "maliennes"}),
        (inflect.french("turc"), {"turc", "turque", "turcs", "turques"}),
        (inflect.spanish("francés"), {"francés", "francesa", "franceses", "francesas"}),
        (inflect.spanish("iraní"), {"iraní", "iraníes", "iranís"}),
        (inflect.portuguese("alemão"), {"alemão", "alemã", "alemães", "alemãs", "alemões"}),
        (inflect.german_noun("Franzose"), {"Franzose", "Franzosen", "Franzosin", "Franzosinnen"}),
    ],
)
def test_words_are_inflected_as_their_languages_do(forms: tuple[str, ...], expected: set[str]) -> None:
    assert set(forms) == expected


@pytest.mark.parametrize(
    ("forms", "some"),
    [
        (inflect.russian_adjective("малийский"), {"малийский", "малийского", "малийская", "малийских"}),
        (inflect.ukrainian_adjective("малійський"), {"малійський", "малійська", "малійської", "малійських"}),
        (inflect.russian_noun("малиец"), {"малиец", "малийца", "малийцы", "малийцев", "малийка"}),
        (inflect.russian_noun("россиянин"), {"россиянин", "россияне", "россиян", "россиянами"}),
        (inflect.ukrainian_noun("українець"), {"українець", "українця", "українці", "українців"}),
        (inflect.arabic("مالي"), {"مالي", "المالي", "مالية", "ماليين", "الماليون"}),
        (inflect.slavic_phrase("Донецкая область"), {"Донецкая область", "Донецкой области", "Донецкую область"}),
        (inflect.slavic_phrase("Південна Корея"), {"Південна Корея", "Південної Кореї"}),
        (inflect.slavic_phrase("Южный Судан"), {"Южный Судан", "Южного Судана", "Южном Судане"}),
    ],
)
def test_slavic_and_arabic_words_have_their_cases_and_genders(forms: tuple[str, ...], some: set[str]) -> None:
    assert some <= set(forms)


def test_a_town_is_spelled_as_neighbours_spell_it() -> None:
    assert inflect.ukrainian_spelling("Новороссийск") == "Новоросійськ"
    assert inflect.german_spelling("Гуляйполе", ukrainian=True) == "Huljajpole"
    assert inflect.german_spelling("Елабуга", ukrainian=False) == "Jelabuga"
