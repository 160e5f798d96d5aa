"""What mypyc is given in place of a source: the same, with the methods it would leave to the interpreter."""

from __future__ import annotations

import ast
import inspect
from typing import Any

from sitmon.shadows import written_out

NOUNS = '''
from dataclasses import dataclass, field

@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere."""

    id: str
    names: tuple[str, ...] = ("a", "b")
    area: float | None = None
    """In square kilometres."""


@dataclass(frozen=True, slots=True)
class Made:
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Changing:
    size: int


@dataclass(frozen=True, slots=True)
class Own:
    size: int

    def __init__(self) -> None:
        object.__setattr__(self, "size", 1)


LAST = 1
'''


def classes(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": __name__}
    exec(source, names)
    return names


def test_frozen_dataclasses_get_the_init_they_would_have() -> None:
    before, after = classes(NOUNS), classes(written_out(NOUNS))
    assert inspect.signature(after["Place"]).parameters == inspect.signature(before["Place"]).parameters
    assert "self.area = area" in written_out(NOUNS)


def test_they_are_pickled_as_a_call_of_their_class() -> None:
    place = classes(written_out(NOUNS))["Place"]
    made = classes(NOUNS)["Place"]("x", area=2.0)
    assert place.__reduce__(made) == (place, ("x", ("a", "b"), 2.0))


def test_other_classes_stay_as_they_are() -> None:
    def told(source: str) -> list[str]:
        return [ast.unparse(part) for part in ast.parse(source).body if getattr(part, "name", "") != "Place"]

    assert told(written_out(NOUNS)) == told(NOUNS)


def test_lines_keep_their_numbers() -> None:
    assert written_out(NOUNS).split("\n").index("LAST = 1") == NOUNS.split("\n").index("LAST = 1")


def test_the_last_class_of_a_file_is_written_out_too() -> None:
    source = NOUNS.partition("\n\n\n")[0] + "\n"
    assert classes(written_out(source))["Place"].__reduce__(classes(NOUNS)["Place"]("x"))[1] == ("x", ("a", "b"), None)
