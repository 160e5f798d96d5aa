"""What opens from the watch and is left with Esc."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from sitmon.tui import keys
from sitmon.tui.screens.frame import Frame


class View(Frame):
    """Left with Esc."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("back")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"next_part", "previous_part"}:
            return len(self.focus_chain) > 1
        return super().check_action(action, parameters)

    def action_next_part(self) -> None:
        self.focus_next()

    def action_previous_part(self) -> None:
        self.focus_previous()

    def action_back(self) -> None:
        self.dismiss()
