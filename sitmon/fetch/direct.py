"""Requests without a pool: a connection of its own for each, on asyncio's transports.

httpcore scans its pool at every request, and reaches asyncio through anyio, with locks and traces on the way: a request
over loopback took 0.9 ms of cpu. What HTTP/1.1 is stays with h11, on which httpcore stands too.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

import h11

from sitmon.fetch.library import httpx
from sitmon.fetch.policy import PORTS

_PART = 65_536
"""Bytes that are read at a time."""
_AHEAD = 65_536
"""Bytes received and not yet asked for at which the server has to wait."""
_HEAD = 131_072
"""Bytes that may come until an answer's head is complete: 64 KiB of headers, and what is read of the body with the last
of them. Without an end, 1xx answers kept the event loop busy until the feed's deadline, and everybody else waiting."""


class Direct(httpx.AsyncBaseTransport):
    """To servers themselves. The address in a request's URL must be literal; `sni_hostname` is whom TLS expects there.

    The `connect` timeout holds for the connection, and again for the TLS handshake. Whoever asks has a deadline for the
    rest: none of the others is heeded. A request has no body, and must say `Connection: close`, for nothing else ends
    a connection.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        stream = await _connected(request)
        with ExitStack() as failing:
            failing.callback(stream.close)
            if request.url.scheme == "https":
                await stream.secure(self._context, request)
            answer = _Answer(stream)
            head = await answer.head(request)
            failing.pop_all()
        return httpx.Response(head.status_code, headers=head.headers.raw_items(), stream=answer)


@asynccontextmanager
async def _connecting(request: httpx.Request) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(request.extensions["timeout"]["connect"]):
            yield
    except TimeoutError as error:
        raise httpx.ConnectTimeout("no connection") from error
    except OSError as error:  # an ssl.SSLError is one too
        raise httpx.ConnectError("no connection") from error


async def _connected(request: httpx.Request) -> _Stream:
    url, loop, stream = request.url, asyncio.get_running_loop(), _Stream()
    async with _connecting(request):
        await loop.create_connection(lambda: stream, url.host, url.port or PORTS[url.scheme])
    return stream


class _Answer(httpx.AsyncByteStream):
    """What a server says, once it is asked; iterating gives the body."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)

    async def head(self, request: httpx.Request) -> h11.Response:
        try:
            asked = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
        except h11.LocalProtocolError as error:
            raise httpx.LocalProtocolError("no request") from error
        self._stream.write((self._http.send(asked) or b"") + (self._http.send(h11.EndOfMessage()) or b""))
        event = await self._event()
        while not isinstance(event, h11.Response):
            event = await self._event()
        self._stream.is_in_head = False
        return event

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while isinstance(event := await self._event(), h11.Data):
            yield event.data

    async def aclose(self) -> None:
        self._stream.close()

    async def _event(self) -> h11.Event | type[h11.NEED_DATA | h11.PAUSED]:
        try:
            while (event := self._http.next_event()) is h11.NEED_DATA:
                self._http.receive_data(await self._stream.read())
        except h11.RemoteProtocolError as error:
            raise httpx.RemoteProtocolError("no HTTP") from error
        return event


class _Stream(asyncio.Protocol):
    """What has been received and not yet been read. It is read by one task."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport
        self._got = bytearray()
        self._more = asyncio.Event()
        self._over = self._paused = False
        self._error: Exception | None = None
        self.is_in_head = True
        self._read = 0

    # ------------------------------------------------------------ asyncio calls these

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        if len(self._got) > _AHEAD and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._more.set()

    def eof_received(self) -> None:
        self._over = True
        self._more.set()

    def connection_lost(self, error: Exception | None) -> None:
        self._over, self._error = True, error
        self._more.set()

    # ------------------------------------------------------------ whoever reads calls these

    async def read(self) -> bytes:
        """Empty at the end."""
        while not self._got and not self._over:
            self._more.clear()
            await self._more.wait()
        if not self._got and self._error is not None:
            raise httpx.ReadError("broken off") from self._error
        data = bytes(self._got[:_PART])
        del self._got[:_PART]
        self._read += len(data)
        if self.is_in_head and self._read > _HEAD:
            raise httpx.RemoteProtocolError("no end of its head")
        if self._paused and len(self._got) <= _AHEAD // 2 and not self._over:
            self._paused = False
            self._transport.resume_reading()
        return data

    def write(self, head: bytes) -> None:
        self._transport.write(head)  # never more than the transport keeps

    def close(self) -> None:
        self._transport.abort()  # at once: there is nothing that we would still want to hear

    async def secure(self, context: ssl.SSLContext, request: httpx.Request) -> None:
        loop, host = asyncio.get_running_loop(), request.extensions["sni_hostname"]
        async with _connecting(request):
            secured = await loop.start_tls(self._transport, self, context, server_hostname=host)
            if secured is None:
                raise ConnectionError
            self._transport = secured
