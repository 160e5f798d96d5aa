"""A loopback feed farm: N feeds of M items each, in a process of its own, with as much latency as wished.

    with Farm(feeds=500, items=30, latency=0.3) as farm:
        farm.urls        500 addresses
        farm.publish()   every feed gets new items: nothing is 304 any more

The text is news-like, as long as agencies write: a headline, two or three sentences in HTML, a date, a category.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
from datetime import datetime, timedelta
from email.utils import format_datetime
from multiprocessing.connection import Connection
from types import TracebackType
from xml.sax.saxutils import escape

from tests.factories import NOW


def _listed(text: str) -> list[str]:
    """Phrases between commas, over lines."""
    return [" ".join(phrase.split()) for phrase in text.split(",")]


_WHO = _listed(
    """
    Malian army, JNIM fighters, Police, Two gunmen, The Red Cross, A drone, Wagner mercenaries, Rebels, The
    president, Protesters, Coast guards, The UN mission, Farmers, M23 rebels, RSF units, The Sudanese army, Houthi
    forces, Cartel members, Students, Border guards, An armed group, Doctors, The opposition, Militiamen, A suicide
    bomber, Two ministers, The mayor, Pirates
    """
)
_WHAT = _listed(
    """
    attacked, entered, shelled, left, evacuated, denied striking, blocked the road to, visited, clashed near,
    withdrew from, marched on, burned a market in, reopened the airport of, seized weapons in, held talks in,
    kidnapped traders near, repelled an assault on, declared a curfew in, reported cholera in, counted the dead in,
    cut the power of, released prisoners in, struck a convoy near
    """
)
_WHERE = _listed(
    """
    Kidal, Gao, Timbuktu, Khartoum, Kharkiv, Port-au-Prince, Goma, Marib, Mocha, Sittwe, Ménaka, Aguelhok, Djibo,
    Agadez, Maiduguri, Mopti, El Fasher, Nyala, Bukavu, Beni, Bangui, Bria, Juba, Malakal, Mekelle, Gondar,
    Mogadishu, Baidoa, Kismayo, Pemba, Palma, Aleppo, Idlib, Raqqa, Deir ez-Zor, Mosul, Kirkuk, Basra, Sanaa,
    Hodeidah, Taiz, Aden, Kabul, Kandahar, Quetta, Peshawar, Lashio, Myitkyina, Mandalay, Odesa, Kherson, Donetsk,
    Bakhmut, Sumy, Tbilisi, Yerevan, Stepanakert, Baku, Caracas, Cúcuta, Quito, Guayaquil, Lima, Culiacán, Tijuana
    """
)
_TOLD = (
    "Residents told reporters that {n} shots were heard before dawn.",
    "At least {n} people were killed and {m} injured, a local official said.",
    "About {n}00 families fled towards the border, aid workers said.",
    "The ministry has not commented; aid groups asked for access to the {n} villages around it.",
    "Shops closed and schools sent children home after a {m}-hour stand-off.",
    "It is the {n}th such case since {m} January, according to the governor.",
)
"""Events of 28 x 23 x 65 kinds, so that a farm of 15,000 items tells most of them once and some of them often."""


def rss(feed: int, items: int, first: int, at: datetime = NOW) -> bytes:
    """A feed of the entries `first` to `first + items`, the newest first; the same for the same arguments.

    `at` is when the newest was published; the others follow by the hour.
    """
    last = first + items - 1
    entries = "".join(_entry(feed, n, at - (last - n) * timedelta(hours=1)) for n in reversed(range(first, last + 1)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Wire {feed}</title><link>https://wire{feed}.example/</link><description>News</description>"
        f"<language>en</language>{entries}</channel></rss>"
    ).encode()


def _entry(feed: int, number: int, at: datetime) -> str:
    dice = random.Random(feed * 1_000_003 + number)
    link = f"https://wire{feed}.example/{number}"
    where = dice.choice(_WHERE)
    headline = f"{dice.choice(_WHO)} {dice.choice(_WHAT)} {where}, report {feed}-{number}"
    told, more = (text.format(n=dice.randint(2, 90), m=dice.randint(2, 28)) for text in dice.sample(_TOLD, 2))
    summary = f"<p>{headline}. {told}</p><p>{more} Filed near {where}.</p>"
    return (
        f"<item><title>{headline}</title><link>{link}</link><guid>{link}</guid><pubDate>{format_datetime(at)}</pubDate>"
        f"<dc:creator>Desk</dc:creator><category>World</category><description>{escape(summary)}</description></item>"
    )


class Farm:
    """The farm's process, from outside."""

    def __init__(
        self,
        *,
        feeds: int = 500,
        items: int = 30,
        latency: float = 0.0,
        fresh: int = 0,
        faults: bool = False,
        at: datetime = NOW,
    ) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        serving = _Serving(feeds, items, latency, fresh or items, faults, at)
        self._process = context.Process(target=_serve, args=(theirs, serving), daemon=True)
        self._feeds = feeds
        self.urls: tuple[str, ...] = ()

    def __enter__(self) -> Farm:
        self._process.start()
        port = self._pipe.recv()
        self.urls = tuple(f"http://127.0.0.1:{port}/{number}.xml" for number in range(self._feeds))
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._process.kill()
        self._process.join()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def publish(self) -> None:
        """A new edition of every feed, with `fresh` new items in it: all of them, if not said otherwise."""
        self._pipe.send("publish")
        self._pipe.recv()


def _serve(pipe: Connection, serving: _Serving) -> None:
    asyncio.run(serving.run(pipe))


class _Serving:
    """The farm's process, from inside: answers are rendered once, for it shares the machine that is measured."""

    def __init__(self, feeds: int, items: int, latency: float, fresh: int, faults: bool, at: datetime) -> None:
        self._feeds, self._items, self._latency, self._fresh, self._faults = feeds, items, latency, fresh, faults
        self._at = at
        self._edition = 0
        self._bodies: list[bytes] = []

    def _render(self) -> None:
        self._bodies = [rss(feed, self._items, self._edition * self._fresh, self._at) for feed in range(self._feeds)]

    async def run(self, pipe: Connection) -> None:
        self._render()
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0, backlog=4096)
        asyncio.get_running_loop().add_reader(pipe.fileno(), self._publish, pipe)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    def _publish(self, pipe: Connection) -> None:
        pipe.recv()
        self._edition += 1
        self._render()
        pipe.send("published")

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(self._latency)
            number = int(request.split(b" ", 2)[1][1:].partition(b".")[0])
            etag = b'"%d-%d"' % (number, self._edition)
            if b"none-match: " + etag in request.replace(b"None-Match", b"none-match").replace(b"If-none", b"if-none"):
                writer.write(b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\nConnection: close\r\n\r\n" % etag)
            elif self._faults and number % 50 == 49:
                writer.write(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                body = self._bodies[number]
                if self._faults and number % 20 == 19:
                    body = body.replace(b"</channel>", b"<p>")
                head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
                writer.write(head + b"ETag: %s\r\nContent-Length: %d\r\n\r\n" % (etag, len(body)) + body)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
