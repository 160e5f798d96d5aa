"""What part of a query the store's indexes can answer.

The Select asks for at least every item that matches, so that the test need run over its answer alone. Where a part
cannot be said as a Select it asks for more, never for less: a negation asks for everything.
"""

from __future__ import annotations

from datetime import datetime

from sitmon.model import Select
from sitmon.query.compare import country_codes, feed_ids, is_exact, source_ids
from sitmon.query.nodes import And, Compare, Near, Node, Not, Or, Words
from sitmon.query.times import When
from sitmon.query.words import begun, words
from sitmon.query.world import World

_LISTS = ("regions", "countries", "actors", "feeds", "stories")


def narrow(node: Node, now: datetime, world: World) -> Select:
    match node:
        case And(parts):
            return _both([narrow(part, now, world) for part in parts])
        case Or(parts):
            return _either([narrow(part, now, world) for part in parts])
        case Not():
            return Select()
        case Near(left, right):
            return Select(words=_whole(left) + _whole(right))
        case Words():
            return Select(words=_whole(node))
        case Compare():
            return _compare(node, now, world)


def _whole(node: Words) -> tuple[str, ...]:
    """Words that must stand whole: the one with the star may go on."""
    found = words(node.text)
    return tuple(found[:-1] if node.prefix else found)


def _both(selects: list[Select]) -> Select:
    """Narrower than each: of two lists for one field the shorter is kept, which leaves the other to the test."""
    since = max((s.since for s in selects if s.since), default=None)
    until = min((s.until for s in selects if s.until), default=None)
    lists = {name: min((getattr(s, name) for s in selects if getattr(s, name)), key=len, default=()) for name in _LISTS}
    needed = tuple(dict.fromkeys(word for s in selects for word in s.words))
    return Select(since=since, until=until, words=needed, **lists)


def _either(selects: list[Select]) -> Select:
    """Wider than each: only what every branch asks for is kept."""
    since = [s.since for s in selects if s.since]
    until = [s.until for s in selects if s.until]
    size = len(selects)
    lists = {
        name: tuple(dict.fromkeys(value for s in selects for value in getattr(s, name)))
        for name in _LISTS
        if all(getattr(s, name) for s in selects)
    }
    return Select(
        since=min(since) if len(since) == size else None,
        until=max(until) if len(until) == size else None,
        words=tuple(word for word in selects[0].words if all(word in s.words for s in selects)),
        **lists,
    )


def _compare(node: Compare, now: datetime, world: World) -> Select:
    if node.when is not None:
        return _time(node.field, node.when, now)
    match node.field:
        case "region":
            return _regions(node.values)
        case "country":
            codes = [country_codes(value, world) for value in node.values]
            return Select(countries=tuple(sorted(frozenset().union(*codes)))) if _two_letters(node) else Select()
        case "source":
            return Select(feeds=tuple(sorted(source_ids(node, world))))
        case "kind" | "tlp":
            return Select(feeds=tuple(sorted(feed_ids(node, world))))
        case "story":
            return Select(stories=node.values)
        case "title":
            return Select(words=_whole(Words(*begun(node.values[0])))) if len(node.values) == 1 else Select()
    return Select()


def _two_letters(node: Compare) -> bool:
    """A name may also stand in a tag alone, which no index of codes knows."""
    return all(len(value) == 2 for value in node.values)


def _regions(values: tuple[str, ...]) -> Select:
    """Ids written as they are stored; names and areas are left to the test, which knows them."""
    return Select(regions=values) if all(is_exact(value) for value in values) else Select()


def _time(field: str, when: When, now: datetime) -> Select:
    start, end = when.period(now)
    match field:
        case "since":
            return Select(since=start)
        case "after":
            return Select(since=end)
        case "before":
            return Select(until=start)
    return Select(since=start, until=end)
