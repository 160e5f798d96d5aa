"""Collecting from a real loopback server: everything arrives once, durable before it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sitmon.collector import Arrival, Collector, Settings
from sitmon.errors import StoreError
from sitmon.events import FeedFailed, FeedPolled, FeedSkipped, NetworkLost, PollEvent, PollFinished, PollStarted
from sitmon.model import Document, Feed, FeedHealth, FeedState, Item, Tags
from tests.factories import NOW, feed
from tests.serving import Server, answer, conditional, moved, ok


class PlainTagger:
    """Tags an item with the country whose code its title ends in."""

    def tags(self, document: Document) -> Tags:
        return Tags(countries=(document.title[-2:],))


def tagger() -> PlainTagger:
    return PlainTagger()


def rss(*titles: str) -> str:
    items = "".join(
        f"<item><title>{title}</title><guid>{title[:5]}</guid><pubDate>Thu, 19 Sep 2024 10:00:00 GMT</pubDate></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>"


class World:
    """A store in memory, and the rounds of a collector that fills it."""

    def __init__(self, *feeds: Feed, **settings: Any) -> None:
        self.feeds = feeds
        self.settings = Settings(workers=1, **settings)
        self.items: dict[str, Item] = {}
        self.states: dict[str, FeedState] = {}
        self.fails = False

    def sink(self, arrivals: tuple[Arrival, ...]) -> None:
        if self.fails:
            raise StoreError("the disk is full")
        for arrival in arrivals:
            self.states[arrival.feed.id] = arrival.state
            self.items |= {item.id: item for item in arrival.items}

    def collector(self, lookup: Any = None) -> Collector:
        return Collector(
            self.feeds,
            self.states,
            tagger=tagger,
            sink=self.sink,
            find=self.items.get,
            settings=self.settings,
            lookup=lookup,
        )

    def rounds(self, times: Sequence[datetime] = (NOW,), between: Any = None, lookup: Any = None) -> list[PollEvent]:
        """Events of rounds by one collector, all feeds asked at each of these times; `between` is called after each."""

        async def run() -> list[PollEvent]:
            collector, events = self.collector(lookup), []
            try:
                for now in times:
                    events += [event async for event in collector.round(now, self.feeds)]
                    if between:
                        between()
            finally:
                await collector.close()
            return events

        return asyncio.run(run())

    def titles(self) -> list[str]:
        return sorted(item.title for item in self.items.values())


def local(server: Server, path: str = "/feed", feed_id: str = "wire", **more: Any) -> Feed:
    return feed(feed_id, url=server.url(path), allow_http=True, allow_private=True, **more)


LATER = NOW + timedelta(hours=2)


def test_what_a_feed_brings_is_stored_tagged_and_then_told() -> None:
    with Server({"/feed": ok(rss("Shelling ML", "Flood NE"), etag='"1"')}) as server:
        world = World(local(server))
        events = world.rounds()
    assert [type(event) for event in events] == [PollStarted, FeedPolled, PollFinished]
    assert isinstance(events[1], FeedPolled)
    assert (events[1].status, events[1].items, events[1].new) == ("ok", 2, 2)
    assert {item.tags.countries for item in world.items.values()} == {("ML",), ("NE",)}
    assert (world.states["wire"].etag, world.states["wire"].title) == ('"1"', "Wire")


def test_what_is_told_was_durable_before() -> None:
    stored_when_told = []

    async def run(world: World) -> None:
        collector = world.collector()
        async for event in collector.round(NOW, world.feeds):
            if isinstance(event, FeedPolled):
                stored_when_told.append(len(world.items))
        await collector.close()

    with Server({"/feed": ok(rss("Shelling ML"))}) as server:
        asyncio.run(run(World(local(server))))
    assert stored_when_told == [1]


def test_a_second_round_asks_with_the_validators_and_brings_nothing() -> None:
    with Server({"/feed": conditional(rss("Shelling ML"), 'W/"1"')}) as server:
        world = World(local(server))
        events = world.rounds([NOW, LATER])
    statuses = [event.status for event in events if isinstance(event, FeedPolled)]
    assert statuses == ["ok", "not_modified"]


def test_the_same_bytes_again_are_not_modified() -> None:
    with Server({"/feed": ok(rss("Shelling ML"))}) as server:
        events = World(local(server)).rounds([NOW, LATER])
    assert [e.status for e in events if isinstance(e, FeedPolled)] == ["ok", "not_modified"]


def test_an_edited_item_is_a_revision_and_not_new() -> None:
    with Server({"/feed": ok(rss("live: 10 killed ML"))}) as server:
        world = World(local(server))
        edit = lambda: server.says.update({"/feed": ok(rss("live: 20 killed ML"))})  # noqa: E731
        events = world.rounds([NOW, LATER], between=edit)
    (item,) = world.items.values()
    assert (item.title, item.revised, [r.title for r in item.revisions]) == (
        "live: 20 killed ML",
        LATER,
        ["live: 10 killed ML"],
    )
    assert [e.new for e in events if isinstance(e, FeedPolled)] == [1, 0]


def test_after_a_restart_nothing_is_new_again() -> None:
    with Server({"/feed": ok(rss("Shelling ML"))}) as server:
        world = World(local(server))
        world.rounds()
        server.says["/feed"] = ok(rss("Shelling ML", "Flood NE"))
        events = world.rounds([LATER])
    assert [e.new for e in events if isinstance(e, FeedPolled)] == [1]
    assert world.titles() == ["Flood NE", "Shelling ML"]


def test_what_could_not_be_stored_comes_again() -> None:
    with Server({"/feed": conditional(rss("Shelling ML"), '"1"')}) as server:
        world = World(local(server))
        world.fails = True
        events = world.rounds([NOW, LATER], between=lambda: setattr(world, "fails", False))
    failed = next(event for event in events if isinstance(event, FeedFailed))
    assert ("the disk is full" in failed.message, world.titles()) == (True, ["Shelling ML"])


def test_one_bad_feed_costs_the_others_nothing() -> None:
    says = {"/good": ok(rss("Shelling ML")), "/bad": ok("no feed"), "/gone": answer("410 Gone")}
    with Server(says) as server:
        world = World(*(local(server, path, path[1:]) for path in says))
        events = world.rounds([NOW, LATER])
    finished = [event for event in events if isinstance(event, PollFinished)]
    assert [(f.feeds, f.ok, f.failed) for f in finished] == [(3, 1, 2), (2, 0, 1)]
    assert [e.feed for e in events if isinstance(e, FeedSkipped)] == ["gone"]
    assert (world.states["bad"].health, world.states["gone"].stopped) == (FeedHealth.PARSE, True)


async def nowhere(host: str, port: int) -> list[str]:
    raise OSError(host, port)


def test_a_lost_network_is_one_alarm_and_no_feed_is_blamed() -> None:
    world = World(*(feed(f"f{n}") for n in range(5)))
    events = world.rounds(lookup=nowhere)
    assert isinstance(events[1], NetworkLost)
    assert (events[1].feeds, world.states) == (5, {})


def test_a_few_dead_hosts_among_living_ones_are_their_own_fault() -> None:
    with Server({"/feed": ok(rss("Shelling ML"))}) as server:
        world = World(local(server), *(feed(f"f{n}") for n in range(5)))
        events = world.rounds(lookup=nowhere)
    assert not [event for event in events if isinstance(event, NetworkLost)]
    assert [world.states[f"f{n}"].failures for n in range(5)] == [1] * 5


def test_a_permanent_redirect_is_told_after_three_polls_and_then_used() -> None:
    with Server({"/feed": moved("/new"), "/new": ok(rss("Shelling ML"))}) as server:
        world = World(local(server))
        world.rounds([NOW + n * timedelta(hours=1) for n in range(4)])
    assert "/new" in (world.states["wire"].suggestion or "")
    assert [asked.path for asked in server.asked] == ["/feed", "/new"] * 3 + ["/new"]


def test_running_polls_what_is_due_and_listens_to_poll_now() -> None:
    async def run(world: World) -> int:
        collector, finished = world.collector(), 0
        async for event in collector.run(lambda: NOW):
            if isinstance(event, PollFinished):
                finished += 1
                if finished == 2:
                    break
                collector.poll_now(["wire"])
        await collector.close()
        return finished

    with Server({"/feed": ok(rss("Shelling ML"))}) as server:
        assert asyncio.run(run(World(local(server)))) == 2


def test_many_feeds_of_one_round_all_arrive() -> None:
    says = {f"/{n}": ok(rss(*(f"{n:02}{k:02} title ML" for k in range(20)))) for n in range(40)}
    with Server(says) as server:
        world = World(*(local(server, path, f"f{path[1:]}") for path in says), parallel=8)
        world.rounds()
    assert len(world.items) == 800


def test_a_feed_switched_off_is_said_to_be_and_comes_back_as_it_was() -> None:
    with Server({"/feed": ok(rss("Shelling ML"))}) as server:
        off = World(local(server, enabled=False))
        off.rounds()
        assert (off.states["wire"].health, off.states["wire"].since, server.asked) == (FeedHealth.OFF, NOW, [])
        off.feeds = (local(server),)
        off.rounds([LATER])
    assert off.states["wire"].health is not FeedHealth.OFF


def test_a_feed_just_below_the_cap_is_read_whole() -> None:
    heavy = rss(*(f"{n:05} {'word ' * 190}ML" for n in range(9000)))
    assert 9_000_000 < len(heavy) < 10_000_000
    with Server({"/feed": ok(heavy)}) as server:
        world = World(local(server, max_items=100_000))
        events = world.rounds()
    assert not [event for event in events if isinstance(event, FeedFailed)]
    assert len(world.items) == 9000
