"""Words are looked up once, and what is remembered of them is bounded."""

from __future__ import annotations

from sitmon.tag.lexemes import IN_DIGITS, lexemes, mark, marks_of


def test_a_word_is_one_lexeme_in_every_text() -> None:
    (first, mali, again), (other,) = lexemes(["in", "mali", "in"]), lexemes(["mali"])
    assert first is again
    assert mali is other
    assert [lexeme.word for lexeme in (first, mali)] == ["in", "mali"]


def test_words_of_a_list_bear_its_mark() -> None:
    rivers, towns = mark(frozenset({"niger", "senegal"})), mark(frozenset({"gao", "niger"}))
    found = lexemes(["gao", "on", "the", "niger"])
    assert [bool(lexeme.marks & rivers) for lexeme in found] == [False, False, False, True]
    assert [bool(lexeme.marks & towns) for lexeme in found] == [True, False, False, True]
    assert marks_of(found) & (rivers | towns) == rivers | towns
    assert not marks_of(lexemes(["on", "the"])) & (rivers | towns)


def test_short_words_that_begin_with_a_digit_bear_a_mark_of_their_own() -> None:
    found = lexemes(["17th", "of", "2024", "mh17", "1000000"])
    assert [bool(lexeme.marks & IN_DIGITS) for lexeme in found] == [True, False, True, False, False]


def test_numbers_in_digits_are_read_once() -> None:
    found = lexemes(["17", "1990s", "و12", "17th", "mh17", "1234567890", "ten"])
    assert [lexeme.number for lexeme in found] == [17, 1990, 12, -1, -1, -1, -1]


def test_what_is_too_long_for_a_word_is_not_remembered() -> None:
    word = "x" * 5000
    assert lexemes([word])[0] is not lexemes([word])[0]


def test_so_many_words_are_forgotten_in_time() -> None:
    (before,) = lexemes(["forgotten"])
    lexemes([f"word{n}" for n in range(40_000)])
    (after,) = lexemes(["forgotten"])
    assert after is not before
    assert after.word == "forgotten"
