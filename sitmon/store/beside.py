"""One piece of work at a time in a thread beside the writer."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

Take = Callable[[], None]
"""What the writer does with the result, in its own thread."""


class Beside:
    """Work is a function that returns what is to be done with its result. An OSError ends it without a result."""

    def __init__(self) -> None:
        self._thread: Thread | None = None
        self._take: Take | None = None
        self.failed = False
        """Whether the last piece ended without a result."""

    def start(self, work: Callable[[], Take]) -> None:
        """Only when idle."""
        self._thread = Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def finish(self, *, wait: bool = False) -> bool:
        """Take in the result if there is one; True when nothing runs any more."""
        if self._thread is None:
            return True
        if wait:
            self._thread.join()
        if self._thread.is_alive():
            return False
        self._thread = None
        take, self._take = self._take, None
        if take is not None:
            take()
        return True

    def _run(self, work: Callable[[], Take]) -> None:
        try:
            self._take = work()
            self.failed = False
        except OSError:  # an index is a cache: the writer goes on without it, and tries again
            self._take = None
            self.failed = True
