"""`sitmon demo` as an officer runs it: in a real terminal, over two runs, and through a kill."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal import HAS_TMUX, Terminal

pytestmark = pytest.mark.skipif(not HAS_TMUX, reason="needs tmux, which .ci/run installs")


def has_alert(screen: str) -> bool:
    return bool(re.search(r"P[123] +NEW", screen))


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (100, 30)])
def test_a_newcomer_sees_an_alert_its_sources_and_kidal_rise_in_half_a_minute(
    tmp_path: Path, columns: int, rows: int
) -> None:
    with Terminal(columns, rows) as terminal:
        terminal.run("demo", "--data", str(tmp_path))
        screen = terminal.wait_for("ALERTS", 30)
        assert "TIMELINE" in screen and "REGIONS" in screen
        terminal.wait_for(has_alert, 40)
        terminal.wait_for(lambda screen: bool(re.search(r"Kidal\W+.*(ELEV|HIGH|SEV)", screen, re.I)), 40)
        terminal.keys("q")
        terminal.wait_for("exit code 0", 20)


def test_what_was_acknowledged_stays_so_after_leaving_and_after_a_kill(tmp_path: Path) -> None:
    with Terminal(100, 30) as terminal:
        terminal.run("demo", "--data", str(tmp_path))
        terminal.wait_for(has_alert, 60)
        terminal.keys("q", "y")
        terminal.wait_for("exit code 0", 20)
        terminal.end()
        # From here on the exercise stands still: nothing new may bring the alert back.
        terminal.run("demo", "--data", str(tmp_path), "--speed", "1")
        terminal.wait_for(has_alert, 60)
        terminal.keys("1", "g", "a")
        terminal.wait_for(is_acknowledged, 20)
        os.kill(process_ids(f"sitmon demo --data {tmp_path}")[0], signal.SIGKILL)
        terminal.wait_for("exit code 137", 20)
        terminal.end()
        terminal.run("demo", "--data", str(tmp_path), "--speed", "1")
        terminal.wait_for(is_acknowledged, 60)
        terminal.keys("q", "y")
        terminal.wait_for("exit code 0", 20)
        terminal.end()
        terminal.run("demo", "--data", str(tmp_path), "--speed", "1")
        terminal.wait_for(is_acknowledged, 60)


def is_acknowledged(screen: str) -> bool:
    return bool(re.search(r"P[123] +ACK", screen))


def test_nothing_runs_on_after_the_dashboard_was_killed(tmp_path: Path) -> None:
    with Terminal() as terminal:
        terminal.run("demo", "--data", str(tmp_path))
        terminal.wait_for("TIMELINE", 30)
        (seat,) = process_ids(f"sitmon demo --data {tmp_path}")
        wait_until(lambda: len(process_ids(f"sitmon (desk|poll) .*{tmp_path}")) == 2)
        os.kill(seat, signal.SIGKILL)
        terminal.wait_for("exit code 137", 10)
        wait_until(lambda: not process_ids(f"sitmon (desk|poll) .*{tmp_path}"))


def process_ids(pattern: str) -> list[int]:
    """Of the processes whose command line the pattern matches."""
    found = subprocess.run(["pgrep", "-f", pattern], capture_output=True, text=True, check=False).stdout
    return [int(pid) for pid in found.split()]


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.2)


def test_a_data_folder_that_cannot_be_written_is_told_before_the_screen_opens(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with Terminal() as terminal:
        terminal.run("demo", "--data", str(file / "below"))
        screen = terminal.wait_for("exit code 1", 20)
        assert "cannot be written" in screen and "--data" in screen
