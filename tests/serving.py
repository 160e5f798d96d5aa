"""A loopback HTTP server that says exactly the bytes it is told to, well-formed or not, fast or never.

with Server({"/feed": ok(RSS)}) as server:
    … server.url("/feed") …
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

CERTIFICATE = Path(__file__).with_name("feeds.test.pem")
"""Certificate and key of `feeds.test`, signed by itself, good until 2126. Made with openssl req -x509."""

Say = Callable[["Asked"], AsyncIterator[bytes]]
"""What a path answers: raw bytes of the whole answer, as they come."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in."""

    path: str
    headers: tuple[tuple[str, str], ...] = field(default=())

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def answer(status: str = "200 OK", body: bytes | str = b"", **headers: str) -> Say:
    """An ordinary answer; `content_type="…"` becomes a header."""
    data = body.encode() if isinstance(body, str) else body

    async def say(_: Asked) -> AsyncIterator[bytes]:
        yield head(status, length=len(data), **headers) + data

    return say


def ok(body: bytes | str, **headers: str) -> Say:
    return answer("200 OK", body, **{"content_type": "application/rss+xml", **headers})


def moved(to: str, status: str = "301 Moved Permanently") -> Say:
    return answer(status, location=to)


def head(status: str = "200 OK", *, length: int | None = None, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def conditional(body: str, etag: str) -> Say:
    """304 for who sends the validator back verbatim."""

    async def say(asked: Asked) -> AsyncIterator[bytes]:
        if asked.header("if-none-match") == etag:
            yield head("304 Not Modified", etag=etag)
        else:
            yield head(length=len(body.encode()), etag=etag) + body.encode()

    return say


class Server:
    """Runs in a thread of its own; `asked` is what was requested, in order."""

    def __init__(self, says: Mapping[str, Say], host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.says = dict(says)
        self.asked: list[Asked] = []
        self.port = 0
        self._host = host
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def url(self, path: str) -> str:
        return f"http://{self._host}:{self.port}{path}"

    def __enter__(self) -> Server:
        self._thread.start()
        assert self._ready.wait(60), "the server does not listen"
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        assert not self._thread.is_alive(), "the server does not end"

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        start = asyncio.start_server(self._serve, self._host, 0, backlog=1024, ssl=self._tls)
        listening = self._loop.run_until_complete(start)
        self.port = listening.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        listening.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = _asked(await reader.readuntil(b"\r\n\r\n"))
            self.asked.append(asked)
            say = self.says.get(asked.path.partition("?")[0]) or answer("404 Not Found")
            async for part in say(asked):
                writer.write(part)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


def tls() -> ssl.SSLContext:
    """A server's side of TLS, as `feeds.test`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def _asked(request: bytes) -> Asked:
    first, *lines = request.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in lines if line)
    return Asked(first.split(" ")[1], tuple((name, value) for name, _, value in pairs))
