"""Names to addresses that may be connected to. The check happens here, and the connection goes to what was checked."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from sitmon.answer import Failed
from sitmon.fetch.policy import Address, is_allowed, literal
from sitmon.model import Feed

Lookup = Callable[[str, int], Awaitable[list[str]]]
"""Host and port to addresses in text, best first. OSError when there are none."""

THREADS = 16
"""The system's resolver blocks for seconds on a name that nobody answers for: one dead zone must not stop the rest."""


def system_lookup() -> Lookup:
    """The system's resolver, in threads of its own."""
    threads = ThreadPoolExecutor(THREADS, thread_name_prefix="dns")

    async def lookup(host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(threads, _addresses, host, port)
        return list(dict.fromkeys(found))

    return lookup


def _addresses(host: str, port: int) -> list[str]:
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


async def addresses(host: str, port: int, feed: Feed, lookup: Lookup) -> tuple[str, ...] | Failed:
    """The addresses of `host` that the feed may be fetched from, best first; Failed when there are none."""
    written = literal(host)
    if written is not None:
        found = [str(written)]
    else:
        try:
            found = await lookup(host, port)
        except (OSError, UnicodeError):
            return Failed("dns", f"{_said(host, feed)}: no such name, or no name server answers")
    allowed = tuple(text for text in found if (address := literal(text)) and is_allowed(address, feed))
    if not allowed:
        return _refused(_said(host, feed), [address for text in found if (address := literal(text))])
    return allowed


def _said(host: str, feed: Feed) -> str:
    """The host where the operator wrote it; a server that redirects us could put a secret into a name."""
    return host if f"//{host}" in feed.url else "the place that it leads to"


def _refused(who: str, found: list[Address]) -> Failed:
    if not found:
        return Failed("dns", f"{who}: the name has no address")
    return Failed("refused", f"{who}: not a public address; set allow_private: true for this feed if it is meant")
