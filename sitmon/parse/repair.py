"""Small faults that make XML unreadable, mended: most broken feeds are one bare `&` or `&nbsp;` away from well-formed.

What is mended cannot change what a reader would see. A DTD goes as a whole, so no entity of a document's own exists:
a reference to one stays in the text as it stands. Linear.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

_DOCTYPE: Final = re.compile(
    r"<!DOCTYPE[^\[>]*+(?:\[(?>[^\]\"'<]+|\"[^\"]*\"|'[^']*'|<!--.*?-->|[<\"'])*+\]\s*)?>", re.IGNORECASE | re.DOTALL
)
_AMPERSAND: Final = re.compile(
    r"&(?:#(?P<dec>\d{1,7});|#[xX](?P<hex>[0-9a-fA-F]{1,6});|(?P<name>[A-Za-z][A-Za-z0-9]{1,30});)?"
)
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\\ud800-\\udfff]")
_WRITTEN: Final = re.compile("&#(?:0{0,9}(?:(?P<esc>27)|7)|[xX]0{0,9}(?:(?P<hex>1[bB])|7));")
_ESC: Final = re.compile("\x1b(?:(?P<c1>[@-_])|[ -/]{0,8}[0-~]?)")
_START: Final = re.compile(r"<(?:\?xml|!DOCTYPE|!--|rss|rdf:RDF|feed|\w+:feed|channel)\b|<!--", re.IGNORECASE)
_CDATA: Final = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_XML_NAMES: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))
_LOOKED_AT: Final = 4096
"""Characters before the document proper that may be junk: blank lines, a PHP warning, a stray BOM."""


def repaired(text: str) -> str:
    """`text` with its DTD gone, its ampersands right, and no character that XML forbids."""
    start = _START.search(text, 0, _LOOKED_AT)
    text = text[start.start() :] if start else text
    text = _NO_XML.sub("", _eight_bit(without_doctype(text)))
    if "&" not in text:
        return text
    parts = _CDATA.split(text)
    parts[::2] = [_AMPERSAND.sub(_right, part) for part in parts[::2]]
    return "".join(parts)


def _eight_bit(text: str) -> str:
    """Escape sequences of terminals begun and ended by C1, which XML allows, so that `clean` finds them whole.

    ECMA-48 section 5.3: ESC and a letter from @ to _ are the C1 character 0x40 beyond it.
    """
    if "&#" in text:
        text = _WRITTEN.sub(lambda found: "\x1b" if found["esc"] or found["hex"] else "\x07", text)
    if "\x1b" in text:
        text = _ESC.sub(lambda found: chr(ord(found["c1"]) + 0x40) if found["c1"] else "", text)
    return text.replace("\x07", "\x9c")


def without_doctype(text: str) -> str:
    """`text` without its first document type declaration."""
    return _DOCTYPE.sub("", text, count=1)


def _right(found: re.Match[str]) -> str:
    """A reference that XML reads, or `&amp;` and the rest as text."""
    if name := found["name"]:
        if name in _XML_NAMES:
            return found[0]
        return html5.get(f"{name};") or f"&amp;{name};"
    if number := found["dec"] or found["hex"]:
        code = int(number, 10 if found["dec"] else 16)
        allowed = (
            code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
        )
        return found[0] if allowed else ""
    return "&amp;"
