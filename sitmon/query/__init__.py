"""The one query language: filter, search, rules and export.

`parse` turns text into a Query or says where it went wrong; `matches` tests an item; `narrow` says what part an index
can answer, so that the test need not run over everything; `explain` says why an item matched. `FIELDS`, `table` and
`markdown` are the language's documentation, from the table that the parser reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sitmon.model import Item, Select, Story
from sitmon.query import explain as _explain
from sitmon.query import grammar, match
from sitmon.query import narrow as _narrow
from sitmon.query.compare import Test
from sitmon.query.explain import Hit, because
from sitmon.query.fields import FIELDS, SYNTAX, Field, markdown, table
from sitmon.query.nodes import EVERYTHING, Compare, Node, canonical
from sitmon.query.tokens import QuerySyntaxError, tokens
from sitmon.query.world import World

__all__ = [
    "FIELDS",
    "SYNTAX",
    "Field",
    "Hit",
    "Query",
    "QueryError",
    "Test",
    "World",
    "because",
    "comparisons",
    "explain",
    "markdown",
    "matches",
    "narrow",
    "parse",
    "table",
]

_ALONE = World()
WIDTH = 76
"""Characters of a query that are shown around a mistake: one line of the smallest terminal."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, ready to be put to items. Two are equal when they ask the same in the same order."""

    node: Node
    text: str
    """Canonical: it parses to an equal query."""
    test: Test = field(compare=False, repr=False)
    world: World = field(compare=False, repr=False)

    @property
    def is_everything(self) -> bool:
        return self.node == EVERYTHING


@dataclass(frozen=True, slots=True)
class QueryError:
    """Why a text is no query, and at which character (from 0)."""

    position: int
    message: str
    text: str

    @property
    def caret(self) -> str:
        """The text around the character with a caret under it: two lines, spaces for tabs and line ends."""
        line = "".join(" " if char.isspace() else char for char in self.text)
        start = max(0, min(self.position - WIDTH // 2, len(line) - WIDTH))
        before, after = "…" * (start > 0), "…" * (start + WIDTH < len(line))
        return f"{before}{line[start : start + WIDTH]}{after}\n{' ' * (len(before) + self.position - start)}^"

    def __str__(self) -> str:
        return f"{self.caret}\n{self.message}"


def parse(text: str, world: World = _ALONE) -> Query | QueryError:
    """The query that the text asks, in the world that it is asked in."""
    try:
        node = grammar.parse(text)
    except QuerySyntaxError as wrong:
        return QueryError(wrong.position, wrong.message, text)
    return Query(node, canonical(node), match.compile(node, world), world)


def comparisons(text: str) -> tuple[tuple[int, Compare], ...]:
    """Every `field:value` of a text that is a query, with the character at which it begins."""
    return tuple((token.at, token.compare) for token in tokens(text) if token.compare is not None)


def matches(query: Query, item: Item, story: Story | None, now: datetime) -> bool:
    return query.test(item, story, now)


def narrow(query: Query, now: datetime) -> Select:
    """A question that indexes can answer, whose answer holds every item that matches."""
    return _narrow.narrow(query.node, now, query.world)


def explain(query: Query, item: Item, story: Story | None, now: datetime) -> tuple[Hit, ...]:
    """Which words, tags and numbers made an item match; empty when it does not."""
    if not query.test(item, story, now):
        return ()
    return _explain.explain(query.node, item, story, now, query.world)
