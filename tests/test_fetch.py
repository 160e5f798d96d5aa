"""Fetching over a real loopback server: polite, bounded, and never where it must not go."""

from __future__ import annotations

import asyncio
import gzip
import random
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import brotli
import pytest
import zstandard

from sitmon.answer import Answer, Body, Failed, Moved, NotModified
from sitmon.fetch import Fetcher, header
from sitmon.fetch.policy import is_allowed, literal
from sitmon.model import Feed, FeedState
from tests.factories import NOW, feed
from tests.serving import CERTIFICATE, Asked, Say, Server, answer, conditional, head, moved, ok, tls

RSS = "<rss version='2.0'><channel><title>T</title></channel></rss>"


def local(url: str, **more: Any) -> Feed:
    return feed(url=url, allow_http=True, allow_private=True, **{"timeout": timedelta(seconds=60), **more})


def get(source: Feed, state: FeedState | None = None, **settings: Any) -> Answer:
    async def once() -> Answer:
        fetcher = Fetcher(contact="mailto:desk@x.example", **settings)
        try:
            return await fetcher.get(source, state or FeedState(source.id), NOW)
        finally:
            await fetcher.close()

    return asyncio.run(once())


def fetched(say: Say, state: FeedState | None = None, max_bytes: int = 1_000_000, **more: Any) -> Answer:
    with Server({"/feed": say, "/other": ok(RSS)}) as server:
        return get(local(server.url("/feed"), **more), state, max_bytes=max_bytes)


def failed(found: Answer) -> Failed:
    assert isinstance(found, Failed), found
    return found


def test_an_answer_is_a_body_with_its_validators_verbatim() -> None:
    found = fetched(ok(RSS, etag='W/"a\xe9"', last_modified="some day", cache_control="public, max-age=90"))
    assert isinstance(found, Body)
    assert (found.data.decode(), found.etag, found.last_modified, found.max_age) == (RSS, 'W/"a\xe9"', "some day", 90)


def test_validators_go_back_verbatim_and_bring_a_304() -> None:
    found = fetched(conditional(RSS, 'W/"a\xe9"'), FeedState("wire", etag='W/"a\xe9"'))
    assert isinstance(found, NotModified)


def test_a_304_that_nobody_asked_for_is_a_failure() -> None:
    assert failed(fetched(answer("304 Not Modified"))).status == 304


def test_the_publisher_sees_who_asks_and_nothing_else() -> None:
    with Server({"/feed": ok(RSS, set_cookie="id=1")}) as server:
        get(local(server.url("/feed")))
        asked = server.asked[0]
    assert asked.header("user-agent") == "sitmon/0.1.0 (+mailto:desk@x.example)"
    assert asked.header("host") == f"127.0.0.1:{server.port}"
    assert {"cookie", "referer", "if-none-match"}.isdisjoint(name.lower() for name, _ in asked.headers)


def test_auth_and_headers_reach_the_publisher() -> None:
    with Server({"/feed": ok(RSS)}) as server:
        get(local(server.url("/feed"), auth=(("type", "bearer"), ("token", "t")), headers=(("User-Agent", "own"),)))
        asked = server.asked[0]
    assert (asked.header("authorization"), asked.header("user-agent")) == ("Bearer t", "own")


def test_auth_never_follows_a_redirect_to_another_server() -> None:
    with Server({"/feed": ok(RSS)}) as other, Server({"/feed": moved(other.url("/feed"))}) as server:
        secret = local(server.url("/feed"), auth=(("type", "basic"), ("user", "u"), ("password", "hunter2")))
        assert isinstance(get(secret), Body)
        assert other.asked[0].header("authorization") is None
        assert server.asked[0].header("authorization") is not None


def test_auth_does_not_go_where_a_redirect_leads_that_was_seen_often_enough_to_be_believed() -> None:
    with Server({"/feed": ok(RSS)}) as other, Server({"/feed": moved(other.url("/feed"))}) as server:
        secret = local(server.url("/feed"), auth=(("type", "bearer"), ("token", "hunter2")), headers=(("X-Key", "k"),))
        state = FeedState(secret.id, redirect=other.url("/feed"), redirects=3)
        assert isinstance(get(secret, state), Body)
        assert server.asked == []
        assert (other.asked[0].header("authorization"), other.asked[0].header("x-key")) == (None, None)


def test_a_validator_is_not_kept_that_no_server_would_take_back() -> None:
    assert getattr(fetched(ok(RSS, etag='"\x1b[31m"')), "etag", "") is None
    found = fetched(ok(RSS, etag="e" * 5000, last_modified="m" * 4096))
    assert isinstance(found, Body)
    assert (found.etag, found.last_modified) == (None, "m" * 4096)


def test_a_redirect_to_letters_that_are_not_ascii_is_meant_as_utf_8() -> None:
    def to(place: str) -> Say:
        return moved(place.encode().decode("latin-1"))

    with Server({"/feed": to("/café"), "/caf%C3%A9": ok(RSS)}) as server:
        assert isinstance(get(local(server.url("/feed"))), Body)


CODED = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", lambda data: zlib.compress(data)[2:-4]),
    ("br", brotli.compress),
    ("zstd", zstandard.ZstdCompressor().compress),
    ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
    ("gzip", lambda data: gzip.compress(gzip.compress(data))),
    ("gzip", lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:])),
    ("zstd", lambda data: zstandard.compress(data[:9]) + zstandard.compress(data[9:])),
    ("gzip", lambda data: data),
    ("identity", lambda data: data),
    ("", gzip.compress),
]


@pytest.mark.parametrize(("coding", "code"), CODED, ids=[f"{n} {row[0]}" for n, row in enumerate(CODED)])
def test_content_codings_are_undone(coding: str, code: Any) -> None:
    found = fetched(ok(code(RSS.encode()), content_encoding=coding))
    assert isinstance(found, Body), found
    assert found.data.decode() == RSS


BOMBS = [
    ("gzip", lambda: gzip.compress(bytes(50_000_000))),
    ("deflate", lambda: zlib.compress(bytes(50_000_000))),
    ("br", lambda: brotli.compress(bytes(50_000_000))),
    ("zstd", lambda: zstandard.ZstdCompressor().compress(bytes(50_000_000))),
    ("gzip, gzip", lambda: gzip.compress(gzip.compress(bytes(50_000_000)))),
]


@pytest.mark.parametrize(("coding", "bomb"), BOMBS, ids=[row[0] for row in BOMBS])
def test_a_bomb_ends_at_the_cap(coding: str, bomb: Any) -> None:
    assert failed(fetched(ok(bomb(), content_encoding=coding))).kind == "too_large"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_damaged_coding_says_so(coding: str) -> None:
    assert "coding" in failed(fetched(ok(b"\x1f\x8b\x08 no such thing", content_encoding=coding))).message


CODERS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress}


@pytest.mark.parametrize("coding", CODERS)
def test_a_coding_that_is_cut_off_says_so(coding: str) -> None:
    whole = CODERS[coding](RSS.encode() + random.Random(1).randbytes(500_000))
    assert "cut off" in failed(fetched(ok(whole[:-9], content_encoding=coding))).message


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_empty_members_without_end_are_damage(coding: str) -> None:
    found = failed(fetched(ok(CODERS[coding](b"") * 40_000, content_encoding=coding)))
    assert "damaged" in found.message


def test_an_unknown_coding_says_so() -> None:
    assert failed(fetched(ok(RSS, content_encoding="exi"))).kind == "http"


def endless(pause: float, part: bytes = b"x") -> Say:
    async def say(_: Asked) -> AsyncIterator[bytes]:
        yield head()
        while True:
            yield part
            await asyncio.sleep(pause)

    return say


def test_one_byte_a_second_ends_at_the_total_deadline() -> None:
    assert failed(fetched(endless(0.05), timeout=timedelta(seconds=0.5))).kind == "timeout"


def test_an_endless_answer_ends_at_the_cap() -> None:
    assert failed(fetched(endless(0, b"x" * 65_536))).kind == "too_large"


async def _silent(_: Asked) -> AsyncIterator[bytes]:
    await asyncio.sleep(60)
    yield b""


async def _no_http(_: Asked) -> AsyncIterator[bytes]:
    yield b"220 smtp.example ESMTP\r\n"


async def _many_headers(_: Asked) -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n" + b"X-Pad: " + b"x" * 1000 + b"\r\n"
    for _n in range(1000):
        yield b"X-Pad: " + b"x" * 1000 + b"\r\n"


async def _short(_: Asked) -> AsyncIterator[bytes]:
    yield head(length=1000) + b"<rss>"


FAILS: list[tuple[str, Say, str]] = [
    ("silent", _silent, "timeout"),
    ("no http", _no_http, "http"),
    ("headers without end", _many_headers, "http"),
    ("cut off", _short, "http"),
    ("not found", answer("404 Not Found"), "http"),
    ("error", answer("500 Oops"), "http"),
    ("odd status", answer("799 What"), "http"),
    ("gone", answer("410 Gone"), "gone"),
    ("forbidden", answer("403 Forbidden"), "blocked"),
    ("legal reasons", answer("451 No"), "blocked"),
    ("login", answer("401 No"), "blocked"),
    ("no location", answer("301 Moved"), "http"),
]


@pytest.mark.parametrize(("what", "say", "kind"), FAILS, ids=[row[0] for row in FAILS])
def test_a_bad_answer_is_a_failure_of_its_kind(what: str, say: Say, kind: str) -> None:
    patience = timedelta(seconds=1 if kind == "timeout" else 60)
    assert failed(fetched(say, timeout=patience)).kind == kind, what


REDIRECTS = [
    ("relative", moved("/other"), None),
    ("loop", moved("/feed"), "redirect"),
    ("to file", moved("file:///etc/passwd"), "refused"),
    ("to ftp", moved("ftp://x.example/"), "refused"),
    ("to gopher", moved("gopher://127.0.0.1:25/"), "refused"),
    ("to javascript", moved("javascript:alert(1)"), "refused"),
    ("to metadata", moved("http://169.254.169.254/latest/meta-data/"), "refused"),
    ("to unspecified", moved("http://0.0.0.0/"), "refused"),
    ("to nonsense", moved("http://[::zz]/"), "redirect"),
    ("to nowhere", moved("http://"), None),
]


@pytest.mark.parametrize(("what", "say", "kind"), REDIRECTS, ids=[row[0] for row in REDIRECTS])
def test_a_redirect_is_checked_like_the_first_address(what: str, say: Say, kind: str | None) -> None:
    found = fetched(say)
    assert (found.kind if isinstance(found, Failed) else None) == kind or what == "to nowhere"


def test_where_the_answer_came_from_is_told_with_whether_it_is_for_good() -> None:
    for status, permanent in (("301 Moved", True), ("302 Found", False), ("307 Temporary", False), ("308 Perm", True)):
        found = fetched(moved("/other", status))
        assert isinstance(found, Body)
        assert found.moved is not None
        assert (found.moved.permanent, found.moved.url.endswith("/other")) == (permanent, True)


def test_a_redirect_believed_is_asked_directly() -> None:
    with Server({"/new": ok(RSS)}) as server:
        state = FeedState("wire", redirect=server.url("/new"), redirects=3)
        assert isinstance(get(local(server.url("/old")), state), Body)


def test_http_is_refused_without_leave() -> None:
    with Server({"/feed": ok(RSS)}) as server:
        found = failed(get(feed(url=server.url("/feed"), allow_private=True)))
        assert (found.kind, "allow_http" in found.message, server.asked) == ("refused", True, [])


def test_loopback_is_refused_without_leave() -> None:
    with Server({"/feed": ok(RSS)}) as server:
        found = failed(get(feed(url=server.url("/feed"), allow_http=True)))
        assert (found.kind, "allow_private" in found.message, server.asked) == ("refused", True, [])


def test_a_name_is_judged_by_the_address_it_has_and_only_that_is_connected_to() -> None:
    calls: list[str] = []

    async def lookup(host: str, _: int) -> list[str]:
        calls.append(host)
        return ["127.0.0.1"]

    with Server({"/feed": ok(RSS)}) as server:
        url = f"http://rebind.example:{server.port}/feed"
        assert failed(get(feed(url=url, allow_http=True), lookup=lookup)).kind == "refused"
        assert isinstance(get(local(url), lookup=lookup), Body)
        assert server.asked[0].header("host") == f"rebind.example:{server.port}"
    assert calls == ["rebind.example"] * 2


def test_a_name_without_address_is_told_apart_from_a_server_that_is_down() -> None:
    async def lookup(host: str, port: int) -> list[str]:
        raise OSError(host, port)

    assert failed(get(feed(url="https://nowhere.example/"), lookup=lookup)).kind == "dns"
    assert failed(get(local("http://127.0.0.1:9/"))).kind == "connect"


def test_a_second_address_is_tried_when_the_first_does_not_answer() -> None:
    async def lookup(_: str, __: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    with Server({"/feed": ok(RSS)}) as server:
        assert isinstance(get(local(f"http://two.example:{server.port}/feed"), lookup=lookup), Body)


_NEVER_PUBLIC = (
    "127.0.0.1 127.255.0.1 10.1.2.3 172.16.0.1 192.168.1.1 100.64.0.1 169.254.169.254 0.0.0.0 0.1.2.3 224.0.0.1 "
    "255.255.255.255 192.0.2.1 198.18.0.1 240.0.0.1 ::1 :: fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 "
    "::ffff:10.0.0.1 ::ffff:169.254.169.254 2002:7f00:1:: 64:ff9b::7f00:1 64:ff9b::a00:1 2001:db8::1 100::1 "
    "::127.0.0.1 fec0::1"
)


@pytest.mark.parametrize("text", _NEVER_PUBLIC.split())
def test_no_address_but_a_public_one_is_allowed(text: str) -> None:
    address = literal(text)
    assert address is not None
    assert not is_allowed(address, feed())


@pytest.mark.parametrize("text", ["8.8.8.8", "151.101.0.81", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses_are_allowed(text: str) -> None:
    address = literal(text)
    assert address is not None
    assert is_allowed(address, feed())


@pytest.mark.parametrize("text", ["169.254.169.254", "fe80::1", "0.0.0.0", "::ffff:169.254.169.254", "224.0.0.1"])
def test_some_addresses_are_never_allowed(text: str) -> None:
    address = literal(text)
    assert address is not None
    assert not is_allowed(address, feed(allow_private=True))


RETRY = [
    ("120", 2),
    ("Thu, 19 Sep 2024 12:40:00 GMT", 40),
    ("Thu, 19 Sep 2020 12:40:00 GMT", None),
    ("soon", None),
    ("-5", None),
]


@pytest.mark.parametrize(("said", "minutes"), RETRY)
def test_retry_after_is_read_in_seconds_and_as_a_date(said: str, minutes: int | None) -> None:
    found = failed(fetched(answer("429 Too Many", retry_after=said)))
    assert found.retry_at == (NOW + timedelta(minutes=minutes) if minutes else None)


AGES = [("max-age=60", 60), ("public,max-age=60", 60), ("no-cache, max-age=60", 0), ("s-maxage=9", 0), ("", 0)]


@pytest.mark.parametrize(("control", "seconds"), AGES)
def test_freshness_is_what_cache_control_says(control: str, seconds: int) -> None:
    assert header.max_age([(b"Cache-Control", control.encode())]) == seconds


def test_no_failure_holds_a_secret() -> None:
    async def echo(asked: Asked) -> AsyncIterator[bytes]:
        yield f"HTTP/1.1 200 {asked.header('authorization')}\r\n{asked.header('authorization')}\r\n\r\n".encode()

    with Server({"/feed": echo, "/": moved("http://hunter2.invalid:99999/hunter2")}) as server:
        for path in ("/feed?key=hunter2", "/?key=hunter2", "/none?key=hunter2"):
            secret = local(server.url(path), auth=(("type", "bearer"), ("token", "hunter2")))
            assert "hunter2" not in repr(get(secret))


SECRET = "s3cret/tok+n"
ECHOES = [
    ("/feed?key=s3cret/tok+n", "http://127.0.0.1:{port}/feed?key=***"),
    ("/s3cret/tok+n/feed", "http://127.0.0.1:{port}/***/feed"),
    ("/s3cret%2Ftok%2Bn/feed", "http://127.0.0.1:{port}/***/feed"),
    ("/s3%63ret/tok+n/feed", "http://127.0.0.1:{port}/"),
]


@pytest.mark.parametrize(("path", "shown"), ECHOES)
def test_links_hang_on_an_address_without_its_secrets(path: str, shown: str) -> None:
    with Server({path.partition("?")[0]: ok(RSS)}) as server:
        found = get(local(server.url("/hidden"), address=server.url(path), secrets=(SECRET,)))
        assert isinstance(found, Body)
        assert found.url == shown.format(port=server.port)


def test_what_a_server_says_back_of_our_secrets_goes_no_further() -> None:
    async def echo(asked: Asked) -> AsyncIterator[bytes]:
        if asked.path == "/feed":
            yield head("301 Moved", location=f"/new?key={asked.header('x-key')}", length=0)
        told = f"<title>{asked.header('x-key')} {asked.header('authorization')}</title>".encode()
        yield head(length=len(told), etag=f'"{asked.header("x-key")}"', last_modified="some day") + told

    with Server({"/feed": echo, "/new": echo}) as server:
        auth = (("type", "basic"), ("user", "desk"), ("password", SECRET))
        found = get(local(server.url("/feed"), headers=(("X-Key", SECRET),), auth=auth, secrets=(SECRET,)))
        assert isinstance(found, Body)
        assert found.moved == Moved(server.url("/new?key=***"), permanent=False)
        assert (found.etag, found.last_modified, found.data) == (None, "some day", b"<title>*** Basic ***</title>")


def test_a_host_or_a_short_word_that_was_filled_in_stays_readable() -> None:
    with Server({"/news": ok("news of 127.0.0.1")}) as server:
        found = get(local("hidden", address=server.url("/news"), secrets=("127.0.0.1", "news")))
        assert isinstance(found, Body)
        assert found.data == b"news of 127.0.0.1"


def test_a_proxy_is_used_only_when_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert isinstance(fetched(ok(RSS)), Body)
    with Server({"http://far.example/feed": ok(RSS)}) as proxy:
        assert isinstance(get(local("http://far.example/feed", proxy=proxy.url(""))), Body)


async def to_loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def secured(say: Say, **more: Any) -> Answer:
    """What `https://feeds.test` answers, which is this machine."""
    with Server({"/feed": say}, tls=tls()) as server:
        source = local(f"https://feeds.test:{server.port}/feed", **more)
        return get(source, lookup=to_loopback, max_bytes=10_000_000)


def test_https_is_read_where_an_authority_that_the_operator_trusts_vouches_for_the_name() -> None:
    long = RSS + " " * 3_000_000
    found = secured(ok(long), tls=(("ca_file", str(CERTIFICATE)),))
    assert isinstance(found, Body)
    assert found.data.decode() == long


def test_a_certificate_that_nobody_vouches_for_ends_the_request() -> None:
    assert failed(secured(ok(RSS))).kind == "tls"


def test_a_server_that_never_answers_the_handshake_is_no_connection_in_time() -> None:
    async def once() -> Answer:
        silent = await asyncio.start_server(lambda *_: asyncio.sleep(60), "127.0.0.1", 0)
        port = silent.sockets[0].getsockname()[1]
        fetcher = Fetcher(lookup=to_loopback)
        try:
            source = local(f"https://feeds.test:{port}/feed", timeout=timedelta(seconds=1))
            return await fetcher.get(source, FeedState(source.id), NOW)
        finally:
            await fetcher.close()
            silent.close()

    assert failed(asyncio.run(once())).kind == "connect"


def test_the_end_of_a_connection_is_ours_alone_to_ask_for() -> None:
    with Server({"/feed": ok(RSS)}) as server:
        get(local(server.url("/feed"), headers=(("Connection", "keep-alive"),)))
        assert server.asked[0].header("connection") == "close"
