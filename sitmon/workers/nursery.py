"""Loads what workers need, once, in the process that they are forked from. Imported by multiprocessing's fork server.

The server offers no way to pass arguments to what it preloads, so the loader comes in the environment. Where nothing
comes, or nothing can be forked, every worker loads for itself (`workers.loaded`): slower, the same otherwise.
"""

from __future__ import annotations

import base64
import gc
import os
from contextlib import suppress

from sitmon import workers

workers.frugal()
gc.disable()  # all that is loaded stays
if _loader := os.environ.get(workers.NURSERY):
    # What fails here (a loader that only __main__ knows) is tried again in each worker, where it fails aloud.
    with suppress(AttributeError, ImportError, OSError, ValueError):
        workers.loaded(base64.b64decode(_loader))
    gc.collect()
    gc.freeze()  # what is never looked at by the collector of garbage is never copied on write either
gc.enable()
