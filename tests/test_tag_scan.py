"""The scanner finds the longest name, in the capitals its alias asks for, and never across a break."""

from __future__ import annotations

import pytest

from sitmon.tag.lexicon import CASED, LOWER, Lexicon, Sense
from sitmon.tag.scan import scan
from sitmon.tag.text import read


def place(alias: str, flags: int = 0, risk: int = 0) -> Sense:
    return Sense("place", alias, alias, flags=flags, risk=risk)


def actor(alias: str, flags: int = 0) -> Sense:
    return Sense("actor", alias, alias, flags=flags)


LEXICON = Lexicon(
    [
        place("Mali"),
        place("Niger"),
        place("Guinea"),
        place("Guinea-Bissau"),
        place("St. Louis"),
        place("US", CASED, risk=1),
        place("IS", CASED, risk=1),
        place("malien", LOWER),
        place("马里"),
        place("Киев"),
        place("Bab al-Hawa"),
        place("باماكو"),
        actor("Government of Mali"),
        actor("Wagner"),
        actor("Wagner Group"),
        actor("al-Shabaab", LOWER),
        actor("Lake Chad basin force"),
    ]
)


def names(text: str) -> list[str]:
    words = read(text)
    return [words.text[hit.start : hit.end] for hit in scan(words, LEXICON)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mali and Niger", ["Mali", "Niger"]),
        ("the malien army", ["malien"]),
        ("mali", []),
        ("Somali, Malian, Nigeria, manoeuvre", []),
        ("Guinea-Bissau, not Guinea", ["Guinea-Bissau", "Guinea"]),
        ("Guinea, Bissau", ["Guinea"]),
        ("in Guinea. Bissau denies", ["Guinea"]),
        ("near St. Louis", ["St. Louis"]),
        ("the US told us", ["US"]),
        ("the U.S. told us", []),
        ("TOLD US WHAT IS KNOWN ON MALI", ["MALI"]),
        ("al-Shabaab and Al Shabaab", ["al-Shabaab", "Al Shabaab"]),
        ("the Wagner Group, Wagner", ["Wagner Group", "Wagner"]),
        ("在马里北部", ["马里"]),
        ("в Киеве и под Киевом", ["Киеве", "Киевом"]),
        ("انفجار بباماكو", ["بباماكو"]),
        ("at Bab Al-Hawa", ["Bab Al-Hawa"]),
        ("", []),
    ],
)
def test_names_are_found_whole_and_longest_first(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_place_within_an_actors_name_is_found_too() -> None:
    hits = scan(read("The Government of Mali denies"), LEXICON)
    assert [(hit.key, hit.inside) for hit in hits] == [("government of mali", False), ("mali", True)]


def test_hits_tell_words_and_characters() -> None:
    (hit,) = scan(read("In Mali"), LEXICON)
    assert (hit.field, hit.first, hit.last, hit.start, hit.end, hit.key) == ("content", 1, 2, 3, 7, "mali")
    assert [sense.id for sense in hit.senses] == ["Mali"]


@pytest.mark.parametrize("text", ["Mali" * 2000, "Government of " * 5000, "马" * 5000, "Ки" * 5000, "\u0301" * 5000])
def test_odd_texts_are_read_to_their_end(text: str) -> None:
    assert scan(read(text), LEXICON) == []
