"""Room for bodies, so that a hundred feeds of 10 MiB at once do not need 1 GiB, while hundreds of small ones may wait.

A fetch takes room as its body grows beyond one size after the other, and whoever made the Room keeps it until the body
is parsed. Waiting for room does not count against the fetch's deadline: a neighbour's endless stream must not fail a
good feed. Nor may such neighbours hold up the round: while others wait, who has one of the few largest places must be
done within `SHARE`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from types import TracebackType

BIG = 1_048_576
"""Bytes beyond which a body is read and decoded in steps."""
SIZES = ((65_536, 48), (BIG, 4))
"""Bytes beyond which a body needs a place, and how many places there are: 48 MiB of the one, 40 of the other."""
SHARE = 8.0
"""Seconds of one of the last places while others wait: 28 feeds that send 1 MiB and then trickle end within a minute,
and the largest body needs 1.2 MiB a second."""


class Places:
    """What the feeds of one collector share."""

    def __init__(self) -> None:
        self.free = tuple((beyond, asyncio.Semaphore(places)) for beyond, places in SIZES)
        self.waiting = 0
        """For one of the last places."""
        self.held: dict[Room, tuple[asyncio.Timeout, float]] = {}
        """Who has one of these, with its deadline, and since when by the loop's clock."""

    @contextmanager
    def awaited(self) -> Iterator[None]:
        """Somebody waits for one of the last places meanwhile."""
        self.waiting += 1
        self.hurry()
        try:
            yield
        finally:
            self.waiting -= 1

    def hurry(self) -> None:
        """Where others wait, who has a place ends when it has had it for its share."""
        for room, (deadline, since) in self.held.items() if self.waiting else ():
            ends = deadline.when()
            if ends is None or ends > since + SHARE:
                with suppress(RuntimeError):  # it has all of its body, and only waits to be parsed
                    deadline.reschedule(since + SHARE)
                    room.hurried = True


class Room:
    """One feed's claim on the places; None where it has no neighbours."""

    def __init__(self, places: Places | None) -> None:
        self._places = places
        self._taken = 0
        self.hurried = False
        """Its deadline was moved forward, for others waited."""

    async def take(self, size: int, deadline: asyncio.Timeout) -> None:
        """Waits for what a body of so many bytes needs and has not got yet; the deadline moves by the time waited."""
        if self._places is None:
            return
        for beyond, places in self._places.free[self._taken :]:
            if size <= beyond:
                return
            loop, ends = asyncio.get_running_loop(), deadline.when()
            since = loop.time()
            deadline.reschedule(None)
            with self._places.awaited() if beyond == BIG and places.locked() else nullcontext():
                await places.acquire()
            self._taken += 1
            deadline.reschedule(None if ends is None else ends + loop.time() - since)
            if beyond == BIG:
                self._places.held[self] = deadline, loop.time()
                self._places.hurry()

    async def __aenter__(self) -> Room:
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._places is None:
            return
        self._places.held.pop(self, None)
        for _beyond, places in self._places.free[: self._taken]:
            places.release()
