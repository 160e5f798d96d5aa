"""Requests without a pool: a connection of its own for each, on asyncio's transports.

httpcore's pool looks through all its connections at every request, and reaches asyncio through anyio: a request over
loopback took 0.9 ms of cpu that way, and takes 0.5 ms this way. Everything that HTTP is stays httpcore's.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import AsyncExitStack
from typing import Any

import httpcore

from sitmon.fetch.library import httpx
from sitmon.fetch.policy import PORTS

_AHEAD = 262_144
"""Bytes received and not yet asked for at which the server has to wait."""
_HEAD = 131_072
"""Bytes that may come until an answer's head is complete: 64 KiB of headers, and what is read of the body with the last
of them. Without an end, 1xx answers kept the event loop busy until the feed's deadline, and everybody else waiting."""


class Direct(httpx.AsyncHTTPTransport):
    """To servers themselves. The address in a request's URL must be literal; `sni_hostname` is whom TLS expects there.

    The `connect` timeout holds for the connection, and again for the TLS handshake. Whoever asks has a deadline for the
    rest: none of the others is heeded. A request must say `Connection: close`, for nothing else ends a connection.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = _NoPool(ssl_context=context)


class _NoPool(httpcore.AsyncConnectionPool):
    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        stream = await _connected(request, self._ssl_context)
        response = await httpcore.AsyncHTTP11Connection(request.url.origin, stream).handle_async_request(request)
        stream.is_in_head = False
        return response


async def _connected(request: httpcore.Request, context: ssl.SSLContext | None) -> _Stream:
    host, seconds = request.url.host.decode("ascii"), request.extensions["timeout"]["connect"]
    port = request.url.port or PORTS[request.url.scheme.decode("ascii")]
    loop, stream = asyncio.get_running_loop(), _Stream()
    try:
        async with asyncio.timeout(seconds):
            await loop.create_connection(lambda: stream, host, port)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout from error
    except OSError as error:
        raise httpcore.ConnectError from error
    if request.url.scheme == b"https" and context is not None:
        async with AsyncExitStack() as unsecured:
            unsecured.push_async_callback(stream.aclose)
            await stream.start_tls(context, request.extensions.get("sni_hostname") or host, seconds)
            unsecured.pop_all()
    return stream


class _Stream(asyncio.Protocol, httpcore.AsyncNetworkStream):
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

    # ------------------------------------------------------------ httpcore calls these

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        while not self._got and not self._over:
            self._more.clear()
            await self._more.wait()
        if not self._got and self._error is not None:
            raise httpcore.ReadError from self._error
        data = bytes(self._got[:max_bytes])
        del self._got[:max_bytes]
        self._read += len(data)
        if self.is_in_head and self._read > _HEAD:
            raise httpcore.RemoteProtocolError("no end of its head")
        if self._paused and len(self._got) <= _AHEAD // 2 and not self._over:
            self._paused = False
            self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._transport.write(buffer)  # a request's head: never more than the transport keeps

    async def aclose(self) -> None:
        self._transport.abort()  # at once: there is nothing that we would still want to hear

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                secured = await loop.start_tls(self._transport, self, ssl_context, server_hostname=server_hostname)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except OSError as error:  # an ssl.SSLError is one too
            raise httpcore.ConnectError from error
        if secured is None:
            raise httpcore.ConnectError
        self._transport = secured
        return self

    def get_extra_info(self, info: str) -> Any:
        return self._transport.get_extra_info(info)
