"""Quantities in words and digits, in any of the languages: `forty-seven`, `1 200`, `dozens`, `10 to 15`, `عشرات`.

A quantity is a lowest and a highest number with the words that weaken it. Whether it counts people is for `casualties`.
"""

from __future__ import annotations

import re
from typing import Final

from sitmon.tag.languages import function_words
from sitmon.tag.signs import Sign, Signs, Span
from sitmon.tag.text import Words

_GROUPS: Final = {",", ".", " ", "\u00a0", "\u202f", "\u2009", "'", "’", "٬"}
NUMERALS: Final = frozenset({"counted", "vague", "num", "mult"})
"""Meanings of the words that make a number."""
_MOST: Final = 50_000_000
"""A larger number counts money or mankind."""
_AND: Final = function_words("and")
_JOINS_RANGE: Final = function_words("joins_range")
_OF: Final = function_words("of")


class Quantity(Span):
    """A number in these words, with those that weaken it; the number itself begins at `start`."""

    __slots__ = ("high", "low", "of", "qualifier", "start")

    def __init__(
        self, first: int, start: int, last: int, low: int, high: int, qualifier: str | None, of: str | None = None
    ) -> None:
        self.first, self.start, self.last, self.low, self.high = first, start, last, low, high
        self.qualifier, self.of = qualifier, of
        """Whom it counts, where the word itself says so, as a dual does."""


def begins_with_digit(word: str) -> bool:
    return len(word) > 0 and ord("0") <= ord(word[0]) <= ord("9")


def quantity(words: Words, signs: Signs, i: int, dates: set[int]) -> Quantity | None:
    """The quantity whose number begins at word `i`; None for dates, decimals, model names, scores and prices."""
    sign = signs.get(i)
    kind = sign.kind if sign is not None else ""
    if i >= len(words) or (kind not in NUMERALS and words.lexemes[i].number < 0):
        return None
    if sign is not None and kind == "counted" and not _follows_number(words, signs, i):
        number, _, of = sign.value.partition(" ")
        return Quantity(i, i, i + 1, int(number), int(number), None, of)
    found = (_vague(words, signs, sign) if sign is not None and kind == "vague" else None) or _plain(words, signs, i)
    if found is None or i in dates or _is_name(words, i, found[0]) or _is_date(words, signs, i, found[0]):
        return None
    last, low, high = found
    if low == high and (upper := _upper(words, signs, last, low)):
        last, high = upper
    if not 0 < low <= high <= _MOST:
        return None
    first, qualifier = _qualifier(signs, i)
    return Quantity(first, i, last, low, high, qualifier)


def _follows_number(words: Words, signs: Signs, i: int) -> bool:
    before = signs.get(i - 1)
    if before is not None and before.kind in {"num", "mult"}:
        return True
    return i > 0 and words.lexemes[i - 1].number >= 0


def _vague(words: Words, signs: Signs, sign: Sign) -> tuple[int, int, int] | None:
    low, high = map(int, sign.value.split(".."))
    nxt = signs.get(sign.last)
    if nxt and nxt.kind == "mult" and nxt.first == sign.last and words.gap(sign.last) == " ":
        times = int(nxt.value)
        return nxt.last, low // 10 * 10 * times or low * times, (high + 1) * times - 1
    return sign.last, low, high


def _plain(words: Words, signs: Signs, i: int) -> tuple[int, int, int] | None:
    number = words.lexemes[i].number
    value, last = _grouped(words, i, float(number)) if number >= 0 else _in_words(words, signs, i)
    if last == i:
        return None
    sign = signs.get(last)
    while sign and value <= _MOST and sign.kind == "mult" and sign.first == last and len(words.gap(last)) <= 1:
        value, last = value * int(sign.value), sign.last
        sign = signs.get(last)
    return (last, int(value), int(value)) if value == int(value) else None


def _grouped(words: Words, i: int, value: float) -> tuple[float, int]:
    """Digits with thousands set apart, or with decimals."""
    last, n = i + 1, len(words)
    while last < n and value <= _MOST and words.lexemes[last].number >= 0 and words.gap(last) in _GROUPS:
        more = words.folded[last]
        if not more.isdigit():
            break
        if len(more) == 3 and value > 0 and (last > i + 1 or value < 1000):
            value, last = value * 1000 + int(more), last + 1
        elif words.gap(last) in ",." and len(more) <= 2 and last == i + 1:
            return value + int(more) / 10 ** len(more), last + 1
        else:
            break
    return value, last


def _in_words(words: Words, signs: Signs, i: int) -> tuple[float, int]:
    total = current = 0
    last = i
    while (sign := signs.get(last)) and sign.first == last and (last == i or _may_follow(words, last)):
        if sign.kind == "num":
            added = _add(current, int(sign.value), words.folded[last])
            if added is None or (last > i and not current):
                break
            current = added
        elif sign.kind == "mult":
            times = int(sign.value)
            current = (current or 1) * times if current < times else current
            if times >= 1000:
                total, current = total + current, 0
        elif sign.kind != "conj" or last == i or not _joins(signs, last, current or total):
            break
        last = sign.last
    return float(total + current), last


def _may_follow(words: Words, i: int) -> bool:
    return words.gap(i) in {" ", "-", "‑", "\u00a0"}


def _add(current: int, value: int, word: str) -> int | None:
    """`forty` and `seven`, `hundred` and `twelve`; Arabic says the unit first, then `and` with the ten."""
    if not current:
        return value
    if (value < 10 and current % 10 == 0 and current % 100) or (value < 100 and current % 100 == 0):
        return current + value
    if current < 10 and 20 <= value < 100 and word.startswith("و"):
        return current + value
    return None


def _joins(signs: Signs, i: int, current: int) -> bool:
    """Whether the conjunction at word `i` stands within a number: `treinta y siete`, `two hundred and ten`."""
    after = signs.get(i + 1)
    if after is None or after.kind != "num" or not current:
        return False
    value = int(after.value)
    return (current % 100 == 0 and value < 100) or (current % 100 >= 20 and current % 10 == 0 and value < 10)


def _upper(words: Words, signs: Signs, last: int, low: int) -> tuple[int, int] | None:
    """The end of a range that began with `low`: `10-15`, `10 to 15`, `between 10 and 15`, `two or three`."""
    if last >= len(words):
        return None
    gap, at = words.gap(last).strip(), 0
    if gap in {"-", "–", "—", "‑"}:
        at = last
    elif not gap and (words.folded[last] in _AND or words.folded[last] in _JOINS_RANGE):
        at = last + 1
    if not at or at >= len(words) or not (found := _plain(words, signs, at)):
        return None
    if at > last and words.folded[last] in _AND and not _is_between(signs, last):
        return None
    return (found[0], found[1]) if low < found[1] <= 20 * low else None


def _is_between(signs: Signs, last: int) -> bool:
    return any((sign := signs.get(i)) and sign.kind == "range" for i in range(last - 3, last))


def _qualifier(signs: Signs, i: int) -> tuple[int, str | None]:
    before = signs.get(i - 1)
    if before and before.kind == "qualifier":
        return before.first, before.value
    return i, None


_MONEY: Final = re.compile(r"[$€£¥#№]\s?$|(?:\w|\d)[-‑/]$|\b(?:no|nr|n°|№)\.?\s$|\d[:.]$", re.IGNORECASE)
_AFTER: Final = re.compile(r"\s?[%‰°€$£]|[:/]\d|[-‑](?:\D|\d+\b[-/])")
_IN_NAMES: Final = frozenset("%‰°€$£¥#№:/-‑.oOrR")
"""Where one of those matches, one of these is among the two characters beside the number: most have none."""


def _is_name(words: Words, first: int, last: int) -> bool:
    """Whether the number is part of a name, date, clock time, score, price or share: `MH17`, `M-23`, `10:30`, `$5`."""
    if not words.folded[first].isdigit():
        return False
    text, start, end = words.text, words.starts[first], words.ends[last - 1]
    if _has_any(text[end : end + 2], _IN_NAMES) and _AFTER.match(text[end : end + 4]):
        return True
    return _has_any(text[max(0, start - 2) : start], _IN_NAMES) and bool(_MONEY.search(text[max(0, start - 4) : start]))


def _has_any(text: str, chars: frozenset[str]) -> bool:
    return any(char in chars for char in text)


def _is_date(words: Words, signs: Signs, first: int, last: int) -> bool:
    """Whether the number is a year, or the day of a month that stands beside it."""
    if last > first + 1 or not words.folded[first].isdigit():
        return False
    before, after = signs.get(first - 1), signs.get(last)
    if after and after.kind in {"people", "counted", "harm"}:
        return False
    if len(words.folded[first]) == 4 and 1900 <= int(words.folded[first]) < 2100:
        return not (before and before.kind == "qualifier")
    if words.folded[last : last + 1] and words.folded[last] in _OF:
        after = signs.get(last + 1)
    return (before is not None and before.kind == "month") or (after is not None and after.kind == "month")
