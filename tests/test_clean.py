"""Foreign text becomes plain text, whatever it holds, and stays readable in every script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.normalise import clean
from sitmon.normalise.markup import without_markup

SAYS = [
    ("plain", "Shelling near Kidal", "Shelling near Kidal"),
    ("spaces", "  Shelling \t near\nKidal\u00a0 ", "Shelling near Kidal"),
    ("tags", "<b>Shelling</b> near <a href='x'>Kidal</a>", "Shelling near Kidal"),
    ("blocks apart", "<p>One</p><p>Two<br/>Three</p>", "One Two Three"),
    ("no tag at all", "5 < 6 and <Kidal> fell", "5 < 6 and <Kidal> fell"),
    ("quoted angle", '<img alt="a > b" src=x>After', "After"),
    ("entities", "S&amp;P &eacute;t&eacute; &#233; &#xe9;", "S&P été é é"),
    ("escaped twice", "&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt; &amp;amp;amp; on", "Bold & on"),
    ("escaped escape", "a&#27;[31mred&#x1b;[0m", "ared"),
    ("script", "Before<script>alert('x')</script>After", "Before After"),
    ("script in upper case", "A<SCRIPT type=x>b</ScRiPt>C", "A C"),
    ("style", "A<style>p{}</style>B", "A B"),
    ("script never closed", "A<script>alert(1)", "A"),
    ("comment", "A<!-- hidden <b> -->B", "A B"),
    ("cdata", "<![CDATA[Shelling]]>", "Shelling"),
    ("cut off tag", "Shelling <a href='http://x", "Shelling"),
    ("sgr", "\x1b[31mred\x1b[0m", "red"),
    ("osc title", "\x1b]0;owned\x07Shelling", "Shelling"),
    ("osc link", "\x1b]8;;http://evil\x1b\\Shelling\x1b]8;;\x1b\\", "Shelling"),
    ("c1 csi", "\x9b31mred", "red"),
    ("dcs", "\x1bPq#0;2\x1b\\Shelling", "Shelling"),
    ("reset", "\x1bcShelling", "Shelling"),
    ("bell and backspace", "She\x07ll\x08ing", "Shelling"),
    ("delete", "Shell\x7fing", "Shelling"),
    ("bidi override", "\u202egnillehS\u202c", "gnillehS"),
    ("isolates", "\u2067Kidal\u2069", "Kidal"),
    ("tag characters", "Kidal\U000e0041\U000e0042", "Kidal"),
    ("surrogates", "Ki\ud83ddal", "Kidal"),
    ("zero width", "K\u200bi\u2060d\ufeffa\u00adl", "Kidal"),
    ("joiners in latin", "K\u200di\u200cdal", "Kidal"),
    ("line separators", "A\u2028B\u2029C\x85D", "A B C D"),
    ("noncharacters", "A\ufffe\uffff\U0001fffeB", "AB"),
    ("flood", "e" + "\u0301" * 500, "é\u0301\u0301\u0301"),
    ("selectors", "A\ufe0f\ufe0fB", "AB"),
    ("persian", "می\u200cخواهم", "می\u200cخواهم"),
    ("hindi", "क्\u200dष और श्री", "क्\u200dष और श्री"),
    ("arabic", "هجوم في كيدال", "هجوم في كيدال"),
    ("hebrew", "שָׁלוֹם", unicodedata.normalize("NFC", "שָׁלוֹם")),
    ("family", "👨\u200d👩\u200d👧 safe", "👨\u200d👩\u200d👧 safe"),
    ("flag and heart", "🇲🇱 ❤\ufe0f", "🇲🇱 ❤\ufe0f"),
    ("healing heart", "❤\ufe0f\u200d🩹", "❤\ufe0f\u200d🩹"),
    ("joiner flood", "م\u200c\u200c\u200c\u200cم", "م\u200cم"),
    ("composed", "e\u0301te\u0301", "été"),
    ("markup of textual", "[/oops] [@click=x]y[/]", "[/oops] [@click=x]y[/]"),
]


@pytest.mark.parametrize(("what", "foreign", "plain"), SAYS, ids=[row[0] for row in SAYS])
def test_a_line_is_plain_text(what: str, foreign: str, plain: str) -> None:
    assert clean.line(foreign, 300) == plain, what


def test_paragraphs_stay_apart_in_text() -> None:
    assert clean.text("<p>One\nmore</p><ul><li>Two</li></ul>", 300) == "One\nmore\nTwo"


def test_a_long_title_is_cut_at_a_word() -> None:
    cut = clean.line("word " * 200_000, 300)
    assert len(cut) <= 300
    assert cut.endswith("word…")


def test_a_title_without_spaces_is_cut_anyway() -> None:
    assert len(clean.line("x" * 1_000_000, 300)) == 300


def test_a_cut_never_parts_a_letter_from_its_marks() -> None:
    assert clean.shortened("aaaaaaa" + "x\u0308\u0301" * 3, 10) == "aaaaaaa…"


@pytest.mark.parametrize("piece", ["<!--", "<script ", "<a '", '<a "', "<", "&lt;", "\x1b]", "\u0301", "\u200d", "<b "])
def test_no_repetition_makes_cleaning_slow_or_long(piece: str) -> None:
    assert len(clean.text(piece * 100_000, 500)) <= 500


@given(st.text(alphabet=st.characters(), max_size=200))
def test_cleaning_leaves_nothing_that_a_terminal_obeys(foreign: str) -> None:
    plain = clean.line(foreign, 300)
    assert not {c for c in plain if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}}
    assert not set(plain) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\ufeff")


@given(st.text(alphabet="<>/ab!-\"'= &;lt\x1b[]", max_size=80))
def test_cleaning_clean_text_changes_nothing_that_could_be_shown(foreign: str) -> None:
    assert not set(clean.line(foreign, 300)) & {"\x1b"}
    assert len(without_markup(foreign)) <= 2 * len(foreign) + 1
