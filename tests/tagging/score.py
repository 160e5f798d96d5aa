"""Scores a tagger on `situations.jsonl`: headlines and sentences written for sitmon, a quarter of them decoys.

One JSON object a line: `lang`, `title`, `summary`, `published`, `decoy`, and what stands in the text: `countries` (and
`maybe_countries`, which cost nothing either way), `places` as words with their country, `actors` as words (and
`maybe_actors`: forces that are but victims, unnamed sources), `type` of the main event (null: not scored), `date` and
`precision` where the event has one, `counts` as lowest and highest number by harm. Places and actors are words, not
ids, so that the labels do not depend on how anything is named in the data.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sitmon.model import HARMS, Document, Mention, Tags

SITUATIONS = Path(__file__).with_name("situations.jsonl")

Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """Right ones among those told and those expected."""

    right: int = 0
    told: int = 0
    expected: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.told + other.told, self.expected + other.expected)

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.told + self.expected) if self.told + self.expected else 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """What was told of one situation, held against its label."""

    gold: Gold
    tags: Tags
    countries: Share
    places: Share
    actors: Share
    figures: Share
    type: Share
    date: Share


def situations(path: Path = SITUATIONS) -> list[Gold]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def document(gold: Gold) -> Document:
    return Document(
        id=gold["id"],
        title=gold["title"],
        summary=gold["summary"],
        published=datetime.fromisoformat(gold["published"]),
        lang=gold["lang"],
    )


def results(tag: Callable[[Document], Tags], golds: Iterable[Gold]) -> list[Result]:
    return [_result(gold, tag(document(gold))) for gold in golds]


def total(results: Iterable[Result], what: str) -> Share:
    return sum((getattr(result, what) for result in results), Share())


def _result(gold: Gold, tags: Tags) -> Result:
    return Result(
        gold=gold,
        tags=tags,
        countries=_countries(gold, tags),
        places=_places(gold, tags),
        actors=_actors(gold, tags),
        figures=_figures(gold, tags),
        type=_type(gold, tags),
        date=_date(gold, tags),
    )


def _countries(gold: Gold, tags: Tags) -> Share:
    expected = set(gold["countries"])
    told = set(tags.countries) - (set(gold.get("maybe_countries", ())) - expected)
    return Share(len(told & expected), len(told), len(expected))


def _spans(gold: Gold, words: str) -> Iterator[tuple[str, int, int]]:
    for name in ("title", "summary"):
        start = gold[name].find(words)
        while start >= 0:
            yield name, start, start + len(words)
            start = gold[name].find(words, start + 1)


def _overlaps(gold: Gold, words: str, mentions: Sequence[Mention]) -> bool:
    spans = list(_spans(gold, words))
    return any(m.field == name and m.start < end and start < m.end for m in mentions for name, start, end in spans)


def _places(gold: Gold, tags: Tags) -> Share:
    """Places below the country: right when found at those words and in that country."""
    told = [region for region in tags.regions if region.kind in {"place", "admin1"}]
    right = [
        any(region.country == country and _overlaps(gold, words, region.mentions) for region in told)
        for words, country in gold["places"]
    ]
    wrong = [r for r in told if not any(_overlaps(gold, words, r.mentions) for words, _ in gold["places"])]
    return Share(sum(right), len(wrong) + len(right) - right.count(False), len(right))


def _actors(gold: Gold, tags: Tags) -> Share:
    right = [any(_overlaps(gold, words, actor.mentions) for actor in tags.actors) for words in gold["actors"]]
    known = (*gold["actors"], *gold.get("maybe_actors", ()))
    wrong = [a for a in tags.actors if not any(_overlaps(gold, words, a.mentions) for words in known)]
    return Share(sum(right), len(wrong) + sum(right), len(right))


def _figures(gold: Gold, tags: Tags) -> Share:
    expected = Counter((harm, low, high) for harm, counts in gold["counts"].items() for low, high in counts)
    told = Counter({(harm, c.low, c.high) for event in tags.events for harm in HARMS for c in getattr(event, harm)})
    return Share(sum((expected & told).values()), sum(told.values()), sum(expected.values()))


def _type(gold: Gold, tags: Tags) -> Share:
    return Share(int(str(tags.type) == gold["type"]), 1, 1) if gold["type"] else Share()


def _date(gold: Gold, tags: Tags) -> Share:
    """The date of the main event, at the label's precision."""
    if "date" not in gold:
        return Share()
    length = {"day": 10, "month": 7, "year": 4}[gold["precision"]]
    told = str(tags.events[0].date) if tags.events else ""
    return Share(int(told[:length] == gold["date"][:length]), 1, 1)
