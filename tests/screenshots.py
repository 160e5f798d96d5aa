"""Makes `screenshots/` from the exercise: `python -m tests.screenshots`.

The exercise is polled up to a moment through the real pipeline, then the real screen on a real desk shows it, its clock
standing still.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from sitmon.demo.server import PORT
from sitmon.seat import free_port
from sitmon.tui.app import SitmonApp
from sitmon.tui.link import to_desk
from tests import exercise

FOLDER = Path(__file__).parent.parent / "screenshots"

MOMENT = datetime(2024, 9, 19, 14, 0, tzinfo=UTC)
"""The second convoy has just reached Kidal, two days after the attack on Bamako."""

SHOTS: tuple[tuple[str, tuple[int, int], tuple[str, ...]], ...] = (
    ("dashboard-140x40", (140, 40), ()),
    ("dashboard-80x24", (80, 24), ()),
    ("dashboard-200x60", (200, 60), ()),
    ("item-100x30", (100, 30), ("2", "enter")),
    ("help-100x30", (100, 30), ("question_mark",)),
)
"""Name, columns and rows, and the keys that lead there."""


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        poll_up_to(folder, MOMENT)
        FOLDER.mkdir(exist_ok=True)
        for shot, size, keys in SHOTS:
            picture = asyncio.run(shoot(folder, size, keys))
            (FOLDER / f"{shot}.svg").write_text(picture, encoding="utf-8")
            print(f"screenshots/{shot}.svg")
    return 0


def poll_up_to(folder: Path, moment: datetime) -> None:
    """Poll twice a day for the last nine days, silently."""
    times = [moment - timedelta(hours=12 * n) for n in range(18, -1, -1)]
    with contextlib.redirect_stdout(io.StringIO()):
        for at in times:
            exercise.poll(folder, at)


async def shoot(folder: Path, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    """The screen as SVG, once the desk has told everything."""
    os.environ.setdefault(PORT, str(free_port()))
    desk = [sys.executable, "-m", "sitmon", "desk", "--config", exercise.CONFIG, "--data", str(folder)]
    app = SitmonApp(to_desk([*desk, "--clock", exercise.at(MOMENT)]), zone="Africa/Bamako", exercise=True)
    async with app.run_test(size=size) as pilot:
        await filled(pilot, app)
        for key in keys:
            await pilot.press(key)
            await asyncio.sleep(1)
        await pilot.pause()
        return app.export_screenshot(title="sitmon demo")


async def filled(pilot: Pilot[int], app: SitmonApp) -> None:
    """Wait until alerts and timeline are on the screen; AssertionError when they do not come."""
    for _ in range(150):
        await asyncio.sleep(0.2)
        await pilot.pause()
        text = app.export_screenshot()
        if "Kidal" in text and "NEW" in text:
            await asyncio.sleep(1)
            return
    raise AssertionError("the desk told nothing in 30 seconds")


if __name__ == "__main__":
    sys.exit(main())
