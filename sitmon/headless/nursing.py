"""`sitmon poll` at its very beginning: a process of its own loads the shipped names, from which workers are forked.

That takes 0.7 s of a processor, in which this one imports the rest and reads feeds.yaml. An operator's own names come
on top in each worker, in 0.14 s and 10 MB.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable

from sitmon import paths, workers
from sitmon.model import ActorEntry, PlaceEntry
from sitmon.options import Options
from sitmon.tag import Tagger
from sitmon.workers.reading import Reader


def poll(options: Options) -> int:
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)  # the screen and the officer's shell go before
    with paths.safe_path():
        workers.nurse(Reader(tagger()))
    from sitmon.headless import polling

    return polling.poll(options)


def tagger(places: tuple[PlaceEntry, ...] = (), actors: tuple[ActorEntry, ...] = ()) -> Callable[[], Tagger]:
    """What makes the tagger of a configuration: for one without names of its own, the very thing that is nursed."""
    return functools.partial(Tagger.load, places, actors)
