"""The hand-over sheet, and its signing: the watch goes to who is named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from sitmon.picture import Act, AskSheet, FromDesk, Sheet, Situation
from sitmon.tui import keys
from sitmon.tui.cards import text
from sitmon.tui.messages import Tell
from sitmon.tui.panes.detail import Scroll, Title
from sitmon.tui.screens.ask import Ask, Confirm
from sitmon.tui.screens.view import View


class HandoverView(View):
    """The sheet as it stands; a P1 that nobody acknowledged is named above it, and again before it is signed."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("sheet")

    def __init__(self) -> None:
        super().__init__()
        self.sheet: Sheet | None = None
        self._version = -1

    def body(self) -> Iterable[Widget]:
        yield Title("HAND-OVER", "read it to who comes, then sign")
        yield Scroll()

    def on_mount(self) -> None:
        self.query_one(Scroll).put(Content.styled("asking the desk ...", "$ink-quiet"))
        self.query_one(Scroll).focus()

    def ask_again(self) -> None:
        self.post_message(Tell(AskSheet()))

    def show(self, situation: Situation) -> None:
        if situation.version != self._version and self.is_current:
            self._version = situation.version
            self.ask_again()

    def hear(self, answer: FromDesk) -> None:
        if isinstance(answer, Sheet):
            self.sheet = answer
            self.query_one(Scroll).put(text.page([*map(_waiting, answer.waiting), Content(answer.text)]))
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "sign" and self.sheet is None:
            return False
        return super().check_action(action, parameters)

    def action_sign(self) -> None:
        """Who takes it, and whether they take it with what nobody acknowledged."""
        waiting = self.sheet.waiting if self.sheet else ()

        def signed(initials: str) -> None:
            self.post_message(Tell(Act("shift", text=initials)))

        def named(initials: str | None) -> None:
            if initials and waiting:
                question = f"Hand over to {initials} all the same? P1 not acknowledged: {'; '.join(waiting)}"
                self.app.push_screen(Confirm(question), lambda yes: signed(initials) if yes else None)
            elif initials:
                signed(initials)

        self.app.push_screen(Ask("Who takes the watch?", hint="initials"), named)


def _waiting(words: str) -> Content:
    return text.line(("P1 NOT ACKNOWLEDGED ", "bold $ink-p1"), words)
