"""The exercise: its script, its feeds, and the loopback server."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sitmon import config
from sitmon.demo import script, server
from sitmon.demo.render import FORMATS
from sitmon.demo.script import END, START, tellings
from tests import exercise
from tests.rulebook import RULES


def test_the_script_holds_two_hundred_tellings_by_at_least_eight_feeds_in_two_languages() -> None:
    told = tellings()
    assert len(told) >= 200
    assert len({t.feed for t in told}) >= 8
    assert any("é" in t.title for t in told)


def test_every_guid_of_the_script_is_used_once() -> None:
    guids = [t.guid for t in tellings()]
    assert len(guids) == len(set(guids))


def test_the_script_lies_before_its_end_and_begins_with_a_backlog() -> None:
    times = [t.at for t in tellings()]
    assert max(times) < END
    assert 10 < sum(at < START for at in times) < 40


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_each_format_renders_every_telling_of_a_feed(ending: str) -> None:
    entries = [t for t in tellings() if t.feed == "northern-desk"]
    body = FORMATS[ending][0]("northern-desk", "en", entries)
    if ending == "json":
        assert len(json.loads(body)["items"]) == len(entries)
    else:
        tags = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(body).iter()]
        assert tags.count("entry" if ending == "atom" else "item") == len(entries)


def test_a_feed_shows_nothing_of_the_future() -> None:
    shown = script.told(tellings(), "northern-desk", START)
    assert shown and all(t.at <= START for t in shown)
    assert shown == sorted(shown, key=lambda t: t.at, reverse=True)


def test_an_unchanged_feed_answers_304_and_a_changed_one_200() -> None:
    head = b"GET /en/northern-desk.atom HTTP/1.1\r\nHost: x\r\n\r\n"
    first = server.answer(tellings(), head, START)
    etag = first.split(b"ETag: ")[1].split(b"\r\n")[0]
    again = head[:-2] + b"If-None-Match: " + etag + b"\r\n\r\n"
    assert first.startswith(b"HTTP/1.1 200 ")
    assert server.answer(tellings(), again, START).startswith(b"HTTP/1.1 304 ")
    assert server.answer(tellings(), again, START + timedelta(days=1)).startswith(b"HTTP/1.1 200 ")


def test_an_unknown_path_answers_404() -> None:
    assert server.answer((), b"GET /../etc/passwd HTTP/1.1\r\n\r\n", START).startswith(b"HTTP/1.1 404 ")


def test_the_server_speaks_http_on_loopback() -> None:
    async def ask() -> bytes:
        async with server.serving(0, lambda: START) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /fr/radio-azalai.rdf HTTP/1.1\r\nHost: x\r\n\r\n")
            body = await reader.read()
            writer.close()
            return body

    assert b"Azalai" in asyncio.run(ask())


def test_the_exercise_has_the_rules_that_ship(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(server.PORT, "1")
    bundled = config.load(Path(exercise.CONFIG)).rules
    assert [replace(rule, source=None) for rule in bundled] == [replace(rule, source=None) for rule in RULES]
