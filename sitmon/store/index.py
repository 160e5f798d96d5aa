"""Where the items of one month's journal lie, and which of them answer a question.

The newest items are in a `Tail`; when it is full it is sealed into a `Segment`, and segments of a size are joined, so
that a million items stand in some twenty of them. All of that happens in a thread beside the writer: what it works on
does not change, and its result is taken in between two transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitmon.store import build
from sitmon.store.beside import Beside, Take
from sitmon.store.compact import Copy, Latest
from sitmon.store.file import JournalFile
from sitmon.store.found import View
from sitmon.store.keys import Clauses
from sitmon.store.layout import Other, Span
from sitmon.store.lines import Doc
from sitmon.store.segment import Hashes, Segment, digest
from sitmon.store.shelf import Shelf
from sitmon.store.tail import Tail

SEAL = 2048
"""Items in memory before they are sealed; opening reads as many from the journal, at 70 µs each."""
FAN = 8
"""Segments of a size that are joined: each item is written log8(128k / 2k) + 1 = 3 times to an index."""
_ABSENT = 8192
"""Ids that are known to be absent: four full tails, and 1 MiB of memory."""
_PAUSE = 100
"""Transactions between two tries to write an index that could not be written."""
LARGEST = 65_536
"""Items of a segment that is not joined any more; joining takes a second of cpu and 60 MB up to here."""


@dataclass(frozen=True, slots=True)
class Question:
    """Clauses as a tail and as a segment understand them."""

    clauses: Clauses
    hashes: Hashes

    @staticmethod
    def of(clauses: Clauses) -> Question:
        return Question(clauses, tuple(tuple(map(digest, group)) for group in clauses))


class ItemIndex:
    """The places of table `items` in one journal."""

    def __init__(self, shelf: Shelf, start: int) -> None:
        self.shelf = shelf
        self.start = start
        self.segments: list[Segment] = []
        self.frozen: Tail | None = None
        """Being sealed."""
        self.tail = Tail()
        self.tail_start = start
        """Where in the journal the tail begins."""
        self._absent: set[str] = set()
        """Ids that were lately looked for in vain, and not stored since: most of what is new is put right after."""
        self._beside = Beside()
        self._sealing: Callable[[], Take]
        self._pause = 0

    # ---------------------------------------------------------------- places

    def get(self, doc_id: str) -> int | None:
        if doc_id in self._absent:
            return None
        for tail in self._tails():
            if doc_id in tail.ranks:
                return tail.offsets[tail.ranks[doc_id]]
        id_hash = digest(doc_id)
        for segment in reversed(self.segments):
            rank = segment.find(id_hash)
            if rank is not None:
                return segment.offsets[rank]
        if len(self._absent) >= _ABSENT:
            self._absent.clear()
        self._absent.add(doc_id)
        return None

    def put(self, doc_id: str, offset: int, doc: Doc) -> None:
        self.tail.put(doc_id, offset, doc)
        if self.kill_before(doc_id):
            self.tail.gone.add(doc_id)
        self._absent.discard(doc_id)

    def remove(self, doc_id: str) -> None:
        self.kill(doc_id)
        self.tail.gone.add(doc_id)

    def __iter__(self) -> Iterator[str]:
        for segment in self.segments:
            yield from map(segment.id_at, segment.matches(()))
        for tail in reversed(self._tails()):
            yield from tuple(tail.ranks)

    def __len__(self) -> int:
        return sum(map(len, self.segments)) + sum(map(len, self._tails()))

    def kill(self, doc_id: str) -> bool:
        """Take an item out; False when it is not here."""
        return self.kill_before(doc_id) or self.tail.kill(doc_id)

    def kill_before(self, doc_id: str) -> bool:
        """Take the version out that is older than the tail."""
        if doc_id in self._absent:
            return False
        if self.frozen is not None and self.frozen.kill(doc_id):
            return True
        id_hash = digest(doc_id)
        return any(segment.kill(id_hash) for segment in reversed(self.segments))

    def kill_all(self, hashes: set[int]) -> None:
        """The same for many, by the hashes of their ids."""
        if not hashes:
            return
        for segment in self.segments:
            segment.kill_all(hashes)
        for tail in self._tails():
            for item_id in [item_id for item_id in tail.ranks if digest(item_id) in hashes]:
                tail.kill(item_id)

    def kill_between(self, start: int, end: int) -> None:
        """Take out the items whose lines lie there."""
        for segment in self.segments:
            segment.kill_between(start, end)

    # ---------------------------------------------------------------- answers

    def views(self, question: Question, since: int | None, until: int | None) -> list[View]:
        """Matches within the times, those of the part that was stored first coming first."""
        views = [
            View.between(segment.matches(question.hashes), segment.whens, segment.id_at, since, until)
            for segment in self.segments
            if len(segment.whens)
            and (since is None or segment.whens[-1] >= since)
            and (until is None or segment.whens[0] <= until)
        ]
        tails = reversed(self._tails())
        return views + [tail_view(tail, tail.matches(question.clauses), since, until) for tail in tails]

    def seen_since(self, since: int) -> Iterator[int]:
        """Offsets of items first seen then or later, in the order in which they were stored."""
        for segment in self.segments:
            ranks = [rank for rank, seen in enumerate(segment.seen) if seen >= since and not segment.is_dead(rank)]
            yield from sorted(segment.offsets[rank] for rank in ranks)
        for tail in reversed(self._tails()):
            yield from sorted(tail.offsets[rank] for rank in tuple(tail.ranks.values()) if tail.seen[rank] >= since)

    # ---------------------------------------------------------------- segments

    def waste(self) -> float:
        """Which share of the item lines of the journal no longer counts."""
        lines = sum(segment.span.lines for segment in self.segments) + sum(len(t.offsets) for t in self._tails())
        return 1 - len(self) / lines if lines else 0.0

    def copy(self, file: JournalFile, latest: Latest, done: Callable[[], None]) -> None:
        """Begin to compact the journal, all of which is sealed but for the tail."""
        copy = Copy(file, list(self.segments), self.shelf, latest)
        self._beside.start(lambda: copy.make(done))

    def adopt(self, end: int) -> int:
        """Take over the segments that stand on the shelf; where the journal must be read from."""
        self.segments = self.shelf.choose(self.start, end, self.segments)
        for number, segment in enumerate(self.segments):
            gone = set(segment.gone)
            for earlier in self.segments[:number]:
                earlier.kill_all(gone)
        self.tail, self.frozen = Tail(), None
        self._absent.clear()
        self.tail_start = self.segments[-1].span.end if self.segments else self.start
        return self.tail_start

    def gone(self) -> set[int]:
        """Hashes of ids of which journals of earlier months may hold versions that no longer count."""
        sealed = {id_hash for segment in self.segments for id_hash in segment.gone}
        return sealed.union(*(map(digest, tail.gone) for tail in self._tails()))

    def is_full(self, times: float = 1) -> bool:
        return len(self.tail.offsets) >= times * SEAL

    def is_idle(self) -> bool:
        return self._beside.finish() and self.frozen is None

    def finish(self) -> None:
        """Wait for what runs beside, and take it in."""
        self._beside.finish(wait=True)

    def seal(self, span: Span, others: Sequence[Other]) -> None:
        """Begin to seal the tail, which reaches to `span.end`. The first `tend` after it is done takes the result."""
        self.frozen, self.tail = self.tail, Tail()
        self.tail_start = span.end
        frozen = self.frozen
        self._sealing = lambda: self._sealed(span, frozen, others)
        self._beside.start(self._sealing)

    def tend(self) -> None:
        """Take in what was done beside the writer, and begin what is to be done next."""
        if not self._beside.finish() or self._is_pausing():
            return
        if self.frozen is not None:
            self._beside.start(self._sealing)  # it failed, as on a full disk
            return
        together = to_join([len(segment.whens) for segment in self.segments])
        if together:
            self._join(self.segments[-together:])

    def _is_pausing(self) -> bool:
        """After a failure, which on a full disk would be followed by the next at every transaction."""
        if self._beside.failed:
            self._beside.failed = False
            self._pause = _PAUSE
        self._pause = max(0, self._pause - 1)
        return self._pause > 0

    def _sealed(self, span: Span, frozen: Tail, others: Sequence[Other]) -> Take:
        path = self.shelf.path(span.start, span.end)
        build.seal(path, span, frozen, others)
        return lambda: self._take_sealed(path, frozen)

    def _take_sealed(self, path: Path, frozen: Tail) -> None:
        segment = self.shelf.open(path.name)
        if segment is None:
            return
        for item_id in (frozen.ids[rank] for rank in frozen.dead):
            if item_id not in frozen.ranks:
                segment.kill(digest(item_id))
        self.segments.append(segment)
        self.frozen = None

    def _join(self, sources: list[Segment]) -> None:
        dead = [frozenset(segment.dead) for segment in sources]

        def work() -> Take:
            path = self.shelf.path(sources[0].span.start, sources[-1].span.end)
            build.join(path, sources, dead)
            return lambda: self._take_joined(path, sources, dead)

        self._beside.start(work)

    def _take_joined(self, path: Path, sources: list[Segment], dead: list[frozenset[int]]) -> None:
        segment = self.shelf.open(path.name)
        if segment is None:
            return
        for source, before in zip(sources, dead, strict=True):
            for rank in source.dead:
                if rank not in before:
                    segment.kill(digest(source.id_at(rank)))
        self.segments[-len(sources) :] = [segment]
        self.shelf.tidy(self.segments)

    def _tails(self) -> list[Tail]:
        """Newest first."""
        return [self.tail] if self.frozen is None else [self.tail, self.frozen]


def tail_view(tail: Tail, ordered: Sequence[int], since: int | None, until: int | None) -> View:
    """A tail's ranks are in the order of arrival: number its matches anew, in the order of their times."""
    whens = [tail.whens[rank] for rank in ordered]
    return View.between(range(len(ordered)), whens, lambda place: tail.ids[ordered[place]], since, until)


def to_join(sizes: Sequence[int]) -> int:
    """How many of the last segments are to become one: at least `FAN`, none of them larger than all others together."""
    for count in range(len(sizes), FAN - 1, -1):
        last = sizes[-count:]
        if max(last) <= LARGEST and max(last) * 2 <= sum(last):
            return count
    return 0
