"""A small feed server on loopback: `GET /en/sahara-wire.rss` answers what that feed of the exercise shows now.

It does what a well-kept feed does (ETag, 304, Content-Length) and nothing more, and lives in the collector's process.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from sitmon.demo.render import FORMATS
from sitmon.demo.script import Telling, tellings, told

PORT = "SITMON_DEMO_PORT"
"""Environment variable that names the port to screen, desk and collector, and to the exercise's feeds.yaml."""

REQUEST = re.compile(rb"GET /([a-z]{2})/([a-z-]+)\.([a-z]+) HTTP/1\.[01]\r\n")
IF_NONE_MATCH = re.compile(rb"\r\nif-none-match: *([^\r\n]+)", re.IGNORECASE)
MAX_HEAD = 16_384


@asynccontextmanager
async def serving(port: int, now: Callable[[], datetime]) -> AsyncIterator[int]:
    """Serve the exercise on `port` (0: any free one) while the context lasts; gives the port."""
    script = tellings()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
            writer.write(answer(script, head, now()))
            await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, TimeoutError):
            pass  # the client left or sent no request; nobody is there to be told
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", port, limit=MAX_HEAD)
    async with server:
        yield server.sockets[0].getsockname()[1]


def answer(script: tuple[Telling, ...], head: bytes, now: datetime) -> bytes:
    """The whole response to a request head."""
    request = REQUEST.match(head)
    if request is None or (ending := request[3].decode()) not in FORMATS:
        return response(404, "text/plain", b"no such feed\n", None)
    render, media = FORMATS[ending]
    lang, feed = request[1].decode(), request[2].decode()
    body = render(feed, lang, told(script, feed, now))
    etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
    known = IF_NONE_MATCH.search(head)
    if known and known[1].strip() == etag.encode():
        return response(304, media, b"", etag)
    return response(200, media, body, etag)


def response(status: int, media: str, body: bytes, etag: str | None) -> bytes:
    reason = {200: "OK", 304: "Not Modified", 404: "Not Found"}[status]
    validator = f"ETag: {etag}\r\n" if etag else ""
    head = (
        f"HTTP/1.1 {status} {reason}\r\nContent-Type: {media}; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n{validator}Connection: close\r\n\r\n"
    )
    return head.encode() + body
