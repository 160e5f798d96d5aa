"""The screen's process: it shows what the desk says, and tells it what the officer does.

Nothing here waits: what comes from the desk is drawn at most once a second, but for answers to the officer's own keys,
which are drawn at once. While there is no desk a banner says so, and the screen goes on showing what it knew.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from sitmon.dtg import dtg
from sitmon.model import Priority
from sitmon.picture import Act, AskCard, Card, Done, FromDesk, LookBack, Refused, Situation, ToDesk
from sitmon.tui import keys, times
from sitmon.tui.cards import item as item_card
from sitmon.tui.exchange import Exchange
from sitmon.tui.guard import Colourless, Guard
from sitmon.tui.link import Connect
from sitmon.tui.messages import Copy, Heard, LinkChanged, Open, Say, Tell, Use
from sitmon.tui.screens.about import AlertView, FeedView, ItemView, LogView, RegionView
from sitmon.tui.screens.ask import Ask, Confirm
from sitmon.tui.screens.frame import Frame
from sitmon.tui.screens.handing import HandoverView
from sitmon.tui.screens.help import HelpView, LinkView
from sitmon.tui.screens.lists import FeedsView, RegionsView, SearchView
from sitmon.tui.screens.watch import Watch
from sitmon.tui.themes import NAMES, THEMES
from sitmon.tui.widgets.bars import Status

CALM = 1.0
"""Seconds between two repaints that nobody asked for: arrivals are drawn together."""


class SitmonApp(App[int], inherit_bindings=False):
    """`connect` opens the link to the desk; `clock` tells the time, aware."""

    CSS_PATH = "sitmon.tcss"
    TITLE = "sitmon"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("app")

    def __init__(
        self,
        connect: Connect,
        *,
        zone: str | None = None,
        theme: str | None = None,
        ascii_only: bool = False,
        rebound: Mapping[str, str] | None = None,
        exercise: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        self._guards: list[LineFilter] = [Guard(ascii_only=ascii_only)]
        if self.no_color:
            self._guards.append(Colourless())
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme if theme in NAMES else "mono" if self.no_color else "dark"
        self.rebound = dict(rebound or {})
        self.set_keymap(self.rebound)
        self._wrong = _wrong(theme, self.rebound)
        self._clock = clock
        self._exchange = Exchange(
            connect,
            heard=lambda message: self.post_message(Heard(message)),
            changed=self._link_changed,
        )
        self._zone_name, self._zone = zone, times.zone_of(zone)
        self.situation = Situation(as_of=clock(), exercise=exercise)
        self.known = False
        """Whether the desk has said anything yet."""
        self._present = self.situation.as_of
        """The time of the last situation that was not looked back to."""
        self._latest: Situation | None = None
        """Came, but is not drawn yet."""
        self._drawn_at = float("-inf")
        self._trouble = ""
        self._as_of: datetime | None = None
        self._rung: set[str] | None = None
        self._uses: dict[str, str] = {}
        """Items whose card is waited for, and what to do with it."""
        self.muted = False
        self.paused = False

    # ---------------------------------------------------------------- what every screen shows

    @property
    def now(self) -> datetime:
        """The time that the watch is at: the exercise's own, the one looked back to, else the clock's."""
        if self.situation.exercise or self._as_of:
            return self.situation.as_of
        return self._clock()

    @property
    def status(self) -> Status:
        clock = times.clock(self.now, self._zone_name, self._zone)
        if self.situation.exercise and not self.known:
            clock = "-- ----Z"  # the exercise's time is not known yet, and the real one is not shown in it
        known = self.situation if self.known else None
        return Status(clock, known, self.situation.exercise, self.muted, self.paused)

    @property
    def banners(self) -> tuple[tuple[str, str], ...]:
        """Words and style of what is wrong or unusual."""
        banners = [(trouble, "bold reverse $ink-p2") for trouble in (*self._wrong, *self.situation.trouble)]
        if self._trouble:
            words = f"NO DESK: {self._trouble}; starting it again. What you see may be old."
            banners.insert(0, (words, "bold reverse $ink-p1"))
        if self._as_of:
            words = f"AS IT STOOD AT {dtg(self._as_of)}: not the present. T and Enter: back to now"
            banners.append((words, "bold reverse $ink-accent"))
        return tuple(banners)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return self._guards

    @property
    def is_idle(self) -> bool:
        """Whether everything that came is drawn, and everything to be told is on its way."""
        told = self._exchange.is_idle and not self._uses
        return told and self._latest is None and all(frame.is_idle for frame in self.frames())

    def frames(self) -> list[Frame]:
        return [screen for screen in self.screen_stack if isinstance(screen, Frame)]

    # ---------------------------------------------------------------- the link

    def on_mount(self) -> None:
        self.push_screen(Watch())
        self.call_after_refresh(self._start)  # the first frame comes before the desk is even started

    def _start(self) -> None:
        self.run_worker(self._exchange.keep(), name="desk")
        gc.collect()
        gc.freeze()  # a full collection of what textual imported cost a key 30 ms now and then
        self._next_minute()
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows has none
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._leave)

    def tell(self, message: ToDesk) -> None:
        """Send, or say that it cannot be sent."""
        sent = self._exchange.tell(message)
        if isinstance(message, Act) and sent:
            self.say(f"{message.verb} ...")
        elif isinstance(message, Act):
            self.say(f"{message.verb} was NOT done: there is no desk; try again when it is back", warn=True)

    def _link_changed(self, trouble: str) -> None:
        unconfirmed = ", ".join(f"{act.verb} {act.subject}" for act in self._exchange.unconfirmed)
        self.post_message(LinkChanged(trouble, unconfirmed))

    def on_link_changed(self, message: LinkChanged) -> None:
        self._trouble = message.trouble
        if message.unconfirmed:
            self.say(f"not confirmed: {message.unconfirmed}; look whether it was done", warn=True)
        if not message.trouble:
            if self._as_of:
                self.tell(LookBack(self._as_of))
            for frame in self.frames():
                frame.ask_again()
        self._tick()

    # ---------------------------------------------------------------- what the desk says

    def on_heard(self, message: Heard) -> None:
        match message.what:
            case Situation() as situation:
                self._ring(situation)
                first = self._latest is None
                self._latest = situation
                if first:
                    wait = self._drawn_at + CALM - asyncio.get_running_loop().time()
                    self.set_timer(max(0.001, wait), self._draw)
            case Done(verb, _, note):
                self.say(note or f"{verb}: in the watch log")
                self._drawn_at = float("-inf")
                self._draw()
            case Refused(verb, _, reason):
                if verb.startswith("look"):
                    self._as_of = None
                    self._tick()
                self.say(f"{verb} was NOT done: {reason}", warn=True)
            case answer:
                self._answer(answer)

    def _draw(self) -> None:
        """Draw what came last, if it is not drawn yet."""
        if self._latest is None:
            return
        self.situation, self._latest, self.known = self._latest, None, True
        if self._as_of is None:
            self._present = self.situation.as_of
        self._drawn_at = asyncio.get_running_loop().time()
        for frame in self.frames():
            frame.tick()
            frame.show(self.situation)

    def _answer(self, answer: FromDesk) -> None:
        if isinstance(answer, Card) and (purpose := self._uses.pop(answer.item.id, None)):
            self._use(answer, purpose)
        for frame in self.frames():
            frame.hear(answer)

    def _ring(self, situation: Situation) -> None:
        """Ring once for each new P1; not for those that were there at the start, nor for the past."""
        urgent = {a.id for a in situation.alerts if a.priority is Priority.P1 and a.is_unseen}
        if self._as_of:
            return
        if self._rung is not None and urgent - self._rung and not self.muted:
            self.bell()
        self._rung = urgent  # one that was seen and comes back rings again

    def _tick(self) -> None:
        for frame in self.frames():
            frame.tick()

    def _next_minute(self) -> None:
        """The clock shows minutes, so it is drawn once a minute."""
        self._tick()
        now = self._clock()
        self.set_timer(60.05 - now.second - now.microsecond / 1e6, self._next_minute)

    # ---------------------------------------------------------------- what panes and views say

    def on_tell(self, message: Tell) -> None:
        what = message.what
        if message.lasting and isinstance(what, Act):
            what = replace(what, until=self.now + message.lasting)
        self.tell(what)

    def on_open(self, message: Open) -> None:
        match message.kind:
            case "item":
                self.push_screen(ItemView(message.subject, explain=message.explain))
            case "alert":
                self.push_screen(AlertView(message.subject))
            case "region":
                self.push_screen(RegionView(message.subject))
            case "feed":
                self.push_screen(FeedView(message.subject))

    def on_use(self, message: Use) -> None:
        self._uses[message.item] = message.purpose
        self.tell(AskCard(message.item))

    def _use(self, card: Card, purpose: str) -> None:
        link = card.item.link
        if purpose == "cite":
            self.copy(item_card.cite(card))
        elif link is None:
            self.say("The feed gave no link for this item.", warn=True)
        elif purpose == "url":
            self.copy(link)
        else:
            self.push_screen(LinkView(link))

    def on_copy(self, message: Copy) -> None:
        self.copy(message.text)

    def copy(self, text: str) -> None:
        self.copy_to_clipboard(text)
        self.say(f"copied: {text}")

    def on_say(self, message: Say) -> None:
        self.say(message.text, warn=message.warn)

    def say(self, text: str, *, warn: bool = False) -> None:
        """A line at the foot of every screen that is open."""
        for frame in self.frames():
            frame.say(text, warn=warn)

    # ---------------------------------------------------------------- keys that work everywhere

    def on_key(self, event: events.Key) -> None:
        """A letter that no widget took was typed ahead into a question that was only opening."""
        if isinstance(self.screen, Ask) and event.is_printable and event.character:
            self.screen.typed(event.character)

    def action_help(self) -> None:
        if not isinstance(self.screen, HelpView):
            self.push_screen(HelpView())

    def action_mute(self) -> None:
        self.muted = not self.muted
        self.say("bell muted" if self.muted else "bell rings for new P1")
        self._tick()

    def action_poll(self) -> None:
        self.tell(Act("poll"))

    async def action_quit(self) -> None:
        """Leave; ask first while a P1 is not acknowledged."""
        waiting = sum(a.priority is Priority.P1 and a.is_unseen for a in self.situation.alerts)
        if waiting and not self._as_of:
            question = f"{waiting} P1 not acknowledged. Quit all the same?"
            self.push_screen(Confirm(question), lambda yes: self._leave() if yes else None)
        else:
            self._leave()

    def _leave(self) -> None:
        self.say("leaving: what is stored is being closed ...")
        self.run_worker(self._part(), name="leave")

    async def _part(self) -> None:
        await self._exchange.leave()
        self.exit(0)

    def search(self, question: str) -> None:
        self.push_screen(SearchView(question))

    def view_regions(self) -> None:
        self.push_screen(RegionsView())

    def view_feeds(self) -> None:
        self.push_screen(FeedsView())

    def view_log(self) -> None:
        self.push_screen(LogView())

    def view_handover(self) -> None:
        self.push_screen(HandoverView())

    def look_back(self, text: str | None) -> None:
        """Show the past from `text` on; the present when it is empty."""
        if text is None:
            return
        try:
            self._as_of = (
                times.moment(text, self._present if self.situation.exercise else self._clock()) if text else None
            )
        except ValueError as error:
            self.say(str(error), warn=True)
            return
        self.tell(LookBack(self._as_of))
        for frame in self.frames():
            frame.ask_again()
        self._tick()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action that works now, and the themes."""
        seen = set()
        for name, (node, binding, enabled, _) in screen.active_bindings.items():
            known = keys.BY_ID.get(binding.id or "")
            if known and enabled and known.id not in seen and known.id != "palette":
                seen.add(known.id)
                action = binding.action

                async def run(action: str = action, node: object = node) -> None:
                    await self.run_action(action, node)  # type: ignore[arg-type]

                yield SystemCommand(f"{known.id}: {known.help}", f"key {keys.shown(name)}", run)
        for theme in NAMES:
            yield SystemCommand(f"theme {theme}", "colours", lambda theme=theme: setattr(self, "theme", theme))


def _wrong(theme: str | None, rebound: Mapping[str, str]) -> tuple[str, ...]:
    """What was asked of the screen and does not exist."""
    wrong = [f"keys: no action is called {name}; ? lists them" for name in rebound if name not in keys.BY_ID]
    if theme is not None and theme not in NAMES:
        wrong.append(f"no theme is called {theme}; there are {' '.join(NAMES)}")
    return tuple(wrong)
