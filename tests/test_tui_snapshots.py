"""The screen as pictures: SVG exports, as text that is the same on every machine, beside those kept in snapshots/.

`SITMON_SNAPSHOTS=write pytest tests/test_tui_snapshots.py` keeps new ones; look at the difference before you commit it.
"""

from __future__ import annotations

import html
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk_double import DeskDouble
from tests.screens import Stage, play

FOLDER = Path(__file__).parent / "snapshots"
CELL = (12.2, 24.4)
"""Size of a character cell in Textual's SVG."""

SCENES: tuple[tuple[str, tuple[int, int], tuple[str, ...], dict[str, object]], ...] = (
    ("watch-80x24", (80, 24), (), {}),
    ("watch-140x40", (140, 40), ("j",), {}),
    ("watch-200x60", (200, 60), ("2", "j"), {}),
    ("watch-80x24-ascii", (80, 24), (), {"ascii_only": True}),
    ("watch-80x24-cvd", (80, 24), ("3", "j"), {"theme": "cvd"}),
    ("item-80x24", (80, 24), ("2", "enter"), {}),
    ("alert-140x40", (140, 40), ("enter",), {}),
    ("region-80x24", (80, 24), ("3", "l", "enter"), {}),
    ("feeds-80x24", (80, 24), ("F",), {}),
    ("shelve-80x24", (80, 24), ("s",), {}),
)


def normal(svg: str) -> str:
    """What stands where in an SVG screenshot, one run of text a line: row, column, style, words."""
    styles = dict(re.findall(r"\.[\w-]+-(r\d+) \{([^}]*)\}", svg))
    runs = []
    for name, x, y, words in re.findall(
        r'<text class="[\w-]+-(r\d+)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>', svg
    ):
        text = html.unescape(words).replace("\u00a0", " ").rstrip()
        if text:
            runs.append((round(float(y) / CELL[1]), round(float(x) / CELL[0]), _style(styles[name]), text))
    return "\n".join(f"{row:2} {column:3} {style:<22} {text}" for row, column, style, text in sorted(runs)) + "\n"


def _style(css: str) -> str:
    colour = re.search(r"fill: (#\w+)", css)
    marks = [word for word in ("bold", "italic", "underline", "line-through") if word in css]
    return " ".join([colour[1] if colour else "", *marks])


@pytest.mark.parametrize(("name", "size", "keys", "options"), SCENES, ids=[scene[0] for scene in SCENES])
def test_the_screen_looks_as_it_was_last_approved(
    name: str, size: tuple[int, int], keys: tuple[str, ...], options: dict[str, object]
) -> None:
    desk = DeskDouble(exercise=True)
    desk.situation = replace(desk.situation, trouble=("DISK FULL: nothing new is stored",) if "item" in name else ())

    async def scene(stage: Stage) -> None:
        await stage.press(*keys)
        seen = normal(stage.app.export_screenshot())
        kept = FOLDER / f"{name}.txt"
        if os.environ.get("SITMON_SNAPSHOTS") == "write":
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(seen, encoding="utf-8", newline="\n")
        assert seen == kept.read_text(encoding="utf-8")

    play(scene, size=size, desk=desk, **options)
