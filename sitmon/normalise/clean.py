"""Foreign text to plain text that may reach a terminal, an export or a notification.

`line` and `text` are the only ways in. What they return holds no markup, no control or escape character, no bidi,
tag or invisible character beyond the joiners that a script or an emoji needs, no surrogate, no flood of combining
marks, is in NFC and is no longer than asked. Pure, linear in the length of what it is given, and never fails.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

from sitmon.normalise.markup import without_markup

_ROUNDS: Final = 3
"""`&amp;lt;b&amp;gt;` needs two rounds of unescaping and stripping; what still looks escaped after three is text."""

_RAW_PER_CHAR: Final = 40
"""Foreign characters looked at for one that is kept: markup outweighs words by up to this in newsletters."""

_ESCAPES: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]?"  # CSI, ECMA-48 section 5.4
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])(?:[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c))?"  # OSC DCS SOS PM APC
    r"|\x1b[ -/]{0,8}[0-~]?"
)
_ESCAPED_ESC: Final = re.compile("&#(?:0{0,9}27|[xX]0{0,9}1[bB]);?")
"""html.unescape drops this one, as HTML says, and would leave the rest of the sequence behind as words."""
_BREAKS: Final = re.compile("[\t\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]")
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\\ud800-\\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_BEYOND: Final = re.compile("[^\n -~\xa0-\xac\xae-\u02ff\u2010-\u2027]")
"""Neither a letter of the Latin script, in one piece with its accent, nor a sign that goes with it: text without one
of these is plain."""
_SUSPECT: Final = re.compile(_INVISIBLE.pattern[:-1] + "\t\x0b\x0c\r\u2028\u2029\u200c\u200d\ufe0e\ufe0f]")
"""What none of the passes below would change does not hold one of these: most text in any script."""
_JOINING: Final = (
    "\u0600-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\ua840-\ua87f\ua8e0-\ua8ff\uab00-\uabff\ufb50-\ufdcf"
    "\ufdf0-\ufdff\ufe70-\ufefc\U00010a00-\U00010fff\U00011000-\U00011fff"
)
"""Scripts whose spelling uses the joiners: Arabic and kin, Indic, South-East Asian."""
_PICTURE: Final = "©®‼⁉\u2122\u2139\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
_JOINER: Final = re.compile(
    "[\u200c\u200d]"
    f"(?:(?<=[{_JOINING}][\u200c\u200d])(?P<script>)"
    f"|(?<=[{_PICTURE}\ufe0f]\u200d)(?=[{_PICTURE}])(?P<picture>))?"
)
_JOINERS: Final = re.compile("([\u200c\u200d])[\u200c\u200d]+")
_SELECTOR: Final = re.compile(f"(?<![0-9#*{_PICTURE}])[\ufe0e\ufe0f]+|(?<=[\ufe0e\ufe0f])[\ufe0e\ufe0f]+")
_MARKS_PER_BASE: Final = 4
"""Hebrew with vowels and accents, Tibetan stacks and Vietnamese in NFD need up to four."""


def line(foreign: str, cap: int) -> str:
    """One line of at most `cap` characters, cut at a word."""
    if "<" not in foreign and "&" not in foreign and foreign.isascii() and foreign.isprintable():
        return shortened(" ".join(foreign[: cap * _RAW_PER_CHAR].split()), cap)
    return shortened(" ".join(_plain(foreign, cap).split()), cap)


def text(foreign: str, cap: int) -> str:
    """Paragraphs, one a line, of at most `cap` characters in all."""
    lines = (" ".join(part.split()) for part in _plain(foreign, cap).split("\n"))
    return shortened("\n".join(part for part in lines if part), cap)


def token(foreign: str, cap: int) -> str:
    """An identifier or a code: no markup is looked for, but what a terminal must not see is gone."""
    return " ".join(safe(foreign[:cap]).split())


def safe(foreign: str) -> str:
    """Without what must not reach a terminal; newlines and spaces stay."""
    if foreign.isascii() and foreign.replace("\n", " ").isprintable():
        return foreign
    if not _BEYOND.search(foreign):
        return foreign
    if not _SUSPECT.search(foreign) and not _floods().search(foreign):
        return unicodedata.normalize("NFC", foreign)
    if "\x1b" in foreign or not _C1.isdisjoint(foreign):
        foreign = _ESCAPES.sub("", foreign)
    foreign = _INVISIBLE.sub("", _BREAKS.sub(" ", foreign))
    if foreign.isascii():
        return foreign
    if "\u200c" in foreign or "\u200d" in foreign:
        foreign = _JOINER.sub(_joiner, _JOINERS.sub(r"\1", foreign))
    if "\ufe0e" in foreign or "\ufe0f" in foreign:
        foreign = _SELECTOR.sub("", foreign)
    return unicodedata.normalize("NFC", _floods().sub(r"\1", foreign))


def shortened(plain: str, cap: int) -> str:
    """At most `cap` characters: cut after a word where one ends in the last quarter, and marked with an ellipsis."""
    if len(plain) <= cap:
        return plain
    cut = plain[: cap - 1]
    space = max(cut.rfind(" "), cut.rfind("\n"))
    if space >= cap * 3 // 4:
        cut = cut[:space]
    return _whole(cut.rstrip(), plain) + "…"


def _whole(cut: str, plain: str) -> str:
    """`cut` without the half of a letter and its marks, or of a joined emoji, that the cut may have left."""
    after = plain[len(cut) : len(cut) + 1]
    while cut and (unicodedata.combining(after) or after in "\u200d\ufe0f" or cut[-1] in "\u200c\u200d"):
        after, cut = cut[-1], cut[:-1]
    return cut


def _plain(foreign: str, cap: int) -> str:
    foreign = foreign[: cap * _RAW_PER_CHAR + 1024]
    for _ in range(_ROUNDS):
        before = foreign
        if "<" in foreign:
            foreign = without_markup(foreign)
        if "&" in foreign:
            foreign = html.unescape(_ESCAPED_ESC.sub("\x1b", foreign))
        if foreign == before or not ("<" in foreign or "&" in foreign):
            break
    return safe(foreign)


_C1: Final = frozenset(map(chr, range(0x80, 0xA0)))


def _joiner(match: re.Match[str]) -> str:
    if match["script"] is not None or match["picture"] is not None:
        return match[0][0]
    return ""


@lru_cache(maxsize=1)
def _floods() -> re.Pattern[str]:
    """A run of combining marks longer than any script needs. Built once, at first need: 8 ms."""
    marks = [n for n in range(0x300, 0x1F000) if unicodedata.category(chr(n)) in {"Mn", "Me"}]
    starts = [marks[0]] + [b for a, b in pairwise(marks) if b != a + 1]
    ends = [a for a, b in pairwise(marks) if b != a + 1] + [marks[-1]]
    ranges = "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True) if b not in (0xFE0F,))
    return re.compile(f"([{ranges}]{{{_MARKS_PER_BASE}}})[{ranges}]+")
