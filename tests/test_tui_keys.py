"""The one table of keys."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import pytest
from rich.cells import cell_len

from sitmon.tui import keys
from sitmon.tui.widgets.bars import KeyLine
from tests.screens import Stage, play

TOGETHER = (
    ("app", "watch", "list", "alert"),
    ("app", "watch", "list", "item"),
    ("app", "watch", "list", "region", "strip"),
    ("app", "back", "scroll", "item", "card"),
    ("app", "back", "list", "item", "card", "same"),
    ("app", "back", "scroll", "sheet"),
    ("app", "back", "scroll", "alert"),
    ("app", "back", "scroll", "region"),
)


@pytest.mark.parametrize("scopes", TOGETHER)
def test_keys_that_work_together_do_not_clash(scopes: tuple[str, ...]) -> None:
    known = [key for key in keys.KEYS if key.scope in scopes]
    clashes = [(a.id, b.id) for a, b in combinations(known, 2) if set(a.keys.split(",")) & set(b.keys.split(","))]
    assert clashes == []


def test_keys_of_multiplexers_and_flow_control_stay_free() -> None:
    used = {name for key in keys.KEYS for name in key.keys.split(",")}
    assert used & {"ctrl+a", "ctrl+b", "ctrl+s", "ctrl+q"} == set()
    assert not any(name.startswith("alt+") for name in used)


def test_ids_are_unique_and_every_scope_has_a_heading() -> None:
    assert len(keys.BY_ID) == len(keys.KEYS)
    assert {key.scope for key in keys.KEYS} == set(keys.SCOPES)


def test_the_readme_table_has_every_key() -> None:
    table = keys.markdown()
    assert [key.id for key in keys.KEYS if f"| `{key.id}` |" not in table] == []


@pytest.mark.parametrize("opened", [(), ("2",), ("3",), ("enter",), ("2", "enter"), ("3", "enter"), ("F",)])
def test_the_footer_fits_and_shows_only_what_works(opened: tuple[str, ...]) -> None:
    async def scene(stage: Stage) -> None:
        await stage.press(*opened)
        line = str(stage.app.screen.query_one(KeyLine).render())
        assert 20 < cell_len(line) <= 80
        assert "? help" in line
        assert "q quit" in line
        assert ("a ack" in line) == (opened in {(), ("enter",)})

    play(scene)


def test_a_rebound_key_works_and_is_shown() -> None:
    async def scene(stage: Stage) -> None:
        assert "x ack" in stage.text
        await stage.press("x")
        assert [act.verb for act in stage.acts] == ["ack"]

    play(scene, rebound={"ack": "x"})


def test_a_rebound_action_that_does_not_exist_is_named() -> None:
    async def scene(stage: Stage) -> None:
        assert "keys: no action is called akc" in stage.text

    play(scene, rebound={"akc": "x"})


def test_a_theme_that_does_not_exist_is_named_and_the_dark_one_shown() -> None:
    async def scene(stage: Stage) -> None:
        assert "no theme is called pink; there are dark night-dim" in stage.text
        assert stage.app.theme == "dark"

    play(scene, theme="pink")


def test_the_palette_offers_what_works_now() -> None:
    async def scene(stage: Stage) -> None:
        offered = [command.title for command in stage.app.get_system_commands(stage.app.screen)]
        assert any(title.startswith("ack:") for title in offered)
        assert not any(title.startswith("set-level:") for title in offered)
        assert "theme night-dim" in offered

    play(scene)


def test_the_screens_process_imports_no_network_parser_or_store() -> None:
    code = "import sys, sitmon.tui.app; print(sorted({'httpx', 'feedparser', 'tinydb', 'ruamel'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert found.strip() == "[]"
