"""What contains what, from a village up to the continent."""

from __future__ import annotations

import pytest

from sitmon.data import tables
from sitmon.tag import areas, gazetteer
from tests.test_data_build import FOLDER


def test_a_village_lies_in_its_division_its_country_and_the_areas_above() -> None:
    assert areas.path("ML.Kidal.Aguelhok") == ("ML.Kidal.Aguelhok", "ML.Kidal", "ML")
    assert areas.shipped().roll_up("ML.Kidal.Aguelhok")[:3] == areas.path("ML.Kidal.Aguelhok")
    assert {"azawad", "sahel", "west-africa", "africa"} <= set(areas.containing("ML.Kidal.Aguelhok"))


def test_a_country_or_an_area_has_no_parent_in_its_id() -> None:
    assert areas.parent("ML") is None
    assert areas.parent("sahel") is None
    assert areas.parent("ML.Kidal") == "ML"


@pytest.mark.parametrize(
    ("region", "area"),
    [
        ("UA.Donetsk.Bakhmut", "donbas"),
        ("SD.North-Darfur", "darfur"),
        ("CD.North-Kivu.Goma", "great-lakes"),
        ("PS.Gaza-Strip.Rafah", "gaza-strip"),
        ("PS.Gaza-Strip.Rafah", "levant"),
        ("ET.Tigray", "horn-of-africa"),
        ("NG.Borno", "lake-chad"),
        ("KP", "korean-peninsula"),
        ("liptako-gourma", "sahel"),
        ("EE", "baltic-states"),
    ],
)
def test_areas_hold_what_lies_in_them(region: str, area: str) -> None:
    assert area in areas.containing(region)


def test_what_lies_elsewhere_is_not_held() -> None:
    assert "sahel" not in areas.containing("DZ.Tamanrasset")
    assert "donbas" not in areas.containing("UA.Kharkiv")


def test_no_area_holds_itself() -> None:
    assert all(area not in areas.containing(area) for area in areas.shipped().regions)


def test_states_that_are_no_more_are_not_among_the_countries() -> None:
    withdrawn = {"AN", "BU", "CS", "DD", "FX", "NT", "SU", "TP", "YD", "YU", "ZR"}  # ISO 3166-3
    assert len(areas.countries()) == 250 and not withdrawn & areas.countries().keys()
    assert "dutch-caribbean" in areas.containing("CW")


def test_areas_hold_only_places_that_there_are() -> None:
    shelf = gazetteer.load()
    known = {shelf.place(row).id for row in range(len(shelf))}
    for area in tables.read_areas(FOLDER).values():
        assert {*area.countries, *area.admin1} <= known
