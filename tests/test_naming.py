from __future__ import annotations

from pathlib import Path

import pytest

from sitmon.config import Config
from sitmon.errors import UsageError
from sitmon.model import Region
from sitmon.room import orders
from sitmon.room.naming import Names, What
from sitmon.room.strangers import strangers
from sitmon.tag import gazetteer
from sitmon.tag.roster import Actor
from tests.factories import feed, item

REGIONS = {
    "ML": "Mali",
    "ML.Menaka.Menaka": "Ménaka",
    "ML.Menaka": "Ménaka",
    "BE.Limburg": "Limburg",
    "NL.Limburg": "Limburg",
    "sahel": "Sahel",
}
ACTORS = {
    "jnim": Actor("jnim", "Group for Support", "armed_group", None, ("JNIM", "?GSIM")),
    "fama": Actor("fama", "Malian army", "military", "ML", ("FAMa",)),
}
NAMES = Names(REGIONS, ACTORS, lambda text: {"ML.Kidal.Aguelhok": "Aguelhok"} if text == "Aguelhok" else {})


@pytest.mark.parametrize(
    ("what", "text", "expected"),
    [
        ("region", "ml.menaka", "ML.Menaka"),
        ("region", " MENAKA ", "ML.Menaka"),
        ("region", "Sahel", "sahel"),
        ("region", "Aguelhok", "ML.Kidal.Aguelhok"),
        ("actor", "JNIM", "jnim"),
        ("actor", "gsim", "jnim"),
        ("actor", "malian army", "fama"),
    ],
)
def test_an_id_a_name_and_an_alias_lead_to_the_id(what: What, text: str, expected: str) -> None:
    assert NAMES.find(what, text) == expected


@pytest.mark.parametrize(
    ("what", "text", "words"),
    [
        ("region", "Menakka", "did you mean ML.Menaka (Ménaka)?"),
        ("region", "Limburg", "may be BE.Limburg, NL.Limburg: give the id"),
        ("actor", "Malien army", "did you mean fama (Malian army)?"),
        ("actor", "", "give its id or name"),
    ],
)
def test_what_is_unknown_or_means_several_is_refused_in_words(what: What, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=r"called|may be") as error:
        NAMES.find(what, text)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("convoy actor:jnmi", [(7, "no actor is called 'jnmi'; did you mean jnim (Group for Support)?")]),
        ("region:sahel,Mnaka", [(0, "no region is called 'Mnaka'; did you mean ML.Menaka (Ménaka)?")]),
        (
            "country:XX or source:wier",
            [(0, "no region is called 'XX'"), (14, "no source is called 'wier'; did you mean wire?")],
        ),
        ("kind:hazrad lang:french", [(0, "no kind is called 'hazrad'; did you mean hazard?"), (12, "no language")]),
        ("actor:GSIM region:Menaka,BE.Limburg,limburg,north source:WIRE kind:news lang:pt-BR tlp:red", []),
        ("actor:mil:ML tag:anything", []),
    ],
)
def test_a_name_in_a_query_that_nothing_bears_is_told(text: str, told: list[tuple[int, str]]) -> None:
    board = (Region("north", "The North", countries=("ML",)),)
    config = Config(Path("feeds.yaml"), feeds=(feed("wire"),), regions=board)
    found = list(strangers(text, config, NAMES))
    assert [at for at, _ in found] == [at for at, _ in told]
    assert all(words.startswith(start) for (_, words), (_, start) in zip(found, told, strict=True)), found


def test_a_name_alone_tells_whether_it_is_a_region_or_an_actor() -> None:
    assert NAMES.either("Mali") == ("region", "ML")
    assert NAMES.either("fama") == ("actor", "fama")
    assert NAMES.either("Aguelhok") == ("region", "ML.Kidal.Aguelhok")


def test_tags_of_found_ids_carry_name_kind_and_home() -> None:
    assert (NAMES.region_tag("ML.Menaka").name, NAMES.region_tag("sahel").kind) == ("Ménaka", "area")
    assert (NAMES.actor_tag("fama").kind, NAMES.actor_tag("fama").country) == ("military", "ML")


def test_the_gazetteer_gives_places_by_name_and_by_id_alone() -> None:
    assert gazetteer.called("Tin Zaouatine") == {"ML.Kidal.Tin-Zaouatine": "Tin Zaouatine"}
    assert list(gazetteer.called("ML.Kidal.Aguelhok")) == ["ML.Kidal.Aguelhok"]
    assert gazetteer.called("ML.Gao.Aguelhok") == {}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"op": "paint", "id": "ML"}, "add, remove or sense"),
        ({"op": "add", "id": "ML.Menaka"}, "among its tags already"),
        ({"op": "remove", "id": "ML"}, "not among its tags: ML.Menaka jnim"),
        ({"op": "sense", "id": "jnim", "to": "nobody"}, "no actor is called"),
        ({"op": "sense", "id": "jnim", "to": "JNIM"}, "remove jnim instead"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(asked: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError) as error:
        orders.tag(item(regions=("ML.Menaka",), actors=("jnim",)), asked, NAMES)
    assert words in str(error.value)


def test_a_correction_is_written_with_ids() -> None:
    found = orders.tag(item(actors=("jnim",)), {"op": "sense", "id": "jnim", "to": "Malian army"}, NAMES)
    assert dict(found.data) == {"op": "sense", "what": "actor", "id": "jnim", "to": "fama"}
    assert found.words == "changed actor jnim (Group for Support) to fama (Malian army)"


def test_an_order_about_a_closed_story_is_refused() -> None:
    with pytest.raises(UsageError, match="closed"):
        orders.split(None, ("i1",))
    with pytest.raises(UsageError, match="closed"):
        orders.merge(None, None)
