"""Fetch a feed: `Feed` and `FeedState` to `Body | NotModified | Failed`. The only door to httpx.

Promises: one conditional GET over HTTP/1.1; nothing kept between requests but TLS settings (no cookies, no connections:
feeds live on different hosts); at most `max_bytes` decoded; an end at the feed's timeout whatever the server does; at
most five redirects, each checked like the first address; connections only to an address that was checked; no
environment proxies; no secret in what it returns or raises.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sitmon import __version__
from sitmon.answer import Answer, Body, Failed, Moved, NotModified
from sitmon.fetch import header, secret
from sitmon.fetch.decode import decoded, too_large
from sitmon.fetch.direct import Direct
from sitmon.fetch.library import httpx
from sitmon.fetch.policy import PORTS, literal, url_refused
from sitmon.fetch.resolve import Lookup, addresses, system_lookup
from sitmon.fetch.room import BIG, SHARE, Room
from sitmon.model import Feed, FeedState
from sitmon.schedule import PATIENCE

__all__ = ["Fetcher", "user_agent"]

REDIRECTS = 5
CONNECT = 10.0
"""Seconds for a TCP and TLS handshake; half the feed's timeout if that is less: a second address needs a chance."""
HEADER_BYTES = 65_536
PARTS = 50_000
"""Chunks of a body: each costs 30 µs, and 10 MiB of chunks of one byte five minutes."""
_TURN = 256
"""Chunks after which other feeds have their turn, where a server sends faster than we read."""
_MOVES, _FOR_GOOD = (301, 302, 303, 307, 308), (301, 308)


def user_agent(contact: str) -> str:
    """`sitmon/0.1.0 (+mailto:desk@example.org)`: who asks, and whom a publisher can write to."""
    return f"sitmon/{__version__}" + (f" (+{contact})" if contact else "")


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str
    permanent: bool


@dataclass(slots=True)
class _Asking:
    """One feed being asked: what stays the same through its redirects."""

    feed: Feed
    state: FeedState
    now: datetime
    room: Room
    deadline: asyncio.Timeout
    found: bool = False
    """Its name has an address: from here on a silence is the server's."""


class Fetcher:
    """Fetches feeds, many at a time. Close it when done."""

    def __init__(self, *, contact: str = "", max_bytes: int = 10 * 1_048_576, lookup: Lookup | None = None) -> None:
        self._agent = user_agent(contact)
        self._max_bytes = max_bytes
        self._lookup = lookup or system_lookup()
        self._transports: dict[tuple[object, ...], httpx.AsyncBaseTransport] = {}

    async def get(self, feed: Feed, state: FeedState, now: datetime, room: Room | None = None) -> Answer:
        """What the feed's server answers. `now` dates a Retry-After."""
        seconds, ask = feed.timeout.total_seconds(), None
        try:
            async with asyncio.timeout(seconds) as deadline:
                ask = _Asking(feed, state, now, room or Room(None), deadline)
                return secret.hidden(await self._follow(ask), feed)
        except TimeoutError:
            if ask is not None and not ask.found:
                return Failed("dns", f"no name server answers within {seconds:g} s")
            if ask is not None and ask.room.hurried:
                return Failed(
                    "timeout", f"a large answer, not complete within the {SHARE:g} s it has while others wait"
                )
            return Failed("timeout", f"no complete answer within {seconds:g} s")
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            return _failure(error)

    def warm(self) -> None:
        """Reads the authorities that TLS trusts, in 35 ms, so that the first feed need not wait for it."""
        self._transport(Feed("", ""))

    async def close(self) -> None:
        for transport in self._transports.values():
            await transport.aclose()

    # ------------------------------------------------------------ redirects

    async def _follow(self, ask: _Asking) -> Answer:
        home = _url(ask.feed.address or ask.feed.url)
        url, permanent, how = _start(ask.feed, ask.state), True, "url"
        for hop in range(REDIRECTS + 1):
            refused = url_refused(url.scheme, url.host, url.port, ask.feed, how)
            if refused:
                return refused
            at_home = (url.scheme, url.host, url.port) == (home.scheme, home.host, home.port)
            async with self._response(ask, url, secrets=at_home) as response:
                found = response if isinstance(response, Failed) else await self._read(ask, url, response)
            if not isinstance(found, _Redirect):
                return (
                    found if hop == 0 or isinstance(found, Failed) else replace(found, moved=Moved(str(url), permanent))
                )
            permanent = permanent and found.permanent
            url, how = url.join(found.location).copy_with(fragment=None, username=None, password=None), "redirect"
        return Failed("redirect", f"more than {REDIRECTS} redirects")

    # ------------------------------------------------------------ one request

    @asynccontextmanager
    async def _response(self, ask: _Asking, url: httpx.URL, *, secrets: bool) -> AsyncIterator[httpx.Response | Failed]:
        """The answer's head, from the first checked address that takes a connection."""
        host = url.raw_host.decode()
        found: tuple[str, ...] | Failed = (url.host,)
        if not ask.feed.proxy or literal(host):  # a proxy resolves names itself
            found = await addresses(host, url.port or PORTS[url.scheme], ask.feed, self._lookup)
        if isinstance(found, Failed):
            yield found
            return
        ask.found = True
        seconds = ask.feed.timeout.total_seconds()
        timeout = {"connect": min(CONNECT, seconds / 2), "read": seconds, "write": seconds, "pool": seconds}
        extensions = {"timeout": timeout, "sni_hostname": host}
        headers = header.request(ask.feed, ask.state, self._agent, url.netloc, secrets=secrets)
        urls = [url if address == url.host else url.copy_with(host=address) for address in found]
        requests = [httpx.Request("GET", address, headers=headers, extensions=extensions) for address in urls]
        response = await _first(self._transport(ask.feed), requests)
        try:
            yield response
        finally:
            await response.aclose()

    def _transport(self, feed: Feed) -> httpx.AsyncBaseTransport:
        """One for each proxy and each TLS setting."""
        key = (feed.proxy, feed.tls)
        if key not in self._transports:
            context = _tls(dict(feed.tls))
            self._transports[key] = _through(feed.proxy, context) if feed.proxy else Direct(context)
        return self._transports[key]

    # ------------------------------------------------------------ one answer

    async def _read(self, ask: _Asking, url: httpx.URL, response: httpx.Response) -> Answer | _Redirect:
        headers, status = response.headers.raw, response.status_code
        if sum(len(name) + len(value) for name, value in headers) > HEADER_BYTES:
            return Failed("too_large", f"more than {HEADER_BYTES // 1024} KiB of headers")
        if status in _MOVES and (location := header.location(headers)):
            return _Redirect(location, status in _FOR_GOOD)
        etag, modified = header.validator(headers, "etag"), header.validator(headers, "last-modified")
        if status == 304 and (ask.state.etag or ask.state.last_modified):
            return NotModified(header.max_age(headers), None, etag, modified)
        if status != 200:
            return _refusal(status, headers, ask.now)
        raw = await self._download(response, ask)
        if isinstance(raw, Failed):
            return raw
        data = await self._decoded(raw, response.headers.get("content-encoding", ""), ask)
        if isinstance(data, Failed):
            return data
        kind = response.headers.get("content-type", "")
        return Body(data, str(url), kind, etag, modified, header.max_age(headers))

    async def _download(self, response: httpx.Response, ask: _Asking) -> bytes | Failed:
        raw, parts = bytearray(), 0
        async for part in response.aiter_raw():
            raw += part
            parts += 1
            if len(raw) > self._max_bytes:
                return too_large(self._max_bytes)
            if parts > PARTS:
                return Failed("http", f"more than {PARTS:,} chunks, of {len(raw) // parts} bytes each")
            if parts % _TURN == 0:
                await asyncio.sleep(0)
            await ask.room.take(len(raw), ask.deadline)
        return bytes(raw)

    async def _decoded(self, raw: bytes, coding: str, ask: _Asking) -> bytes | Failed:
        if len(raw) <= BIG:
            data = decoded(raw, coding, min(BIG, self._max_bytes))
            if not isinstance(data, Failed):
                await ask.room.take(len(data), ask.deadline)
            if not isinstance(data, Failed) or data.kind != "too_large" or self._max_bytes <= BIG:
                return data
            await ask.room.take(self._max_bytes, ask.deadline)
        return await asyncio.to_thread(decoded, raw, coding, self._max_bytes)


def _start(feed: Feed, state: FeedState) -> httpx.URL:
    """Where a permanent redirect leads that was seen often enough, else where the operator says."""
    believed = state.redirect if state.redirects >= PATIENCE else None
    return _url(believed or feed.address or feed.url)


@lru_cache(maxsize=4096)  # to read an address takes 40 µs, and each is asked again and again
def _url(text: str) -> httpx.URL:
    return httpx.URL(text)


async def _first(transport: httpx.AsyncBaseTransport, requests: list[httpx.Request]) -> httpx.Response:
    """The answer to the first request whose address takes a connection."""
    for request in requests[:-1]:
        try:
            return await transport.handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            continue
    return await transport.handle_async_request(requests[-1])


def _through(proxy: str, context: ssl.SSLContext) -> httpx.AsyncHTTPTransport:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    return httpx.AsyncHTTPTransport(verify=context, trust_env=False, limits=limits, proxy=httpx.Proxy(proxy))


def _tls(settings: dict[str, str]) -> ssl.SSLContext:
    """Verification is never off; an operator may name further authorities, and a certificate to show."""
    context = httpx.create_ssl_context(trust_env=False)
    if ca := settings.get("ca_file"):
        context.load_verify_locations(ca)
    if certificate := settings.get("cert_file"):
        context.load_cert_chain(certificate, settings.get("key_file"))
    return context


def _refusal(status: int, headers: list[header.Header], now: datetime) -> Failed:
    words = header.status_in_words(status)
    if status in (401, 403, 407, 451):
        return Failed("blocked", f"{words}: the publisher does not let us read it", status)
    if status == 410:
        return Failed("gone", f"{words}: the publisher has removed it; remove or replace it in feeds.yaml", status)
    retry_at = header.retry_at(headers, now) if status in (429, 503) else None
    return Failed("http", words, status, retry_at)


def _failure(error: Exception) -> Failed:
    """In our own words: what a library says may quote a header or a URL, and with it a secret."""
    match error:
        case httpx.ConnectTimeout():
            return Failed("connect", "no connection in time")
        case httpx.TimeoutException():
            return Failed("timeout", "no answer in time")
        case httpx.ConnectError() if _is_tls(error):
            return Failed("tls", "its certificate or encryption cannot be trusted")
        case httpx.ProxyError():
            return Failed("connect", "the proxy refuses")
        case httpx.ConnectError():
            return Failed("connect", "no connection: refused, unreachable or reset")
        case httpx.RemoteProtocolError():
            return Failed("http", "the answer is not HTTP, or ends early")
        case httpx.NetworkError() | OSError():
            return Failed("connect", "the connection broke")
        case httpx.InvalidURL() | httpx.UnsupportedProtocol() | UnicodeError():
            return Failed("redirect", "an address that cannot be read")
        case _:
            return Failed("http", f"the answer cannot be read ({type(error).__name__})")


def _is_tls(error: BaseException) -> bool:
    """httpx wraps the reason twice."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
