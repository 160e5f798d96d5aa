"""The screen on a fake desk, for tests: keys go in, text comes out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from textual.pilot import Pilot

from sitmon.picture import Act
from sitmon.tui.app import SitmonApp
from sitmon.tui.panes.alerts import Alerts
from sitmon.tui.panes.timeline import Timeline
from tests.desk_double import DeskDouble
from tests.factories import NOW


@dataclass
class Stage:
    """An app that runs, its desk, and its pilot."""

    app: SitmonApp
    desk: DeskDouble
    pilot: Pilot[Any]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self, seconds: float = 0.0) -> None:
        """Wait until the desk has answered everything and all answers are drawn."""
        await asyncio.sleep(seconds)
        calm = 0
        for _ in range(1000):
            await self.pilot.pause()
            calm = calm + 1 if self.app.is_idle and self.desk.is_idle else 0
            if calm == 3:
                return
            await asyncio.sleep(0.01)
        raise AssertionError("the screen does not come to rest")

    async def until(self, words: str) -> None:
        """Wait until these words stand on the screen."""
        for _ in range(1000):
            if words in self.text:
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"{words!r} does not come up in:\n{self.text}")

    @property
    def text(self) -> str:
        """The whole screen as the terminal gets it, one line a row."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def acts(self) -> list[Act]:
        return [message for message in self.desk.told if isinstance(message, Act)]

    @property
    def timeline(self) -> Timeline:
        return self.app.screen.query_one(Timeline)

    @property
    def alerts(self) -> Alerts:
        return self.app.screen.query_one(Alerts)


Scene = Callable[[Stage], Awaitable[None]]


def play(scene: Scene, *, size: tuple[int, int] = (80, 24), desk: DeskDouble | None = None, **options: Any) -> None:
    """Run a scene on the screen and a desk double; the clock stands at NOW."""
    desk = desk or DeskDouble()

    async def run() -> None:
        app = SitmonApp(desk.connect, zone="Europe/Oslo", clock=lambda: NOW, **options)
        async with app.run_test(size=size) as pilot:
            stage = Stage(app, desk, pilot)
            await stage.settle()
            await scene(stage)

    asyncio.run(run())
