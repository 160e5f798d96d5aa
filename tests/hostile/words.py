"""Bad words: what titles do to terminals, links to people, and dates to timelines."""

from __future__ import annotations

from tests.hostile.case import Case, Check, item, printable, rss, titled
from tests.serving import Say, ok


def title(text: str) -> Say:
    return ok(rss(item(text)))


def dated(text: str) -> Say:
    return ok(rss(f"<item><title>T</title><guid>g</guid><pubDate>{text}</pubDate></item>"))


def noted(why: str) -> Check:
    """The first item's date is doubted for this reason."""
    return lambda items: items[0].published_note == why


TERMINAL = (
    Case("window title", title("&#27;]0;owned&#7;News"), check=titled("News")),
    Case("window title in raw bytes", title("\x1b]0;owned\x07News"), check=titled("News")),
    Case("colour", title("\x1b[31mNews\x1b[0m"), check=titled("News")),
    Case("colour escaped twice", title("&amp;#27;[31mNews"), check=titled("News")),
    Case("C1", title("\u009b31mNews \u009d0;x\u009c"), check=printable),
    Case("clear screen", title("\x1b[2J\x1b[HNews"), check=titled("News")),
    Case("clipboard", title("\x1b]52;c;ZXZpbA==\x07News"), check=titled("News")),
    Case("hyperlink", title("\x1b]8;;https://evil.example\x1b\\News\x1b]8;;\x1b\\"), check=titled("News")),
    Case("device control", title("\x1bP+q544e\x1b\\News"), check=titled("News")),
    Case("bells and backspaces", title("\x07\x08\x08News\x7f"), check=printable),
    Case("carriage returns", title("News&#13;Faked"), check=titled("News Faked")),
    Case("bidi overrides", title("\u202eNews\u202c \u2066x\u2069"), check=titled("News x")),
    Case("tag characters", title("News\U000e0041\U000e007f"), check=titled("News")),
    Case("zero width", title("N\u200be\u200dw\u2060s\ufeff"), check=titled("News")),
    Case("combining flood", title("N" + "\u0336" * 5000 + "ews"), check=lambda items: len(items[0].title) < 20),
    Case("joiner flood", title("N" + "\u200d\u200c" * 5000 + "ews"), check=titled("News")),
    Case("selector flood", title("N" + "\ufe0f\U000e0101" * 5000 + "ews"), check=titled("News")),
    Case("letters that show nothing", title("Ne\u3164w\u115f\u1160s\u2063"), check=titled("News")),
    Case("what is no character", title("Ne\ufdd0w\U0001fffes"), check=titled("News")),
    Case("annotations", title("\ufff9News\ufffa\ufffb"), check=titled("News")),
    Case("character set of a terminal", title("\x1b(0\x1b%GNews\x1bc"), check=titled("News")),
    Case("bidi escaped twice", title("&amp;#x202e;News"), check=titled("News")),
    Case("1 MB title", title("word " * 200_000), check=lambda items: len(items[0].title) <= 300),
    Case("1 MB of one letter", title("w" * 1_000_000), check=lambda items: len(items[0].title) <= 300),
    Case("markup of the screen", title("[/oops] [@click=app.quit]x[/]"), check=titled("[/oops] [@click=app.quit]x[/]")),
    Case("script", title("&lt;script&gt;alert(1)&lt;/script&gt;News"), check=titled("News")),
    Case("script escaped twice", title("&amp;lt;script&amp;gt;x&amp;lt;/script&amp;gt;News"), check=titled("News")),
    Case("formula", title("=cmd|'/c calc'!A1"), check=printable),
    Case("Persian", title("می\u200cخواهم"), check=titled("می\u200cخواهم")),
    Case("family", title("👨\u200d👩\u200d👧"), check=titled("👨\u200d👩\u200d👧")),
    Case("guid with escapes", ok(rss(item(guid="\x1b]0;owned\x07g"))), check=printable),
    Case(
        "category and author with escapes",
        ok(rss(item(more="<category>\x1b[2J</category><author>\x1bc</author>"))),
        check=printable,
    ),
    Case("feed title with escapes", ok(rss(item()).replace("<title>T<", "<title>\x1b]0;owned\x07T<")), check=printable),
)


def linked(link: str) -> Say:
    return ok(rss(f"<item><title>T</title><guid isPermaLink='false'>g</guid><link>{link}</link></item>"))


_BAD_LINKS = {
    "javascript": "javascript:alert(1)",
    "javascript in disguise": " &#1;java&#9;script:alert(1)",
    "data": "data:text/html,x",
    "file": "file:///etc/passwd",
    "vbscript": "VbScRiPt:x",
}
LINKS = (
    *(Case(f"link: {n}", linked(link), check=lambda items: items[0].link is None) for n, link in _BAD_LINKS.items()),
    Case("link with escapes", linked("https://x.example/&#27;]0;owned&#7;"), check=printable),
)

_BAD_DATES = {
    "": "missing",
    "yesterday-ish": "unreadable",
    "Mon, 01 Jan 2096 00:00:00 GMT": "future",
    "Thu, 01 Jan 1970 00:00:00 GMT": "epoch",
    "0001-01-01T00:00:00Z": "epoch",
    "Mon, 01 Jan 99999 00:00:00 GMT": "unreadable",
    "Thu, 99 Sep 2024 25:61:61 GMT": "unreadable",
    "0000-00-00 00:00:00": "unreadable",
    "Fri, 31 Sep 2024 10:00:00 GMT": "unreadable",
    "3 hours ago": "unreadable",
    "03/04/2024 10:00 GMT": "unreadable",
    "Wed, 31 Dec 1969 23:59:59 GMT": "epoch",
    "1899-12-30": "epoch",
    "9999-12-31T23:59:59Z": "future",
    "2024-09-19 10:00:00": "no zone",
    "Thu, 19 Sep 2024 " + "1" * 100_000: "no zone",
    "Thu, 19 Sep 2024 10:00:00 +2400": "unreadable",
}
DATES = tuple(Case(f"date: {text[:40]}", dated(text), check=noted(note)) for text, note in _BAD_DATES.items())

CASES = TERMINAL + LINKS + DATES
