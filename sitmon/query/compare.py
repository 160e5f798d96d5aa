"""One test for each field of the table, over an item and its story."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, Final

from sitmon.model import Count, Event, Feed, Item, Level, Severity, Story
from sitmon.query.fields import BY_NAME
from sitmon.query.nodes import Compare
from sitmon.query.times import When
from sitmon.query.words import begun, fold, folded, needle
from sitmon.query.world import World

Test = Callable[[Item, Story | None, datetime], bool]

_OPS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    ":": operator.eq,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


def comparison(node: Compare, world: World) -> Test:
    kind = BY_NAME[node.field].kind
    if kind == "time" and node.when is not None:
        return _time(node.field, node.when)
    if kind == "number":
        return _number(node)
    return _FIELDS[node.field](node, world)


def _time(name: str, when: When) -> Test:
    match name:
        case "since":
            return lambda item, _story, now: item.when >= when.period(now)[0]
        case "after":
            return lambda item, _story, now: item.when >= when.period(now)[1]
        case "before":
            return lambda item, _story, now: item.when < when.period(now)[0]
    return lambda item, _story, now: when.period(now)[0] <= item.when < when.period(now)[1]


def _number(node: Compare) -> Test:
    numbers = tuple(int(value) for value in node.values)
    if node.field in {"sources", "items"}:
        return _story_number("owners" if node.field == "sources" else "items", _OPS[node.op], numbers)
    harm, test = node.field, _BOUNDS[node.op]

    def told(item: Item, _story: Story | None, _now: datetime) -> bool:
        for event in item.tags.events:
            for low, high in totals(event, harm):
                if any(test(low, high, number) for number in numbers):
                    return True
        return False

    return told


def _story_number(attribute: str, op: Callable[[Any, Any], bool], numbers: tuple[int, ...]) -> Test:
    """An item without a story stands for itself: one source, one item."""

    def test(_item: Item, story: Story | None, _now: datetime) -> bool:
        size = len(getattr(story, attribute)) if story else 1
        return any(op(size, number) for number in numbers)

    return test


_BOUNDS: Final[dict[str, Callable[[int, int, int], bool]]] = {
    ":": lambda low, high, number: low <= number <= high,
    ">=": lambda _low, high, number: high >= number,
    ">": lambda _low, high, number: high > number,
    "<=": lambda low, _high, number: low <= number,
    "<": lambda low, _high, number: low < number,
}
"""A count told as a range satisfies what any number within it would."""


def totals(event: Event, harm: str) -> list[tuple[int, int]]:
    """Low and high of one kind of harm by each who tells it: `47 soldiers and 84 mercenaries` are 131."""
    counts: tuple[Count, ...] = getattr(event, harm)
    if len(counts) < 2:
        return [(count.low, count.high) for count in counts]
    sums: dict[str | None, tuple[int, int]] = {}
    for count in counts:
        low, high = sums.get(count.by, (0, 0))
        sums[count.by] = low + count.low, high + count.high
    return list(sums.values())


def _region(node: Compare, world: World) -> Test:
    codes = frozenset(code for value in node.values for code in world.countries(value))
    within = lru_cache(maxsize=16384)(partial(_within, node.values, codes, world))
    return lambda item, _story, _now: any(within(tag.id, tag.name) for tag in item.tags.regions)


def _within(wanted: tuple[str, ...], codes: frozenset[str], world: World, region: str, name: str) -> bool:
    return region.partition(".")[0] in codes or any(
        _named(region, name, value) or world.contains(region, value) for value in wanted
    )


def is_exact(value: str) -> bool:
    """Written as ids are: `ML`, `ML.Kidal`."""
    parts = value.split(".")
    return len(parts[0]) == 2 and parts[0].isupper() and all(part[:1].isupper() for part in parts)


def _named(region: str, name: str, wanted: str) -> bool:
    """By path, or by the name of the place or of any division that it lies in."""
    if is_exact(wanted):
        return region == wanted or region.startswith(wanted + ".")
    key = fold(wanted)
    if "." in wanted or len(wanted) == 2:
        return fold(region).startswith(key)
    return key == fold(name) or any(key == fold(part) for part in region.split("."))


def _country(node: Compare, world: World) -> Test:
    codes = frozenset(code for value in node.values for code in country_codes(value, world))
    names = frozenset(fold(value) for value in node.values if len(value) > 2)

    def test(item: Item, _story: Story | None, _now: datetime) -> bool:
        tags = item.tags
        if not codes.isdisjoint(tags.countries):
            return True
        return bool(names) and any(tag.kind == "country" and fold(tag.name) in names for tag in tags.regions)

    return test


def country_codes(value: str, world: World) -> frozenset[str]:
    return frozenset((value.upper(),)) if len(value) == 2 else world.countries(value)


def _actor(node: Compare, world: World) -> Test:
    ids = frozenset(actor for value in node.values for actor in world.actors(value)) | set(node.values)
    keys = frozenset(fold(value) for value in node.values)
    wanted = lru_cache(maxsize=16384)(partial(_is_actor, ids, keys))

    def test(item: Item, _story: Story | None, _now: datetime) -> bool:
        return any(
            wanted(tag.id, tag.name) or any(fold(mention.alias) in keys for mention in tag.mentions)
            for tag in item.tags.actors
        )

    return test


def _is_actor(ids: frozenset[str], keys: frozenset[str], actor: str, name: str) -> bool:
    return actor in ids or fold(actor) in keys or fold(name) in keys


def _type(node: Compare, _world: World) -> Test:
    kinds = frozenset(node.values)

    def test(item: Item, _story: Story | None, _now: datetime) -> bool:
        tags = item.tags
        return tags.type in kinds or any(event.type in kinds for event in tags.events)

    return test


def _severity(node: Compare, _world: World) -> Test:
    op, wanted = _OPS[node.op], [Severity[value.upper()] for value in node.values]
    return lambda item, _story, _now: any(op(item.tags.severity, value) for value in wanted)


def _level(node: Compare, world: World) -> Test:
    op, wanted = _OPS[node.op], [Level[value.upper()] for value in node.values]
    return lambda item, _story, _now: any(
        op(world.level(tag.id), value) for tag in item.tags.regions for value in wanted
    )


def _status(node: Compare, world: World) -> Test:
    wanted = frozenset(node.values)
    return lambda item, story, _now: any(state in wanted for state in world.states(item, story))


def _source(node: Compare, world: World) -> Test:
    ids = source_ids(node, world)
    return lambda item, _story, _now: item.feed in ids


def source_ids(node: Compare, world: World) -> frozenset[str]:
    """Ids of the feeds that a value names by id, owner or name; the value itself, for a feed no longer configured."""
    keys = frozenset(fold(value) for value in node.values)
    known = (feed.id for feed in world.feeds.values() if {fold(feed.id), fold(feed.owner), fold(feed.name)} & keys)
    return frozenset((*known, *node.values))


def feed_ids(node: Compare, world: World) -> frozenset[str]:
    """Ids of the feeds that have a kind, a tag or a traffic light."""
    keys = frozenset(fold(value) for value in node.values)
    return frozenset(
        feed.id for feed in world.feeds.values() if any(fold(value) in keys for value in _marks(node, feed))
    )


def _marks(node: Compare, feed: Feed) -> tuple[str, ...]:
    return {"kind": (feed.kind,), "tag": feed.tags, "tlp": (feed.tlp,)}[node.field]


def _of_feed(node: Compare, world: World) -> Test:
    ids = feed_ids(node, world)
    return lambda item, _story, _now: item.feed in ids


def _tag(node: Compare, world: World) -> Test:
    ids, keys = feed_ids(node, world), frozenset(fold(value) for value in node.values)
    return lambda item, _story, _now: item.feed in ids or any(fold(category) in keys for category in item.categories)


def _lang(node: Compare, _world: World) -> Test:
    wanted = frozenset(value.lower() for value in node.values)
    return lambda item, _story, _now: (
        item.lang is not None and (item.lang.lower() in wanted or item.lang[:2].lower() in wanted)
    )


def _story(node: Compare, _world: World) -> Test:
    wanted = frozenset(node.values)
    return lambda item, story, _now: item.story in wanted or (story is not None and story.id in wanted)


def _title(node: Compare, _world: World) -> Test:
    keys = [needle(text, prefix=prefix) for text, prefix in map(begun, node.values)]
    return lambda item, _story, _now: any(map(folded(item.title).__contains__, keys))


def _text(node: Compare, _world: World) -> Test:
    keys = [needle(text, prefix=prefix) for text, prefix in map(begun, node.values)]
    return lambda item, _story, _now: any(
        key in folded(text) for text in (item.title, item.summary, item.content) for key in keys
    )


_FIELDS: Final[dict[str, Callable[[Compare, World], Test]]] = {
    "region": _region,
    "country": _country,
    "actor": _actor,
    "type": _type,
    "severity": _severity,
    "level": _level,
    "status": _status,
    "source": _source,
    "kind": _of_feed,
    "tlp": _of_feed,
    "tag": _tag,
    "lang": _lang,
    "story": _story,
    "title": _title,
    "text": _text,
}
