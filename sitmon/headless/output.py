"""Writing results: JSON one object a line, or columns that fit the terminal."""

from __future__ import annotations

import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from sitmon.codec import Doc

_OBEYED = re.compile("[\x7f-\x9f]")
"""What JSON leaves as it is and a terminal obeys: a validator that is kept verbatim may hold it."""

_WRITER, _ASCII_WRITER = json.JSONEncoder(ensure_ascii=False), json.JSONEncoder()
"""Made once: `json.dumps` makes one at each call that asks for anything unusual."""


def json_line(doc: Doc, *, flush: bool = True) -> None:
    """One object, one line, at once: whoever reads the pipe may be waiting for it."""
    text = (_WRITER if speaks_unicode() else _ASCII_WRITER).encode(doc)
    if not text.isascii() or "\x7f" in text:
        text = _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    sys.stdout.write(text + "\n")
    if flush:
        sys.stdout.flush()


def line(text: str = "", *, flush: bool = False) -> None:
    sys.stdout.write(sayable(text) + "\n")
    if flush:
        sys.stdout.flush()


def tell(text: str) -> None:
    """A diagnostic."""
    print(sayable(text), file=sys.stderr, flush=True)


def speaks_unicode() -> bool:
    return (sys.stdout.encoding or "ascii").lower().replace("-", "").startswith("utf")


def sayable(text: str) -> str:
    """`text` with what the terminal's encoding lacks as question marks, rather than an error."""
    encoding = sys.stdout.encoding or "ascii"
    return text.encode(encoding, "replace").decode(encoding)


def width(text: str) -> int:
    """Terminal cells: wide characters take two, marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, cells: int) -> str:
    """`text` in exactly so many cells, cut with `…` or padded."""
    if width(text) > cells:
        while text and width(text) > cells - 1:
            text = text[:-1]
        text += "…" if speaks_unicode() else "."
    return text + " " * (cells - width(text))


def columns(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """Rows with columns of these widths; the last takes what the terminal leaves, or all of it in a pipe."""
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for row in rows:
        head = " ".join(fit(cell, cells) for cell, cells in zip(row, widths, strict=False))
        last = row[-1] if room is None else fit(row[-1], max(room - width(head) - 1, 10)).rstrip()
        line(f"{head} {last}".rstrip())
