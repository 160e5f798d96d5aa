"""ALERTS: what asks for the officer, unseen first."""

from __future__ import annotations

from collections import Counter

from sitmon.model import Alert, AlertState, Entry, Priority
from sitmon.picture import Situation
from sitmon.tui.marks import PRIORITIES, STATES, Cell, fit, place
from sitmon.tui.messages import Open
from sitmon.tui.times import stamp
from sitmon.tui.verbs import AlertVerbs
from sitmon.tui.widgets.lines import Lines

WORDS = (
    (AlertState.NEW, "new"),
    (AlertState.RETURNED, "returned"),
    (AlertState.ACKNOWLEDGED, "ack"),
    (AlertState.WATCHING, "on watch"),
    (AlertState.SHELVED, "shelved"),
)


class Alerts(AlertVerbs, Lines[Alert], can_focus=True):
    """One line an alert: priority, state, time, place, rating, title, rule, how often."""

    NAME = "ALERTS"
    EMPTY = "no alert is open"
    FLOWS = True

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown: Situation | None = None

    def take(self, situation: Situation) -> None:
        """Show its alerts, unless they are as they were."""
        before, self._shown = self._shown, situation
        if before is None or _seen(situation) != _seen(before):
            self.show(situation.alerts)

    def key_of(self, row: Alert) -> str:
        return row.id

    def able(self, row: Alert | None) -> object:
        return row is not None and (row.is_unseen, row.state)

    @property
    def alert(self) -> Alert | None:
        return self.row

    @property
    def out(self) -> tuple[Entry, ...]:
        return self._shown.out if self._shown else ()

    def action_acknowledge(self) -> None:
        super().action_acknowledge()
        self.action_down()  # it sinks below the unseen ones; the next one is the next to read

    def action_open(self) -> None:
        if self.alert:
            self.post_message(Open("alert", self.alert.id))

    def heading(self) -> list[Cell]:
        if self._shown is None:
            return []
        alerts, suppressed = self._shown.alerts, self._shown.alarms.suppressed
        counts = Counter(alert.state for alert in alerts)
        urgent = sum(alert.priority is Priority.P1 and alert.is_unseen for alert in alerts)
        cells: list[Cell] = [(f" P1 {urgent} ", "bold reverse $ink-p1")] if urgent else []
        cells += [
            (f" {counts[state]} {word}", "bold" if state is AlertState.NEW else "")
            for state, word in WORDS
            if counts[state]
        ]
        cells += [(f" {suppressed} suppressed", "$ink-quiet")] if suppressed else []
        return [*cells, (f" {len(self.out)} out of service (O)", "bold")] if self.out else cells

    def paint(self, row: Alert, width: int) -> list[Cell]:
        glyph, state, state_style = STATES[row.state]
        code, ink = PRIORITIES[row.priority]
        times = f" ×{row.count}" if row.count > 1 else ""
        rule = f" {fit(row.rule, 18)}" if width >= 100 else ""
        where = place(row.region) if row.region else "".join(row.countries[:1]) or "--"
        title = f"{row.title} - NEW: {row.news}" if row.news else row.title
        now = self._shown.as_of if self._shown else row.updated
        return [
            (f"{glyph} ", state_style),
            (code, ink if row.is_unseen else "$ink-quiet"),
            (f" {state:<5} ", state_style),
            (f"{stamp(row.updated, now)} ", "$ink-quiet"),
            (f"{fit(where, 8)} ", "bold" if row.is_unseen else ""),
            (f"{row.rating:<2} ", "$ink-quiet"),
            (fit(title, width - 31 - len(rule) - len(times)), _weight(row)),
            (rule, "$ink-quiet"),
            (times, "bold"),
        ]


def _seen(situation: Situation) -> object:
    """What the pane shows of it."""
    return situation.alerts, situation.alarms, situation.out


def _weight(alert: Alert) -> str:
    """Bright only while nobody has seen it."""
    if not alert.is_unseen:
        return "$ink-quiet" if alert.state is AlertState.SHELVED else ""
    return {Priority.P1: "bold $ink-p1", Priority.P2: "bold $ink-p2"}.get(alert.priority, "bold")
