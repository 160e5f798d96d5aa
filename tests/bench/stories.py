"""How well and how fast stories are folded: `python -m tests.bench.stories [DIR]`.

DIR holds development data for tagging, of which `actors/ucdp_headlines.jsonl` is read: headlines of one event are
pairs that belong together, published within 48 hours of it. Without DIR only the project's own stories and the
synthetic speed run are measured. A pair is predicted when both items come out with the same story.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sitmon.model import ActorTag, Count, Document, Event, EventType, Item, RegionTag, Tags
from sitmon.story import Folder

OWN = Path(__file__).parent.parent / "stories"
Tag = Callable[[Document], Tags]


def documents(rows: Iterable[dict[str, str]]) -> Iterator[tuple[str, Document]]:
    """Event and document of each row, in the order of publication."""
    for row in sorted(rows, key=lambda row: (row["published"], row["id"])):
        published = datetime.fromisoformat(row["published"])
        yield row["event"], Document(row["id"], row["title"], row.get("summary", ""), published=published)


def own(folder: Path = OWN) -> list[dict[str, str]]:
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]


def ucdp(folder: Path, late: Sequence[int] = (0,), draw: int = 0) -> list[dict[str, str]]:
    """Each headline as an item published one of `late` days after its event's day: a draw by its own hash.

    Headlines that stand under several events are left out: they belong to all of them, which pairs cannot say.
    """
    lines = (folder / "actors" / "ucdp_headlines.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    told = Counter(headline for event in events for headline in set(event["headlines"]))
    return [
        {
            "id": f"{event['id']}/{at}",
            "event": event["id"],
            "title": headline,
            "published": _day(event["date"], f"{headline}{draw}", late),
        }
        for event in events
        for at, headline in enumerate(event["headlines"])
        if told[headline] == 1
    ]


def ucdp_late(folder: Path, draw: int = 0) -> list[dict[str, str]]:
    """Each headline as an item published within 48 hours of the beginning of its event's day: a draw by its hash."""
    return [
        {
            **row,
            "published": (
                datetime.fromisoformat(row["published"]).replace(hour=0)
                + timedelta(minutes=_draw(f"{row['title']}{draw}", 48 * 60))
            ).isoformat(),
        }
        for row in ucdp(folder)
    ]


def _draw(drawn: str, of: int) -> int:
    return int(hashlib.blake2s(drawn.encode(), digest_size=4).hexdigest(), 16) % of


def _day(date: str, drawn: str, late: Sequence[int]) -> str:
    chosen = late[_draw(drawn, len(late))]
    return (datetime.fromisoformat(date).replace(hour=12, tzinfo=UTC) + timedelta(days=chosen)).isoformat()


def item(document: Document, tags: Tags, feed: str = "bench") -> Item:
    at = document.published or datetime(2024, 1, 1, tzinfo=UTC)
    return Item(
        document.id, feed, None, document.title, document.summary, document.content, None, at, None, at, tags=tags
    )


def folded(rows: list[dict[str, str]], tag: Tag) -> dict[str, str]:
    """Story of each document id."""
    folder = Folder()
    stories = {}
    for _, document in documents(rows):
        stories[document.id] = folder.fold(item(document, tag(document))).story or document.id
    return {document: folder.final(story) for document, story in stories.items()}


def pairs(groups: dict[str, str]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups.values()).values())


def measure(rows: list[dict[str, str]], stories: dict[str, str]) -> tuple[float, float, int, int]:
    """Recall and precision over pairs, how many belong together, how many were put together."""
    events = {row["id"]: row["event"] for row in rows}
    both = pairs({key: f"{events[key]}|{story}" for key, story in stories.items()})
    true, predicted = pairs(events), pairs(stories)
    return both / max(1, true), both / max(1, predicted), true, predicted


# ---------------------------------------------------------------- speed


def synthetic(amount: int, *, seed: int = 7) -> Iterator[Item]:
    """Tagged items of a made-up world, ten minutes' worth a minute: some ten thousand a day, four a story."""
    chance = random.Random(seed)
    vocabulary = [f"{a}{b}{c}" for a in "bdfklmnprst" for b in ("ara", "olo", "emi", "uka") for c in "bdfklmnprst"]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    recent: list[tuple[Tags, list[str]]] = []
    for number in range(amount):
        if not recent or chance.random() < 0.25:
            recent.append((_world(chance, number), chance.choices(vocabulary, k=9)))
            recent = recent[-400:]
        tags, said = chance.choice(recent)
        title = " ".join(chance.sample(said, 6) + chance.choices(vocabulary, k=4)).capitalize()
        at = start + timedelta(seconds=8 * number)
        yield item(Document(f"i{number}", title, " ".join(chance.choices(vocabulary, k=30)), published=at), tags)


def _world(chance: random.Random, number: int) -> Tags:
    country = chance.choice(["ML", "UA", "SD", "SY", "CD", "HT", "MM", "YE", "LB", "BF"])
    division = f"{country}.Division-{chance.randrange(12)}"
    town = f"{division}.Town-{chance.randrange(60)}"
    regions = (
        RegionTag(town, town, "place", country, chance.uniform(-30, 50), chance.uniform(-60, 100), 0.9),
        RegionTag(country, country, "country", country, 0.0, 0.0, 0.9),
    )
    actors = tuple(ActorTag(f"a{chance.randrange(300)}", "", "armed_group", None) for _ in range(2))
    killed = (Count(number % 60, number % 60),)
    event = Event(EventType.BATTLES, place=town, actors=tuple(actor.id for actor in actors), killed=killed)
    return Tags((country,), regions, actors, (event,), EventType.BATTLES)


def speed(amount: int) -> None:
    items = list(synthetic(amount))
    folder = Folder()
    started = time.perf_counter()
    slowest, opened = 0.0, 0
    for one in items:
        before = time.perf_counter()
        opened += folder.fold(one).opened
        slowest = max(slowest, time.perf_counter() - before)
    wall = time.perf_counter() - started
    mean = wall / amount * 1e3
    print(
        f"{amount} items from nothing: {wall:.1f} s, {opened} stories; "
        f"an item {mean:.2f} ms, the slowest {slowest * 1e3:.1f} ms"
    )


def report(name: str, rows: list[dict[str, str]], tag: Tag, *, show: bool) -> None:
    stories = folded(rows, tag)
    recall, precision, true, predicted = measure(rows, stories)
    print(f"{name:<28} recall {recall:.3f}  precision {precision:.3f}  pairs {true} true, {predicted} predicted")
    if show:
        _mistakes(rows, stories)


def _mistakes(rows: list[dict[str, str]], stories: dict[str, str]) -> None:
    """Stories that mix events, and events that fell apart."""
    by_story, by_event = defaultdict(list), defaultdict(set)
    for row in rows:
        by_story[stories[row["id"]]].append(row)
        by_event[row["event"]].add(stories[row["id"]])
    for story, told in sorted(by_story.items()):
        if len({row["event"] for row in told}) > 1:
            print(f"  mixed {story}")
            print("\n".join(f"      {row['published'][:16]} {row['event']:<22} {row['title'][:100]}" for row in told))
    for event, parts in sorted(by_event.items()):
        if len(parts) > 1:
            print(f"  apart {event} in {len(parts)}")
            for row in rows:
                if row["event"] == event:
                    print(f"      {stories[row['id']]} {row['published'][:16]} {row['title'][:100]}")


def main(arguments: list[str]) -> None:
    from sitmon.tag import Tagger

    show = "--show" in arguments
    folders = [Path(argument) for argument in arguments if not argument.startswith("-")]
    tagger = Tagger.load()
    report("own stories", own(), tagger.tags, show=show and not folders)
    report("own, likest neighbours", own(OWN / "neighbours"), tagger.tags, show=show and not folders)
    report("own, towns hit day by day", own(OWN / "chains"), tagger.tags, show=show and not folders)
    report("own, of another pen", own(OWN / "unseen"), tagger.tags, show=show and not folders)
    for folder in folders:
        report("UCDP, on the day", ucdp(folder), tagger.tags, show=show)
        for draw in range(4):
            report(f"UCDP, a quarter a day late {draw}", ucdp(folder, (0, 0, 0, 1), draw), tagger.tags, show=False)
        for draw in range(4):
            report(f"UCDP, all within 48 hours {draw}", ucdp_late(folder, draw), tagger.tags, show=False)
    if "--no-speed" not in arguments:
        speed(100_000)


if __name__ == "__main__":
    main(sys.argv[1:])
