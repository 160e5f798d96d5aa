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
_NUMBERED: Final = re.compile(r"(?:windows|win|cp|ms|ibm|dos)[-_ ]?(\d{3,4})", re.IGNORECASE)
_LABELS: Final = {
    "windows-31j": "cp932", "koi": "koi8-r", "koi8": "koi8-r", "iso-8859-8-i": "iso8859-8", "iso-8859-6-i": "iso8859-6",
    "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8", "ansi": "cp1252", "ks_c_5601-1989": "cp949",
}  # fmt: skip
"""Labels of the same section, and of databases, that Python does not know; those with an `x-` before aside."""


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
    if (text := _strict(data, "utf-8")) is not None:
        return text, ""
    if _is_damaged_utf8(data):
        return _replacing(data, "utf-8")
    for charset in (*said, "cp1252"):
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


def _is_damaged_utf8(data: bytes) -> bool:
    """More letters of UTF-8 in it than bytes that are none: one cut letter must not make mojibake of all the others."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) > 2 * bad


def _known(name: str) -> str | None:
    codec = _codec(name) or _codec(_python_name(name))
    if (
        codec is None
        or not codec._is_text_encoding
        or codec.name
        in {
            "utf-16",
            "utf-32",
            "idna",
            "punycode",
            "unicode_escape",
            "raw_unicode_escape",
            "undefined",
        }
    ):
        return None
    return _MEANT.get(codec.name, codec.name)


def _codec(name: str) -> codecs.CodecInfo | None:
    try:
        return codecs.lookup(name)
    except (LookupError, ValueError):
        return None


def _python_name(label: str) -> str:
    label = label.lower()
    while label.startswith("x-"):
        label = label[2:]
    numbered = _NUMBERED.fullmatch(label)
    return f"cp{numbered[1]}" if numbered else _LABELS.get(label, label)


def _strict(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _replacing(data: bytes, charset: str) -> tuple[str, str]:
    text = data.decode(charset, errors="replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode(charset))
    return text, f"{bad} bytes are no {charset}" if bad > 0 else ""
