"""Where configuration and data lie: what the command line says, else the platform's usual folders."""

from __future__ import annotations

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
