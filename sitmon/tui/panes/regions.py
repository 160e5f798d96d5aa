"""REGIONS: how each region stands; a column where there is room for one, a strip where there is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.strip import Strip as Line

from sitmon.model import Level, RegionStatus, Trend
from sitmon.picture import Situation
from sitmon.tui import keys
from sitmon.tui.marks import LEVELS, TRENDS, Cell, fit, level, spark
from sitmon.tui.messages import Open
from sitmon.tui.verbs import RegionVerbs
from sitmon.tui.widgets.lines import Lines

BOARD = "board"
"""Kind of the regions that the operator listed."""


class Regions(RegionVerbs, Lines[RegionStatus], can_focus=True):
    """One line a region: name, level, trend, seven days, sources alive; where there is room also what drives it."""

    NAME = "REGIONS"
    EMPTY = "no region is assessed yet"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown: tuple[RegionStatus, ...] | None = None
        self._top = 0.0
        self._board: set[str] = set()
        """Names of the regions that the operator listed."""

    def take(self, situation: Situation) -> None:
        """Show its regions, unless they are as they were."""
        if situation.regions != self._shown:
            self._shown = situation.regions
            self._top = max((value for status in self._shown for value in status.spark), default=0.0)
            self._board = {status.name for status in self._shown if status.kind == BOARD}
            self._strips.clear()
            self.show(self._shown)

    def key_of(self, row: RegionStatus) -> str:
        return row.id

    @property
    def status(self) -> RegionStatus | None:
        return self.row

    def action_open(self) -> None:
        if self.row:
            self.post_message(Open("region", self.row.id))

    def heading(self) -> list[Cell]:
        blind = sum(status.blind and status.kind == BOARD for status in self._shown or ())
        return [(f" {blind} BLIND", "bold")] if blind else []

    def paint(self, row: RegionStatus, width: int) -> list[Cell]:
        name_room = max(10, min(24, width - 28))
        glyph, word, ink = LEVELS[row.level]
        rest = width - name_room - 28
        return [
            (f"{fit(_name(row), name_room)} ", "bold" if row.level >= Level.ELEVATED else ""),
            (f"{glyph} {word}", ink),
            (" " * (7 - len(word)) + ("*" if row.set_by else " "), "bold"),
            (f"{TRENDS[row.trend]} ", "$ink-quiet" if row.trend is Trend.STEADY else "bold"),
            (f"{fit(spark(row.spark, self._top), 7)} ", "$ink-quiet"),
            (fit(f"{row.sources_alive}/{row.sources_total}", 6), "bold" if row.blind else "$ink-quiet"),
            *([(f" {fit(_why(row), rest - 1)}", "$ink-quiet")] if rest > 12 else []),
        ]


def _why(status: RegionStatus) -> str:
    """What an officer set beside what is computed, why it is not to be believed, and what drives it."""
    given = f"computed {LEVELS[status.computed][1]}, set by {status.set_by}" if status.set_by else ""
    note = status.note if status.note.startswith(LOUD) or not status.drivers else ""
    return "; ".join((*filter(None, (given, note)), *(f"{d.what} {d.share:.0%}" for d in status.drivers)))


LOUD = ("BLIND", "REVIEW")
"""Notes that no driver may hide."""


def _name(status: RegionStatus) -> str:
    """As the operator named it; what is not on the board also says in which country it lies."""
    country, _, inner = status.id.partition(".")
    return f"{status.name}, {country}" if inner and status.kind != BOARD else status.name


class Strip(Regions):
    """The same regions side by side under their title, for narrow screens: `Kidal ◆SEVERE  ML ▲HIGH`."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("strip")

    @property
    def page_size(self) -> int:
        return 1000  # what does not fit is counted at the end; it is never scrolled to

    def render_line(self, y: int) -> Line:
        if y == 0 or not self._shown:
            return super().render_line(y)
        lines = self._lines(self.size.width, self.size.height - 1)
        return self._strip(lines[y - 1] if y <= len(lines) else [], self.size.width, self.rich_style)

    def _lines(self, width: int, room: int) -> list[list[Cell]]:
        """The regions in `room` lines; where they do not fit, the calmest give way, and are counted at the end."""
        shown = [(index, status) for index, status in enumerate(self._shown or ()) if self._matters(index, status)]
        calm_first = sorted(shown, key=lambda pair: (pair[0] == self.cursor, pair[1].level or Level.ELEVATED, -pair[0]))
        lines = _flow([self._short(status, index == self.cursor) for index, status in shown], width)
        left = 0
        while len(lines) > room and calm_first:
            shown.remove(calm_first.pop(0))
            left += 1
            cells = [self._short(status, index == self.cursor) for index, status in shown]
            lines = _flow([*cells, [(f" +{left} (R)", "bold")]], width)
        return lines

    def _matters(self, index: int, status: RegionStatus) -> bool:
        """The operator's board; of the rest what is elevated, but for areas and names that the board has itself."""
        if status.kind == BOARD or index == self.cursor or not self._board:
            return True
        return status.level >= Level.ELEVATED and status.kind != "area" and status.name not in self._board

    def _short(self, status: RegionStatus, chosen: bool) -> list[Cell]:
        text, ink = level(status)
        lit = chosen and self.has_focus
        name = status.id if status.kind == "country" or len(status.id) == 2 else status.name
        name = fit(name, min(cell_len(name), 14))
        return [
            (">" if chosen else " ", "bold $ink-accent"),
            (f"{name} ", "bold on $ink-cursor" if lit else "bold" if status.level >= Level.ELEVATED else ""),
            (f"{text}{TRENDS[status.trend] if status.trend is not Trend.STEADY else ''}", ink),
            (" ", ""),
        ]

    def move(self, to: int) -> None:
        super().move(to)
        self.refresh()


def _flow(entries: Sequence[list[Cell]], width: int) -> list[list[Cell]]:
    """Entries one after the other, none torn over two lines."""
    lines: list[list[Cell]] = [[]]
    used = 0
    for cells in entries:
        size = sum(cell_len(text) for text, _ in cells)
        if used + size > width + 1:  # the blank at the end of an entry may fall off
            lines.append([])
            used = 0
        lines[-1] += cells
        used += size
    return lines
