"""Words keep their offsets whatever folding does; one name in two spellings has one key."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitmon.tag.lemmas import lemmas
from sitmon.tag.text import begins, fold, key, read


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_words_stand_where_their_offsets_say(text: str) -> None:
    words = read(text)
    assert len(words.folded) == len(words.starts) == len(words.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(words.starts, words.ends, strict=True))
    assert words.starts == sorted(words.starts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tin-Zaouatine", "tin zaouatine"),
        ("Assimi Goïta", "ASSIMI GOITA"),
        ("Ménaka", "Me\u0301naka"),
        ("Łódź", "Lodz"),
        ("Київ", "КИЇВ"),
        ("Слов’янськ", "Слов'янськ"),
        ("أنيفيس", "انيفيس"),
        ("غزة", "غزه"),
        ("مَالِي", "مالي"),
        ("مـــالي", "مالي"),
        ("مالى", "مالي"),
        ("٤٧", "47"),
        ("İstanbul", "istanbul"),
        ("N’Djaména", "N'Djamena"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_each_han_character_is_a_word() -> None:
    assert read("马里军队").folded == ["马", "里", "军", "队"]
    assert read("Мали \u0301 и ـ Гао").folded == ["мали", "и", "гао"]
    assert read("BBC马里2024").folded == ["bbc", "马", "里", "2024"]


@given(st.text(), st.sampled_from(["", " ", ". ", "\n", "-", "_", " 马"]), st.text())
def test_a_text_is_read_on_from_one_that_it_begins_with(title: str, gap: str, more: str) -> None:
    text, words = title + gap + more, read(title)
    assume(begins(text, words))
    on, whole = read(text, begun=words), read(text)
    assert (on.folded, on.starts, on.ends) == (whole.folded, whole.starts, whole.ends)
    assert (on.shape, on.marks) == (whole.shape, whole.marks)


def test_a_text_that_goes_on_within_a_word_does_not_begin_with_another() -> None:
    words = read("Rebels take Mali")
    assert begins("Rebels take Mali, and Niger", words)
    assert not begins("Rebels take Malians", words)
    assert not begins("Rebels take Mali\u0301", words)


def test_words_know_their_offsets_behind_combining_marks() -> None:
    words = read("à Me\u0301naka, au Mali")
    assert [words.raw(i) for i in range(len(words))] == ["à", "Me\u0301naka", "au", "Mali"]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Army convoy heads north from Gao", "plain"),
        ("Army Convoy Heads North From Gao", "title"),
        ("ARMY CONVOY HEADS NORTH FROM GAO", "caps"),
        ("BAMAKO, Sept 17 - gunmen attacked a school", "plain"),
        ("", "plain"),
        ("القوات في مالي", "plain"),
    ],
)
def test_a_text_shows_how_it_uses_capitals(text: str, shape: str) -> None:
    assert read(text).shape == shape


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("киеве", "киев"),
        ("москву", "москва"),
        ("нигерии", "нигерия"),
        ("харькова", "харьков"),
        ("харкова", "харків"),
        ("києві", "київ"),
        ("одесі", "одеса"),
        ("авдіівці", "авдіівка"),
        ("сумах", "сумы"),
        ("бахмутом", "бахмут"),
        ("запорожья", "запорожье"),
        ("грозного", "грознои"),
        ("وباماكو", "باماكو"),
        ("بالخرطوم", "الخرطوم"),
        ("للخرطوم", "الخرطوم"),
        ("والسودان", "السودان"),
    ],
)
def test_inflected_and_prefixed_words_lead_to_their_dictionary_form(form: str, lemma: str) -> None:
    assert key(lemma) in set(lemmas(key(form)))


def test_a_latin_word_has_no_other_forms() -> None:
    assert list(lemmas("malis")) == []


def test_a_word_that_opens_a_sentence_is_known() -> None:
    words = read("He left. Mali burns: Gao too, and “Kidal falls”")
    assert [words.raw(i) for i in range(len(words)) if words.opens_sentence(i)] == ["He", "Mali", "Gao", "Kidal"]
