"""The rules that ship in feeds.yaml: tests hold them against the exercise, benchmarks against a made-up world."""

from __future__ import annotations

from pathlib import Path

from sitmon import config

RULES = config.load(Path(__file__).parent.parent / "feeds.yaml").rules
