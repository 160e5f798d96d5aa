"""Frozen dataclasses with slots, made in half the time.

The `__init__` that `dataclass` writes for a frozen class sets each field by `object.__setattr__`, which looks its name
up in the class: 0.9 µs for six fields (CPython 3.11). The setters of slots are known beforehand: 0.5 µs. Some forty
such objects are made for each item on its way from a feed to the screen.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any


def quicken(cls: Any) -> None:
    """Give a dataclass of `frozen=True, slots=True` an `__init__` that sets its slots directly."""
    names: dict[str, Any] = {"MISSING": MISSING}
    arguments, lines = [], []
    for field in fields(cls):
        name = value = field.name
        names[f"set_{name}"] = cls.__dict__[name].__set__
        if field.default is not MISSING:
            names[f"default_{name}"] = field.default
            name = f"{name}=default_{name}"
        elif field.default_factory is not MISSING:
            names[f"make_{name}"] = field.default_factory
            value = f"make_{name}() if {name} is MISSING else {name}"
            name = f"{name}=MISSING"
        arguments.append(name)
        lines.append(f"    set_{field.name}(self, {value})\n")
    exec(f"def __init__(self, {', '.join(arguments)}):\n{''.join(lines)}", names)  # as dataclasses does
    made = names["__init__"]
    made.__qualname__, made.__annotations__ = f"{cls.__qualname__}.__init__", cls.__init__.__annotations__
    cls.__init__ = made
