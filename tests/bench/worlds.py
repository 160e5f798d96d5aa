"""Items by the million for benchmarks: the words, tags and sizes of real feeds, from a seed, without their texts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sitmon.model import ActorTag, Item, Mention, RegionTag, Severity, Tags

START = datetime(2026, 11, 1, tzinfo=UTC)
_LETTERS = "etaoinshrdlucmfwypvbgkqjxz"


def _vocabulary(count: int) -> list[str]:
    """Made-up words; the first are the short and frequent ones, as in a language."""
    chance = random.Random(1)
    words: dict[str, None] = {}
    while len(words) < count:
        length = min(12, 2 + len(words) // 2000 + chance.randrange(5))
        words["".join(chance.choices(_LETTERS, weights=range(26, 0, -1), k=length))] = None
    return list(words)


WORDS = _vocabulary(60_000)
FEEDS = [f"feed-{n}" for n in range(500)]
COUNTRIES = [a + b for a in "ABCDEFGHIJKLM" for b in "NOPQRSTUVWXYZ"]
REGIONS = [f"{country}.Region-{n}.Town-{n * 7}" for country in COUNTRIES for n in range(40)]
ACTORS = [f"actor-{n}" for n in range(500)]


def items(count: int, *, start: datetime = START, gap: float = 2.5, seed: int = 0) -> Iterator[Item]:
    """`count` items, one every `gap` seconds; 1,000,000 of them at 2.5 s fill a month."""
    chance = random.Random(seed)
    for number in range(count):
        seen = start + timedelta(seconds=gap * number)
        yield item(chance, f"{seed}-{number}", seen)


def item(chance: random.Random, name: str, seen: datetime) -> Item:
    title, summary = _text(chance, 10), _text(chance, 28)
    feed = FEEDS[int(chance.random() ** 2 * len(FEEDS))]
    return Item(
        id=f"{abs(hash(('item', chance.random()))):016x}-{name}",
        feed=feed,
        guid=f"https://{feed}.example/{name}",
        title=title,
        summary=summary,
        content="",
        link=f"https://{feed}.example/{name}",
        published=seen - timedelta(minutes=int(chance.expovariate(1 / 20))),
        published_note=None,
        first_seen=seen,
        lang="en",
        tags=_tags(chance, title),
        story=f"story-{name}" if chance.random() < 0.5 else f"story-{chance.randrange(20000)}",
    )


def _text(chance: random.Random, words: int) -> str:
    """Word frequencies fall as in a language: the hundred most frequent words make half of a text."""
    return " ".join(WORDS[int(len(WORDS) ** chance.random()) - 1] for _ in range(words))


def _tags(chance: random.Random, title: str) -> Tags:
    region = REGIONS[int(chance.random() ** 3 * len(REGIONS))]
    actor = ACTORS[int(chance.random() ** 3 * len(ACTORS))]
    mention = Mention("title", 0, 5, title[:5], title[:5], "name")
    return Tags(
        countries=(region[:2],),
        regions=(RegionTag(region, region[3:], "place", region[:2], 19.95, 2.97, 0.91, (mention,)),),
        actors=(ActorTag(actor, actor.title(), "armed_group", None, (mention,)),),
        severity=Severity.MODERATE,
    )
