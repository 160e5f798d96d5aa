"""Fills frozen dataclasses from YAML: a field's name is its key, its type is what the key accepts.

Feeds, regions, settings, rules, places and actors are all read by `build`, so a new field of any of them is a new key
at once, with its errors.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from sitmon.config.document import Problems, Value, nearest
from sitmon.model import Source
from sitmon.rules import RuleError

T = TypeVar("T")

OURS = {"source", "address", "secrets"}
"""Fields that are filled in here, and are no keys."""

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}

LONGEST = timedelta(days=36_500)
"""Counted back from any day of today it is still a date."""


class UnreadableError(ValueError):
    """A scalar that is not what its field accepts; the text says what would be."""


def duration(text: str) -> timedelta:
    """`90s`, `15m`, `2h`, `36h`, `400d`."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", text)
    if not found:
        raise UnreadableError(f"{text!r} is not a duration; write it as 90s, 15m, 2h or 400d")
    try:
        span = timedelta(**{UNITS[found[2]]: float(found[1])})
    except OverflowError:
        span = timedelta.max
    if span > LONGEST:
        raise UnreadableError(f"{text!r} is longer than a hundred years; {LONGEST.days}d is as good as for ever")
    return span


def boolean(text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise UnreadableError(f"{text!r} is neither true nor false")
    return text.lower() == "true"


def number(kind: Callable[[str], Any], name: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return kind(text)
        except ValueError:
            raise UnreadableError(f"{text!r} is not {name}") from None

    return read


def moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise UnreadableError(f"{text!r} is not an ISO 8601 time such as 2026-11-22T15:30Z") from None
    if at.tzinfo is None:
        raise UnreadableError(f"{text!r} has no zone; add Z for UTC")
    return at


SCALARS: dict[object, Callable[[str], Any]] = {
    str: str,
    int: number(int, "a whole number"),
    float: number(float, "a number"),
    bool: boolean,
    timedelta: duration,
    datetime: moment,
}


_TYPES: dict[type[Any], dict[str, Any]] = {}
"""Of the fields of each class: to work them out takes 0.5 ms, and is asked for every feed."""


def _types(cls: type[Any]) -> dict[str, Any]:
    if cls not in _TYPES:
        _TYPES[cls] = get_type_hints(cls)
    return _TYPES[cls]


def build(cls: type[T], value: Value, problems: Problems, expand: Expand, base: T | None = None) -> T | None:
    """An instance of `cls` from a mapping, `base` giving what is not written.

    None where the mapping does not make one; every reason is in `problems` then.
    """
    entries = value.mapping(problems)
    if entries is None:
        problems.error(value, f"{value.path or 'file'}: expected a mapping of keys")
        return None
    before, types_of = len(problems.errors), _types(cls)
    known = {f.name: f for f in fields(cls) if f.name not in OURS}  # type: ignore[arg-type]
    given: dict[str, Any] = {}
    for name, (key, entry) in entries.items():
        if name not in known:
            problems.error(key, f"{key.path}: unknown key{nearest(name, tuple(known))}")
        elif not entry.is_null:
            given[name] = read_value(types_of[name], entry, problems, expand)
    if base is not None:
        given = {name: getattr(base, name) for name in known if name not in given} | given
    for name, f in known.items():
        if name not in given and f.default is MISSING and f.default_factory is MISSING:
            problems.error(value, f"{value.path}: {name!r} is missing")
    if len(problems.errors) > before:
        return None
    if "source" in types_of:
        given["source"] = value.source
    try:
        return cls(**given)
    except RuleError as error:
        at = entries.get(error.field, (value, value))[1]
        problems.error(at if error.position is None else at.shifted(error.position), f"{at.path}: {error}")
        return None


def read_value(kind: Any, value: Value, problems: Problems, expand: Expand) -> Any:
    """What `value` is as a `kind`; on a problem, which is noted, something that must not be used."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return read_value(next(a for a in args if a is not types.NoneType), value, problems, expand)
    if origin is tuple:
        return read_tuple(args, value, problems, expand)
    if origin is Literal:
        return one_of(value, args, problems)
    if isinstance(kind, type) and issubclass(kind, Enum):
        chosen = one_of(value, tuple(kind.__members__), problems)
        return kind[chosen] if chosen else None
    if hasattr(kind, "__dataclass_fields__"):
        return build(kind, value, problems, expand)
    return read_scalar(kind, value, problems, expand)


def read_scalar(kind: Any, value: Value, problems: Problems, expand: Expand) -> Any:
    text = value.text
    if text is None:
        problems.error(value, f"{value.path}: expected a single value")
        return None
    try:
        return SCALARS[kind](expand(text))
    except UnreadableError as error:
        problems.error(value, f"{value.path}: {error}")
        return None


def read_tuple(args: tuple[Any, ...], value: Value, problems: Problems, expand: Expand) -> Any:
    if args[0] == tuple[str, str]:
        return read_pairs(value, problems, expand)
    members = value.items()
    if members is None:
        problems.error(value, f"{value.path}: expected a list, as [a, b]")
        return ()
    if args[-1] is Ellipsis:
        return tuple(read_value(args[0], member, problems, expand) for member in members)
    found = list(members)
    if len(found) != len(args):
        problems.error(value, f"{value.path}: expected {len(args)} values, found {len(found)}")
        return ()
    return tuple(read_value(kind, member, problems, expand) for kind, member in zip(args, found, strict=True))


def read_pairs(value: Value, problems: Problems, expand: Expand) -> tuple[tuple[str, str], ...]:
    """A mapping of free keys to text, as `headers:`."""
    entries = value.mapping(problems)
    if entries is None:
        problems.error(value, f"{value.path}: expected a mapping, as {{Name: value}}")
        return ()
    return tuple((name, read_scalar(str, entry, problems, expand) or "") for name, (_, entry) in entries.items())


def one_of(value: Value, valid: tuple[Any, ...], problems: Problems) -> Any:
    text = value.text
    if text in valid:
        return text
    hint = nearest(text or "", tuple(str(v) for v in valid))
    problems.error(value, f"{value.path}: {text!r} cannot stand here{hint}")
    return None


Expand = Callable[[str], str]
"""Fills in `${…}`; raises UnreadableError where it cannot."""

__all__ = ["Expand", "Source", "UnreadableError", "build", "read_value"]
