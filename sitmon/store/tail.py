"""The newest part of an index, in memory, until it is sealed into a segment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sitmon import terms
from sitmon.store import keys
from sitmon.store.lines import Doc
from sitmon.written import Written


class Tail:
    """Items by rank, which here is the order of their arrival."""

    def __init__(self) -> None:
        self.offsets: list[int] = []
        self.whens: list[int] = []
        self.seen: list[int] = []
        self.ids: list[str] = []
        self.terms: list[str] = []
        """Of each item, one a line. They are sorted out when they are asked for: a collector stores and seals, and most
        of its tails are never searched."""
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        self._sorted_out = 0
        """How many items are in the postings."""
        self.ranks: dict[str, int] = {}
        """Item id to the rank of its version here, if that is still valid."""
        self.dead: set[int] = set()
        self.gone: set[str] = set()
        """Ids of which earlier parts may hold a version, which is no longer valid."""

    def __len__(self) -> int:
        return len(self.ranks)

    def put(self, item_id: str, offset: int, doc: Doc) -> None:
        """KeyError, ValueError or TypeError, before anything has changed, when the document is no item."""
        when, seen, found = _read(doc)
        self.kill(item_id)
        self.ranks[item_id] = len(self.offsets)
        self.offsets.append(offset)
        self.whens.append(when)
        self.seen.append(seen)
        self.ids.append(item_id)
        self.terms.append(found)

    def kill(self, item_id: str) -> bool:
        """Take an item out; False when it is not here."""
        rank = self.ranks.pop(item_id, None)
        if rank is not None:
            self.dead.add(rank)
        return rank is not None

    def id_at(self, rank: int) -> str:
        return self.ids[rank]

    def matches(self, clauses: keys.Clauses) -> Sequence[int]:
        """Ranks of what answers all clauses, in the order of their times."""
        if not clauses:
            return self._ordered(range(len(self.offsets)))
        self._sort_out()
        found: set[int] | None = None
        for group in sorted(clauses, key=self._size):
            ranks = {rank for key in group for rank in self._postings.get(key, ())}
            found = ranks if found is None else ranks & found
            if not found:
                return ()
        return self._ordered(sorted(found or ()))

    def _ordered(self, ranks: Iterable[int]) -> Sequence[int]:
        """Equal times stay in the order of arrival."""
        return sorted((rank for rank in ranks if rank not in self.dead), key=self.whens.__getitem__)

    def _sort_out(self) -> None:
        for rank in range(self._sorted_out, len(self.terms)):
            for term in self.terms[rank].split("\n"):
                self._postings[term].append(rank)
        self._sorted_out = len(self.terms)

    def _size(self, group: tuple[str, ...]) -> int:
        return sum(len(self._postings.get(key, ())) for key in group)


def _read(doc: Doc) -> tuple[int, int, str]:
    """Times, and terms one a line."""
    if isinstance(doc, Written):
        return doc.when, doc.first_seen, doc.terms
    return terms.when(doc), terms.first_seen(doc), "\n".join(terms.of(doc))
