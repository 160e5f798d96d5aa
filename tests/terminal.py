"""A real terminal for tests: sitmon in tmux, keys sent, the screen read back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent

HAS_TMUX = shutil.which("tmux") is not None


@dataclass(slots=True)
class Terminal:
    """One tmux server of its own, so that tests never meet; use it as a context."""

    columns: int = 80
    rows: int = 24
    environment: dict[str, str] = field(default_factory=dict)
    _socket: str = field(default_factory=lambda: f"sitmon-{uuid.uuid4().hex[:8]}")

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._ask("kill-server")  # there is none where tmux could not start

    def run(self, *arguments: str) -> None:
        """Start `python -m sitmon ARGUMENTS` in a new session of the size; its exit code stays on the screen.

        The server stays when its last session ends: one that is just leaving takes the next session with it.
        """
        words = " ".join(f"'{word}'" for word in (sys.executable, "-m", "sitmon", *arguments))
        shell = f'{words}; echo "exit code $?"; sleep 600'
        size = ["-x", str(self.columns), "-y", str(self.rows)]
        stay = ["start-server", ";", "set-option", "-s", "exit-empty", "off", ";"]
        self._tmux(*stay, "new-session", "-d", "-s", "t", *size, shell)

    def keys(self, *keys: str) -> None:
        self._tmux("send-keys", "-t", "t", *keys)

    @property
    def screen(self) -> str:
        return self._tmux("capture-pane", "-p", "-t", "t")

    def wait_for(self, what: str | Callable[[str], bool], seconds: float = 60) -> str:
        """The screen once it shows `what`; AssertionError with the last screen when it does not in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            screen = self.screen
            if what in screen if isinstance(what, str) else what(screen):
                return screen
            time.sleep(0.2)
        raise AssertionError(f"{what!r} did not come; the screen was:\n{self.screen}")

    def process_ids(self) -> list[int]:
        """Of what runs in the terminal."""
        pids = self._tmux("list-panes", "-t", "t", "-F", "#{pane_pid}").split()
        return [int(pid) for pid in pids]

    def end(self) -> None:
        self._tmux("kill-session", "-t", "t")

    def _tmux(self, *arguments: str) -> str:
        """What it says; AssertionError when it could not: a key that was never sent is no key that did nothing."""
        done = self._ask(*arguments)
        assert done.returncode == 0, f"tmux {' '.join(arguments)}: {done.stderr.strip()}"
        return done.stdout

    def _ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["tmux", "-L", self._socket, "-f", os.devnull, *arguments],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **self.environment},
            timeout=60,
        )
