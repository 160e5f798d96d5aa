"""`sitmon check --net`: what each feed really is. An answer is no source check: look at title and newest item."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from sitmon import normalise, parse
from sitmon.answer import Body, Failed, NotModified
from sitmon.codec import Doc, time_text
from sitmon.config import Config
from sitmon.fetch import Fetcher
from sitmon.headless.output import json_line, line
from sitmon.model import Feed, FeedState
from sitmon.options import Options


@dataclass(frozen=True, slots=True)
class Probe:
    """What came of asking one feed once."""

    feed: str
    status: str
    title: str = ""
    items: int = 0
    newest: str = ""
    """Title of the newest item."""
    published: datetime | None = None
    lang: str | None = None
    problem: str = ""


def probe(options: Options, config: Config) -> int:
    """Exit 1 when a feed could not be read."""
    now = options.time.now()
    found = asyncio.run(all_of(config, now))
    for each in found:
        show(options, each, now)
    return 1 if any(each.status == "failed" for each in found) else 0


async def all_of(config: Config, now: datetime) -> list[Probe]:
    fetcher = Fetcher(contact=config.settings.contact)
    places = asyncio.Semaphore(config.settings.parallel)

    async def ask(feed: Feed) -> Probe:
        async with places:
            answer = await fetcher.get(feed, FeedState(feed.id), now)
        return read(feed, answer, now)

    try:
        return await asyncio.gather(*(ask(feed) for feed in config.enabled))
    finally:
        await fetcher.close()


def read(feed: Feed, answer: Body | NotModified | Failed, now: datetime) -> Probe:
    parsed = parse.body(answer, frozenset()) if isinstance(answer, Body) else answer
    if isinstance(parsed, Failed):
        hint = f"; {parsed.suggestion}" if parsed.suggestion else ""
        return Probe(feed.id, "failed", problem=f"{parsed.kind}: {parsed.message}{hint}")
    if isinstance(parsed, NotModified):
        return Probe(feed.id, "failed", problem="answers 304 to a first request")
    items = normalise.feed(parsed.feed, feed, now).items
    title = normalise.feed_title(parsed.feed.title)
    if not items:
        return Probe(feed.id, "empty", title, problem="no item in it")
    first = max(items, key=lambda item: item.when)
    return Probe(feed.id, "ok", title, len(items), first.title, first.published, first.lang or feed.lang)


def show(options: Options, each: Probe, now: datetime) -> None:
    if options.json:
        json_line(probe_json(each))
    else:
        line(words(each, now))


def probe_json(each: Probe) -> Doc:
    return {**{name: getattr(each, name) for name in each.__slots__}, "published": time_text(each.published)}


def words(each: Probe, now: datetime) -> str:
    if each.status != "ok":
        return f"{each.status:7} {each.feed}: {each.problem}"
    age = f"{(now - each.published).days} d old" if each.published else "undated"
    told = f'"{each.title}" {each.items} items, {each.lang or "?"}'
    return f"ok      {each.feed}: {told}; newest, {age}: {each.newest}"
