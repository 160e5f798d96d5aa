"""Subscription lists: what other readers write, what sitmon writes, and what nobody should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon import opml
from sitmon.config.written import Keys


def body(outlines: str) -> bytes:
    return f'<?xml version="1.0"?>\n<opml version="1.0"><head/><body>\n{outlines}\n</body></opml>'.encode()


def test_folders_and_categories_become_tags() -> None:
    found = opml.read(
        body(
            '<outline text="Africa"><outline text="Mali &amp; Niger"><outline type="rss" text="Wire" '
            'xmlUrl="https://a.example/rss" category="/News/Radio,local,Africa"/></outline>'
            '<outline title="Two" XMLURL="https://b.example/rss"/></outline><outline text="Top" xmlUrl="x"/>'
        ),
        "x.opml",
    )
    assert [(each.title, each.url, each.tags) for each in found] == [
        ("Wire", "https://a.example/rss", ("Africa", "Mali & Niger", "News", "Radio", "local")),
        ("Two", "https://b.example/rss", ("Africa",)),
        ("Top", "x", ()),
    ]
    assert (found[0].line, found[0].column) == (3, 57)


def test_a_subscription_without_an_address_is_told_and_no_folder() -> None:
    (found,) = opml.read(body('<outline type="rss" text="Lost"/>'), "x.opml")
    assert (found.title, found.url) == ("Lost", "")


def test_foreign_text_is_cleaned() -> None:
    (found,) = opml.read(
        body(
            f'<outline text="&lt;b&gt;Bold\u202e&lt;/b&gt;" xmlUrl=" https://a.example/&#10;rss " '
            f'xmlns:s="{opml.NAMESPACE}" s:note="a\u202eb" s:tags="[&quot;\u2066x&quot;]"/>'
        ),
        "x.opml",
    )
    assert (found.title, found.url) == ("Bold", "https://a.example/ rss")
    assert found.keys == {"note": "ab", "tags": ["x"]}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "x.opml:1:1: not XML: no element found"),
        (b"<opml><body>\n<outline text='a'></body></opml>", "x.opml:2:21: not XML: mismatched tag"),
        (b"<rss/>", "x.opml:1:1: <rss> is no OPML"),
        (b"\n<opml>&nbsp;</opml>", "x.opml:2:7: not XML: undefined entity"),
        (b'<!DOCTYPE opml [\n<!ENTITY a "aaaa">]><opml/>', "x.opml:2:12: declares an entity"),
        (b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml/>', "declares an entity"),
        (b"<opml>" + b"<outline>" * 200, "more than 100 levels"),
        (b'<?xml version="1.0" encoding="klingon"?><opml/>', "x.opml:1:"),
        (b" " * (opml.MOST + 1), "larger than 10 MiB"),
    ],
)
def test_what_is_no_list_says_where_and_why(data: bytes, told: str) -> None:
    with pytest.raises(opml.OpmlError) as raised:
        opml.read(data, "x.opml")
    assert told in str(raised.value)


def test_lists_deeper_than_any_key_are_text() -> None:
    deep = "[" * 900 + "]" * 900
    (found,) = opml.read(body(f'<outline xmlUrl="https://a/" xmlns:s="{opml.NAMESPACE}" s:note="{deep}"/>'), "x")
    assert found.keys == {"note": deep}


def test_other_encodings_are_read() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?><opml><body><outline text="Sénégal" xmlUrl="https://a/"/></body></opml>'
    assert opml.read(text.encode("latin-1"), "x")[0].title == "Sénégal"


FEED: Keys = {
    "id": "wire",
    "url": "https://a.example/?a=1&b=<2>",
    "name": 'The "Wire"',
    "tags": ["radio", "a,b/c"],
    "keep": [{"field": "title", "any": ["attaque", "Кидаль"]}],
    "auth": {"type": "bearer", "token": "${env:T}"},
    "note": "two\nlines and [brackets]",
    "owner": "[not json",
    "headers": {"X": "\x07bell"},
    "lang": '"',
}


def test_every_key_comes_back_as_it_was() -> None:
    text = opml.write([FEED])
    (found,) = opml.read(text.encode(), "x.opml")
    wanted = {**FEED, "headers": {"X": "bell"}}  # what no terminal may see is foreign when it comes back
    assert {"url": found.url, **found.keys} == {**wanted}
    assert 'xmlns:sitmon="urn:sitmon:feeds:1"' in text and "${env:T}" in text


WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("é\nК"), max_size=12)


@given(st.dictionaries(st.sampled_from(["name", "note", "tags", "keep"]), WORDS | st.lists(WORDS, max_size=3)))
def test_any_words_come_back(keys: Keys) -> None:
    feed = {"id": "x", "url": "https://a.example/", **keys}
    (found,) = opml.read(opml.write([feed]).encode(), "x.opml")
    assert {"url": found.url, **found.keys} == feed
