"""What leaves for the terminal: printable text, ASCII where asked, no colour under NO_COLOR."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from sitmon.tui.guard import Colourless, Guard, clean, needs_ascii
from sitmon.tui.marks import ASCII, fit, fold
from tests.screens import Stage, play

BLACK = Color.parse("black")


@given(st.text())
def test_no_control_or_bidi_character_passes(text: str) -> None:
    assert not any(
        ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202d\u202e\u2066\u2067" for c in clean(text)
    )


def test_joiners_stay_where_scripts_need_them() -> None:
    assert clean("می\u200cخواهم \U0001f468\u200d\U0001f469") == "می\u200cخواهم \U0001f468\u200d\U0001f469"


@given(st.text())
def test_folded_text_is_ascii(text: str) -> None:
    assert fold(text).isascii()


@pytest.mark.parametrize("text", ["▲ HIGH", "Tillabéri état", "北海道で", "─── ▁▂▃", "“Kidal” – 3 km…"])
def test_folded_text_is_as_wide_as_before(text: str) -> None:
    assert cell_len(fold(text)) == cell_len(text)


def test_own_glyphs_have_ascii_equals_of_their_own() -> None:
    assert fold("◆SEVERE ▲HIGH ■ELEV ●GUARD ·NORMAL ?UNKNOWN") == "XSEVERE !HIGH #ELEV *GUARD .NORMAL ?UNKNOWN"
    assert all(len(other) == 1 for other in ASCII.values())


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=40), st.integers(0, 30))
def test_fitted_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@pytest.mark.parametrize(
    ("environ", "ascii_only"),
    [
        ({}, False),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "fr_FR.utf8@euro"}, False),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "en_US.ISO-8859-1"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "", "LC_CTYPE": "C.UTF-8"}, False),
    ],
)
def test_the_locale_decides_on_ascii(environ: Mapping[str, str], ascii_only: bool) -> None:
    assert needs_ascii(environ) is ascii_only


def test_no_color_keeps_weight_and_marks_the_cursor_by_reverse() -> None:
    styles = (Style(color="red", bgcolor="#101418", bold=True), Style(color="white", bgcolor="#dddddd"))
    plain = Colourless().apply([Segment("x", style) for style in styles], BLACK)
    assert [(s.style.bold, s.style.reverse, s.style.color) for s in plain if s.style] == [
        (True, False, None),
        (None, True, None),
    ]
    assert Guard(ascii_only=True).apply([Segment("é\x1b[31m", None)], BLACK)[0].text == "e[31m"


def test_the_whole_screen_in_ascii_has_nothing_else() -> None:
    async def scene(stage: Stage) -> None:
        for keys in ((), ("enter",), ("escape", "2", "enter"), ("escape", "F"), ("escape", "question_mark")):
            await stage.press(*keys)
            text = stage.text
            assert text.isascii()
            assert "E" in text

    play(scene, ascii_only=True)


def test_ascii_still_tells_level_and_priority_in_words() -> None:
    async def scene(stage: Stage) -> None:
        assert "Kidal XSEVERE" in stage.text
        assert "P1 NEW" in stage.text

    play(scene, ascii_only=True)
