"""One table for all names: senses of one name stand together, whoever brought them."""

from __future__ import annotations

from collections.abc import Mapping

from sitmon.tag import gazetteer
from sitmon.tag.lexicon import LOWER, Lexicon, Sense, Senses

CHAD = Sense("place", "TD", "Chad")
CHAD_ACTOR = Sense("actor", "chad", "CHAD")


class Shelf:
    def row(self, key: str) -> int | None:
        return {"chad": 0, "port chad": 1}.get(key)

    def heads(self) -> Mapping[str, int]:
        return {"port": 2}

    def seconds(self) -> frozenset[str]:
        return frozenset({"chad"})

    def longest(self, beginning: str) -> int:
        return 2 if beginning == "port chad" else 0

    def small(self) -> frozenset[str]:
        return frozenset({"tchadien"})

    def senses(self, key: str, row: int) -> Senses:
        return (Sense("place", f"row {row}", key),)


def test_spellings_of_a_name_lead_to_all_its_senses() -> None:
    assert Lexicon([CHAD, CHAD_ACTOR]).find("chad") == (CHAD, CHAD_ACTOR)
    assert Lexicon([CHAD]).find("tchad") is None


def test_own_senses_stand_before_those_of_the_gazetteer() -> None:
    lexicon = Lexicon([CHAD], Shelf())
    assert [sense.id for sense in lexicon.find("chad") or ()] == ["TD", "row 0"]
    assert [sense.id for sense in lexicon.find("port chad") or ()] == ["row 1"]


def test_first_words_tell_how_far_to_look() -> None:
    lexicon = Lexicon([CHAD, Sense("place", "lake-chad", "Lake Chad basin")], Shelf())
    assert lexicon.heads == {"lake": 3, "port": 2}


def test_two_words_tell_how_long_a_name_they_may_begin() -> None:
    lexicon = Lexicon([CHAD, Sense("place", "lake-chad", "Lake Chad basin")], Shelf())
    assert [lexicon.longest(*pair) for pair in (("lake", "chad"), ("port", "chad"), ("port", "said"))] == [3, 2, 1]


def test_the_gazetteer_tells_the_longest_name_that_two_words_begin() -> None:
    shelf = gazetteer.load()
    assert shelf.longest("democratic republic") >= 4
    assert shelf.longest("new york") >= 3
    assert shelf.longest("republic democratic") == 0


def test_first_words_of_names_in_small_letters_are_known() -> None:
    assert Lexicon([CHAD, Sense("actor", "x", "al-Shabaab", flags=LOWER)]).small == {"al"}
