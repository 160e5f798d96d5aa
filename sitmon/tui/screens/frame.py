"""What every screen has: the clock line and banners above, the keys below, and a word when the window is too small."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from sitmon.picture import FromDesk, Situation
from sitmon.tui.widgets.bars import Banners, ClockLine, KeyLine

if TYPE_CHECKING:
    from sitmon.tui.app import SitmonApp

LEAST = (60, 15)
"""Columns and rows under which nothing useful can be shown."""


class Frame(Screen[None], inherit_bindings=False):
    """Subclasses give the body, and take what the desk says."""

    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-narrow"),
        (120, "-wide"),
        (160, "-broad"),
    ]

    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall")]  # noqa: RUF012 - as Textual declares it
    AUTO_FOCUS = ""
    _before: Widget | None = None
    """What had the focus before the window became too small."""

    def compose(self) -> ComposeResult:
        yield ClockLine()
        yield Banners()
        yield from self.body()
        yield KeyLine()
        yield Static(id="small")

    def body(self) -> Iterable[Widget]:
        raise NotImplementedError

    @property
    def desk(self) -> SitmonApp:
        """The app, which knows the situation and the time."""
        return cast("SitmonApp", self.app)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is about to be asked."""
        return True

    def show(self, situation: Situation) -> None:
        """The situation changed."""

    def hear(self, answer: FromDesk) -> None:
        """The desk answered something; take what was asked for here, ignore the rest."""

    def ask_again(self) -> None:
        """The desk is back, or its time is another: what is shown may be out of date."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action == "back" or not self.has_class("-small")

    def on_mount(self) -> None:
        self.ask_again()

    def on_screen_resume(self) -> None:
        self.tick()
        if self.desk.known:
            self.show(self.desk.situation)

    def tick(self) -> None:
        """Draw the lines above anew; they draw nothing when they are as they were."""
        self.query_one(ClockLine).show(self.desk.status)
        self.query_one(Banners).show(self.desk.banners)

    def say(self, text: str, *, warn: bool = False) -> None:
        """A line for the officer, for a few seconds."""
        self.query_one(KeyLine).say(text, warn=warn)

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        small = width < LEAST[0] or height < LEAST[1]
        if small and self.focused is not None:
            self._before = self.focused
            self.set_focus(None)  # no key may act on what cannot be seen
        self.set_class(small, "-small")
        if not small and self._before is not None:
            self.set_focus(self._before)
            self._before = None
        if small:
            words = f"sitmon needs {LEAST[0]}x{LEAST[1]}; this is {width}x{height}: enlarge the window"
            self.query_one("#small", Static).update(Content(words))
