"""Where in the text of feeds.yaml something more is to stand: pure functions of the text and of ruamel's marks.

A block goes behind the last one, a new key behind the feed's `url`, a new value in the old one's place; in block style
or in brackets, as the file has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sitmon.config.document import Problems, Value, read
from sitmon.config.written import Keys, block, flow
from sitmon.errors import ConfigError

INDENT = 2


def with_feeds(text: str, file: Path, feeds: Sequence[Keys]) -> str:
    """The text with these feeds at the end of its `feeds:`. Raises ConfigError for a text that is no YAML."""
    problems = Problems()
    root = read(file, problems, text)
    if root is None:
        raise ConfigError(tuple(problems.errors))
    top: Any = root.node
    entry = (root.mapping(Problems()) or {}).get("feeds")
    if entry is None:
        return _with_list(text, top, feeds)
    key, held = entry[0].node, cast(Any, entry[1].node)
    members = held.value if isinstance(held, SequenceNode) else []
    if members and held.flow_style:
        return _inserted(text, members[-1].end_mark.index, f", {_row(feeds)}")
    if members:
        last = _past_comments(text, _line_after(text, _end(members[-1])), held.start_mark.column)
        return _inserted(text, last, _blocks(feeds, held.start_mark.column))
    if top.flow_style:
        return _inserted(text, held.start_mark.index + 1, _row(feeds))
    if isinstance(held, SequenceNode):  # `[]` makes way for blocks
        text = text[: held.start_mark.index].rstrip(" ") + text[held.end_mark.index :]
    return _inserted(text, _line_after(text, key.end_mark.index), _blocks(feeds, INDENT))


def with_value(text: str, feed: Value, key: str, value: str) -> str:
    """The text with one key of a feed, which has a `url`, at another value."""
    node: Any = feed.node
    pairs = {name.value: (name, held) for name, held in node.value}
    if key in pairs:
        name, held = pairs[key]
        if _is_elsewhere(name, held):
            colon = text.index(":", name.end_mark.index) + 1
            return _inserted(text, colon, f" {flow(value)}")
        end = _end(held)
        return text[: held.start_mark.index] + flow(value) + text[end:]
    _, url = pairs["url"]
    if node.flow_style:
        return _inserted(text, url.end_mark.index, f", {key}: {flow(value)}")
    column = node.value[0][0].start_mark.column
    return _inserted(text, _line_after(text, _end(url)), f"{' ' * column}{key}: {flow(value)}\n")


def _with_list(text: str, root: MappingNode, feeds: Sequence[Keys]) -> str:
    """A `feeds:` where there was none."""
    if root.flow_style:
        return _inserted(text, root.value[-1][1].end_mark.index, f", feeds: [{_row(feeds)}]")
    return _inserted(text, _line_after(text, _end(root)), "\nfeeds:\n" + _blocks(feeds, INDENT))


def _blocks(feeds: Sequence[Keys], column: int) -> str:
    return "".join(f"{' ' * column}{line}\n" for keys in feeds for line in block(keys).splitlines())


def _row(feeds: Sequence[Keys]) -> str:
    return ", ".join(flow(keys) for keys in feeds)


def _inserted(text: str, at: int, more: str) -> str:
    if at == len(text) and not text.endswith("\n") and more.endswith("\n"):
        more = "\n" + more
    return text[:at] + more + text[at:]


def _line_after(text: str, at: int) -> int:
    newline = text.find("\n", at)
    return len(text) if newline < 0 else newline + 1


def _past_comments(text: str, at: int, column: int) -> int:
    """Behind comments that are set in deeper than the list: they belong to its last entry."""
    while (line := text[at : _line_after(text, at)]).lstrip(" ").startswith("#"):
        if len(line) - len(line.lstrip(" ")) <= column:
            break
        at += len(line)
    return at


def _end(node: Node) -> int:
    """Behind the node's last character. A block's own mark stands at whatever comes next, comments passed over."""
    if isinstance(node, MappingNode) and not node.flow_style and node.value:
        name, held = node.value[-1]
        return int(name.end_mark.index) if _is_elsewhere(name, held) else _end(held)
    if isinstance(node, SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    if isinstance(node, ScalarNode) and node.style in {"|", ">"}:
        buffer = node.end_mark.buffer or ""
        return len(buffer[: node.end_mark.index].rstrip())
    return int(node.end_mark.index)


def _is_elsewhere(name: Node, held: Node) -> bool:
    """Nothing stands behind the key, or an alias whose node stands where it was named."""
    nothing = bool(held.start_mark.index == held.end_mark.index)
    return nothing or bool(held.start_mark.index < name.end_mark.index)
