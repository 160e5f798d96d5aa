"""Parsing keeps what feeds say, in any charset, and says why when there is no feed."""

from __future__ import annotations

import pytest

from sitmon import parse
from sitmon.answer import Body, Failed

ITEM = "<item><title>{title}</title><guid>{guid}</guid><link>https://x.example/{guid}</link></item>"


def rss(*titles: str, head: str = "") -> str:
    items = "".join(ITEM.format(title=title, guid=n) for n, title in enumerate(titles))
    return f'<rss version="2.0"><channel><title>T</title><link>https://x.example/</link>{head}{items}</channel></rss>'


def parsed(data: bytes | str, content_type: str = "", seen: frozenset[bytes] = frozenset()) -> parse.Parsed:
    found = parse.body(
        Body(data if isinstance(data, bytes) else data.encode(), "https://x.example/feed", content_type), seen
    )
    assert isinstance(found, parse.Parsed), found
    return found


def titles(data: bytes | str, content_type: str = "") -> list[str]:
    return [entry.title for entry in parsed(data, content_type).feed.entries]


CHARSETS = [
    ("utf-8", "", "", "Ménaka Ситуация"),
    ("utf-8-sig", "", "", "Ménaka"),
    ("utf-16", "", "", "Ménaka 危机"),
    ("utf-16-le", "utf-16", "", "Ménaka"),
    ("utf-32-be", "", "", "Ménaka"),
    ("iso-8859-1", "iso-8859-1", "", "Ménaka"),
    ("cp1252", "iso-8859-1", "", "“Ménaka” – 5 €"),
    ("cp1252", "", "", "“Ménaka”"),
    ("utf-8", "iso-8859-1", "", "Ménaka à tort"),
    ("koi8-r", "koi8-r", "", "Ситуация"),
    ("cp1251", "", "text/xml; charset=windows-1251", "Ситуация"),
    ("cp1256", "windows-1256", "", "كيدال"),
    ("gb18030", "gb2312", "", "联通 马里"),
    ("big5", "", "application/rss+xml; charset=Big5", "馬里"),
    ("shift_jis", "Shift_JIS", "", "マリ共和国"),
    ("iso-2022-jp", "iso-2022-jp", "", "マリ"),
    ("euc-kr", "euc-kr", "", "말리"),
    ("utf-16-le", "", "", "Ситуация 危机"),
    ("utf-16-be", "", "", "Ситуация 危机"),
    ("gbk", "gb2312", "", "镕基"),
    ("cp949", "euc-kr", "", "똠방각하"),
    ("cp932", "shift_jis", "", "①髙"),
    ("cp1254", "iso-8859-9", "", "“Şırnak”"),
    ("utf-8", "no-such-charset", "text/xml; charset=bogus", "Ménaka"),
    ("cp932", "x-sjis", "", "①髙"),
    ("cp932", "", "text/xml; charset=Windows-31J", "①髙"),
    ("euc_jp", "x-euc-jp", "", "マリ共和国"),
    ("gbk", "x-gbk", "", "联通 马里"),
    ("cp1251", "win-1251", "", "Ситуация"),
    ("cp1251", "windows1251", "", "Ситуация"),
    ("koi8-r", "koi8", "", "Ситуация"),
    ("mac-roman", "x-mac-roman", "", "Ménaka"),
]


@pytest.mark.parametrize(("encoding", "declared", "header", "title"), CHARSETS)
def test_a_title_survives_its_charset(encoding: str, declared: str, header: str, title: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    assert titles((declaration + rss(title)).encode(encoding), header) == [title]


def test_bytes_of_no_charset_are_replaced_and_said() -> None:
    found = parsed(b"\xef\xbb\xbf" + rss("a XX b").encode().replace(b"XX", b"\xff\xfe"))
    assert found.feed.entries[0].title == "a \ufffd\ufffd b"
    assert "2 bytes are no utf-8" in found.feed.notice


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", ""])
def test_one_cut_letter_does_not_cost_the_others(encoding: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding else ""
    found = parsed((declaration + rss("Ménaka été à XX")).encode().replace(b"XX", b"\xc3"))
    assert found.feed.entries[0].title == "Ménaka été à \ufffd"
    assert "1 bytes are no utf-8" in found.feed.notice


@pytest.mark.parametrize("number", ["1e999", "9" * 9000, "NaN", "-Infinity"])
def test_a_number_that_is_none_costs_no_item(number: str) -> None:
    found = parsed(f'{{"items": [{{"id": {number}, "title": "a"}}, {{"id": 1, "title": "b"}}]}}')
    assert [(entry.guid, entry.title) for entry in found.feed.entries] == [(number, "a"), ("1", "b")]


SALVAGED = [
    ("bare ampersand", rss("Fish & Chips"), "Fish & Chips"),
    ("html entity", rss("d&eacute;tente &mdash; fin"), "détente — fin"),
    ("control characters", rss("a\x00b\x08c"), "abc"),
    ("forbidden reference", rss("a&#0;b&#x1f;c"), "abc"),
    ("junk before", "\n\n Notice: undefined index\n" + rss("a"), "a"),
    ("no end", rss("a").replace("</channel></rss>", ""), "a"),
    ("unclosed channel", rss("a").replace("</channel>", ""), "a"),
    ("undeclared prefix", rss("a").replace("</item>", "<dc:creator>x</dc:creator></item>"), "a"),
    ("mismatched tags", rss("a").replace("</guid>", "</guID>"), "a"),
    ("two roots", rss("a") + "<p>tracking</p>", "a"),
    ("doctype", "<!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss("a"), "a"),
    ("child markup in title", rss("a <b>b</b> c"), "a <b>b</b> c"),
    ("cdata", rss("<![CDATA[a & <b>b</b>]]>"), "a & <b>b</b>"),
]


@pytest.mark.parametrize(("what", "document", "title"), SALVAGED, ids=[row[0] for row in SALVAGED])
def test_a_broken_feed_is_read_all_the_same(what: str, document: str, title: str) -> None:
    assert titles(document) == [title], what


DIALECTS = [
    ("capitals", rss("a", "b").replace("item>", "ITEM>").replace("title>", "Title>")),
    ("two channels", rss("a").replace("</rss>", f"<channel>{ITEM.format(title='b', guid=9)}</channel></rss>")),
    (
        "RSS 1.1",
        '<Channel xmlns="http://purl.org/net/rss1.1#"><title>T</title><items>'
        f"{ITEM.format(title='a', guid=1)}{ITEM.format(title='b', guid=2)}</items></Channel>",
    ),
]


@pytest.mark.parametrize(("what", "document"), DIALECTS, ids=[row[0] for row in DIALECTS])
def test_no_item_of_an_odd_dialect_is_passed_over(what: str, document: str) -> None:
    assert titles(document) == ["a", "b"], what


def test_entities_of_the_document_are_not_expanded() -> None:
    laughs = "<!DOCTYPE rss [<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert titles(laughs + "]>" + rss("&i; &xxe;")) == ["&i; &xxe;"]


NO_FEED = [
    (b"", "parse", "empty"),
    (b"   \n", "parse", "empty"),
    (b"<html><head><title>Log in</title></head></html>", "blocked", "HTML"),
    (b"<!DOCTYPE html><p>Just a moment", "blocked", "HTML"),
    (b"<html><body>use <rss> or <feed> elements</body></html>", "blocked", "HTML"),
    (b'{"error": "no"}', "parse", "JSON"),
    (b"[" * 100_000, "parse", "JSON"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "parse", "neither"),
    (b"hello", "parse", "neither"),
    (b"<rss><channel><title>cut o", "parse", "no entry"),
    (b"\xef\xbb\xbf", "parse", "empty"),
    (b"\x00" * 100, "parse", "empty"),
    (b"<opml version='2.0'><body/></opml>", "parse", "neither"),
]


@pytest.mark.parametrize(("data", "kind", "word"), NO_FEED)
def test_what_is_no_feed_says_why(data: bytes, kind: str, word: str) -> None:
    found = parse.body(Body(data, "https://x.example/"))
    assert isinstance(found, Failed)
    assert (found.kind, word in found.message) == (kind, True)


def test_a_page_that_announces_a_feed_leads_to_it() -> None:
    page = b'<html><head><link href="/feed.xml" type="application/rss+xml" rel="alternate"></head></html>'
    found = parse.body(Body(page, "https://x.example/news"))
    assert isinstance(found, Failed)
    assert "https://x.example/feed.xml" in (found.suggestion or "")


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parsed(rss()).total == 0


@pytest.mark.parametrize("broken", ["", "</rss"], ids=["well-formed", "salvaged"])
def test_entries_seen_before_are_not_handed_on(broken: str) -> None:
    once = parsed(rss("a", "b") + broken)
    again = parsed(rss("a", "b", "c") + broken, seen=once.marks)
    assert [entry.title for entry in again.feed.entries] == ["c"]
    assert (again.total, len(again.marks)) == (3, 3)


def test_an_edited_entry_is_handed_on_again() -> None:
    once = parsed(rss("a", "b"))
    assert [e.title for e in parsed(rss("a", "b!"), seen=once.marks).feed.entries] == ["b!"]


PARTS = ("guid", "link", "title", "description", "pubDate", "author", "category", "geo:lat")


@pytest.mark.parametrize("part", PARTS)
def test_an_entry_is_edited_whichever_part_of_it_is(part: str) -> None:
    told = "".join(f"<{name}>a</{name}>" for name in PARTS)
    geo = 'xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"'
    before, after = (
        f'<rss version="2.0" {geo}><channel><item>{items}</item></channel></rss>'
        for items in (told, told.replace(f">a</{part}>", f">b</{part}>"))
    )
    once = parsed(before)
    assert len(parsed(before, seen=once.marks).feed.entries) == 0
    assert len(parsed(after, seen=once.marks).feed.entries) == 1


RHYTHMS = [
    ("<ttl>90</ttl>", (90, (), ())),
    ("<ttl>-5</ttl>", (0, (), ())),
    ("<ttl>many</ttl>", (0, (), ())),
    ("<skipHours><hour>3</hour><hour>24</hour><hour>99</hour></skipHours>", (0, (0, 3), ())),
    ("<skipDays><day>Saturday</day><day>sunday</day></skipDays>", (0, (), (5, 6))),
    ("<skipHours>" + "".join(f"<hour>{h}</hour>" for h in range(24)) + "</skipHours>", (0, (), ())),
]


@pytest.mark.parametrize("broken", ["", "</rss"], ids=["well-formed", "salvaged"])
@pytest.mark.parametrize(("head", "rhythm"), RHYTHMS)
def test_what_a_publisher_asks_of_pollers_is_kept(head: str, rhythm: tuple[object, ...], broken: str) -> None:
    feed = parsed(rss("a", head=head) + broken).feed
    assert (feed.ttl_minutes, feed.skip_hours, feed.skip_days) == rhythm


def test_the_syndication_module_sets_the_pace_too() -> None:
    head = '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod>'
    assert parsed(rss(head=head)).feed.ttl_minutes == 60


def test_elements_of_other_namespaces_are_not_mistaken_for_rss() -> None:
    item = '<item><x:title xmlns:x="urn:ours">Wrong</x:title><title>Right</title></item>'
    assert titles(rss().replace("</channel>", item + "</channel>")) == ["Right"]


def test_nesting_beyond_reason_ends_in_a_word_not_in_a_crash() -> None:
    assert isinstance(parse.body(Body(b"<rss>" + b"<a>" * 50_000, "https://x.example/")), Failed | parse.Parsed)


def test_a_broken_document_of_too_many_tags_is_read_to_a_point_and_said() -> None:
    found = parsed(rss("a").replace("</rss>", "<b>" * 60_000))
    assert ([entry.title for entry in found.feed.entries], "only to its tag" in found.feed.notice) == (["a"], True)


def test_markup_within_cdata_is_no_reason_to_stop() -> None:
    many = [f"<![CDATA[{'<b>' * 100}{n}]]>" for n in range(600)]
    assert len(parsed(rss(*many) + "</rss").feed.entries) == 600
