"""The exercise polled through the real pipeline, at moments of its own time, for tests and screenshots."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from sitmon.cli import main
from sitmon.clock import Clock
from sitmon.demo.server import PORT
from sitmon.seat import free_port

CONFIG = str(resources.files("sitmon.demo").joinpath("feeds.yaml"))

STILL = 1e-9
"""Speed of a clock that stands still for all that a test can tell."""


def at(moment: datetime) -> str:
    """`--clock` that stands at the moment."""
    return str(Clock(datetime.now(UTC), moment, STILL))


def poll(folder: Path, moment: datetime, *more: str) -> int:
    """One round at the moment; the exit code."""
    os.environ.setdefault(PORT, str(free_port()))
    return main(["poll", "--once", "--json", "--config", CONFIG, "--data", str(folder), "--clock", at(moment), *more])
