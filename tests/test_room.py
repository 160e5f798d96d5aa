"""Large answers take turns: who trickles one out cannot keep the others from theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitmon.events import FeedFailed, FeedPolled
from sitmon.fetch import room
from tests.hostile.case import item, rss
from tests.hostile.transport import raw
from tests.serving import Say, Server, head
from tests.test_collector import World, local

TRICKLE = raw(head(), b"<rss>" + b" " * room.BIG, pause=0.05, forever=b" ")
LARGE = rss(*(item(f"Title {n}", f"{n}", f"<description>{'x' * 9000}</description>") for n in range(150))).encode()
PLACES = room.SIZES[-1][1]


def polled(says: dict[str, Say], seconds: float) -> dict[str, str]:
    """What became of each feed: a message, or nothing where all is well."""
    with Server(says) as server:
        timeout = timedelta(seconds=seconds)
        events = World(*(local(server, path, path[1:], timeout=timeout) for path in says)).rounds()
    failed = {event.feed: event.message for event in events if isinstance(event, FeedFailed)}
    return failed | {event.feed: "" for event in events if isinstance(event, FeedPolled)}


def test_a_trickle_gives_its_place_to_a_large_feed_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SHARE", 0.5)
    trickles = {f"/{n}": TRICKLE for n in range(PLACES)}
    late = raw(head(length=len(LARGE)), LARGE, pause=1.0)
    told = polled({**trickles, "/large": late}, 20)
    assert told["large"] == ""
    assert all("others wait" in told[f"{n}"] for n in range(PLACES))


def test_where_nobody_waits_a_large_feed_has_all_of_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SHARE", 0.1)
    slow = raw(head(length=len(LARGE)), LARGE[: room.BIG + 1], LARGE[room.BIG + 1 :], pause=0.5)
    assert polled({f"/{n}": slow for n in range(PLACES)}, 20) == {f"{n}": "" for n in range(PLACES)}
