"""A seat: the screen in this process, its desk in a child, and on the demo the exercise's settings around them."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from sitmon import paths
from sitmon.clock import Clock
from sitmon.config import Config
from sitmon.errors import StoreError
from sitmon.options import Options
from sitmon.store import Store, open_store


def sit(options: Options) -> int:
    """Run the dashboard until the officer leaves; the exit code."""
    if options.verb == "demo":
        options = exercise(options)
    config = options.load()
    writable(options.folder)
    from sitmon import tui  # the toolkit takes 0.2 s to import: a wrong feeds.yaml should be told before

    return tui.run(
        tui.to_desk(desk_argv(options, config)),
        zone=config.settings.local_zone,
        theme=options.theme,
        ascii=options.ascii,
        mouse=not options.no_mouse,
        keys=dict(config.keys),
        exercise=options.time.is_exercise,
    )


def desk_argv(options: Options, config: Config) -> list[str]:
    """How the desk is started: the same program, with everything said that this process was told or found."""
    argv = [*paths.python(), "-m", "sitmon", "desk", "--config", str(config.path), "--data", str(options.folder)]
    return [*argv, "--clock", options.clock] if options.clock else argv


def exercise(options: Options) -> Options:
    """The options of a dashboard on the bundled exercise, which goes on where it was left."""
    from sitmon.demo import script, server

    folder = Path(options.data) if options.data else paths.data_dir(None) / "demo"
    if options.restart:
        shutil.rmtree(folder, ignore_errors=True)
    writable(folder)
    store = open_store(folder, role="reader")
    origin = max([script.START, *lived(store)])
    store.close()
    clock = Clock(datetime.now(UTC), origin, options.speed or script.SPEED, script.END)
    os.environ.setdefault(server.PORT, str(free_port()))
    bundled = resources.files("sitmon.demo").joinpath("feeds.yaml")
    return replace(options, config=str(bundled), data=str(folder), clock=str(clock))


def lived(store: Store) -> Iterator[datetime]:
    """Times at which something was stored: the exercise's clock goes on behind all of them."""
    yield from (state.last_polled for state in store.feeds().values() if state.last_polled)
    yield from (alert.updated for alert in store.alerts())
    yield from (entry.at for entry in store.entries())


def free_port() -> int:
    """A loopback port that nobody listens on; the exercise's server takes it a moment later."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def writable(folder: Path) -> None:
    """Make the data folder if it is missing. StoreError when nothing can be written to it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{folder}: cannot be written ({reason}); name another folder with --data DIR") from error
