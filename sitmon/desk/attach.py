"""The collector of a data folder, seen from a desk: one that runs already, or a child that ends with the desk.

A collector that runs as a service outlives every seat; a child that the desk started ends when the desk does, since
it reads its standard input and leaves at its end, whatever killed us.
"""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from sitmon import paths
from sitmon.codec import Doc
from sitmon.store import collector_holder

RETRY_SECONDS = 20.0
"""Between two looks at whether a collector runs: one that was a service may have been stopped."""

PATIENCE = 5.0
"""Seconds that the child has to finish what it is writing."""


class Attachment:
    """Keeps a collector going. `doing` says in words what it does."""

    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        self._folder = folder
        self._argv = [*paths.python(), "-m", "sitmon", "poll", "--json", "--follow-parent", *arguments]
        self._child: subprocess.Popen[str] | None = None
        self._said: deque[str] = deque(maxlen=5)
        self._next_look = 0.0
        self._total = self._done = 0
        self._polling = False
        self._unstored = self._troubled = ""
        self.holder: str | None = None
        """Who else collects here, in words."""

    def keep(self) -> None:
        """Start a collector if none runs; call it now and then."""
        if self._child is not None and self._child.poll() is None:
            return
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + RETRY_SECONDS
        self.holder = collector_holder(self._folder)
        if self.holder is None:
            self._start()

    @property
    def doing(self) -> str:
        if self.holder is not None:
            return f"service ({self.holder})"
        if self._child is None or self._child.poll() is not None:
            return "not running"
        return f"polling {self._done}/{self._total}" if self._polling else "waiting"

    @property
    def trouble(self) -> str | None:
        """What keeps the collector from storing or notifying, or its last words when it is gone and should not be."""
        if self._child is None or self._child.poll() in (None, 0):
            return self._unstored or self._troubled or None
        return f"collector ended: {self._said[-1] if self._said else f'code {self._child.returncode}'}"

    def end(self) -> None:
        """End the child, if there is one; a service goes on."""
        if self._child is None or self._child.poll() is not None:
            return
        assert self._child.stdin is not None
        self._child.stdin.close()
        try:
            self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _start(self) -> None:
        self._child = subprocess.Popen(
            self._argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        for listen in (self._hear_progress, self._hear_complaints):
            threading.Thread(target=listen, args=(self._child,), daemon=True).start()

    def _hear_progress(self, child: subprocess.Popen[str]) -> None:
        assert child.stdout is not None
        for line in child.stdout:
            report = json.loads(line)
            match report.get("event"):
                case "started":
                    self._polling, self._total, self._done = True, report["feeds"], 0
                case "finished":
                    self._polling = False
                case "trouble":
                    self._troubled = report["message"]
                case None:
                    self._done += 1
                    self._unstored = unstored(report)

    def _hear_complaints(self, child: subprocess.Popen[str]) -> None:
        assert child.stderr is not None
        for line in child.stderr:
            if line.strip():
                self._said.append(line.strip())


def unstored(report: Doc) -> str:
    """Why what a poll brought could not be stored (a full disk), in words; empty where it could."""
    error = report["error"] or {}
    message = str(error.get("message", ""))
    return f"{message}; it will be asked for again" if message.startswith("not stored") else ""
