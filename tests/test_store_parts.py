"""The small pieces of the store, each against the plainest thing that does the same."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sitmon import terms
from sitmon.codec import item_doc
from sitmon.model import Item, Select
from sitmon.store import keys
from sitmon.store.build import join, seal
from sitmon.store.found import Found, View
from sitmon.store.index import to_join
from sitmon.store.keys import clauses
from sitmon.store.layout import Span
from sitmon.store.lines import Change, decode, encode, header, id_of, id_text
from sitmon.store.ranks import Bits, Without, before, bitmap, has
from sitmon.store.segment import Segment, digest
from sitmon.store.tail import Tail
from tests.factories import NOW, item

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
RANKS = st.lists(st.integers(0, 3000), unique=True, max_size=60).map(sorted)
TIMES = st.lists(st.integers(0, 30), max_size=12).map(sorted)

# ---------------------------------------------------------------- lines


@given(st.lists(st.tuples(TEXT, st.none() | st.dictionaries(TEXT, TEXT | st.integers() | st.none())), min_size=1))
def test_lines_come_back_as_they_were_written(pairs: list[tuple[str, dict[str, object] | None]]) -> None:
    lines = encode([Change("t", doc_id, doc) for doc_id, doc in pairs])
    for number, (raw, (doc_id, doc)) in enumerate(zip(lines, pairs, strict=True)):
        assert raw.endswith(b"\n") and raw.count(b"\n") == 1
        line = decode(raw)
        assert line is not None
        assert (line.id, line.remaining) == (doc_id, len(pairs) - 1 - number)
        assert (line.op, line.doc() if line.op == "+" else None) == ("-" if doc is None else "+", doc)


@given(TEXT)
def test_an_id_is_one_word_of_a_line(doc_id: str) -> None:
    word = id_text(doc_id)
    assert word.isascii() and len(word.split()) == 1
    assert id_of(word) == doc_id


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_line_with_any_byte_changed_is_none(place: int, flip: int) -> None:
    raw = bytearray(encode([Change("items", "x", {"title": "Convoy"})])[0])
    raw[place % (len(raw) - 1)] ^= flip
    assert decode(bytes(raw)) is None


def test_headers_of_one_journal_are_of_one_length() -> None:
    assert len({len(header("abc", "def", copied)) for copied in (0, 1, 10**9, 10**14)}) == 1


# ---------------------------------------------------------------- ranks


@given(RANKS, st.integers(0, 3100))
def test_a_bitmap_answers_like_a_sorted_list(ranks: list[int], rank: int) -> None:
    bits = Bits(bitmap(ranks, 3001))
    assert list(bits) == ranks and len(bits) == len(ranks)
    assert [bits[n] for n in range(len(ranks))] == ranks and bits[1:5] == ranks[1:5]
    assert before(bits, rank) == bisect_left(ranks, rank)
    assert has(bits, min(rank, 3000)) == (min(rank, 3000) in ranks)


@given(RANKS, RANKS, st.integers(0, 3100), st.sampled_from(["array", "bits", "range"]))
def test_leaving_out_ranks_answers_like_a_list_without_them(
    ranks: list[int], dead: list[int], rank: int, kind: str
) -> None:
    base = {"array": array("I", ranks), "bits": Bits(bitmap(ranks, 3001)), "range": range(3001)}[kind]
    wanted = [each for each in base if each not in set(dead)]
    left = Without.of(base, dead)
    assert list(left) == wanted and len(left) == len(wanted)
    assert left[2:9] == wanted[2:9] if isinstance(left, Without) else list(left[2:9]) == wanted[2:9]
    assert before(left, rank) == bisect_left(wanted, rank)


# ---------------------------------------------------------------- answers


@given(st.lists(TIMES, max_size=5), st.integers(0, 60), st.integers(0, 60))
def test_a_slice_of_many_parts_is_that_of_all_of_them_sorted(parts: list[list[int]], start: int, stop: int) -> None:
    views = [view(times, number) for number, times in enumerate(parts)]
    everything = [(time, part, place) for part, times in enumerate(parts) for place, time in enumerate(times)]
    wanted = [f"{part}-{place}" for _, part, place in sorted(everything, reverse=True)]
    found = Found(views)
    assert len(found) == len(wanted)
    assert found[start:stop] == wanted[start:stop]
    assert list(found) == wanted


def view(times: list[int], part: int) -> View:
    return View.between(range(len(times)), times, lambda rank: f"{part}-{rank}")


@given(TIMES, st.none() | st.integers(0, 30), st.none() | st.integers(0, 30))
def test_times_are_both_included(times: list[int], since: int | None, until: int | None) -> None:
    cut = View.between(range(len(times)), times, str, since, until)
    assert len(cut) == sum((since is None or t >= since) and (until is None or t <= until) for t in times)


# ---------------------------------------------------------------- segments

SPAN = Span("g", 0, 100, ((0, 100, 1),), 3)


def tail_of(items: list[Item], start: int = 0) -> Tail:
    tail = Tail()
    for number, each in enumerate(items, start):
        tail.put(each.id, number, item_doc(each))
    return tail


def test_a_segment_answers_what_its_tail_answered(tmp_path: Path) -> None:
    items = [item(f"Convoy {n % 3}", item_id=f"i{n}", minutes_ago=n % 7, regions=("ML.Kidal",)) for n in range(40)]
    tail = tail_of(items)
    tail.kill("i5")
    seal(tmp_path / "s", SPAN, tail, [("alerts", "a", 7)])
    segment = Segment(tmp_path / "s", str)
    assert segment.others == [("alerts", "a", 7)] and segment.span == SPAN
    for select in (Select(), Select(words=("convoy", "1")), Select(regions=("ML",)), Select(words=("none",))):
        asked = clauses(select, {})
        ranks = segment.matches(tuple(tuple(map(digest, group)) for group in asked))
        assert [segment.offsets[rank] for rank in ranks] == [tail.offsets[rank] for rank in tail.matches(asked)]
    assert segment.find(digest("i5")) is None and segment.find(digest("i6")) is not None


def test_joined_segments_answer_as_one_without_what_was_replaced(tmp_path: Path) -> None:
    old = [item("Convoy", item_id=f"i{n}", minutes_ago=n) for n in range(10)]
    new = [item("Column", item_id=f"i{n}", minutes_ago=n) for n in range(3, 6)]
    seal(tmp_path / "1", SPAN, tail_of(old), [("alerts", "a", 7), ("alerts", "b", 8)])
    seal(tmp_path / "2", Span("g", 100, 200, (), 3), tail_of(new, 100), [("alerts", "a", None)])
    one, two = Segment(tmp_path / "1", str), Segment(tmp_path / "2", str)
    for each in new:
        one.kill(digest(each.id))
    join(tmp_path / "3", [one, two], [set(one.dead), set()])
    both = Segment(tmp_path / "3", str)
    assert len(both) == 10 and (both.span.start, both.span.end, both.span.lines) == (0, 200, 6)
    assert [both.offsets[r] for r in both.matches(((digest("w:column"),),))] == [102, 101, 100]
    assert sorted(both.others) == [("alerts", "a", None), ("alerts", "b", 8)]


def test_segments_are_joined_when_there_are_eight_of_a_size() -> None:
    eight = [2048] * 8
    assert [to_join(sizes) for sizes in (eight[1:], eight, [16384, *eight], [90_000, *eight])] == [0, 8, 9, 8]
    assert to_join([100_000] * 20) == 0


# ---------------------------------------------------------------- keys


def test_the_time_of_a_stored_item_is_that_of_the_item() -> None:
    for note in (None, "future", "epoch", "no zone"):
        each = item(minutes_ago=3, now=NOW)
        made = replace(each, published_note=note, first_seen=NOW)
        assert terms.when(item_doc(made)) == terms.micros(made.when)


def test_a_place_is_found_under_every_region_that_its_path_leads_through() -> None:
    found = terms.of(item_doc(item(regions=("ML.Kidal.Aguelhok",))))
    assert {"r:ML", "r:ML.Kidal", "r:ML.Kidal.Aguelhok", "c:ML"} <= found


def test_an_area_of_areas_is_asked_as_what_it_contains_even_in_a_circle() -> None:
    areas = {"sahel": ("ML", "east"), "east": ("NE", "sahel")}
    assert set(keys.within(("sahel",), areas)) == {"sahel", "east", "ML", "NE"}
    assert keys.within(("sahel",), lambda region: ("ML",) if region == "sahel" else ()) == ("sahel", "ML")
