"""Where configuration and data lie: what the command line says, else the platform's usual folders.

And where code does not: processes that sitmon starts look for no module in the working folder, where a stray `queue.py`
would be taken for Python's own.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from sitmon.errors import ConfigError


def config_file(given: str | None) -> Path:
    """feeds.yaml: `given`, else `./feeds.yaml`, else the one in the user's config folder.

    Raises ConfigError when there is none, naming every place that was tried.
    """
    if given is not None:
        tried = [Path(given)]
    else:
        tried = [Path("feeds.yaml"), platformdirs.user_config_path("sitmon") / "feeds.yaml"]
    for path in tried:
        if path.is_file():
            return path
    if tried[0].exists():
        raise ConfigError((f"{tried[0]}:1:1: is no file; name a feeds.yaml with --config FILE",))
    places = " or ".join(str(path) for path in tried)
    raise ConfigError((f"{tried[0]}:1:1: no such file; write one at {places}, or name it with --config FILE",))


def data_dir(given: str | None) -> Path:
    """The data folder: `given`, else the platform's folder for user data. It need not exist yet."""
    return Path(given) if given is not None else platformdirs.user_data_path("sitmon")


def python() -> list[str]:
    """How another process of sitmon is started."""
    return [sys.executable, *([] if _is_checkout() else ["-P"])]


@contextlib.contextmanager
def safe_path() -> Iterator[None]:
    """The same for processes that are started here by others, as multiprocessing does."""
    if _is_checkout() or SAFE in os.environ:
        yield
        return
    os.environ[SAFE] = "1"
    try:
        yield
    finally:
        del os.environ[SAFE]


SAFE = "PYTHONSAFEPATH"


def _is_checkout() -> bool:
    """Whether sitmon itself lies in the working folder, and may not be found without it."""
    try:
        return Path(__file__).resolve().parents[1] == Path.cwd()
    except OSError:  # the working folder is gone
        return False
