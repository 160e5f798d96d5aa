"""Where the items of one month's journal lie, and which of them answer a question."""

from __future__ import annotations

from collections.abc import Iterator

from sitmon.store.found import View
from sitmon.store.keys import Clauses
from sitmon.store.lines import Doc
from sitmon.store.tail import Tail


class ItemIndex:
    """The places of table `items` in one journal."""

    def __init__(self) -> None:
        self._tail = Tail()

    def get(self, doc_id: str) -> int | None:
        rank = self._tail.ranks.get(doc_id)
        return None if rank is None else self._tail.offsets[rank]

    def put(self, doc_id: str, offset: int, doc: Doc) -> None:
        self._tail.put(doc_id, offset, doc)

    def remove(self, doc_id: str) -> None:
        self._tail.remove(doc_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tail.ranks)

    def __len__(self) -> int:
        return len(self._tail)

    def views(self, clauses: Clauses) -> list[View]:
        """Matches, those of the part that was stored first coming first."""
        tail = self._tail
        return [View(tail.matches(clauses), tail.whens, tail.id_at)]

    def seen_since(self, since: int) -> Iterator[int]:
        """Offsets of items first seen then or later, in the order in which they were stored."""
        tail = self._tail
        return iter(sorted(tail.offsets[rank] for rank in tail.ranks.values() if tail.seen[rank] >= since))
