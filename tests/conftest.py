"""Before any test: what is compiled is what is written, and no test slows those that come after it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest


def pytest_configure() -> None:
    libraries = Path(__file__).parent.parent.glob(f"sitmon/**/*{EXTENSION_SUFFIXES[0]}")
    sources = {library: library.with_name(library.name.partition(".")[0] + ".py") for library in libraries}
    stale = [source.name for library, source in sources.items() if source.stat().st_mtime > library.stat().st_mtime]
    if stale:
        raise pytest.UsageError(
            f"{', '.join(sorted(stale))} changed since it was compiled: run `pip install -e .` again, "
            "with SITMON_PURE=1 to go on in plain Python"
        )


@pytest.fixture(autouse=True, scope="session")
def unhurried() -> Iterator[None]:
    """`sitmon poll` lets the screen go before it: run within the tests' process, it would do so for good."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "nice", lambda _: 0, raising=False)
        yield
