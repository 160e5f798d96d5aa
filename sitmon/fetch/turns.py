"""Courtesy towards publishers: so many requests at a time to one host, and a pause after each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from sitmon.fetch.policy import is_local


class Turns:
    """Gives every host its turns. The machine itself needs none: a local proxy or a test farm is not slowed down."""

    def __init__(self, per_host: int, gap: timedelta) -> None:
        self._per_host = max(per_host, 1)
        self._gap = gap.total_seconds()
        self._hosts: dict[str, tuple[asyncio.Semaphore, list[float]]] = {}

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Waits for this URL's host to have a free place and to have rested."""
        host = (urlsplit(url).netloc.rpartition("@")[2]).lower()
        if is_local(urlsplit(url).hostname or ""):
            yield
            return
        places, last = self._hosts.setdefault(host, (asyncio.Semaphore(self._per_host), [float("-inf")]))
        async with places:
            loop = asyncio.get_running_loop()
            start = max(loop.time(), last[0] + self._gap)
            last[0] = start
            await asyncio.sleep(start - loop.time())
            yield
