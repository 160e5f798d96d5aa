"""`python -m sitmon`, and the command `sitmon`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

from sitmon.cli import main


def start() -> NoReturn:
    """The program from its first word to its last. What is to be kept is durable by then, and so it ends at once: to
    free the items and stories of a first poll one by one took 0.5 s."""
    code = main()
    with suppress(OSError):  # whoever read it has gone
        sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    start()
