"""`sitmon feeds add URL`: asks it, finds the feed that a page announces, shows what it is, and writes its block."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from sitmon import parse, paths
from sitmon.answer import Answer, Body
from sitmon.config import check
from sitmon.config.edit import Editor
from sitmon.config.written import Keys, block, tried, value_of
from sitmon.errors import ConfigError, UsageError
from sitmon.fetch import Fetcher
from sitmon.headless import probing
from sitmon.headless.output import json_line, line, tell
from sitmon.headless.proposing import is_safe, proposed
from sitmon.model import Feed, FeedState
from sitmon.options import Options


def add(options: Options) -> int:
    """Exit 1 when there is no feed to be had at the URL, 2 when feeds.yaml has it already or cannot take it."""
    if len(options.query) != 1:
        raise UsageError("feeds add: give one URL")
    editor, given, now = Editor(paths.config_file(options.config)), wanted(options), options.time.now()
    asked = candidate({"id": "new", "url": options.query[0], **given}, editor)
    refuse_known(asked, editor)
    feed, answer = asyncio.run(find(asked, editor.draft.settings.contact, now))
    probe = probing.read(feed, answer, now)
    if probe.status == "failed":
        tell(probing.words(replace(probe, feed=options.query[0]), now))
        return 1
    taken = {known.id for known in editor.config.feeds}
    keys = proposed(feed.url, probe.title, probe.lang, given, taken)
    probe = replace(probe, feed=str(keys["id"]))
    (source,) = editor.add([keys])
    if not options.dry_run:
        editor.save()
    if options.json:
        place = {"url": feed.url, "file": source.file, "line": source.line, "written": not options.dry_run}
        json_line({**probing.probe_json(probe), **place})
        return 0
    (tell if options.dry_run else line)(probing.words(probe, now))
    if not options.dry_run:
        line(f"{source.file}:{source.line}: added")
    line(block(keys).rstrip())
    return 0


def wanted(options: Options) -> Keys:
    """What the flags say of the feed. Raises UsageError."""
    given: Keys = {}
    for words in options.set:
        key, equals, text = words.partition("=")
        value = value_of(text) if text[:1] in {"[", "{"} else text
        if not equals or not key or not value:
            raise UsageError(f"--set {words!r}: write KEY=VALUE, as reliability=B or regions=[sahel]")
        given[key] = value
    named = {"id": options.id, "name": options.name}
    return {key: value for key, value in named.items() if value} | given


def candidate(keys: Keys, editor: Editor) -> Feed:
    """The feed that these keys make. Raises UsageError with all that is wrong with them."""
    feed = tried(keys, editor.draft)
    if isinstance(feed, tuple):
        raise UsageError("feeds add: " + "; ".join(feed))
    return feed


def refuse_known(feed: Feed, editor: Editor) -> None:
    """Before anything is asked. Raises ConfigError."""
    for known in editor.config.feeds:
        if check.same_url(known) == check.same_url(feed):
            raise ConfigError((f"{known.source}: {known.id!r} has this URL already; nothing was added",))


async def find(feed: Feed, contact: str, now: datetime) -> tuple[Feed, Answer]:
    """The answer of the feed, or of the first that the page there announces; with the URL that is to be written."""
    fetcher = Fetcher(contact=contact)
    try:
        answer = await fetcher.get(feed, FeedState(feed.id), now)
        addresses = parse.announced(answer) if isinstance(answer, Body) else ()
        if addresses:
            tell(f"a page; it announces {', '.join(addresses[:5])}")
            feed = moved_to(addresses[0], feed)
            answer = await fetcher.get(feed, FeedState(feed.id), now)
    finally:
        await fetcher.close()
    if isinstance(answer, Body) and answer.moved and answer.moved.permanent and not feed.address:
        tell(f"it has moved for good to {answer.moved.url}")
        feed = moved_to(answer.moved.url, feed)
    return feed, answer


def moved_to(address: str, feed: Feed) -> Feed:
    """The feed at an address that somebody else names. Raises UsageError where that one may not be taken over."""
    at_home = urlsplit(address).hostname == urlsplit(feed.address or feed.url).hostname
    if not is_safe(address) or ((feed.auth or feed.headers or feed.address) and not at_home):
        raise UsageError(f"{address}: another address than you gave, and not one to send secrets to; add it by itself")
    return replace(feed, url=address, address="")
