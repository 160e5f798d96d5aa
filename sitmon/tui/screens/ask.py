"""Questions to the officer, at the foot of the screen: a line of text, a choice, yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static


class Ask(ModalScreen[str | None]):
    """A line of text: None when left with Esc. `about` says what it is about; only an `optional` one may be empty."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back")]

    def __init__(self, title: str, about: str = "", *, hint: str = "", value: str = "", optional: bool = False) -> None:
        super().__init__(classes="ask")
        self._optional = optional
        self._title, self._about, self._hint, self._value = title, about, hint, value
        self._early = ""

    def compose(self) -> ComposeResult:
        with Vertical():
            head = Content.assemble((self._title, "bold"), "  ", (self._about, "$ink-quiet"))
            yield Static(head, classes="about")
            yield Input(self._value, placeholder=self._hint, compact=True)
            yield Static(Content.styled("Enter: go   Esc: back", "$ink-quiet"), id="keys")

    def on_mount(self) -> None:
        self.typed("")

    def typed(self, text: str) -> None:
        """What came before the line was there: over a slow network several keys arrive at once."""
        self._early += text
        for line in self.query(Input) if self._early else ():
            if line.value == self._value:
                line.select_on_focus = False  # what comes next goes behind it, not in its place
                line.value = ""
            line.insert_text_at_cursor(self._early)
            self._early = ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if text or self._optional:
            self.dismiss(text)
        else:
            self.query_one("#keys", Static).update(Content.styled("needed: a few words   Esc: back", "bold"))


class Choose(ModalScreen[int | None]):
    """One of a few: the index by its digit, or by moving and Enter; None with Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back"),
        Binding("enter", "take", "take"),
        Binding("j,down,tab", "move(1)", "next"),
        Binding("k,up,shift+tab", "move(-1)", "previous"),
        *(Binding(str(n), f"pick({n - 1})", str(n)) for n in range(1, 10)),
    ]

    def __init__(self, title: str, choices: Sequence[str]) -> None:
        super().__init__(classes="ask")
        self._title, self._choices, self._at = title, choices, 0

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.styled(self._title, "bold"), classes="about")
            yield Static(self._list(), id="choices")
            yield Static(Content.styled("digit or Enter: choose   Esc: back", "$ink-quiet"))

    def _list(self) -> Content:
        lines = [
            Content.styled(f"{'>' if i == self._at else ' '} {i + 1}  {choice}", "bold" if i == self._at else "")
            for i, choice in enumerate(self._choices)
        ]
        return Content("\n").join(lines)

    def action_move(self, by: int) -> None:
        self._at = (self._at + by) % len(self._choices)
        self.query_one("#choices", Static).update(self._list())

    def action_take(self) -> None:
        self.dismiss(self._at)

    def action_pick(self, index: int) -> None:
        if index < len(self._choices):
            self.dismiss(index)


class Confirm(ModalScreen[bool]):
    """Yes or no; the keys that quit say yes as well, for they brought the question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter,q,ctrl+c", "dismiss(True)", "yes"),
        Binding("n,escape", "dismiss(False)", "no"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__(classes="ask")
        self._question = question

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.styled(self._question, "bold"), classes="about")
            yield Static(Content.styled("y or q: yes   n or Esc: no", "$ink-quiet"))
