"""The fast reader and feedparser tell the same of the same well-formed feed, dialect by dialect, variant by variant."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from sitmon import normalise
from sitmon.model import Item
from sitmon.parse import charset, repair, salvage, xml
from sitmon.parse.raw import RawFeed
from tests.factories import NOW, feed

FEEDS = Path(__file__).parent / "feeds"
DIALECTS = ("full.rss", "full.atom", "full.rdf", "atom03.xml", "rss091.xml", "gdacs.rss", "cap.atom", "wordpress.rss")
URL = "https://x.example/feed"


def items(found: RawFeed | None) -> tuple[str, list[tuple[object, ...]]]:
    """What a reader would notice of a feed."""
    assert found is not None
    return found.title, [_told(item) for item in normalise.feed(found, feed(), NOW).items]


def _told(item: Item) -> tuple[object, ...]:
    return (item.guid, item.title, item.summary, item.content, item.link, item.published, item.author, item.categories)


def source(name: str) -> str:
    text, _ = charset.decoded((FEEDS / name).read_bytes(), "")
    return repair.repaired(text)


@pytest.mark.parametrize("name", DIALECTS)
def test_both_readers_tell_the_same(name: str) -> None:
    text = source(name)
    assert items(xml.read(text, URL)) == items(salvage.read(text, URL))


CHANGES = (
    (r"<description>.*?</description>", ""),
    (r"<guid.*?</guid>", ""),
    (r"<pubDate>.*?</pubDate>", ""),
    (r"<link>.*?</link>", ""),
    (r"<(?:content|summary)[ >].*?</(?:content|summary)>", ""),
    (r"<title>", "<title type='html'>"),
    (r"\bisPermaLink=\"false\"", ""),
    (r">\s+<", "><"),
    (r"(?<=[a-z]) (?=[a-z])", "\n   "),
    (r"(?<=<title>)([^<]*)(?=</title>)", r"<![CDATA[\1]]>"),
    (r"<category", "<category scheme='urn:x'"),
    (r"</item>", "<slash:comments xmlns:slash='http://purl.org/rss/1.0/modules/slash/'>5</slash:comments></item>"),
    (r"</entry>", "<thr:total xmlns:thr='http://purl.org/syndication/thread/1.0'>5</thr:total></entry>"),
    (r"(?=<item|<entry)", "<!-- between -->"),
)
"""What feeds leave out, add or write otherwise, as patterns and what takes their place."""


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("name", DIALECTS)
def test_both_readers_tell_the_same_of_variants(name: str, seed: int) -> None:
    dice, text = random.Random(seed), source(name)
    for pattern, other in dice.sample(CHANGES, 3):
        text = _changed(text, pattern, other, dice)
    assert items(xml.read(text, URL)) == items(salvage.read(text, URL))


def _changed(text: str, pattern: str, other: str, dice: random.Random) -> str:
    """The change made here and there."""
    chance = dice.random()

    def maybe(found: re.Match[str]) -> str:
        return found.expand(other) if dice.random() < chance else found[0]

    return re.sub(pattern, maybe, text, flags=re.DOTALL)
