"""Lines of stdin as they arrive: quick for a file, and prompt for who sends a line and waits for its answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TextIO

_MOST = 1 << 16
"""Bytes taken at a time, if so many are there."""


def lines(stdin: TextIO) -> Iterator[str]:
    """The lines; stdout is flushed before each wait for more, so every line that came has had its answer.

    Asking the system whether more stands ready would do the same, but cannot be done for pipes on Windows.
    """
    pieces: list[bytes] = []
    while chunk := stdin.buffer.read1(_MOST):  # type: ignore[attr-defined]  # a stream of the system's is buffered
        head, newline, rest = chunk.rpartition(b"\n")
        if newline:
            yield from _text(stdin, [*pieces, head]).split("\n")
            pieces = []
        pieces.append(rest)
        sys.stdout.flush()
    if last := _text(stdin, pieces):
        yield last
        sys.stdout.flush()


def _text(stdin: TextIO, pieces: list[bytes]) -> str:
    return b"".join(pieces).decode(stdin.encoding, stdin.errors or "strict")
