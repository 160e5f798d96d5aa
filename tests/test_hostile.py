"""Every kind of bad feed at once, among good ones: each comes to what it must, and the good ones are complete."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import NamedTuple

import pytest

from sitmon.collector import Arrival, Collector, Settings
from sitmon.events import FeedFailed, FeedPolled, PollEvent, PollFinished
from sitmon.model import Document, FeedState, Item, Tags
from tests.factories import NOW, feed
from tests.hostile import documents, transport, words
from tests.hostile.case import Case, item, printable, rss
from tests.serving import Asked, Say, Server, ok

CASES = {case.name: case for case in transport.CASES + documents.CASES + words.CASES}
GOOD = 20
EVER = timedelta(minutes=10)


class NoTagger:
    def tags(self, document: Document) -> Tags:
        return Tags(countries=(document.id[:2],))


class Outcome(NamedTuple):
    events: dict[str, PollEvent]
    finished: PollFinished
    items: dict[str, list[Item]]
    states: dict[str, FeedState]
    trapped: list[Asked]


@pytest.fixture(scope="module")
def outcome() -> Iterator[Outcome]:
    """One round over all of them, as an operator would have them in one file."""
    with Server({}) as trap:
        says = {f"/{n}": _aimed(case.say, trap.port) for n, case in enumerate(CASES.values())}
        says |= {f"/good{n}": ok(rss(*(item(f"Good {n} {k}", f"{n}-{k}") for k in range(30)))) for n in range(GOOD)}
        with Server(says) as server:
            yield asyncio.run(_round(server, says, trap))


async def _round(server: Server, says: dict[str, Say], trap: Server) -> Outcome:
    names = [*CASES, *(f"good {n}" for n in range(GOOD))]
    feeds = [
        feed(name, url=server.url(path), allow_http=True, allow_private=True, timeout=patience(name))
        for name, path in zip(names, says, strict=True)
    ]
    items: dict[str, list[Item]] = {name: [] for name in names}
    states: dict[str, FeedState] = {}

    def sink(arrivals: tuple[Arrival, ...]) -> None:
        for arrival in arrivals:
            items[arrival.feed.id] += arrival.items
            states[arrival.feed.id] = arrival.state

    settings = Settings(workers=2, worker_deadline=EVER)
    collector = Collector(feeds, {}, tagger=NoTagger, sink=sink, find=lambda _: None, settings=settings)
    try:
        events = [event async for event in collector.round(NOW, feeds)]
    finally:
        await collector.close()
    *polls, finished = events
    assert isinstance(finished, PollFinished)
    return Outcome(
        {e.feed: e for e in polls if isinstance(e, FeedPolled | FeedFailed)}, finished, items, states, trap.asked
    )


def patience(name: str) -> timedelta:
    """How long an answer may take: however long a busy machine does, but for those that never come to an end."""
    return timedelta(seconds=10) if name in CASES and CASES[name].kind == "timeout" else EVER


def _aimed(say: Say, port: int) -> Say:
    """The answer with `{trap}` replaced by the port where nothing may connect to; it is as long before as after."""

    async def aimed(asked: Asked) -> AsyncIterator[bytes]:
        async for part in say(asked):
            yield part.replace(b"{trap}", b"%06d" % port)

    return aimed


def test_there_are_more_kinds_than_anybody_meets_in_a_year() -> None:
    assert len(CASES) == len(transport.CASES + documents.CASES + words.CASES)
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_bad_feed_comes_to_what_it_must(outcome: Outcome, case: Case) -> None:
    event = outcome.events[case.name]
    if case.kind:
        assert isinstance(event, FeedFailed)
        assert event.kind == case.kind, event.message
        return
    assert isinstance(event, FeedPolled), event
    items = outcome.items[case.name]
    assert len(items) >= case.items
    assert case.check is None or case.check(items), items[:3]


@pytest.mark.parametrize("number", range(GOOD))
def test_a_good_feed_among_them_is_complete(outcome: Outcome, number: int) -> None:
    assert len(outcome.items[f"good {number}"]) == 30


def test_nothing_connects_to_where_an_entity_or_a_redirect_points(outcome: Outcome) -> None:
    assert outcome.trapped == []


def test_every_feed_is_told_once(outcome: Outcome) -> None:
    assert outcome.finished.feeds == len(outcome.events) == len(CASES) + GOOD


def test_nothing_stored_or_told_can_reach_a_terminal_as_more_than_text(outcome: Outcome) -> None:
    assert all(printable(items) for items in outcome.items.values())
    said = [e.message for e in outcome.events.values() if isinstance(e, FeedFailed)]
    said += [state.reason + state.title for state in outcome.states.values()]
    assert all(text.isprintable() for text in said)
