"""Words of a text with their offsets, folded so that spellings of one name become one key.

Folding never changes a text's length, so an offset in the folded text is one in the text as it came. Case, accents,
Arabic vowel signs and letter variants (alef, ya, ta marbuta) and digits of other scripts are folded away; each Han
character is a word of its own, so that names in scripts without spaces are looked up as phrases of other scripts are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

from sitmon.model import FieldName
from sitmon.tag.lexemes import Lexeme, lexemes, marks_of

Shape = Literal["plain", "title", "caps"]
"""How a text uses capitals: as prose does, on nearly every word, or on every letter."""

_GONE: Final = "\u0640"
"""Stands for a character that folding removes: the tatweel, a letter without a sound, dropped from words."""

_TRADITIONAL: Final = (
    "達爾馬亞羅蘭聖烏麥裡奧維納倫歐盧諾貝賓魯蓋莊蘇東區國島灣門陽廣漢龍貴遼寧黃嶺興長慶濟鄭連開齊齋屬臺灘"
    "澤圖書間關節紐約華頓萊憲賽薩葉敘緬紹鎮縣濱領義軍隊倉歷鳥鐵縱橫張劉陳孫吳趙衛楊龐贊須"
)
_SIMPLIFIED: Final = (
    "达尔马亚罗兰圣乌麦里奥维纳伦欧卢诺贝宾鲁盖庄苏东区国岛湾门阳广汉龙贵辽宁黄岭兴长庆济郑连开齐斋属台滩"
    "泽图书间关节纽约华顿莱宪赛萨叶叙缅绍镇县滨领义军队仓历鸟铁纵横张刘陈孙吴赵卫杨庞赞须"
)
_ODD: Final = {
    **dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)),
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ß": "s",
    "æ": "a",
    "œ": "o",
    "þ": "t",
    "ŋ": "n",
    "ґ": "г",
    "ی": "ي",
    "ک": "ك",
    "ة": "ه",
    "ى": "ي",
    "ۀ": "ه",
    "ە": "ه",
    **dict.fromkeys("ʻʼˈ’‘", "'"),
    **dict.fromkeys("ʿʾʹʺ", _GONE),
}
"""Letters that Unicode does not decompose, or decomposes into two; apostrophes that it counts as letters; Chinese
characters that spell foreign names, in the two ways of writing them."""


def _fold_character(char: str) -> str:
    lower = char.lower()[:1]
    if lower in _ODD:
        return _ODD[lower]
    if unicodedata.combining(char):
        return _GONE
    if char.isdigit():
        return str(unicodedata.digit(char))
    plain = [c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c)]
    if len(plain) != 1:
        return lower
    return _ODD.get(plain[0], plain[0].lower()[:1])


class _Folding(dict[int, str]):
    """A translation table that learns each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLDING: Final = _Folding()
_HAN: Final = "\u3400-\u9fff\uf900-\ufaff"
_WORD: Final = re.compile(r"[^\W_]+")
_WORD_OR_HAN: Final = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_HAS_HAN: Final = re.compile(rf"[{_HAN}]")


_ODD_ONE: Final = re.compile(r"[^\x00-\x7f]")
_SPACE: Final = 32
_SPACED: Final = bytes([ord(chr(code).lower()) if chr(code).isalnum() else _SPACE for code in range(128)]).ljust(256)
"""Small letters, and a space for all that stands between words of ASCII: they are split so in a third of the time of a
regular expression."""
_ODD_MARK: Final = re.compile(r"[^\w\x00-\x7f]")
"""Quotation marks and the like: a folded text of Latin letters has no other character beyond ASCII."""


def fold(text: str) -> str:
    """The text without case and accents, each character in its place."""
    if text.isascii():
        return text.lower()
    if len(text.encode("utf-8", "surrogatepass")) < 1.1 * len(text):  # few odd ones, such as quotation marks
        return _ODD_ONE.sub(_fold_match, text).lower()
    return text.translate(_FOLDING)


def _fold_match(odd: re.Match[str]) -> str:
    return _FOLDING[ord(odd[0])]


def is_small(text: str, at: int) -> bool:
    """Whether a small letter stands there: `islower` of one character, whose call takes twenty times as long."""
    code = ord(text[at])
    return 97 <= code <= 122 if code < 128 else not _is_caseless(code) and text[at].islower()


def is_large(text: str, at: int) -> bool:
    """Whether a capital letter stands there."""
    code = ord(text[at])
    return 65 <= code <= 90 if code < 128 else not _is_caseless(code) and text[at].isupper()


def _is_caseless(code: int) -> bool:
    """Whether it is of the blocks from Hebrew to Myanmar, with Arabic, or of those of East Asia."""
    return 0x590 <= code < 0x10A0 or 0x2E80 <= code < 0xA640


class Words:
    """One field of a document as words: `folded[i]` stands at `text[starts[i]:ends[i]]`.

    Not a dataclass: it is made twice a document, and compiled such a class costs a fifth.
    """

    __slots__ = ("ends", "field", "folded", "lexemes", "marks", "shape", "starts", "text")

    def __init__(
        self, field: FieldName, text: str, folded: list[str], starts: list[int], ends: list[int], shape: Shape = "plain"
    ) -> None:
        self.field, self.text, self.shape = field, text, shape
        self.folded, self.starts, self.ends = folded, starts, ends
        self.lexemes: list[Lexeme] = lexemes(folded)
        self.marks = marks_of(self.lexemes)
        """Of all words together: what no word has need not be looked for."""

    def __len__(self) -> int:
        return len(self.folded)

    def raw(self, i: int) -> str:
        """Word `i` as it stands in the text."""
        return self.text[self.starts[i] : self.ends[i]]

    def gap(self, i: int) -> str:
        """What stands between word `i - 1` and word `i`; what precedes the first word for 0."""
        return self.text[self.ends[i - 1] if i else 0 : self.starts[i]]

    def spaced(self, i: int) -> bool:
        """Whether a single space stands before word `i`, as before most: in half the time of `gap`."""
        end = self.ends[i - 1] if i else 0
        return self.starts[i] == end + 1 and ord(self.text[end]) == _SPACE

    def behind(self, at: int) -> int:
        """The first word that does not begin before that offset: a compiled `bisect_left`."""
        low, high, starts = 0, len(self.starts), self.starts
        while low < high:
            middle = (low + high) >> 1
            if starts[middle] < at:
                low = middle + 1
            else:
                high = middle
        return low

    def is_lower(self, i: int) -> bool:
        """Whether word `i` begins with a small letter; scripts without case have none."""
        return is_small(self.text, self.starts[i])

    def is_capital(self, i: int) -> bool:
        return 0 <= i < len(self.starts) and is_large(self.text, self.starts[i])

    def opens_sentence(self, i: int) -> bool:
        """Whether word `i` must be capitalised whatever it is: it opens the text, a sentence, a line or a quotation."""
        return i == 0 or (not self.spaced(i) and _OPENING.search(self.gap(i)) is not None)


_OPENING: Final = re.compile(r"[.!?。！？؟:;\n•|]|[\"“«‘„(\[]$|(?:^|\s)[-–—]+\s")


def read(text: str, field: FieldName = "content", begun: Words | None = None) -> Words:
    """The words of a text, which `begins` with the one that was read before, if given."""
    if begun is None:
        folded, starts, ends = _split(text, 0)
    else:
        folded, starts, ends = _split(text[len(begun.text) :], len(begun.text))
        folded, starts, ends = begun.folded + folded, begun.starts + starts, begun.ends + ends
    return Words(field, text, folded, starts, ends, _shape(text, starts))


def begins(text: str, words: Words) -> bool:
    """Whether it begins with the text of these words, as many a summary does with its title."""
    at = len(words.text)
    return text.startswith(words.text) and (at == len(text) or (text[at].isascii() and not text[at].isalnum()))


def _split(text: str, at: int) -> tuple[list[str], list[int], list[int]]:
    """The folded words of a text that stands at that offset, where they start, and where they end."""
    folded = text if text.isascii() else fold(text)
    plain = folded if folded.isascii() else _ODD_MARK.sub(" ", folded)
    if not plain.isascii():
        return _found(_WORD_OR_HAN if _HAS_HAN.search(text) else _WORD, folded, at)
    plain = plain.encode("ascii").translate(_SPACED).decode("ascii")
    words = plain.split()
    starts: list[int] = []
    ends: list[int] = []
    here = 0
    for word in words:
        while ord(plain[here]) == _SPACE:
            here += 1
        starts.append(at + here)
        here += len(word)
        ends.append(at + here)
    return words, starts, ends


def _found(pattern: re.Pattern[str], folded: str, at: int) -> tuple[list[str], list[int], list[int]]:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    here, has_gone = 0, _GONE in folded
    for word in pattern.findall(folded):
        begins = ord(word[0])
        while ord(folded[here]) != begins:  # nothing that could be a part of one stands between words
            here += 1
        kept = word.replace(_GONE, "") if has_gone else word
        if kept:  # an accent that stands alone is no word
            words.append(kept)
            starts.append(at + here)
            ends.append(at + here + len(word))
        here += len(word)
    return words, starts, ends


def key(phrase: str) -> str:
    """The words of a phrase, folded, with single spaces: what two spellings of one name have in common."""
    folded = fold(phrase)
    if folded.isascii():
        return " ".join(folded.encode("ascii").translate(_SPACED).decode("ascii").split())
    word = _WORD if not _HAS_HAN.search(phrase) else _WORD_OR_HAN
    return " ".join(word.findall(folded)).replace(_GONE, "")


def wordset(text: str) -> frozenset[str]:
    """The words of a list written as text, folded: how the tables of words in this package are set down."""
    return frozenset(fold(text).split())


def _shape(text: str, starts: list[int]) -> Shape:
    """Judged on the first 60 words: a title is shorter, and prose shows itself at once."""
    n = min(len(starts), 60)
    small, half = 0, n // 2
    for i in range(n):
        if is_small(text, starts[i]):
            small += 1
            if small > half:
                return "plain"
    if not n:
        return "plain"
    upper = lower = 0
    for at in range(starts[60] if len(starts) > 60 else len(text)):
        if is_small(text, at):
            lower += 1
        elif is_large(text, at):
            upper += 1
    if upper > 3 * lower:
        return "caps" if n > 1 else "plain"
    long = [start for start in starts[1:60] if text[start : start + 4].isalpha()]
    small = len([start for start in long if is_small(text, start)])
    return "title" if len(long) >= 3 and small <= len(long) // 5 and upper else "plain"
