"""The watch: alerts, timeline and regions side by side or stacked, as the terminal allows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from sitmon.picture import AskCard, AskRecord, Card, FromDesk, Page, Record, Situation
from sitmon.tui import keys
from sitmon.tui.cards import alert as alert_card
from sitmon.tui.cards import item as item_card
from sitmon.tui.cards import region as region_card
from sitmon.tui.cards.text import BLANK, head, items, page
from sitmon.tui.messages import Tell
from sitmon.tui.panes.alerts import Alerts
from sitmon.tui.panes.detail import Detail, Scroll
from sitmon.tui.panes.regions import Regions, Strip
from sitmon.tui.panes.timeline import Timeline
from sitmon.tui.screens.ask import Ask
from sitmon.tui.screens.frame import Frame
from sitmon.tui.widgets.lines import Lines

PANES = ("alerts", "timeline", "regions", "detail")
DWELL = 0.2
"""Seconds that the cursor rests on a row before the detail pane asks for it: holding a key down asks nothing."""


class Watch(Frame):
    """The first screen, and the one that every other returns to."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("watch")

    def __init__(self) -> None:
        super().__init__()
        self._zoomed = ""
        self._last = "alerts"
        """The pane that the officer chose last."""
        self._version = -1
        self._wanted = ""
        """Id of what the detail pane waits for or shows."""
        self._record: Record | None = None
        self._resting: Timer | None = None

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Alerts(id="alerts")
                yield Timeline(id="timeline")
                yield Strip(id="strip")
            with Vertical(id="right"):
                yield Regions(id="regions")
                yield Static(id="drivers")
                yield Detail(id="detail")

    def on_mount(self) -> None:
        self.query_one(Alerts).focus()

    @property
    def is_idle(self) -> bool:
        return self._resting is None

    # ---------------------------------------------------------------- what the desk says

    def show(self, situation: Situation) -> None:
        self.query_one(Alerts).take(situation)
        for regions in self.query(Regions):
            regions.take(situation)
        timeline = self.query_one(Timeline)
        timeline.now = situation.as_of
        if situation.version != self._version:
            self._version = situation.version
            timeline.renew()
        self._drivers()
        self._detail_of(self._wanted)

    def ask_again(self) -> None:
        self.query_one(Timeline).renew()

    def hear(self, answer: FromDesk) -> None:
        match answer:
            case Page():
                self.query_one(Timeline).hear(answer)
            case Card() if answer.item.id == self._wanted:
                self._put(item_card.show(answer))
            case Record() if answer.subject == self._wanted:
                self._record = answer
                self._detail_of(answer.subject)
            case _:
                pass

    # ---------------------------------------------------------------- the detail pane and the drivers

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        if isinstance(message.lines, Regions):
            self._drivers()
        if message.lines.has_focus:
            self._rest()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual calls the frame's own too
        self.call_after_refresh(self._refocus)

    def _refocus(self) -> None:
        """Textual gives the focus of a hidden widget to its neighbour; the pane may have another widget now."""
        if self.is_current and not self.has_class("-small"):
            gone = self._last == "detail" and not self.has_class("-broad")
            self._pane("alerts" if gone else self._last).focus()

    def on_click(self) -> None:
        self._last = self._focused_pane()

    def on_descendant_focus(self) -> None:
        self._rest()

    def _rest(self) -> None:
        """Ask for what the cursor is on, once it has rested there."""
        if self.has_class("-broad"):
            if self._resting:
                self._resting.stop()
            self._resting = self.set_timer(DWELL, self._detail)

    def _detail(self) -> None:
        """Ask for what the cursor rests on."""
        self._resting = None
        match self.focused:
            case Timeline(item_id=str(subject)) if subject != self._wanted:
                self._wanted = subject
                self.post_message(Tell(AskCard(subject)))
            case Alerts(key=str(subject)) | Regions(key=str(subject)) if subject != self._wanted:
                self._wanted, self._record = subject, None
                self._detail_of(subject)
                self.post_message(Tell(AskRecord(subject)))
            case _:
                pass

    def _detail_of(self, subject: str) -> None:
        """Show the alert or region of that id, if it is one, with what its record tells."""
        situation, record = self.desk.situation, self._record
        found = [alert_card.show(alert, record) for alert in situation.alerts if alert.id == subject]
        found += [region_card.show(status, record) for status in situation.regions if status.id == subject]
        if found and self.has_class("-broad"):
            behind = [BLANK, head("ITEMS"), *items(record.rows, situation.as_of)] if record else []
            self._put(page([*found, *behind]))

    def _put(self, content: Content) -> None:
        for detail in self.query(Detail):  # none while the screen is being taken down
            detail.put(content)

    def _drivers(self) -> None:
        status = self.query_one("#regions", Regions).status
        self.query_one("#drivers", Static).update(page(region_card.brief(status)) if status else Content(""))

    # ---------------------------------------------------------------- keys

    def _pane(self, name: str) -> Widget:
        """The widget that is this pane at the present width."""
        if name == "detail":
            return self.query_one(Detail).query_one(Scroll)
        strip = name == "regions" and self.has_class("-narrow") and self._zoomed != "regions"
        return self.query_one("#strip" if strip else f"#{name}")

    def _shown(self) -> list[str]:
        """The panes that Tab goes through: those in view, or while one is zoomed those that could be."""
        if self._zoomed:
            return [name for name in PANES if name != "detail" or self.has_class("-broad")]
        return [name for name in PANES if self._pane(name).is_on_screen]

    def _focused_pane(self) -> str:
        return next((name for name in PANES if self._pane(name).has_focus), "alerts")

    def action_pane(self, name: str) -> None:
        self._last = name
        if self._zoomed:
            self._zoom(name)
        self._pane(name).focus()

    def action_next_pane(self, step: int = 1) -> None:
        names, here = self._shown(), self._focused_pane()
        self.action_pane(names[(names.index(here) + step) % len(names)] if here in names else names[0])

    def action_previous_pane(self) -> None:
        self.action_next_pane(-1)

    def action_zoom(self) -> None:
        pane = self._focused_pane()
        self._zoom("" if self._zoomed else pane)
        self._pane(pane).focus()

    def _zoom(self, name: str) -> None:
        self._zoomed = name
        for pane in PANES:
            self.set_class(pane == name, f"-zoom-{pane}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "pane" and parameters == ("detail",):
            return self.has_class("-broad")
        return super().check_action(action, parameters)

    def action_pause(self) -> None:
        timeline = self.query_one(Timeline)
        timeline.hold(not timeline.held)
        self.desk.paused = timeline.held
        self.tick()

    def action_filter(self) -> None:
        timeline = self.query_one(Timeline)

        def done(text: str | None) -> None:
            if text is not None and text != timeline.question:
                timeline.ask_for(text)
                self.action_pane("timeline")

        self.app.push_screen(
            Ask(
                "Filter the timeline",
                hint="words, region:ML.Kidal, killed>=10, since:24h; empty: all",
                value=timeline.question,
                optional=True,
            ),
            done,
        )

    def action_search(self) -> None:
        def done(text: str | None) -> None:
            if text:
                self.desk.search(text)

        self.app.push_screen(
            Ask("Search", hint='words, "a phrase", region:ML, actor:jnim, type:battles, killed>=10'), done
        )

    def action_regions(self) -> None:
        self.desk.view_regions()

    def action_feeds(self) -> None:
        self.desk.view_feeds()

    def action_log(self) -> None:
        self.desk.view_log()

    def action_handover(self) -> None:
        self.desk.view_handover()

    def action_look_back(self) -> None:
        hint = "221530ZNOV26, 1530Z, or how long ago: 90m, 2h, 3d; empty: now"
        self.app.push_screen(
            Ask("Show the situation as it stood at", hint=hint, optional=True), lambda text: self.desk.look_back(text)
        )
