"""A story in words, as the view of an item and `sitmon stories --full` show it."""

from __future__ import annotations

from dataclasses import replace

from sitmon.model import Count, Entry, Item, Story
from sitmon.room.dossier import dossier
from sitmon.story import Folder
from tests.factories import feed
from tests.test_story import START, told

FEEDS = {
    one.id: one
    for one in (
        feed("tamani", owner="hirondelle", reliability="C"),
        feed("tamani-fr", owner="hirondelle", reliability="B"),
        feed("wire", reliability="F"),
    )
}
PUBLISHERS = {one.id: (one.publisher, one.reliability) for one in FEEDS.values()}
CLAIM = (Count(84, 84, "csp", "mercenaries"),)
ITEMS = (
    told("At least 47 killed at Tinzaouaten", actors="csp fama", feed="tamani", killed=47),
    told("Le CSP dit avoir tué 84 mercenaires", actors="csp fama", feed="wire", killed=CLAIM, hours=2),
    told("Bataille de Tinzaouaten", actors="csp fama", feed="tamani-fr", hours=3),
)


def story(items: tuple[Item, ...] = ITEMS) -> Story:
    folder = Folder(sources=PUBLISHERS)
    names = {folder.fold(item).story for item in items}
    (name,) = (name for name in names if name)
    found = folder.story(name)
    assert found
    return found


def test_a_story_tells_its_owners_its_ends_its_tolls_and_its_rating() -> None:
    assert dossier(story(), ITEMS, FEEDS) == (
        ("sources", "2 independent: hirondelle B, wire F; 3 items of 3 feeds"),
        ("first", "271600ZJUL24 tamani"),
        ("latest", "271900ZJUL24 tamani-fr"),
        ("adds", "nothing that was not told"),
        ("toll", "47–84 killed; CSP claims 84; FAMA silent"),
        ("", "271800ZJUL24 wire: 84 mercenaries killed, says CSP"),
        ("", "271600ZJUL24 tamani: 47 killed"),
        ("rating", "B best source; 2 proposed from 2 independent sources"),
    )


def test_the_digit_that_an_officer_set_stands_beside_the_proposed_one() -> None:
    given = Entry("e", "seat", "KJ", START, "credibility", "s-1", "seen on video", data=(("digit", "1"),))
    assert dict(dossier(story(), ITEMS, FEEDS, given))["rating"] == (
        "B best source; 1 set by KJ 271600ZJUL24: seen on video; 2 proposed from 2 independent sources"
    )


def test_of_many_reports_of_figures_the_newest_are_listed_and_the_rest_counted() -> None:
    many = tuple(told(f"Report {n}: dead", feed="wire", killed=40 + n, hours=n / 4) for n in range(12))
    lines = dossier(story(many), many, FEEDS)
    assert ("", "271845ZJUL24 wire: 51 killed") in lines
    assert ("", "and 4 earlier reports of figures") in lines


def test_why_an_item_joined_is_told_even_of_a_stored_one() -> None:
    first, second, third = ITEMS
    folder = Folder(sources=PUBLISHERS)
    opened = folder.fold(first)
    folder.fold(replace(second, story=opened.story))
    assert folder.why(first.id) == "first report"
    assert "same place" in folder.why(second.id)
    assert folder.why(third.id) == ""
