"""When what a text tells happened: dates and words for time, resolved against the day of publication.

A moment has the first day of the period that its precision names. It looks `back` when it belongs to an anniversary or
to what is long past, and is `future` when it lies ahead; only the others date what the text reports. A weekday is the
latest one not after publication; a week is given by its Monday. Half of `the night of 3 to 4 March` is not chosen: it
is the 3rd.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sitmon.model import DatePrecision
from sitmon.tag.dates import (
    FARTHEST_MONTH,
    IN_WORDS,
    ORDINALS,
    Moment,
    Tense,
    after_year,
    chinese,
    day_first,
    from_month,
    in_words,
    numeric,
    year_at,
    year_in,
)
from sitmon.tag.languages import function_words, numerals
from sitmon.tag.lexemes import IN_DIGITS
from sitmon.tag.numbers import begins_with_digit
from sitmon.tag.signs import Sign, Signs
from sitmon.tag.text import Words

_BEFORE_TIME: Final = function_words("before_time")
_DETERMINER: Final = function_words("determiner")
_OF: Final = function_words("of")
_NUMBER: Final[int] = IN_DIGITS | IN_WORDS


def moments(words: Words, times: list[Sign], published: date | None) -> list[Moment]:
    """The times told in a text with these words for times, in order.

    Without a day of publication only complete dates are.
    """
    if published and not 1900 <= published.year < 2200:
        published = None  # a feed's broken clock; nothing can be counted from it
    found: list[Moment] = []
    end, signs = 0, Signs(times)
    for i in _beginnings(words, times):
        if i < end:
            continue
        end = i + 1
        moment = _moment(words, signs, i, published)
        if moment:
            again = signs.get(moment.last)
            if again and again.kind == "month" and words.gap(moment.last) in {"/", "(", " ("}:
                moment.last = again.last  # the month's other name: `5 آذار/مارس`
            moment.tense = _tense(signs, moment, published)
            found.append(moment)
            end = moment.last
    return found


def _beginnings(words: Words, times: list[Sign]) -> list[int]:
    """The words that a time may begin at, in order: numbers, signs, and what counts a span of time."""
    found: list[int] = []
    if words.marks & _NUMBER:
        found = [i for i, lexeme in enumerate(words.lexemes) if lexeme.marks & _NUMBER]
    if not times:
        return found
    for sign in times:
        if sign.kind in _MAKERS:
            found.append(sign.first)
        if sign.kind == "unit" and sign.first:
            found.append(sign.first - 1)
    found.sort()
    return found


def _moment(words: Words, signs: Signs, i: int, published: date | None) -> Moment | None:
    sign = signs.get(i)
    if sign and sign.first == i and sign.kind in _MAKERS:
        made = _MAKERS[sign.kind](words, signs, sign, published)
        if made:
            return made
    if not begins_with_digit(words.folded[i]):
        spelled = words.folded[i] in ORDINALS and sign is None
        return (in_words(words, signs, i, published) if spelled else None) or _ago(words, signs, i, published)
    made = numeric(words, i) or chinese(words, i, published)
    if made is None and signs.has(i + 1, i + 1 + FARTHEST_MONTH):
        made = day_first(words, signs, i, published) or _ago(words, signs, i, published)
    return made or _from_year(words, i, published)


def _begun(moment: Moment, sign: Sign) -> Moment:
    """The moment with the words before it, from that sign on."""
    moment.first = sign.first
    return moment


# ---------------------------------------------------------------- relative words


def _from_weekday(words: Words, signs: Signs, sign: Sign, published: date | None) -> Moment | None:
    """`Thursday`, `last Thursday`, `jeudi dernier`, `Friday 12 September`, `Sunday to Monday` (the first)."""
    last = _skip_second_weekday(words, signs, sign.last)
    dated = day_first(words, signs, last, published) if last < len(words) else None
    if dated is None and last < len(words) and (month := signs.get(last)) and month.kind == "month":
        dated = from_month(words, signs, month, published)
    if dated:
        return _begun(dated, sign)
    if published is None:
        return None
    back = (published.weekday() - int(sign.value)) % 7
    before, after = signs.get(sign.first - 1), signs.get(last)
    steps = [beside.kind for beside in (before, after) if beside]
    if "next" in steps:
        end = after.last if after and after.kind == "next" else last
        return Moment(sign.first, end, published + timedelta(days=(7 - back) or 7), "day", "future")
    if "last" in steps and back == 0:
        back = 7
    return Moment(sign.first, last, published - timedelta(days=back), "day")


def _skip_second_weekday(words: Words, signs: Signs, last: int) -> int:
    sign = signs.get(last + 1)
    if sign and sign.kind == "weekday" and words.folded[last] in {"to", "a", "para", "на", "au", "auf"}:
        return sign.last
    return last


def _from_day(words: Words, signs: Signs, sign: Sign, published: date | None) -> Moment | None:
    """`today`, `yesterday`; `اليوم` before a weekday only says `the day`."""
    after = signs.get(sign.last)
    if after and after.kind == "weekday" and after.first == sign.last:
        return _from_weekday(words, signs, after, published)
    if published is None:
        return None
    shift = int(sign.value)
    return Moment(sign.first, sign.last, published + timedelta(days=shift), "day", "future" if shift > 0 else "past")


def _from_period(words: Words, signs: Signs, sign: Sign, published: date | None) -> Moment | None:
    """`end of July`, `fin 2023`, `late last month`."""
    at = sign.last
    while at < len(words) and at < sign.last + 2 and words.folded[at] in _OF:
        at += 1
    if at >= len(words):
        return None
    if year := year_at(words, at):
        return Moment(sign.first, after_year(words, at), date(year, 1, 1), "year")
    following = signs.get(at)
    if following is None or following.first != at:
        return None
    made = None
    if following.kind == "month":
        made = from_month(words, signs, following, published)
        if made is None and published:
            year = published.year if int(following.value) <= published.month else published.year - 1
            made = Moment(at, following.last, date(year, int(following.value), 1), "month")
    elif following.kind in {"last", "this", "unit"}:
        made = _from_relative(words, signs, following, published)
    return made and _begun(made, sign)


def _from_relative(words: Words, signs: Signs, sign: Sign, published: date | None) -> Moment | None:
    """`last week`, `la semaine dernière`, `this month`, `в прошлом году`."""
    if published is None:
        return None
    other = signs.get(sign.last)
    if other is None or other.first != sign.last:
        return _weekend(words, sign, published)
    unit, step = (sign, other) if sign.kind == "unit" else (other, sign)
    if unit.kind == "weekday" and step.kind == "last":
        made = _from_weekday(words, signs, unit, published)
        return made and _begun(made, sign)
    if unit.kind == "month" and step.kind == "last":
        year = published.year if int(unit.value) < published.month else published.year - 1
        return Moment(sign.first, other.last, date(year, int(unit.value), 1), "month")
    if unit.kind != "unit" or step.kind not in _STEPS:
        return None
    shifted = _shift(published, unit.value, _STEPS[step.kind])
    return shifted and Moment(sign.first, other.last, *shifted, "future" if step.kind == "next" else "past")


def _weekend(words: Words, sign: Sign, published: date) -> Moment | None:
    """`over the weekend`: the Saturday of the latest one."""
    if sign.value != "weekend" or words.folded[max(sign.first - 1, 0)] not in _DETERMINER:
        return None
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    return Moment(sign.first, sign.last, saturday, "day")


_STEPS: Final = {"last": -1, "this": 0, "next": 1}


def _shift(day: date, unit: str, count: int) -> tuple[date, DatePrecision] | None:
    """The period that lies `count` units away."""
    match unit:
        case "day" | "night" | "hour":
            return day + timedelta(days=count if unit != "hour" else 0), "day"
        case "week" | "weekend":
            monday = day - timedelta(days=day.weekday()) + timedelta(weeks=count)
            return monday + timedelta(days=5 if unit == "weekend" else 0), "day"
        case "month":
            months = day.year * 12 + day.month - 1 + count
            return date(months // 12, months % 12 + 1, 1), "month"
        case "year" if 1 <= day.year + count < 9999:
            return date(day.year + count, 1, 1), "year"
    return None


def _number(words: Words, i: int) -> int:
    word = words.folded[i] if i < len(words) else ""
    if word.isdigit() and len(word) <= 3:
        return int(word)
    return numerals().get(word, 0)


def _ago(words: Words, signs: Signs, i: int, published: date | None) -> Moment | None:
    """`three days ago`, `two weeks earlier`; also the number after `il y a`, `hace`, `há`, `vor`, `قبل`."""
    unit = signs.get(i + 1)
    if published is None or unit is None or unit.kind != "unit" or not (count := _number(words, i)):
        return None
    before, after = signs.get(i - 1), signs.get(unit.last)
    told_after = after is not None and after.kind == "ago" and after.first == unit.last
    if not told_after and not (before and before.kind == "ago"):
        return None
    days = 7 * count if unit.value == "week" else count
    shifted = _shift(published, "day" if unit.value == "week" else unit.value, -days)
    if shifted is None:
        return None
    tense: Tense = "back" if unit.value in {"year", "decade"} else "past"
    first = before.first if before and before.kind == "ago" else i
    return Moment(first, after.last if told_after and after else unit.last, *shifted, tense)


_COMPARED: Final = frozenset({"اكثر", "ازيد", "اقل"})
"""Before `من`, which is `than` behind them and else `since`."""


def _from_year(words: Words, i: int, published: date | None) -> Moment | None:
    """`in 2020`, `since 2013`, `en 2020`, `عام 2020`, `в 2020 году`, `the 2011 attack`."""
    year = year_in(words.folded[i])
    if not year or not i or words.gap(i).strip():
        return None
    before = words.folded[i - 1]
    if before not in _BEFORE_TIME and before not in _DETERMINER:
        return None
    if i > 1 and words.folded[i - 2] in _COMPARED:
        return None
    ahead = published is not None and year > published.year
    return Moment(i - 1, i + 1, date(year, 1, 1), "year", "future" if ahead else "past")


def _from_ago(words: Words, signs: Signs, sign: Sign, published: date | None) -> Moment | None:
    return _ago(words, signs, sign.last, published) if sign.last < len(words) else None


_MAKERS: Final = {
    "month": from_month,
    "weekday": _from_weekday,
    "day": _from_day,
    "period": _from_period,
    "last": _from_relative,
    "this": _from_relative,
    "next": _from_relative,
    "unit": _from_relative,
    "ago": _from_ago,
}

# ---------------------------------------------------------------- what lies ahead, what is long past


def _tense(signs: Signs, moment: Moment, published: date | None) -> Tense:
    if moment.tense != "past" or published is None:
        return moment.tense
    if moment.day > published:
        return "future"
    if moment.precision == "day" and _is_ahead(signs, moment):
        return "future"
    return "back" if moment.precision == "year" and moment.day.year < published.year - 1 else "past"


def _is_ahead(signs: Signs, moment: Moment) -> bool:
    """Whether the words beside it speak of what will be: `will meet on Friday`, `Friday's planned talks`."""
    for i in range(moment.first - 9, moment.last + 4):
        sign = signs.get(i)
        if sign is not None and sign.kind in {"future", "next"}:
            return True
    return False
