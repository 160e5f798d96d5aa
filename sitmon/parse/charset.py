"""Bytes of a feed to text, in whatever charset they are. Never fails: what no charset reads is replaced and said so."""

from __future__ import annotations

import codecs
import re
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED: Final = {
    "x0x0": "utf-16-le",
    "0x0x": "utf-16-be",
    "x000": "utf-32-le",
    "000x": "utf-32-be",
}
"""Which of the first four bytes are zero, where a document of ASCII's `<` or `{` has no mark (RFC 4627 section 3)."""
_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED: Final = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_META: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_TRUSTED: Final = (
    "utf",
    "iso2022",
    "hz",
    "gb",
    "big5",
    "shift",
    "sjis",
    "cp93",
    "cp94",
    "cp95",
    "euc",
    "johab",
    "ms932",
)
"""Charsets in which not every sequence of bytes is text: bytes that read as one of these, and are said to be, are."""
_MEANT: Final = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
"""What calls itself so means the larger one, as in the WHATWG encoding standard, section 4.2."""


def decoded(data: bytes, content_type: str) -> tuple[str, str]:
    """The text, and a notice when bytes had to be replaced."""
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _replacing(data[len(bom) :], charset)
    if unmarked := _UNMARKED.get("".join("0" if byte == 0 else "x" for byte in data[:4])):
        return _replacing(data, unmarked)
    said = _said(data, content_type)
    for charset in said:
        if (
            charset.replace("-", "").replace("_", "").startswith(_TRUSTED)
            and (text := _strict(data, charset)) is not None
        ):
            return text, ""
    # Bytes beyond ASCII that are valid UTF-8 are hardly ever anything else, whatever a single-byte label says.
    for charset in ("utf-8", *said, "cp1252"):
        if (text := _strict(data, charset)) is not None:
            return text, ""
    return _replacing(data, said[0] if said else "utf-8")


def _said(data: bytes, content_type: str) -> list[str]:
    """The charsets that the header, the XML declaration and a meta element name, as Python knows them."""
    names = []
    if found := _HEADER.search(content_type):
        names.append(found[1])
    for pattern in (_DECLARED, _META):
        if match := pattern.search(data[:1024]):
            names.append(match[1].decode("ascii"))
    return [known for name in names if (known := _known(name))]


def _known(name: str) -> str | None:
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not codec._is_text_encoding or codec.name in {
        "utf-16",
        "utf-32",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
    }:
        return None
    return _MEANT.get(codec.name, codec.name)


def _strict(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _replacing(data: bytes, charset: str) -> tuple[str, str]:
    text = data.decode(charset, errors="replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode(charset))
    return text, f"{bad} bytes are no {charset}" if bad > 0 else ""
