"""httpx without its command line, whose imports (click, rich, pygments) take 0.1 s and nobody here needs."""

from __future__ import annotations

import sys

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None: importing it fails, as without click

import httpx  # noqa: E402

__all__ = ["httpx"]
