"""Bad HTTP: statuses, redirects, slow and endless answers, bombs, broken framing."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator

import brotli
import zstandard

from tests.hostile.case import Case, item, rss
from tests.serving import Asked, Say, answer, head, moved, ok

GOOD = rss(item())
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ZEROS = 200 * 1_048_576


def raw(*parts: bytes, pause: float = 0.0, forever: bytes = b"") -> Say:
    """Exactly these bytes, `pause` seconds apart, and then `forever` again and again."""

    async def say(_: Asked) -> AsyncIterator[bytes]:
        for part in parts:
            yield part
            await asyncio.sleep(pause)
        while forever:
            yield forever
            await asyncio.sleep(pause)

    return say


async def _silent(_: Asked) -> AsyncIterator[bytes]:
    await asyncio.sleep(600)
    yield b""


def _trickle(text: bytes) -> list[bytes]:
    return [text[at : at + 1] for at in range(len(text))]


def _zlib_zeros() -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1_048_576)) for _ in range(ZEROS // 1_048_576)) + packer.flush()


def _hop(number: int) -> Say:
    async def say(asked: Asked) -> AsyncIterator[bytes]:
        at = int(asked.path.partition("?")[2] or number)
        if at == 0:
            yield head(length=len(GOOD)) + GOOD.encode()
        else:
            yield head("302 Found", location=f"?{at - 1}")

    return say


async def _moving(asked: Asked) -> AsyncIterator[bytes]:
    """A redirect whose own body nobody needs to hear to its end."""
    if asked.path.endswith("?there"):
        yield head(length=len(GOOD)) + GOOD.encode()
        return
    yield head("302 Found", location="?there")
    while True:
        yield bytes(65_536)


async def _kept_open(_: Asked) -> AsyncIterator[bytes]:
    yield head(length=len(GOOD)) + GOOD.encode()
    await asyncio.sleep(600)


STATUSES = (
    Case("204", answer("204 No Content"), "http"),
    Case("206", answer("206 Partial Content", GOOD), "http"),
    Case("301 to nowhere", answer("301 Moved"), "http"),
    Case("304 unasked", answer("304 Not Modified"), "http"),
    Case("400", answer("400 Bad"), "http"),
    Case("401", answer("401 Unauthorized", www_authenticate="Basic"), "blocked"),
    Case("403", answer("403 Forbidden", "<html>Just a moment"), "blocked"),
    Case("404 with a feed in it", answer("404 Not Found", GOOD), "http"),
    Case("410", answer("410 Gone"), "gone"),
    Case("418", answer("418 I'm a teapot"), "http"),
    Case("429", answer("429 Too Many", retry_after="99999999999999999999"), "http"),
    Case("429 with words", answer("429 Too Many", retry_after="\x01\x02 later"), "http"),
    Case("451", answer("451 No"), "blocked"),
    Case("500", answer("500 Oops", GOOD), "http"),
    Case("503", answer("503 Wait", retry_after="Fri, 31 Dec 9999 23:59:59 GMT"), "http"),
    Case("999", answer("999 Denied"), "http"),
    Case("status of letters", raw(b"HTTP/1.1 2OO OK\r\n\r\n" + GOOD.encode()), "http"),
    Case("status of no digits", raw(b"HTTP/1.1  OK\r\n\r\n" + GOOD.encode()), "http"),
    Case("switching protocols", answer("101 Switching Protocols", GOOD), "http"),
    Case("hints before the answer", raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + head() + GOOD.encode())),
    Case("reason phrase with an escape", answer("500 \x1b]0;owned\x07"), "http"),
)

REDIRECTS = (
    Case("to itself", moved("?"), "redirect"),
    Case("five hops", _hop(5)),
    Case("six hops", _hop(6), "redirect"),
    Case("to a file", moved("file:///etc/passwd"), "refused"),
    Case("to ftp", moved("ftp://127.0.0.1/feed"), "refused"),
    Case("to gopher", moved("gopher://127.0.0.1:25/_MAIL"), "refused"),
    Case("to data", moved("data:application/rss+xml,<rss/>"), "refused"),
    Case("to javascript", moved("javascript:alert(1)"), "refused"),
    Case("to cloud metadata", moved("http://169.254.169.254/latest/meta-data/"), "refused"),
    Case("to mapped metadata", moved("http://[::ffff:169.254.169.254]/"), "refused"),
    Case("to metadata as a number", moved("http://2852039166/"), "refused"),
    Case("to the unspecified address", moved("http://0.0.0.0:{trap}/"), "refused"),
    Case("to multicast", moved("http://224.0.0.1/"), "refused"),
    Case("to no address", moved("http://[::zz]:x/"), "redirect"),
    Case("to metadata behind a name", moved("http://feeds.example@169.254.169.254/"), "refused"),
    Case("to metadata by NAT64", moved("http://[64:ff9b::a9fe:a9fe]/"), "refused"),
    Case("to metadata by 6to4", moved("http://[2002:a9fe:a9fe::]/"), "refused"),
    Case("to a link-local address with a zone", moved("http://[fe80::1%25lo]/"), "refused"),
    Case("to a name of no letters", moved("http://xn--a/"), "redirect"),
    Case("with an endless body", _moving),
    Case("to port 99999", moved("http://127.0.0.1:99999/"), "redirect"),
    Case("to 60 kB of address", moved("http://127.0.0.1:9/" + "a" * 60_000), "connect"),
)

SLOW = (
    Case("silent", _silent, "timeout"),
    Case("a byte of header at a time", raw(*_trickle(head() + b"x" * 5000), pause=0.05), "timeout"),
    Case("a byte of body at a time", raw(head(), *_trickle(GOOD.encode() * 20), pause=0.05), "timeout"),
    Case("stalls in the middle", raw(head(length=10_000), GOOD.encode(), pause=600), "timeout"),
    Case("spaces for ever", raw(head(), pause=0.05, forever=b" "), "timeout"),
    Case("continues for ever", raw(forever=b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.01), "timeout"),
)

ENDLESS = (
    Case("endless body", raw(head(), forever=b"<item>" * 10_000), "too_large"),
    Case("endless header lines", raw(b"HTTP/1.1 200 OK\r\n", forever=b"X-A: b\r\n" * 1000), "http"),
    Case("endless header line", raw(b"HTTP/1.1 200 OK\r\nX-A: ", forever=b"b" * 10_000), "http"),
    Case("continues as fast as it can", raw(forever=b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), "http"),
    Case("hints as fast as it can", raw(forever=b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1000), "http"),
    Case("endless chunks of a byte", raw(CHUNKED, forever=b"1\r\na\r\n" * 1000), "http"),
    Case("endless chunk extension", raw(CHUNKED + b"5;a=", forever=b"b" * 10_000), "http"),
    Case("endless trailer", raw(CHUNKED + b"0\r\n", forever=b"X-A: b\r\n" * 1000), "http"),
    Case("endless status line", raw(forever=b"HTTP/1.1 200 OK " * 1000), "http"),
    Case("90 kB of headers", raw(head()[:-2] + b"X-A: " + b"y" * 90_000 + b"\r\n\r\n" + GOOD.encode()), "too_large"),
    Case("gzip bomb", ok(gzip.compress(bytes(ZEROS)), content_encoding="gzip"), "too_large"),
    Case(
        "gzip bomb in gzip", ok(gzip.compress(gzip.compress(bytes(ZEROS))), content_encoding="gzip, gzip"), "too_large"
    ),
    Case("deflate bomb", ok(_zlib_zeros(), content_encoding="deflate"), "too_large"),
    Case("brotli bomb", ok(brotli.compress(bytes(ZEROS), quality=1), content_encoding="br"), "too_large"),
    Case("zstd bomb", ok(zstandard.compress(bytes(ZEROS)), content_encoding="zstd"), "too_large"),
    Case("gzip bomb without a header", ok(gzip.compress(bytes(ZEROS))), "too_large"),
    Case("twenty codings", ok(GOOD, content_encoding=", ".join(["gzip"] * 20)), "http"),
    Case("50,000 gzip members", ok(gzip.compress(b"") * 50_000, content_encoding="gzip"), "http"),
    Case("12 MiB of feed", ok(rss(*[item("x" * 1000)] * 12_000)), "too_large"),
)

BROKEN = (
    Case("closes at once", raw(), "http"),
    Case("not HTTP", raw(b"220 smtp.example ESMTP\r\n"), "http"),
    Case("binary", raw(bytes(range(256)) * 100), "http"),
    Case("half a header", raw(b"HTTP/1.1 200 OK\r\nContent-Ty"), "http"),
    Case("shorter than announced", raw(head(length=100_000) + GOOD.encode()), "http"),
    Case("two lengths", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nhello"), "http"),
    Case("length of -1", raw(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + GOOD.encode()), "http"),
    Case("bad chunk", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello"), "http"),
    Case(
        "chunk of 2^64", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello"), "http"
    ),
    Case("null in a header", raw(b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n" + GOOD.encode()), "http"),
    Case("HTTP/0.9", raw(GOOD.encode()), "http"),
    Case("lines without carriage returns", raw(b"HTTP/1.1 200 OK\nContent-Type: text/xml\n\n" + GOOD.encode())),
    Case("header over two lines", raw(head()[:-2] + b"X: a\r\n b\r\n\r\n" + GOOD.encode())),
    Case(
        "length and chunks",
        raw(head(length=5)[:-2] + CHUNKED[17:] + b"%x\r\n%b\r\n0\r\n\r\n" % (len(GOOD), GOOD.encode())),
    ),
    Case("chunk of -5", raw(CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n"), "http"),
    Case("chunks without an end", raw(CHUNKED + b"%x\r\n%b\r\n" % (len(GOOD), GOOD.encode())), "http"),
    Case("left open after its length", _kept_open),
    Case("gzip with more behind it", ok(gzip.compress(GOOD.encode()) + b"more" * 9, content_encoding="gzip")),
    Case("gzip of a wrong sum", ok(gzip.compress(GOOD.encode())[:-8] + bytes(8), content_encoding="gzip"), "http"),
    Case("gzip that says brotli", ok(gzip.compress(GOOD.encode()), content_encoding="br"), "http"),
    Case("gzip within brotli", ok(brotli.compress(gzip.compress(GOOD.encode())), content_encoding="gzip, br")),
    Case("damaged gzip", ok(gzip.compress(GOOD.encode())[:-20], content_encoding="gzip"), "http"),
    Case("no gzip though it says so", ok(GOOD, content_encoding="gzip")),
    Case("unknown coding", ok(GOOD, content_encoding="exi"), "http"),
    Case("cookie, refresh and link headers", ok(GOOD, set_cookie="a=b", refresh="0; url=file:///etc/passwd")),
    Case("content type of a picture", ok(GOOD, content_type="image/png")),
)

CASES = STATUSES + REDIRECTS + SLOW + ENDLESS + BROKEN
