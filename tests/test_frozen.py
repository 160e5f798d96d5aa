"""Nouns are made quickly and stay what dataclasses are."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from sitmon.frozen import quicken


@dataclass(frozen=True, slots=True)
class Noun:
    name: str
    size: int = 1
    parts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Quick:
    name: str
    size: int = 1
    parts: list[str] = field(default_factory=list)


quicken(Quick)


def test_it_has_the_signature_of_any_dataclass() -> None:
    assert [str(p) for p in inspect.signature(Quick).parameters.values()][:2] == ["name: 'str'", "size: 'int' = 1"]
    with pytest.raises(TypeError, match=r"Quick.__init__\(\) missing 1 required positional argument: 'name'"):
        Quick()  # type: ignore[call-arg]


def test_defaults_are_filled_in_and_factories_called_each_time() -> None:
    one, other = Quick("a"), Quick("a", 1)
    assert (one.name, one.size, one.parts) == ("a", 1, [])
    assert one == other
    assert one.parts is not other.parts


def test_it_stays_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Quick("a").size = 2  # type: ignore[misc]


def test_it_is_replaced_copied_and_pickled_as_any_dataclass() -> None:
    quick = Quick("a", parts=["b"])
    assert replace(quick, size=3) == Quick("a", 3, ["b"])
    assert copy.deepcopy(quick) == quick
    assert pickle.loads(pickle.dumps(quick)) == quick
    assert repr(quick) == repr(Noun("a", parts=["b"])).replace("Noun", "Quick")
