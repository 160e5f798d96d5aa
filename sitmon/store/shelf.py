"""The folder in which the segments of one journal stand, and which of them are the ones to use.

A segment's name is the stretch of the journal that it covers. Those in use are, from the journal's start on, at each
place the one that reaches farthest; so a joined segment takes over from its parts by being there, and no list of
segments has to be kept, or can be wrong.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sitmon.store.segment import Segment

_NAME = re.compile(r"(\d{15})-(\d{15})\.segment")


class Shelf:
    """Segments of one generation of a journal. A folder that cannot be written is as good as an empty one."""

    def __init__(self, root: Path, journal: str, generation: str, id_at: Callable[[int], str]) -> None:
        self.folder = root / f"{journal}-{generation[:12]}"
        self._root = root
        self._journal = journal
        self._generation = generation
        self._id_at = id_at

    def of(self, generation: str) -> Shelf:
        """That of another generation of the same journal."""
        return Shelf(self._root, self._journal, generation, self._id_at)

    def clear_others(self) -> None:
        """Delete the shelves of earlier generations."""
        with suppress(OSError):
            for folder in self._root.glob(f"{self._journal}-*"):
                if folder != self.folder:
                    shutil.rmtree(folder, ignore_errors=True)

    def clear(self) -> None:
        """Delete this shelf, because its journal is gone."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, start: int, end: int) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{start:015}-{end:015}.segment"

    def choose(self, start: int, end: int, have: list[Segment]) -> list[Segment]:
        """Segments that follow each other from `start` and reach as far as they do, not beyond `end`."""
        opened = {segment.path.name: segment for segment in have}
        listed = sorted(self._listed(), reverse=True)
        chosen: list[Segment] = []
        while True:
            farthest = [(stop, name) for begin, stop, name in listed if begin == start and stop <= end]
            segment = next((s for _, name in farthest if (s := opened.get(name) or self.open(name))), None)
            if segment is None:
                return chosen
            chosen.append(segment)
            start = segment.span.end

    def reaches(self, start: int, end: int = sys.maxsize) -> int:
        """How far the names alone promise to reach, not beyond `end`."""
        listed = sorted(self._listed())
        for begin, stop, _ in listed:
            if begin <= start and stop <= end:
                start = max(start, stop)
        return start

    def open(self, name: str) -> Segment | None:
        """None when it is damaged, or made of another journal."""
        try:
            segment = Segment(self.folder / name, self._id_at)
        except (OSError, ValueError, KeyError):
            return None
        return segment if segment.span.generation == self._generation else None

    def tidy(self, used: list[Segment]) -> None:
        """Delete what is not used; what another process has open goes the next time (Windows)."""
        names = {segment.path.name for segment in used}
        with suppress(OSError):
            for path in list(self.folder.iterdir()):
                if path.name not in names:
                    with suppress(OSError):
                        path.unlink()

    def _listed(self) -> list[tuple[int, int, str]]:
        try:
            found = [_NAME.fullmatch(path.name) for path in self.folder.iterdir()]
        except OSError:
            return []
        return [(int(m[1]), int(m[2]), m[0]) for m in found if m]
