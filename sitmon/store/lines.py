"""The lines of a journal: `crc32 op table id remaining json`.

The checksum covers the rest of the line. `op` is `+` for a document put and `-` for one removed; `remaining` counts the
lines of the same transaction that still follow, so 0 closes it. The first line of a file is its header, with op `=`,
table `journal` and the format's version in place of an id: that much stays true in every version to come, so that an
old sitmon can tell a newer file from a broken one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, unquote
from zlib import crc32

from sitmon.codec import json_bytes
from sitmon.written import Written

Doc = Mapping[str, Any]

VERSION = 1
"""0 was the same without a header; `migrate` reads it."""

_PLAIN = re.compile(r"[!-$&-~]+")
"""Ids that stand as they are: printable ASCII without blanks, and without the `%` that marks the others."""


class Change(NamedTuple):
    """A document to put under `table` and `id`, or with None to remove."""

    table: str
    id: str
    doc: Doc | None


class Line(NamedTuple):
    """A line whose checksum was right."""

    op: Literal["+", "-", "="]
    table: str
    id: str
    remaining: int
    body: bytes

    def doc(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.body)
        return value


def id_text(doc_id: str) -> str:
    """The id as one word of a line; an empty one is `%`."""
    if _PLAIN.fullmatch(doc_id):
        return doc_id
    return quote(doc_id, safe="", errors="surrogatepass") or "%"


def id_of(text: str) -> str:
    """The reverse of `id_text`."""
    if "%" not in text:
        return text
    return "" if text == "%" else unquote(text, errors="surrogatepass")


def seal(rest: bytes) -> bytes:
    """The line with its checksum before it and its end after it."""
    return b"%08x %s\n" % (crc32(rest), rest)


def encode(changes: Sequence[Change]) -> list[bytes]:
    """The lines of one transaction."""
    lines = []
    for remaining, (table, doc_id, doc) in zip(range(len(changes) - 1, -1, -1), changes, strict=True):
        head = f"{'-' if doc is None else '+'} {table} {id_text(doc_id)} {remaining} ".encode()
        lines.append(seal(head + _body(doc)))
    return lines


def _body(doc: Doc | None) -> bytes:
    if isinstance(doc, Written):
        return doc.body
    return b"" if doc is None else json_bytes(doc)


def again(lines: Sequence[Line]) -> list[bytes]:
    """Lines that were read, as one transaction of their own."""
    return [
        seal(f"{line.op} {line.table} {id_text(line.id)} {remaining} ".encode() + line.body)
        for remaining, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True)
    ]


def decode(raw: bytes) -> Line | None:
    """The line without its checksum, or None when it is damaged."""
    try:
        rest = raw[9:].removesuffix(b"\n")
        if raw[:9] != b"%08x " % crc32(rest):
            return None
        op, table, doc_id, remaining, body = rest.split(b" ", 4)
        return Line(op.decode(), table.decode(), id_of(doc_id.decode()), int(remaining), body)  # type: ignore[arg-type]
    except ValueError:
        return None


def header(generation: str, of: str = "", copied: int = 0, version: int = VERSION) -> bytes:
    """`generation` names the file's content. A compacted copy has a new one, and tells of which one it is the copy, and
    up to which byte; its header is of one length whatever that is, since it is known only in the end."""
    return seal(
        b"= journal %d 0 %s" % (version, json_bytes({"generation": generation, "of": of, "copied": f"{copied:015}"}))
    )
