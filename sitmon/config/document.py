"""Reads YAML into nodes that know where they stand, and collects every problem found on the way.

Scalars stay the text that the operator wrote (`lang: no` is Norwegian, `22:30` is a time of day): what a value means is
decided by the type of the field it fills, in `build`, and not by YAML's guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from sitmon.model import Source

NULL = "tag:yaml.org,2002:null"


@dataclass(slots=True)
class Problems:
    """Everything wrong with a configuration, in the order found."""

    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def error(self, where: Value, message: str) -> None:
        self.errors.append(f"{where.source}: {message}")

    def warn(self, where: Value, message: str) -> None:
        self.warnings.append(f"{where.source}: {message}")


@dataclass(frozen=True, slots=True)
class Value:
    """A node of the file and the path of keys that leads to it, as `feeds[2].interval`."""

    node: Node
    path: str
    file: str
    within: int | None = None
    """Character of the scalar that is meant, for errors within it; None for the node as a whole."""

    @property
    def source(self) -> Source:
        mark = self.node.start_mark
        if self.within is None or not isinstance(self.node, ScalarNode):
            return Source(self.file, mark.line + 1, mark.column + 1)
        at = place(self.node, self.within)
        line_start = mark.buffer.rfind("\n", 0, at) + 1
        return Source(self.file, mark.buffer.count("\n", 0, at) + 1, at - line_start + 1)

    def shifted(self, characters: int) -> Value:
        """The place of a character of a scalar."""
        return Value(self.node, self.path, self.file, characters)

    @property
    def is_null(self) -> bool:
        return isinstance(self.node, ScalarNode) and self.node.tag == NULL

    @property
    def text(self) -> str | None:
        """The scalar as written, None for lists, mappings and nothing at all."""
        if isinstance(self.node, ScalarNode) and not self.is_null:
            return str(self.node.value)
        return None

    def without(self, key: str) -> Value:
        """The same mapping, one key left out."""
        pairs = [(k, v) for k, v in self.node.value if k.value != key]
        node = MappingNode(self.node.tag, pairs, self.node.start_mark, self.node.end_mark)
        return Value(node, self.path, self.file)

    def items(self) -> Iterator[Value] | None:
        """The members of a list, None where this is no list."""
        if not isinstance(self.node, SequenceNode):
            return None
        return (Value(node, f"{self.path}[{i}]", self.file) for i, node in enumerate(self.node.value))

    def mapping(self, problems: Problems) -> dict[str, tuple[Value, Value]] | None:
        """Key text to (key, value); duplicate keys are problems. None where this is no mapping."""
        if not isinstance(self.node, MappingNode):
            return None
        out: dict[str, tuple[Value, Value]] = {}
        for key_node, value_node in self.node.value:
            name = str(key_node.value)
            path = f"{self.path}.{name}" if self.path else name
            key = Value(key_node, path, self.file)
            if name in out:
                problems.error(key, f"{path}: given twice, first on line {out[name][0].source.line}")
                continue
            out[name] = (key, Value(value_node, path, self.file))
        return out


_WRITTEN = {"'": re.compile(r"''|\S"), '"': re.compile(r"\\.|\S")}
"""How one character of a scalar is written between these quotation marks; without them it stands for itself."""
_ITSELF = re.compile(r"\S")


def place(node: ScalarNode, at: int) -> int:
    """Where in the file the character `at` of a scalar is written: folding and indenting change white space alone."""
    text, start = node.start_mark.buffer, node.start_mark.pointer
    if node.style in {">", "|"}:
        start = text.index("\n", start)
    elif node.style in _WRITTEN:
        start += 1
    pattern = _WRITTEN.get(node.style, _ITSELF)
    written = list(pattern.finditer(text, start, node.end_mark.pointer))
    before = sum(not char.isspace() for char in node.value[:at])
    if node.value[at : at + 1].strip() and before < len(written):
        return int(written[before].start())
    return int(written[min(before, len(written)) - 1].end()) if before and written else int(start)


def read(file: Path, problems: Problems, text: str | None = None) -> Value | None:
    """The root of a YAML file, or of the text that is to stand there; None (and a problem) where there is none."""
    try:
        text = decoded(file.read_bytes()) if text is None else text
        node = YAML(typ="safe", pure=True).compose(text)  # the round-trip kind leaves BELs where lines were folded
    except OSError as error:
        problems.errors.append(f"{file}:1:1: cannot be read: {error.strerror}")
        return None
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(errors="replace")
        what = f"byte 0x{error.object[error.start]:02x} is no UTF-8: save the file as UTF-8"
        problems.errors.append(f"{file}:{line_column(before, len(before))}: {what}")
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problems.errors.append(f"{file}:{line}:{column}: {yaml_complaint(error)}")
        return None
    except ReaderError as error:
        assert text is not None
        what = f"not YAML: control character U+{ord(text[error.position]):04X}; delete it"
        problems.errors.append(f"{file}:{line_column(text, error.position)}: {what}")
        return None
    except RecursionError:
        problems.errors.append(f"{file}:1:1: lists or keys stand within each other too deeply for a feeds.yaml")
        return None
    if node is None:
        problems.errors.append(f"{file}:1:1: empty; it needs at least `version: 1` and `feeds:`")
        return None
    return Value(node, "", str(file))


def decoded(data: bytes) -> str:
    """UTF-8 with the ends of lines that any editor writes. UnicodeDecodeError."""
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def line_column(text: str, at: int) -> str:
    """`3:14` of a character of a text."""
    return f"{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"


def yaml_complaint(error: MarkedYAMLError) -> str:
    problem = error.problem or "not YAML"
    if "'\\t'" in problem:
        return "not YAML: a tab stands here; indent with spaces"
    if "another document" in problem:
        return "a second document starts here; feeds.yaml holds one, remove the `---`"
    return f"not YAML: {problem}" + (f" ({error.context})" if error.context else "")


def nearest(word: str, valid: tuple[str, ...]) -> str:
    """`; did you mean "x"?` where something valid is near, else the valid words."""
    near = get_close_matches(word, valid, n=1, cutoff=0.6)
    if near:
        return f'; did you mean "{near[0]}"?'
    return "; valid: " + ", ".join(valid) if len(valid) <= 24 else ""
