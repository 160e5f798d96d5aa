"""What a list knows of its rows, and how far the reader's row moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitmon.tui.window import LIMIT, Window


def window() -> Window[str]:
    return Window(key_of=str)


def page(rows: list[str], offset: int) -> list[str]:
    return rows[offset : offset + LIMIT]


def names(first: int, last: int) -> list[str]:
    """`last` down to `first`: the newest first."""
    return [f"r{n}" for n in range(last, first - 1, -1)]


@given(st.integers(1, 60), st.integers(0, 59), st.integers(0, 40), st.data())
def test_the_anchor_is_found_wherever_it_went(size: int, at: int, above: int, data: st.DataObject) -> None:
    at = min(at, size - 1)
    rows = names(1, size)
    later = [f"new{n}" for n in range(above)]
    position = data.draw(st.integers(0, at))
    known = window()
    known.hold(rows, None, 0)
    assert known.hold(rows[:position] + later + rows[position:], rows[at], at) == above


def test_an_anchor_that_left_has_no_move() -> None:
    known = window()
    known.hold(["a", "b"], None, 0)
    assert known.hold(["b"], "a", 0) is None


def test_pages_are_asked_around_what_is_in_view_and_once() -> None:
    rows = names(1, 1000)
    known = window()
    assert known.wants(0, 30) == 0
    assert known.wants(0, 30) is None
    known.adopt(0, 1000, page(rows, 0), None, 0)
    assert known.wants(0, 30) is None
    offset = known.wants(500, 530)
    assert offset is not None
    assert offset < 500 < 530 < offset + LIMIT
    known.adopt(offset, 1000, page(rows, offset), None, 500)
    assert known.get(510) == rows[510]
    assert known.get(900) is None


def test_rows_above_the_page_shift_what_is_known() -> None:
    rows = names(1, 1000)
    known = window()
    known.adopt(0, 1000, page(rows, 0), None, 0)
    known.spoil()
    later = names(1, 1007)
    assert known.adopt(0, 1007, page(later, 0), rows[50], 50) == (7, None)
    assert known.get(57) == rows[50]


def test_an_anchor_pushed_off_its_page_is_sought_further_on() -> None:
    rows = names(1, 300)
    known = window()
    known.adopt(0, 300, page(rows, 0), None, 0)
    known.spoil()
    later = names(1, 1000)
    moved, again = known.adopt(0, 1000, page(later, 0), rows[20], 20)
    assert (moved, again) == (None, 700)
    assert known.get(20) == rows[20], "nothing changes before the row is found"
    assert known.adopt(700, 1000, page(later, 700), rows[20], 20) == (700, None)
    assert known.get(720) == rows[20]


def test_an_anchor_that_is_gone_is_not_sought_for_ever() -> None:
    known = window()
    known.adopt(0, 2, ["a", "b"], None, 0)
    known.spoil()
    _, again = known.adopt(0, 3, ["x", "y", "b"], "a", 0)
    assert again == 1
    assert known.adopt(1, 3, ["y", "b"], "a", 0) == (None, None)


def test_an_empty_answer_is_not_asked_for_again() -> None:
    known = window()
    assert known.wants(0, 30) == 0
    known.adopt(0, 0, [], None, 0)
    assert known.wants(0, 30) is None


def test_a_paged_list_keeps_no_more_than_it_needs() -> None:
    rows = names(1, 20_000)
    known = window()
    for top in range(0, 20_000, 150):
        if (offset := known.wants(top, top + 30)) is not None:
            known.adopt(offset, 20_000, page(rows, offset), None, top)
    assert known.get(19_900) == rows[19_900]
    assert known.get(100) is None
