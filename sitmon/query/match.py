"""Tree to function: everything that can be worked out once is worked out before the first item.

A test takes an item, its story if it has one, and the time; it looks up what it needs and allocates as little as it
can, since a filter runs over a hundred thousand items while the officer waits.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sitmon.model import Item, Story
from sitmon.query.compare import Test, comparison
from sitmon.query.nodes import And, Compare, Near, Node, Not, Or, Words
from sitmon.query.words import folded, needle, words
from sitmon.query.world import World


def compile(node: Node, world: World) -> Test:  # noqa: A001 - what it does, and nothing here needs the builtin
    match node:
        case And(parts):
            return _every([compile(part, world) for part in sorted(parts, key=_cost)])
        case Or(parts):
            return _any_of(sorted(parts, key=_cost), world)
        case Not(part):
            return _opposite(compile(part, world))
        case Near():
            return _near(node)
        case Words():
            return _words([needle(node.text, prefix=node.prefix)])
        case Compare():
            return comparison(node, world)


def _cost(node: Node) -> int:
    """How long a test takes, roughly: tags are looked at before numbers, and texts only where all else is right."""
    match node:
        case And(parts) | Or(parts):
            return sum(map(_cost, parts))
        case Not(part):
            return _cost(part)
        case Compare(field):
            return _COSTS.get(field, 2)
        case Words() | Near():
            return 6


_COSTS: Final = {
    "type": 1,
    "severity": 1,
    "source": 1,
    "kind": 1,
    "tlp": 1,
    "lang": 1,
    "country": 1,
    "title": 4,
    "text": 6,
}


def _any_of(parts: list[Node], world: World) -> Test:
    """Words that would do for each other are looked for in one go: rules name dozens in many languages."""
    needles = [needle(part.text, prefix=part.prefix) for part in parts if isinstance(part, Words)]
    tests = [compile(part, world) for part in parts if not isinstance(part, Words)]
    return _some([*tests, _words(needles)]) if tests and needles else _words(needles) if needles else _some(tests)


def _words(needles: list[str]) -> Test:
    def test(item: Item, _story: Story | None, _now: datetime) -> bool:
        title = folded(item.title)
        if any(needle in title for needle in needles):
            return True
        summary = folded(item.summary)
        return any(needle in summary for needle in needles)

    return test


def _every(tests: list[Test]) -> Test:
    if len(tests) == 2:
        one, two = tests
        return lambda item, story, now: one(item, story, now) and two(item, story, now)
    return lambda item, story, now: all(test(item, story, now) for test in tests)


def _some(tests: list[Test]) -> Test:
    return lambda item, story, now: any(test(item, story, now) for test in tests)


def _opposite(test: Test) -> Test:
    return lambda item, story, now: not test(item, story, now)


# ---------------------------------------------------------------- words near each other


def _near(node: Near) -> Test:
    left, right = (needle(part.text, prefix=part.prefix) for part in (node.left, node.right))

    def test(item: Item, _story: Story | None, _now: datetime) -> bool:
        return any(
            left in text and right in text and near_places(node, text.split())
            for text in (folded(item.title), folded(item.summary))
        )

    return test


def near_places(node: Near, text: list[str]) -> tuple[tuple[int, int], ...]:
    """The closest pair of word ranges, `(first, after)` each, that stand near enough; empty when none do."""
    lefts, rights = word_places(node.left, text), word_places(node.right, text)
    pairs = [(_gap(a, b), a, b) for a in lefts for b in rights]
    near = [pair for pair in pairs if 0 < pair[0] <= node.distance]
    return min(near)[1:] if near else ()


def _gap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """1 for neighbours; 0 or less for ranges that overlap."""
    return max(a[0] - b[1], b[0] - a[1]) + 1


def word_places(node: Words, text: list[str]) -> list[tuple[int, int]]:
    """Ranges of words at which a word, a beginning or a phrase stands."""
    wanted = words(node.text)
    size = len(wanted)
    whole = wanted if not node.prefix else wanted[:-1]
    return [
        (at, at + size)
        for at in range(len(text) - size + 1)
        if text[at : at + len(whole)] == whole and (not node.prefix or text[at + size - 1].startswith(wanted[-1]))
    ]
