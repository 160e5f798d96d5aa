"""Frozen dataclasses with slots, made in half the time.

The `__init__` that `dataclass` writes for a frozen class sets each field by `object.__setattr__`, which looks its name
up in the class: 0.9 µs for six fields (CPython 3.11). The setters of slots are known beforehand: 0.5 µs. Some forty
such objects are made for each item on its way from a feed to the screen.

On that way they are pickled twice. The methods that `dataclass` writes for it copy the slots into a list and back, one
by one by name; a call of the class with its fields crosses in a third of the time.
"""

from __future__ import annotations

import copyreg
from dataclasses import MISSING, fields
from typing import Any


def quicken(cls: Any) -> None:
    """Give a dataclass of `frozen=True, slots=True` an `__init__` that sets its slots directly, and pickle calls it."""
    names: dict[str, Any] = {"MISSING": MISSING, "cls": cls}
    arguments, lines, taken = [], [], []
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
        taken.append(f"self.{field.name}, ")
    init = f"def __init__(self, {', '.join(arguments)}):\n{''.join(lines)}"
    exec(f"{init}\ndef reduced(self): return cls, ({''.join(taken)})", names)  # as dataclasses does
    copyreg.pickle(cls, names["reduced"])
    made = names["__init__"]
    made.__qualname__, made.__annotations__ = f"{cls.__qualname__}.__init__", cls.__init__.__annotations__
    cls.__init__ = made
