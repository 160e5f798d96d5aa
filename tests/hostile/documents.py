"""Bad documents: no feeds, malformed ones, entities, charsets, sizes, identities."""

from __future__ import annotations

import json

from tests.hostile.case import Case, item, rss, titled
from tests.serving import answer, ok

TRAP = "http://127.0.0.1:{trap}"
"""Where nothing may ever connect to; the test fills in the port."""


def dtd(declarations: str, title: str = "&e;") -> str:
    return rss(item(title), before=f"<?xml version='1.0'?><!DOCTYPE rss [{declarations}]>")


def _laughs(levels: int = 12) -> str:
    names = [f"e{n}" for n in range(levels)]
    rest = "".join(f"<!ENTITY {a} '{f'&{b};' * 10}'>" for a, b in zip(["e", *names], names, strict=False))
    return f"<!ENTITY {names[-1]} 'ha'>{rest}"


NO_FEEDS = (
    Case("empty", ok(""), "parse"),
    Case("spaces", ok(" \n" * 1000), "parse"),
    Case("login page", answer(body="<!doctype html><title>Log in</title><form>", content_type="text/html"), "blocked"),
    Case("page announcing a feed", ok("<html><link rel='alternate' type='application/rss+xml' href='/f'>"), "blocked"),
    Case("page that refreshes", ok("<html><meta http-equiv=refresh content='0;url=file:///etc/passwd'>"), "blocked"),
    Case("page that tells of feeds", ok("<html><body>write <rss> or <feed> around <item></body></html>"), "blocked"),
    Case("marks of byte order alone", ok(b"\xef\xbb\xbf"), "parse"),
    Case("null bytes alone", ok(bytes(5000)), "parse"),
    Case("a feed's first 20 bytes", ok(rss(item())[:20]), "parse"),
    Case("picture", ok(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50), "parse"),
    Case("random bytes", ok(bytes((n * 7919) % 256 for n in range(50_000))), "parse"),
    Case("a path", ok("/etc/passwd"), "parse"),
    Case("an address", ok(TRAP), "parse"),
    Case("sitemap", ok("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url/></urlset>"), "parse"),
    Case("JSON of something else", ok('{"error": {"code": 7}}'), "parse"),
    Case("JSON 100,000 deep", ok("[" * 100_000), "parse"),
    Case("JSON objects 100,000 deep", ok('{"items":' * 100_000), "parse"),
    Case("JSON cut off", ok('{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "tit'), "parse"),
)

MALFORMED = (
    Case("feed without items", ok(rss()), items=0),
    Case("cut off in an item", ok(rss(item("One"), item("Two", "h"))[:-60])),
    Case("cut off in a letter", ok(rss(item("Ménaka")).encode()[:-2] + b"\xc3"), check=titled("Ménaka")),
    Case("bare ampersands", ok(rss(item("A & B &nbsp; C"))), check=titled("A & B C")),
    Case("undeclared prefix", ok(rss(item(more="<dc:creator>x</dc:creator>")))),
    Case("mismatched tags", ok(rss(item(more="<b><i></b></i>")))),
    Case("attributes without quotes", ok(rss(item(more="<enclosure url=x length=5>")))),
    Case("null bytes", ok(rss(item("A\0B"))), check=titled("AB")),
    Case("two documents", ok(rss(item()) * 2)),
    Case("PHP warning first", ok("<br />\n<b>Warning</b>: x in <b>/f.php</b>\n" + rss(item()))),
    Case("20,000 tags deep", ok(rss(item(more="<a>" * 20_000 + "</a>" * 20_000)))),
    Case("200,000 tags unclosed", ok("<rss><channel>" + "<item>" * 200_000), "", items=0),
    Case("200,000 attributes", ok(rss(item(more="<e " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>")))),
    Case("attribute of 2 MB", ok(rss(item(more=f"<e a='{'x' * 2_000_000}'/>")))),
    Case("CDATA never closed", ok(rss(item("One"), "<item><title><![CDATA[Two")), items=0),
    Case("comment never closed", ok(rss(item("One")) + "<!-- " + "x" * 100_000)),
    Case("quotes by the million", ok(rss(item(more="<description>&lt;a " + "'" * 1_000_000 + "</description>")))),
    Case("angle brackets by the million", ok(rss(item(more=f"<description>{'&lt;' * 1_000_000}</description>")))),
    Case(
        "50,000 items",
        ok(rss(*(f"<item><guid>{n}</guid><title>{n}</title></item>" for n in range(50_000)))),
        items=1000,
    ),
    Case(
        "JSON of wrong types",
        ok(json.dumps({"items": [1, None, [], {"id": {}, "title": 5, "url": [], "tags": {"a": 1}}]})),
    ),
    Case("4 MB of bare ampersands", ok(rss(item(more=f"<description>{'&' * 4_000_000}</description>")))),
    Case("dashes in a comment", ok(rss(item(), head="<!-- a -- b --->"))),
    Case("CDATA in CDATA", ok(rss(item("<![CDATA[A <![CDATA[B]]> C]]>")))),
    Case("XML of version 9.9", ok(rss(item(), before="<?xml version='9.9' standalone='maybe'?>"))),
    Case("two declarations", ok(rss(item(), before="<?xml version='1.0'?>\n<?xml version='1.0'?>"))),
    Case("capitals", ok(rss(item("One"), item("Two", "h")).replace("item>", "ITEM>")), items=2),
    Case(
        "two channels", ok(rss(item("One")).replace("</rss>", f"<channel>{item('Two', 'h')}</channel></rss>")), items=2
    ),
    Case("Atom of no namespace", ok("<feed><title>T</title><entry><title>A</title><id>1</id></entry></feed>")),
    Case("JSON with numbers that are none", ok('{"items": [{"id": NaN, "title": "x"}, {"id": 1e999}]}')),
    Case("JSON after a mark of byte order", ok(b'\xef\xbb\xbf{"items": [{"id": "1", "title": "x"}]}')),
    Case("JSON with an endless number", ok('{"items": [{"id": ' + "9" * 100_000 + ', "title": "x"}]}')),
    Case("JSON with lone surrogates", ok('{"items": [{"id": "1", "title": "A\\ud83dB"}]}'), check=titled("AB")),
)

ENTITIES = (
    Case("billion laughs", ok(dtd(_laughs())), check=titled("&e;")),
    Case("quadratic blow-up", ok(dtd(f"<!ENTITY e '{'x' * 100_000}'>", "&e;" * 10_000))),
    Case("entity that is itself", ok(dtd("<!ENTITY e '&e;'>"))),
    Case("entity of a file", ok(dtd("<!ENTITY e SYSTEM 'file:///etc/passwd'>")), check=titled("&e;")),
    Case("entity of a host", ok(dtd(f"<!ENTITY e SYSTEM '{TRAP}/entity'>")), check=titled("&e;")),
    Case("parameter entity", ok(dtd(f"<!ENTITY % p SYSTEM '{TRAP}/parameter'> %p;"))),
    Case("external DTD", ok(rss(item(), before=f"<!DOCTYPE rss SYSTEM '{TRAP}/dtd'>"))),
    Case("stylesheet", ok(rss(item(), before=f"<?xml version='1.0'?><?xml-stylesheet href='{TRAP}/style'?>"))),
    Case("include", ok(rss(item(more=f"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='{TRAP}/i'/>")))),
    Case("schema", ok(rss(item()).replace("<rss", f"<rss xmlns:a='u' a:schemaLocation='{TRAP}/schema'"))),
    Case(
        "pictures and enclosures",
        ok(rss(item(more=f"<enclosure url='{TRAP}/e'/>"), head=f"<image><url>{TRAP}/i</url></image>")),
    ),
)

CHARSETS = (
    Case("UTF-16", ok(rss(item("Ménaka")).encode("utf-16")), check=titled("Ménaka")),
    Case("UTF-16 cut at half a letter", ok(rss(item("Ménaka")).encode("utf-16")[:-1]), check=titled("Ménaka")),
    Case("UTF-32", ok(rss(item("Ménaka")).encode("utf-32")), check=titled("Ménaka")),
    Case(
        "one cut letter among whole ones",
        ok(rss(item("Ménaka été !")).encode().replace(b"!", b"\xc3")),
        check=titled("Ménaka été \ufffd"),
    ),
    Case(
        "a label that browsers know",
        ok(rss(item("マリ"), before="<?xml version='1.0' encoding='x-sjis'?>").encode("cp932")),
        check=titled("マリ"),
    ),
    Case("UTF-7", ok(rss(item("A"), before="<?xml version='1.0' encoding='utf-7'?>"))),
    Case(
        "codec of Python's own",
        ok(rss(item("A"), before="<?xml version='1.0' encoding='unicode_escape'?>")),
        check=titled("A"),
    ),
    Case(
        "codec that is no charset",
        ok(rss(item("A"), before="<?xml version='1.0' encoding='zlib_codec'?>")),
        check=titled("A"),
    ),
    Case(
        "charset that there is not", ok(rss(item("é")), content_type="text/xml; charset=../../etc"), check=titled("é")
    ),
    Case(
        "bytes of no charset",
        ok(b"\xef\xbb\xbf" + rss(item("A!B")).encode().replace(b"!", b"\xff\xfe\x80")),
        check=titled("A\ufffd\ufffd\ufffdB"),
    ),
)

IDENTITIES = (
    Case(
        "all the same guid",
        ok(rss(*(item(f"T{n}", "g").replace("example/g", f"example/{n}") for n in range(5)))),
        items=5,
    ),
    Case(
        "all the same guid, and no link",
        ok(rss(*(f"<item><title>T{n}</title><guid isPermaLink='false'>g</guid></item>" for n in range(5)))),
        items=5,
    ),
    Case(
        "all the same guid and home page",
        ok(rss(*(item(f"T{n}", "g") for n in range(5)))),
        items=5,
    ),
    Case("every item twice", ok(rss(*[item("A", "a"), item("B", "b")] * 2)), check=lambda items: len(items) == 2),
    Case("no guid, no link", ok(rss("<item><title>A</title></item>", "<item><title>B</title></item>")), items=2),
    Case("guid of 1 MB", ok(rss(item(guid="g" * 1_000_000))), check=lambda items: len(items[0].guid or "") <= 2000),
    Case("empty items", ok(rss("<item/>", "<item></item>", item())), check=lambda items: len(items) == 1),
)

CASES = NO_FEEDS + MALFORMED + ENTITIES + CHARSETS + IDENTITIES
