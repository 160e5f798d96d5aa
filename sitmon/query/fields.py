"""The one table of the query language: parser, help screen and README all read it.

A field's kind says how its values are read: `choice` takes one of a closed list, `name` and `place` any name,
`number` a whole number, `time` a duration, a date or a date-time group, `text` words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sitmon.model import AlertState, EventType, Level, Severity

Kind = Literal["text", "place", "name", "choice", "order", "number", "time"]

EQUAL = (":",)
ORDER = (":", ">=", "<=", ">", "<", "=")


@dataclass(frozen=True, slots=True)
class Field:
    """One name that may stand before a `:` or a comparison."""

    name: str
    kind: Kind
    operators: tuple[str, ...]
    example: str
    help: str
    choices: tuple[str, ...] = ()
    """Closed list of values, in rising order where they can be compared."""


def _levels(values: type[Severity] | type[Level]) -> tuple[str, ...]:
    return tuple(value.name.lower() for value in values)


FIELDS: tuple[Field, ...] = (
    Field(
        "region",
        "place",
        EQUAL,
        "region:ML.Kidal",
        "a place, division, country or area and all within it, by id or name",
    ),
    Field("country", "place", EQUAL, "country:ML,BF", "country by its two letters or its name"),
    Field("actor", "name", EQUAL, "actor:jnim", "who acts, by id, name or alias"),
    Field("type", "choice", EQUAL, "type:battles", "kind of event", tuple(kind.value for kind in EventType)),
    Field("source", "name", EQUAL, "source:bbc", "feed id, feed name or owner"),
    Field("lang", "name", EQUAL, "lang:fr", "language of the item"),
    Field("severity", "order", ORDER, "severity>=severe", "how bad the text says it is", _levels(Severity)),
    Field("level", "order", ORDER, "level>=high", "level that its region stands at now; not in rules", _levels(Level)),
    Field(
        "status",
        "choice",
        EQUAL,
        "status:new",
        "state of an alert that it raised; not in rules",
        tuple(s.value for s in AlertState),
    ),
    Field("kind", "name", EQUAL, "kind:hazard", "kind of the feed"),
    Field("tag", "name", EQUAL, "tag:gendarmerie", "tag of the feed or category of the item"),
    Field("tlp", "name", EQUAL, "tlp:AMBER", "traffic light of the feed"),
    Field("story", "name", EQUAL, "story:s-1f3a", "items of one story, by its id"),
    Field("title", "text", EQUAL, 'title:"double attack"', "words in the title alone; `title:convoy*` as above"),
    Field("text", "text", EQUAL, "text:gendarmerie", "words anywhere, in the article's full text too"),
    Field("killed", "number", ORDER, "killed>=10", "people killed, as the item tells"),
    Field("injured", "number", ORDER, "injured>=50", "people injured"),
    Field("missing", "number", ORDER, "missing>0", "people missing"),
    Field("abducted", "number", ORDER, "abducted>=1", "people abducted"),
    Field("displaced", "number", ORDER, "displaced>=1000", "people driven from their homes"),
    Field("sources", "number", ORDER, "sources>=3", "independent owners that tell its story"),
    Field("items", "number", ORDER, "items>=5", "items that tell its story"),
    Field("since", "time", EQUAL, "since:24h", "from then on: a duration back from now, a date, or a date-time group"),
    Field("after", "time", EQUAL, "after:2024-09-17", "later than that minute, day or month"),
    Field("before", "time", EQUAL, "before:221530ZNOV26", "earlier than then"),
    Field("on", "time", EQUAL, "on:2024-09-17", "within that day or month"),
)

BY_NAME = {field.name: field for field in FIELDS}

SYNTAX: tuple[tuple[str, str], ...] = (
    ("convoy kidal", "both words, in title or summary, in any order; case and accents do not matter"),
    ("convoy*", 'any word that begins so; a phrase too: `"tin zaou*"`'),
    ('"tin zaouatine"', "these words, in this order"),
    ("convoy NEAR/5 wagner", "within five words of each other, in either order"),
    ("jnim or gsim", "either; `and` may be left out, and binds tighter"),
    ("-football", "without; also `not football`"),
    ("(mali or niger) -(sport or film)", "parentheses group"),
)
"""What is not a field: an example and what it asks for."""


def table() -> tuple[tuple[str, str, str], ...]:
    """Every row of the language: what to write, an example, what it asks for."""
    syntax = tuple(("", example, meaning) for example, meaning in SYNTAX)
    return syntax + tuple((_usage(field), field.example, _meaning(field)) for field in FIELDS)


def markdown() -> str:
    """The table as the README prints it."""
    rows = ((usage.replace("|", "\\|"), example, meaning) for usage, example, meaning in table())
    lines = [f"| {f'`{usage}`' if usage else ''} | `{example}` | {meaning} |" for usage, example, meaning in rows]
    return "\n".join(["| field | example | finds |", "|---|---|---|", *lines])


def _usage(field: Field) -> str:
    return f"{field.name} {' '.join(field.operators)}"


def _meaning(field: Field) -> str:
    return f"{field.help} ({', '.join(field.choices)})" if field.choices else field.help
