"""What lies in the working folder is data to sitmon, never code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitmon import paths
from sitmon.demo import server
from sitmon.seat import free_port
from tests import exercise
from tests.factories import NOW


@pytest.fixture
def littered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a file that is called as one of Python's own modules."""
    (tmp_path / "queue.py").write_text("raise SystemExit('the wrong queue')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_another_process_of_sitmon_finds_pythons_own_modules(littered: Path) -> None:
    del littered
    done = subprocess.run([*paths.python(), "-c", "import queue, sitmon"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_workers_of_a_poll_find_them_too(littered: Path) -> None:
    argv = [sys.executable, "-P", "-m", "sitmon", "poll", "--once", "--config", exercise.CONFIG]
    argv += ["--data", str(littered / "data"), "--clock", exercise.at(NOW)]
    environment = {**os.environ, server.PORT: os.environ.get(server.PORT, str(free_port()))}
    done = subprocess.run(argv, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr


def test_in_a_checkout_its_own_code_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(paths.__file__).parents[1])
    monkeypatch.delenv(paths.SAFE, raising=False)
    assert paths.python() == [sys.executable]
    with paths.safe_path():
        assert paths.SAFE not in os.environ


def test_what_is_set_for_workers_is_not_left_to_commands_that_notify(
    littered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del littered
    monkeypatch.delenv(paths.SAFE, raising=False)
    with paths.safe_path():
        assert os.environ[paths.SAFE]
    assert paths.SAFE not in os.environ
