"""Dates that name their month: `17 September 2024`, `3 to 4 March`, `Sept. 17`, `17.09.2024`, `9 آذار`, `3月9日`.

One without a year is the one nearest to publication: within the ten months before it, else the coming one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

from sitmon.model import DatePrecision
from sitmon.tag.languages import function_words, numerals
from sitmon.tag.lexemes import mark
from sitmon.tag.numbers import begins_with_digit
from sitmon.tag.signs import Sign, Signs, Span
from sitmon.tag.text import Words

Tense = Literal["past", "future", "back"]


class Moment(Span):
    """Words that tell this time."""

    __slots__ = ("day", "precision", "tense")

    def __init__(self, first: int, last: int, day: date, precision: DatePrecision, tense: Tense = "past") -> None:
        self.first, self.last, self.day, self.precision, self.tense = first, last, day, precision, tense


_ORDINAL: Final = re.compile(r"([0-3]?\d)(?:st|nd|rd|th|er|o|a|го|е|го)$")
_DASHES: Final = {"-", "–", "—", "/", "."}
_AND: Final = function_words("and")
_ARTICLE: Final = function_words("article")
_BEFORE_TIME: Final = function_words("before_time")
_JOINS_RANGE: Final = function_words("joins_range")
_OF: Final = function_words("of")


def _day_number(words: Words, i: int) -> int:
    """The day that word `i` may be, 0 for none."""
    word = words.folded[i] if 0 <= i < len(words) else ""
    if not begins_with_digit(word):
        return 0
    day = words.lexemes[i].number
    if day >= 0:
        return day if day <= 31 and len(word) <= 2 and word.isdigit() else 0
    match = _ORDINAL.match(word)
    day = int(match[1]) if match else 0
    return day if day <= 31 else 0


ORDINALS: Final = numerals("ordinal")
"""Days of a month in words, with what they count."""
IN_WORDS: Final = mark(frozenset(ORDINALS))
_TENS: Final = numerals("tens")


def in_words(words: Words, signs: Signs, i: int, published: date | None) -> Moment | None:
    """`второго мая`, `двадцать пятого мая`, `في الخامس والعشرين من مايو`, `le premier mai`."""
    day, first, at = ORDINALS[words.folded[i]], i, i + 1
    if day < 10 and i and "а" <= words.folded[i][0] <= "ӿ" and words.folded[i - 1] in _TENS:
        day, first = day + _TENS[words.folded[i - 1]], i - 1
    elif day < 10 and at < len(words) and "ء" <= words.folded[at][0] <= "ي" and words.folded[at] in _TENS:
        day, at = day + _TENS[words.folded[at]], at + 1
    while at < len(words) and words.folded[at] in _OF and at < i + 4:
        at += 1
    month = signs.get(at)
    if month is None or month.kind != "month" or month.first != at or day > 31 or words.gap(at).strip():
        return None
    return _complete(words, first, month.last, int(month.value), day, published)


def year_in(word: str) -> int:
    """The year that a word is, 0 for none."""
    year = int(word) if len(word) == 4 and word.isdigit() else 0
    return year if 1900 <= year < 2100 else 0


def year_at(words: Words, i: int) -> int:
    """The year at word `i`, or after one more word such as `de`; 0 for none."""
    if i >= len(words):
        return 0
    year = year_in(words.folded[i])
    return year_in(words.folded[i + 1]) if not year and i + 1 < len(words) and words.folded[i] in _OF else year


def after_year(words: Words, i: int) -> int:
    return i + 1 if year_in(words.folded[i]) else i + 2


def numeric(words: Words, i: int) -> Moment | None:
    """`2024-09-17`, `17/09/2024`, `17.09.2024`; the American order where only that is possible."""
    if i + 2 >= len(words) or words.lexemes[i + 1].number < 0 or words.lexemes[i + 2].number < 0:
        return None
    if words.gap(i + 1) not in {"-", "/", "."} or words.gap(i + 2) != words.gap(i + 1):
        return None
    if not all(w.isdigit() and len(w) <= 4 for w in words.folded[i : i + 3]):
        return None
    a, b, c = int(words.folded[i]), int(words.folded[i + 1]), int(words.folded[i + 2])
    orders = [(a, b, c)] if len(words.folded[i]) == 4 else [(c, b, a), (c, a, b)]
    for year, month, day in orders:
        if 1900 <= year < 2100 and (found := _date(year, month, day)):
            return Moment(i, i + 3, found, "day")
    return None


_CHINESE_UNITS: Final = frozenset("年月日号")


def chinese(words: Words, i: int, published: date | None) -> Moment | None:
    """`2025年3月5日`, `3月9日`: a number before each of year, month and day."""
    if i + 1 >= len(words) or words.folded[i + 1] not in _CHINESE_UNITS:
        return None
    parts: dict[str, int] = {}
    at = i
    while at + 1 < len(words) and words.folded[at].isdigit() and words.folded[at + 1] in _CHINESE_UNITS:
        parts[words.folded[at + 1].replace("号", "日")] = int(words.folded[at][:4])
        at += 2
    if "月" not in parts or "日" not in parts:
        return None
    if "年" in parts:
        found = _date(parts["年"], parts["月"], parts["日"])
    else:
        found = _nearest(parts["月"], parts["日"], published) if published else None
    return Moment(i, at, found, "day") if found else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


FARTHEST_MONTH: Final = 5
"""Words from a day to its month: `3rd to the 4th of March`."""


def day_first(words: Words, signs: Signs, i: int, published: date | None) -> Moment | None:
    """`17 September 2024`, `3 to 4 March`, `el 17 de septiembre`: the first day of a range."""
    day = _day_number(words, i)
    if not day:
        return None
    at = i + 1
    if at < len(words) and words.folded[at] in {"st", "nd", "rd", "th", "го", "er"}:
        at += 1
    if (skipped := _second_day(words, at)) != at:
        at = skipped
    while at < len(words) and words.folded[at] in _OF and at < i + 5:
        at += 1
    month = signs.get(at)
    if month is None or month.kind != "month" or month.first != at or "," in words.gap(at):
        return None
    return _complete(words, i, month.last, int(month.value), day, published)


def _second_day(words: Words, at: int) -> int:
    """Past the second day of `3 to 4 March`, `12-14 September`, `3 au 4 mars`."""
    if at < len(words) and words.gap(at).strip() in _DASHES and _day_number(words, at):
        return at + 1
    if at + 1 < len(words) and (words.folded[at] in _JOINS_RANGE or words.folded[at] in _AND):
        after = at + 2 if words.folded[at + 1] in _ARTICLE else at + 1
        if _day_number(words, after):
            return after + 1
    return at


def _complete(words: Words, first: int, last: int, month: int, day: int, published: date | None) -> Moment | None:
    """A day and month with the year that follows, or with the one that brings it nearest to publication."""
    if year := year_at(words, last):
        found = _date(year, month, day)
        return Moment(first, after_year(words, last), found, "day") if found else None
    if published is None:
        return None
    found = _nearest(month, day, published)
    return Moment(first, last, found, "day") if found else None


def _nearest(month: int, day: int, published: date) -> date | None:
    """The day of that month that lies within ten months before publication, else the coming one."""
    for year in range(published.year - 1, published.year + 2):
        found = _date(year, month, day)
        if found is not None and -300 <= (found - published).days <= 65:
            return found
    return None


def from_month(words: Words, signs: Signs, sign: Sign, published: date | None) -> Moment | None:
    """`September 17, 2024`, `Sept. 17`, `November 2023`, `in November`."""
    month, at = int(sign.value), sign.last
    if words.shape == "plain" and words.is_lower(sign.first) and words.folded[sign.first] in {"march", "may", "august"}:
        return None
    day = _day_number(words, at) if at < len(words) and len(words.folded[at]) <= 4 else 0
    if day and not words.gap(at).strip(". ") and not _is_count(words, signs, at):
        end = _second_day(words, at + 1)
        if end < len(words) and "," in words.gap(end) and (year := year_in(words.folded[end])):
            found = _date(year, month, day)
            return Moment(sign.first, end + 1, found, "day") if found else None
        return _complete(words, sign.first, end, month, day, published)
    if at < len(words) and words.gap(at).strip() in {"", ","} and (year := year_at(words, at)):
        return Moment(sign.first, after_year(words, at), date(year, month, 1), "month")
    if published is None or not _is_dated(words, signs, sign):
        return None
    year = published.year if month <= published.month else published.year - 1
    return Moment(sign.first, at, date(year, month, 1), "month")


def _is_count(words: Words, signs: Signs, i: int) -> bool:
    """Whether the number after a month counts something: `in March 12 people`."""
    return (
        i + 1 < len(words)
        and words.gap(i + 1) == " "
        and words.is_lower(i + 1)
        and signs.get(i + 1) is None
        and (words.folded[i + 1] in {"people", "soldiers", "civilians"})
    )


def _is_dated(words: Words, signs: Signs, sign: Sign) -> bool:
    """A month alone tells a time after a preposition, a part of it (`late July`), `last` or another month."""
    if words.folded[sign.first] == "sept" and words.is_lower(sign.first):
        return False  # seven: `de sept prisonniers`
    before = signs.get(sign.first - 1)
    if before and before.kind in {"period", "last", "this", "month"}:
        return True
    word = words.folded[max(sign.first - 1, 0)]
    return word in _BEFORE_TIME or word in _AND
