"""Room for large bodies, so that fifty feeds of 10 MiB at once do not need 500 MiB.

A fetch takes room once its body grows beyond a mebibyte, and whoever made the Room keeps it until the body is parsed.
Waiting for room does not count against the fetch's deadline: a neighbour's endless stream must not fail a good feed.
"""

from __future__ import annotations

import asyncio
from types import TracebackType

PLACES = 4


class Room:
    """One feed's claim on the places; `places` is shared, None for as many as there are feeds."""

    def __init__(self, places: asyncio.Semaphore | None) -> None:
        self._places = places
        self._taken = False

    async def take(self, deadline: asyncio.Timeout) -> None:
        """Waits for a place, once; the deadline moves by the time waited."""
        if self._taken or self._places is None:
            return
        loop, ends = asyncio.get_running_loop(), deadline.when()
        since = loop.time()
        deadline.reschedule(None)
        await self._places.acquire()
        self._taken = True
        deadline.reschedule(None if ends is None else ends + loop.time() - since)

    async def __aenter__(self) -> Room:
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._taken and self._places is not None:
            self._places.release()
