"""Raw entries become items that everything after may trust."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sitmon import normalise
from sitmon.model import Hazard, TextRule
from sitmon.parse.raw import RawEntry, RawFeed
from tests.factories import NOW, feed


def raw(title: str = "Shelling", **more: object) -> RawEntry:
    return RawEntry(title=title, **more)  # type: ignore[arg-type]


def test_an_entry_is_known_by_feed_and_guid() -> None:
    a, b = raw("One", guid="g"), raw("Two", guid="g", link="https://x.example/2")
    assert normalise.identity(a, "wire") == normalise.identity(b, "wire")
    assert normalise.identity(a, "wire") != normalise.identity(a, "other")


def test_an_entry_without_guid_is_identified_by_its_link() -> None:
    a, b = raw("One", link="https://x.example/1"), raw("One, edited", link="https://x.example/1")
    assert normalise.identity(a, "wire") == normalise.identity(b, "wire")


def test_a_link_that_tracks_its_reader_identifies_the_same_item() -> None:
    links = (
        "https://x.example/1?a=1&utm_source=rss&fbclid=Zz",
        "https://x.example/1?a=1&utm_source=mail",
        "https://x.example/1?a=1&",
    )
    assert len({normalise.identity(raw(link=link), "wire") for link in links}) == 1
    assert normalise.identity(raw(link="https://x.example/1?a=2&"), "wire") != normalise.identity(
        raw(link=links[0]), "wire"
    )


def test_an_entry_without_guid_and_link_is_identified_by_its_content() -> None:
    assert normalise.identity(raw("One"), "wire") != normalise.identity(raw("Two"), "wire")


def test_a_guid_that_all_entries_share_identifies_none() -> None:
    entries = tuple(raw(f"Title {n}", guid="0", link=f"https://x.example/{n}") for n in range(3))
    assert len(normalise.feed(RawFeed(entries=entries), feed(), NOW).items) == 3


@pytest.mark.parametrize("link", ["", "https://x.example/"])
def test_entries_that_share_guid_and_link_are_told_apart_by_their_titles(link: str) -> None:
    entries = tuple(raw(f"Title {n}", guid="0", link=link) for n in range(4))
    first, later = (normalise.feed(RawFeed(entries=those), feed(), NOW) for those in (entries[1:], entries[:3]))
    assert [item.title for item in later.items] == ["Title 0", "Title 1", "Title 2"]
    assert {item.id for item in later.items} & {item.id for item in first.items} == {
        item.id for item in first.items if item.title != "Title 3"
    }


def test_an_entry_listed_before_and_after_its_edit_is_one() -> None:
    entries = (
        raw("20 killed", guid="g", link="https://x.example/1"),
        raw("10 killed", guid="g", link="https://x.example/1"),
    )
    result = normalise.feed(RawFeed(entries=entries), feed(), NOW)
    assert ([item.title for item in result.items], result.dropped) == (["20 killed"], (("repeated", 1),))


def test_an_entry_repeated_in_one_answer_is_counted_once() -> None:
    result = normalise.feed(RawFeed(entries=(raw(guid="g"), raw(guid="g"))), feed(), NOW)
    assert (len(result.items), result.dropped) == (1, (("repeated", 1),))


LINKS = [
    ("https://x.example/a?b=1&c=2#d", "https://x.example/a?b=1&c=2#d"),
    (" http://x.example/é ü ", "http://x.example/é%20ü"),
    ("mailto:desk@x.example", "mailto:desk@x.example"),
    ("/a", "https://base.example/a"),
    ("//cdn.example/a", "https://cdn.example/a"),
    ("javascript:alert(1)", None),
    ("java\tscript:alert(1)", None),
    ("\x01javascript:alert(1)", None),
    ("JAVASCRIPT:alert(1)", None),
    ("data:text/html,x", None),
    ("file:///etc/passwd", None),
    ("ftp://x.example/", None),
    ("https://x.example/\x1b]0;owned\x07", "https://x.example/%1B]0;owned%07"),
    ("https://x.example/\u202egpj.exe", "https://x.example/%E2%80%AEgpj.exe"),
    ("http://[::1", "http://[::1"),
    ("//[", None),
    ("", None),
    ("https://x.example/" + "a" * 5000, None),
]


@pytest.mark.parametrize(("foreign", "kept"), LINKS)
def test_a_link_comes_out_as_it_went_in_or_not_at_all(foreign: str, kept: str | None) -> None:
    assert normalise.link(foreign, "https://base.example/feed") == kept


def test_a_dropped_link_is_counted_and_the_item_stays() -> None:
    result = normalise.feed(RawFeed(entries=(raw(guid="g", link="javascript:x"),)), feed(), NOW)
    assert (result.items[0].link, result.dropped) == (None, (("link", 1),))


def test_a_summary_that_says_it_all_is_not_stored_twice() -> None:
    item = normalise.entry(raw(summary="<p>All</p>", content="<div>All</div>"), feed(), NOW)
    assert (item.summary, item.content) == ("All", "")


def test_a_full_text_gives_its_beginning_as_summary() -> None:
    item = normalise.entry(raw(content="<p>" + "word " * 1000 + "</p>"), feed(), NOW)
    assert len(item.summary) <= normalise.SUMMARY
    assert len(item.content) == 4999


def test_an_entry_without_title_is_called_by_its_summary() -> None:
    assert normalise.entry(raw("", summary="Flood in Gao"), feed(), NOW).title == "Flood in Gao"


def test_an_entry_that_says_nothing_is_left_out_and_counted() -> None:
    assert normalise.feed(RawFeed(entries=(raw("", guid="g"),)), feed(), NOW).dropped == (("nothing said", 1),)


def test_keep_and_drop_lines_count_what_they_leave_out() -> None:
    entries = tuple(raw(title, guid=title) for title in ("Attaques à Gao", "Football : finale", "Attaque à Gao"))
    rules: dict[str, Any] = {
        "keep": (TextRule(any=("attaqu*", "football")),),
        "drop": (TextRule(regex=r"^(Sport|Football)\b"),),
    }
    result = normalise.feed(RawFeed(entries=(*entries, raw("Towards peace", guid="p"))), feed(**rules), NOW)
    assert [item.title for item in result.items] == ["Attaques à Gao", "Attaque à Gao"]
    assert result.dropped == (("drop", 1), ("keep", 1))


def test_words_of_a_rule_are_whole_words() -> None:
    entries = (raw("Towards Kidal", guid="1"), raw("At war", guid="2"))
    result = normalise.feed(RawFeed(entries=entries), feed(keep=(TextRule(any=("war",)),)), NOW)
    assert [item.title for item in result.items] == ["At war"]


@pytest.mark.parametrize("order", [1, -1], ids=["newest first", "oldest first"])
def test_max_items_keeps_the_newest_and_counts_the_rest(order: int) -> None:
    days = [raw(f"Day {d}", guid=str(d), published=f"2024-09-{d:02}T00:00:00Z") for d in range(9, 0, -1)]
    result = normalise.feed(RawFeed(entries=tuple(days[::order])), feed(max_items=2), NOW)
    assert {item.title for item in result.items} == {"Day 9", "Day 8"}
    assert result.dropped == (("max_items", 7),)


def test_the_language_of_the_entry_wins_over_the_operators_and_that_over_the_documents() -> None:
    assert normalise.entry(raw(lang="ar-DZ"), feed(lang="fr"), NOW, "en").lang == "ar"
    assert normalise.entry(raw(), feed(lang="fr"), NOW, "en-us").lang == "fr"
    assert normalise.entry(raw(), feed(), NOW, "en-us").lang == "en"


def test_an_edited_item_keeps_its_earlier_wording() -> None:
    old = normalise.entry(raw("At least 10 killed", guid="g", published="2024-09-19T08:00:00Z"), feed(), NOW)
    new = normalise.entry(raw("At least 20 killed", guid="g", published="2024-09-19T11:00:00Z"), feed(), NOW)
    later = NOW + timedelta(hours=1)
    item = normalise.revised(old, new, later)
    assert item is not None
    assert (item.title, item.revised, item.first_seen, item.published) == (new.title, later, NOW, old.published)
    assert [(r.title, r.seen) for r in item.revisions] == [("At least 10 killed", NOW)]


def test_a_date_that_moved_alone_is_no_news() -> None:
    old = normalise.entry(raw(guid="g", published="2024-09-19T08:00:00Z"), feed(), NOW)
    new = normalise.entry(raw(guid="g", published="2024-09-19T11:00:00Z"), feed(), NOW)
    assert normalise.revised(old, new, NOW) is None


def test_a_missing_date_is_never_now() -> None:
    item = normalise.entry(raw(), feed(), NOW)
    assert (item.published, item.published_note) == (None, "missing")


CREDITS = [
    'The post <a href="https://x.example/1">Shelling</a> appeared first on <a href="https://x.example">Mali News</a>.',
    'L’article <a href="https://x.example/1">Shelling</a> est apparu en premier sur <a href="/">Mali Actu</a>.',
]


@pytest.mark.parametrize("credit", CREDITS)
def test_the_credit_that_blogs_append_is_no_part_of_the_news(credit: str) -> None:
    item = normalise.entry(raw(summary=f"<p>Gao was hit.</p><p>{credit}</p>"), feed(), NOW)
    assert item.summary == "Gao was hit."


def test_a_last_paragraph_that_says_more_than_the_title_stays() -> None:
    told = "Shelling went on through the night, " + "and the town was hit again and again " * 5
    item = normalise.entry(raw(summary=f"<p><a href='/x'>Gao</a> was hit.</p><p>{told}</p>"), feed(), NOW)
    assert "through the night" in item.summary


PAGER = (
    '<p class="quicksummary"><a href="https://x.example/us6000jllz#pager" title="PAGER estimated impact alert level" '
    'class="pager-red">PAGER - <strong class="roman">RED</strong></a> <a href="https://x.example/us6000jllz#shakemap" '
    'class="mmi-IX">ShakeMap - <strong class="roman">IX</strong></a></p><dl><dt>Depth</dt><dd>17.90 km</dd></dl>'
)


@pytest.mark.parametrize(("summary", "level"), [(PAGER, "Red"), ("<dl><dt>Depth</dt><dd>17.90 km</dd></dl>", None)])
def test_an_earthquake_has_its_magnitude_and_the_harm_that_is_expected(summary: str, level: str | None) -> None:
    quake = raw("M 7.8 - 26 km ENE of Nurdagi", guid="urn:earthquake-usgs-gov:us:6000jllz", summary=summary)
    told = normalise.entry(quake, feed(), NOW).hazard
    assert told == Hazard("usgs", event_id="us:6000jllz", level=level, magnitude=7.8)
