"""The lines around the panes: clock, banners, keys. Each draws itself only when its words change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from sitmon.model import BLIND
from sitmon.picture import Situation
from sitmon.tui.keys import BY_ID, shown
from sitmon.tui.marks import fit

BUSY = 2
"""More alerts than this in ten minutes is more than a watch can work through (EEMUA 191: 1 in 10 minutes is steady)."""

MOST = 4
"""Banners shown at once: more would leave no room for what they are about."""
ALWAYS = frozenset({"back", "help", "quit"})
"""Labels of the keys that a footer is never without."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the clock line tells."""

    clock: str
    situation: Situation | None
    """None before the desk has said anything."""
    exercise: bool = False
    muted: bool = False
    paused: bool = False


class Bar(Widget):
    """A line, or a few, whose content is drawn when it changes."""

    def __init__(self) -> None:
        super().__init__()
        self._content = Content("")

    def put(self, content: Content) -> None:
        if content != self._content or content.spans != self._content.spans:
            self._content = content
            self.refresh()

    def render(self) -> RenderResult:
        return self._content


class ClockLine(Bar):
    """`22 1530Z NOV 26 | 1630A OSL  ALM 3/10m  FEEDS 81/84  polling 12/84`."""

    def show(self, status: Status) -> None:
        situation = status.situation
        parts = [Content.styled(status.clock, "bold")]
        if status.exercise:
            parts.append(Content.styled(" EXERCISE ", "bold reverse $ink-accent"))
        parts += [_alarms(situation), _feeds(situation)] if situation else [Content.styled("starting", "$ink-quiet")]
        if status.muted:
            parts.append(Content.styled("MUTED", "bold reverse"))
        if status.paused:
            parts.append(Content.styled("PAUSED", "bold reverse"))
        if situation and situation.collector:
            parts.append(Content.styled(situation.collector, "$ink-quiet"))
        self.put(Content("  ").join(parts))


def _alarms(situation: Situation) -> Content:
    alarms = situation.alarms
    count = f"ALM {alarms.last_10_min}/10m"
    if alarms.flood:
        return Content.styled(f"{count} FLOOD", "bold reverse $ink-p1")
    return Content.styled(count, "bold $ink-p2" if alarms.last_10_min > BUSY else "")


def _feeds(situation: Situation) -> Content:
    wanted = [feed for feed in situation.feeds if feed.enabled]
    alive = sum(feed.state.health not in BLIND for feed in wanted)
    return Content.styled(f"FEEDS {alive}/{len(wanted)}", "" if alive == len(wanted) else "bold")


class Banners(Bar):
    """One line each for what is wrong or unusual; none when all is well."""

    def show(self, banners: tuple[tuple[str, str], ...]) -> None:
        """`banners` are pairs of words and style."""
        width = self.screen.size.width or 80
        if len(banners) > MOST:
            more = len(banners) - MOST + 1
            banners = (*banners[: MOST - 1], (f"and {more} more: L lists them all", banners[MOST - 1][1]))
        self.put(Content("\n").join(Content.styled(fit(f" {words}", width), style) for words, style in banners))
        self.display = bool(banners)


class KeyLine(Bar):
    """The keys that work now, as many as fit, or for a few seconds what came of the last one."""

    SECONDS = 5.0

    def __init__(self) -> None:
        super().__init__()
        self._said: Content | None = None
        self._until: Timer | None = None

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.list_keys()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        self.list_keys()

    def say(self, text: str, *, warn: bool) -> None:
        """Show `text` for a while."""
        self._said = Content.styled(fit(f" {text}", self.size.width), "bold reverse" if warn else "bold")
        self.put(self._said)
        if self._until:
            self._until.stop()
        self._until = self.set_timer(self.SECONDS * (2 if warn else 1), self._unsay)

    def _unsay(self) -> None:
        self._said = None
        self.list_keys()

    def list_keys(self) -> None:
        """Pick by rank what fits the width."""
        if self._said is not None:
            return
        seen: dict[str, tuple[int, str, str]] = {}
        for key, (_, binding, enabled, _) in self.screen.active_bindings.items():
            known = BY_ID.get(binding.id or "")
            if known and known.rank and enabled and binding.id not in seen:
                seen[known.id] = (known.rank, shown(key), known.label)
        chosen = _fitting(sorted(seen.values()), self.size.width)
        self.put(
            Content("  ").join(Content.assemble((key, "bold $ink-accent"), " ", label) for _, key, label in chosen)
        )


def _fitting(keys: list[tuple[int, str, str]], width: int) -> list[tuple[int, str, str]]:
    """Keys by rank as far as they fit; those that lead on from anywhere are kept before any other."""

    def size(chosen: Iterable[tuple[int, str, str]]) -> int:
        return sum(len(key) + len(label) + 3 for _, key, label in chosen) - 2

    chosen = [key for key in keys if key[2] in ALWAYS]
    for key in keys:
        if key not in chosen:
            if size([*chosen, key]) > width:
                break
            chosen.append(key)
    return sorted(chosen)
