"""Weaving articles and events into pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from sitmon.picture import Row
from sitmon.room import rows, timeline
from tests.factories import NOW, item

ROW = rows.of_item(item(), None, None)


def at(minutes: int, kind: Literal["item", "event"]) -> Row:
    return replace(ROW, key=f"{kind}{minutes}", kind=kind, when=NOW - timedelta(minutes=minutes))


@given(
    st.sets(st.integers(0, 200), max_size=40),
    st.sets(st.integers(0, 200), max_size=20),
    st.integers(0, 50),
    st.integers(1, 30),
)
def test_any_page_is_the_slice_of_all_lines_in_order_of_time(
    articles: set[int], events: set[int], offset: int, limit: int
) -> None:
    told = [at(minutes, "item") for minutes in sorted(articles)]
    happened = [at(minutes, "event") for minutes in sorted(events)]

    def newer_than(when: datetime) -> int:
        return sum(row.when > when for row in told)

    def part(start: int, stop: int) -> Sequence[Row]:
        return told[start:stop]

    page = timeline.window(offset, limit, part, happened, newer_than)
    whole = sorted([*happened, *told], key=lambda row: (-row.when.timestamp(), row.kind))
    assert [row.key for row in page] == [row.key for row in whole[offset : offset + limit]]
