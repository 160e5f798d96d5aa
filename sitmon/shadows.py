"""What mypyc reads in place of a source: the same with the methods that it leaves to the interpreter.

It compiles what stands in a class, and not what `dataclass` adds: an object of six fields takes 1.0 µs to make then,
and 0.05 µs if its `__init__` is there to be compiled. Some forty objects are made for each item on its way from a feed
to the screen. A `__reduce__` says how they are copied and pickled, as a call of their class: compiled ones that are not
yet filled in cannot be made.
"""

from __future__ import annotations

import ast
from pathlib import Path


def shadows(files: list[str], scratch: Path) -> list[str]:
    """The flags by which mypy reads files as `written_out`, where that makes a difference."""
    flags = []
    for number, file in enumerate(files):
        source = Path(file).read_text(encoding="utf-8")
        if (shadow := written_out(source)) != source:
            path = scratch / f"shadow{number}.py"
            path.write_text(shadow, encoding="utf-8")
            flags += ["--shadow-file", file, str(path)]
    return flags


def written_out(source: str) -> str:
    """The source with an `__init__` and a `__reduce__` in each of its frozen dataclasses.

    They take the place of the two empty lines behind a class, so that tracebacks name the right lines.
    """
    lines = source.split("\n")
    for noun in ast.parse(source).body:
        if isinstance(noun, ast.ClassDef) and (fields := _fields(noun)):
            end = noun.end_lineno or 0
            lines[end : end + 2] = [_init(fields), _reduce(noun.name, fields)]
    return "\n".join(lines)


def _fields(noun: ast.ClassDef) -> list[ast.AnnAssign]:
    """Of a frozen dataclass that `dataclass` writes the `__init__` of, without `field(…)`; none for other classes."""
    if [ast.unparse(decorator) for decorator in noun.decorator_list] != ["dataclass(frozen=True, slots=True)"]:
        return []
    own = {part.name for part in noun.body if isinstance(part, ast.FunctionDef)}
    fields = [part for part in noun.body if isinstance(part, ast.AnnAssign)]
    if noun.bases or own & {"__init__", "__post_init__"} or any(isinstance(f.value, ast.Call) for f in fields):
        return []
    return fields


def _init(fields: list[ast.AnnAssign]) -> str:
    arguments = ", ".join(ast.unparse(field) for field in fields)
    body = "; ".join(f"self.{name} = {name}" for name in map(_name, fields))
    return f"    def __init__(self, {arguments}) -> None: {body}  # type: ignore"  # for mypy nobody sets what is frozen


def _reduce(noun: str, fields: list[ast.AnnAssign]) -> str:
    values = "".join(f"self.{name}, " for name in map(_name, fields))
    return f"    def __reduce__(self) -> tuple[object, ...]: return {noun}, ({values})"


def _name(field: ast.AnnAssign) -> str:
    return ast.unparse(field.target)
