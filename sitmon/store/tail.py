"""The newest part of a journal's index, in memory, until it is sealed into a segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitmon.store import keys
from sitmon.store.lines import Doc


class Tail:
    """Items by rank, which is the order of their arrival."""

    def __init__(self) -> None:
        self.offsets: list[int] = []
        self.whens: list[int] = []
        self.seen: list[int] = []
        self.ranks: dict[str, int] = {}
        """Item id to the rank of its latest version here."""
        self.postings: dict[str, list[int]] = {}
        self.dead: set[int] = set()
        self.removed: set[str] = set()
        """Ids of which earlier parts may hold a version that is no longer valid."""
        self._ids: list[str] = []

    def __len__(self) -> int:
        return len(self.ranks)

    def put(self, item_id: str, offset: int, doc: Doc) -> None:
        self.remove(item_id)
        rank = len(self.offsets)
        self.offsets.append(offset)
        self.whens.append(keys.when(doc))
        self.seen.append(keys.first_seen(doc))
        self._ids.append(item_id)
        self.ranks[item_id] = rank
        for key in keys.of(doc):
            self.postings.setdefault(key, []).append(rank)

    def remove(self, item_id: str) -> None:
        """Forget the version held here; those of earlier parts are `removed` by the caller, who knows of them."""
        rank = self.ranks.pop(item_id, None)
        if rank is not None:
            self.dead.add(rank)

    def id_at(self, rank: int) -> str:
        return self._ids[rank]

    def matches(self, clauses: keys.Clauses) -> Sequence[int]:
        """Ranks of what answers all clauses, in the order of their times."""
        if not clauses:
            return self._ordered(range(len(self.offsets)))
        ranks: set[int] | None = None
        for group in sorted(clauses, key=self._size):
            found = {rank for key in group for rank in self.postings.get(key, ())}
            ranks = found if ranks is None else ranks & found
            if not ranks:
                return ()
        return self._ordered(sorted(ranks or ()))

    def _ordered(self, ranks: Iterable[int]) -> Sequence[int]:
        """Equal times stay in the order of arrival."""
        return sorted((rank for rank in ranks if rank not in self.dead), key=self.whens.__getitem__)

    def _size(self, group: tuple[str, ...]) -> int:
        return sum(len(self.postings.get(key, ())) for key in group)
