"""Room for bodies, so that fifty feeds of 10 MiB at once do not need 500 MiB, while hundreds of small ones may wait.

A fetch takes room as its body grows beyond one size after the other, and whoever made the Room keeps it until the body
is parsed. Waiting for room does not count against the fetch's deadline: a neighbour's endless stream must not fail a
good feed.
"""

from __future__ import annotations

import asyncio
from types import TracebackType

BIG = 1_048_576
"""Bytes beyond which a body is read and decoded in steps."""
SIZES = ((65_536, 48), (BIG, 4))
"""Bytes beyond which a body needs a place, and how many places there are: 48 MiB of the one, 40 of the other."""


class Places:
    """What the feeds of one collector share."""

    def __init__(self) -> None:
        self.free = tuple((beyond, asyncio.Semaphore(places)) for beyond, places in SIZES)


class Room:
    """One feed's claim on the places; None where it has no neighbours."""

    def __init__(self, places: Places | None) -> None:
        self._free = places.free if places is not None else ()
        self._taken = 0

    async def take(self, size: int, deadline: asyncio.Timeout) -> None:
        """Waits for what a body of so many bytes needs and has not got yet; the deadline moves by the time waited."""
        for beyond, places in self._free[self._taken :]:
            if size <= beyond:
                return
            loop, ends = asyncio.get_running_loop(), deadline.when()
            since = loop.time()
            deadline.reschedule(None)
            await places.acquire()
            self._taken += 1
            deadline.reschedule(None if ends is None else ends + loop.time() - since)

    async def __aenter__(self) -> Room:
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        for _beyond, places in self._free[: self._taken]:
            places.release()
