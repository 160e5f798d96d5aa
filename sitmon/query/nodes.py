"""What a query means, as a tree, and the one canonical text that each tree prints.

`canonical(node)` parses back to the same tree: so a filter can be shown, stored and compared as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitmon.query.times import When


@dataclass(frozen=True, slots=True)
class Words:
    """One word or a phrase, as written; `prefix` when it ended with `*`."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    left: Words
    right: Words
    distance: int


@dataclass(frozen=True, slots=True)
class Compare:
    """`field op value`: any one of several values will do."""

    field: str
    op: str
    values: tuple[str, ...]
    when: When | None = None
    """The value of a time field, read."""


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]
    """None at all asks for everything."""


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


Node = Words | Near | Compare | And | Or | Not

SYMBOLS = re.compile(r"^-|[\s()\"“”„«»:<>=*]")
_VALUE_SYMBOLS = re.compile(r"[\s()\",]")
KEYWORD = re.compile(r"(?:and|or|not|near(?:/\d+)?)", re.I)
EVERYTHING = And(())


def both(parts: tuple[Node, ...]) -> Node:
    """Parts joined by and, without an and inside an and."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return flat[0] if len(flat) == 1 else And(flat)


def either(parts: tuple[Node, ...]) -> Node:
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def canonical(node: Node) -> str:
    match node:
        case And(parts):
            return " ".join(_grouped(part, Or) for part in parts)
        case Or(parts):
            return " or ".join(canonical(part) for part in parts)
        case Not(part):
            return "-" + _grouped(part, (And, Or))
        case Near(left, right, distance):
            return f"{canonical(left)} NEAR/{distance} {canonical(right)}"
        case Compare(field, op, values):
            return f"{field}{op}{','.join(_value(value) for value in values)}"
        case Words(text, prefix):
            return _quoted(text, "*" if prefix else "")


def _grouped(node: Node, kinds: type[Node] | tuple[type[Node], ...]) -> str:
    return f"({canonical(node)})" if isinstance(node, kinds) else canonical(node)


def _quoted(text: str, star: str) -> str:
    """In quotation marks where the bare text would be read as something else."""
    bare = SYMBOLS.search(text) is None and "!=" not in text and (star or not KEYWORD.fullmatch(text))
    return f"{text}{star}" if bare else f'"{text}{star}"'


def _value(text: str) -> str:
    return f'"{text}"' if _VALUE_SYMBOLS.search(text) else text
