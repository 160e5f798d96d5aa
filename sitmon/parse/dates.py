"""Dates as feeds write them, to aware UTC, with a word on how far they can be believed.

Pure: `now` and the feed's zone come in. A date that cannot be read is None and says so; it never becomes now.
Zone letters follow the table below unless the feed's own zone uses the same letters (IST is India's for most feeds,
Israel's for one that says `timezone: Asia/Jerusalem`).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from sitmon.parse.months import month_number

MISSING, UNREADABLE, FUTURE, EPOCH, NO_ZONE = "missing", "unreadable", "future", "epoch", "no zone"
"""The vocabulary of `Item.published_note`."""

_TOLERANCE: Final = timedelta(minutes=5)
"""How far a publisher's clock may run ahead of ours."""
_OLDEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""Before the first web page a date is a default: 1970 of Unix, 1601 of Windows, 0001 of .NET."""

_ZONES: Final = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MET": 1, "MEST": 2, "MEZ": 1,
    "MESZ": 2, "EET": 2, "EEST": 3, "BST": 1, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3, "MSK": 3, "MSD": 4, "TRT": 3,
    "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10, "NST": -3.5, "NDT": -2.5, "ART": -3, "BRT": -3, "CLT": -4, "CLST": -3,
    "COT": -5, "PET": -5, "VET": -4, "BOT": -4, "ECT": -5, "UYT": -3, "PYT": -3, "IST": 5.5, "PKT": 5, "NPT": 5.75,
    "BDT": 6, "MMT": 6.5, "ICT": 7, "WIB": 7, "WITA": 8, "WIT": 9, "SGT": 8, "MYT": 8, "PHT": 8, "HKT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "CHST": 10, "NZST": 12, "NZDT": 13,
    "IDT": 3, "IRST": 3.5, "IRDT": 4.5, "AFT": 4.5, "GST": 4, "AMT": 4, "AZT": 4, "GET": 4, "SAMT": 4, "UZT": 5,
    "TMT": 5, "TJT": 5, "KGT": 6, "ALMT": 5, "YEKT": 5, "OMST": 6, "KRAT": 7, "NOVT": 7, "IRKT": 8, "YAKT": 9,
    "VLAT": 10, "MAGT": 11, "SAKT": 11, "PETT": 12, "FJT": 12, "AOE": -12, "МСК": 3, "SLST": 5.5, "MVT": 5, "BTT": 6,
    "BNT": 8, "TLT": 9, "PGT": 10, "SBT": 11, "VUT": 11, "NCT": 11, "TVT": 12, "NRT": 12, "GILT": 12, "MHT": 12,
    "LINT": 14, "CHAST": 12.75, "CHADT": 13.75, "TAHT": -10, "CKT": -10, "SST": -11, "HDT": -9,
    "SCT": 4, "MUT": 4, "IOT": 6, "WAST": 2, "CVT": -1, "AZOT": -1, "AZOST": 0, "WGT": -2, "WGST": -1,
    "GYT": -4, "SRT": -3, "GFT": -3, "FKST": -3, "AMST": -3, "BRST": -2, "UYST": -2, "GALT": -6,
    "EASST": -5, "AWDT": 9, "LHST": 10.5, "LHDT": 11, "ULAT": 8, "HOVT": 7, "QYZT": 5, "ORAT": 5, "AQTT": 5,
    "SRET": 11, "KOST": 11, "CHUT": 10, "PWT": 9, "RET": 4, "TOT": 13,
}  # fmt: skip
"""Hours east of UTC: tz database abbreviations, where several zones share one the most peopled (IST India, CST US)."""
_ELSEWHERE: Final[dict[str, tuple[float, ...]]] = {
    "AST": (3,), "AMT": (-4,), "BST": (6, 11), "CST": (8, -5), "CDT": (-4,), "PST": (8,), "MST": (8, 6.5), "GST": (-2,),
    "SST": (8,), "WST": (13, 8), "EST": (10, 11), "EDT": (11,), "IST": (1, 2), "BDT": (8,), "ECT": (-4,), "ADT": (4,),
    "ACT": (9.5, -5), "WAST": (8,), "CAST": (9.5,),
}  # fmt: skip
"""What letters mean besides, in hours: the feed's own zone says whether they do (AST is Arabia's in Riyadh)."""

_RFC: Final = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) "
    r"((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d) (GMT|UTC|[+-]\d{4})\Z"
)
"""RFC 5322 section 3.3 as most feeds write it, to the letter: a tenth of the time of looking for what may be meant."""
_ENGLISH: Final = {
    "Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06", "Jul": "07", "Aug": "08", "Sep": "09",
    "Oct": "10", "Nov": "11", "Dec": "12",
}  # fmt: skip
_OFFSETS: Final = {"GMT": "Z", "UTC": "Z"}
_ISO: Final = re.compile(
    r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})"
    r"(?:(?:\s*[Tt,]\s*|\s+)(?P<H>\d{1,2}):?(?P<M>\d{2})(?::?(?P<S>\d{2})(?:[.,]\d+)?)?)?\s*(?P<rest>.*)",
    re.DOTALL,
)
_MONTH_ONLY: Final = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{2}))?\Z")
_HALF: Final = r"\s*(?P<ap>[AaPp]\.?\s?[Mm]\b\.?|[صم](?!\w))?"
_CLOCK: Final = re.compile(
    r"(?<!\d)(?P<H>\d{1,2})\s*[:hH]\s*(?P<M>\d{2})(?!\d)(?:[:.](?P<S>\d{2})(?:[.,]\d+)?)?" + _HALF
)
_DOTTED: Final = re.compile(r"(?<![\d.])(?P<H>\d{1,2})\.(?P<M>\d{2})(?:\.(?P<S>\d{2}))?(?![\d.])" + _HALF)
_HOUR: Final = re.compile(r"(?<!\d)(?P<H>\d{1,2})\s?(?P<M>)(?P<S>)(?:[hH](?![^\W_])|(?P<ap>[AaPp]\.?\s?[Mm]\b\.?))")
"""`10h`, `10 AM`: no minutes."""
_DAY_MONTH: Final = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s,./-]*(?:(?:de|of|del)\s+)?(?P<mon>[^\W\d_][^\d,]*?)[\s,./-]*(?:(?:de|of|del)\s+)?(?P<y>\d{4}|\d{2})(?!\d)"
)
_MONTH_DAY: Final = re.compile(r"(?P<mon>[^\W\d_]+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)")
_ASCTIME: Final = re.compile(
    r"(?P<mon>[^\W\d_]+)\.?\s+(?P<d>\d{1,2})\s+(?=\d{1,2}:\d{2})(?:.*?)\b(?P<y>\d{4})\s*\Z", re.DOTALL
)
_NUMERIC: Final = re.compile(r"(?<!\d)(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4})(?!\d)")
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?:[/.]|\s?[年년]\s?)(?P<m>\d{1,2})(?:[/.]|\s?[月월]\s?)(?P<d>\d{1,2})(?!\d)"
)
_YEAR_NAME: Final = re.compile(r"(?<!\d)(?P<y>\d{4})[\s/-](?P<mon>[^\W\d_]+)[\s/-](?P<d>\d{1,2})(?!\d)")
_STAMP: Final = re.compile(r"(\d{10}(?:\d{3})?(?:\.\d+)?)\Z|/Date\((\d{12,13})(?:[+-]\d{4})?\)/\Z")
"""Unix time, and what .NET makes of it: `/Date(1727164800000+0100)/`, whose offset does not move the moment."""
_OFFSET: Final = re.compile(r"(?P<sign>[+\u2212-])\s?(?P<h>\d{1,2}):?(?P<m>\d{2})?(?::?\d{2})?(?!\d)")
_PLACE: Final = re.compile(r"\b[A-Z][A-Za-z]{2,15}/[A-Z][A-Za-z_]{2,20}\b")
_LETTERS: Final = re.compile(r"(?<![^\W\d_])[A-Za-zА-я]{1,5}(?![^\W_])")


def read(text: str, zone: str | None, now: datetime) -> tuple[datetime | None, str | None]:
    """The moment that `text` names in UTC, and why it is doubtful, if it is. `zone` is the feed's IANA zone."""
    text = _digits(text.strip())[:120]
    if not text:
        return None, MISSING
    try:
        at, sure = _rfc(text), True
        if at is None:
            at, sure = _meant(text, zone)
    except (ValueError, OverflowError):
        return None, UNREADABLE
    if at is None:
        return None, UNREADABLE
    if at < _OLDEST:
        return at, EPOCH
    if at > now + _TOLERANCE:
        return at, FUTURE
    return at, None if sure else NO_ZONE


def _digits(text: str) -> str:
    """Arabic-Indic and other digits as ASCII."""
    if text.isascii():
        return text
    text = "".join(
        str(unicodedata.digit(c)) if c.isdigit() and unicodedata.digit(c, None) is not None else c for c in text
    )
    return re.sub("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", "", text).replace("،", ",")


def _rfc(text: str) -> datetime | None:
    found = _RFC.match(text)
    if found is None:
        return None
    day, month, year, time, zone = found.groups()
    offset = _OFFSETS.get(zone, zone)
    return datetime.fromisoformat(f"{year}-{_ENGLISH[month]}-{day.zfill(2)}T{time}{offset}").astimezone(UTC)


def _meant(text: str, feed_zone: str | None) -> tuple[datetime | None, bool]:
    """The moment that `text` names in whatever form, None where there is none; and whether anybody said the zone."""
    found = _stamp(text) or _local(text)
    if found is None:
        return None, False
    local, rest = found
    offset, sure = (local.tzinfo, True) if local.tzinfo else _zone(rest, local, feed_zone)
    return local.replace(tzinfo=offset).astimezone(UTC), sure


def _stamp(text: str) -> tuple[datetime, str] | None:
    """Seconds or milliseconds since 1970."""
    stamp = _STAMP.match(text)
    if stamp is None:
        return None
    number = float(stamp[1] or stamp[2])
    return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC), ""


def _local(text: str) -> tuple[datetime, str] | None:
    """The wall clock time that `text` gives, and what in it may name the zone."""
    if iso := _ISO.match(text):
        time = (int(iso["H"] or 0), int(iso["M"] or 0), int(iso["S"] or 0))
        return _at(int(iso["y"]), int(iso["m"]), int(iso["d"]), time), iso["rest"] if iso["H"] else iso["rest"] or "?"
    if only := _MONTH_ONLY.match(text):
        return _at(int(only["y"]), int(only["m"] or 1), 1, (0, 0, 0)), "?"
    day = _day(text)
    if day is None:
        return None
    clock = _CLOCK.search(text) or _DOTTED.search(text) or _HOUR.search(text)
    if clock is None:
        return _at(*day, (0, 0, 0)), "?"
    return _at(*day, _time(clock)), text[clock.end() :]


def _time(clock: re.Match[str]) -> tuple[int, int, int]:
    hour = int(clock["H"])
    if clock["ap"]:
        hour = hour % 12 + (12 if clock["ap"][0] in "Ppم" else 0)
    return hour, int(clock["M"] or 0), int(clock["S"] or 0)


def _day(text: str) -> tuple[int, int, int] | None:
    """Year, month, day; None where they cannot be told, as in 03/04/2026, which nobody can."""
    for pattern in (_DAY_MONTH, _MONTH_DAY, _ASCTIME, _YEAR_NAME):
        for found in pattern.finditer(text):
            month = month_number(found["mon"])
            if month:
                return _year(found["y"]), month, int(found["d"])
    if first := _YEAR_FIRST.search(text):
        return int(first["y"]), int(first["m"]), int(first["d"])
    if number := _NUMERIC.search(text):
        a, b, year = int(number["a"]), int(number["b"]), int(number["y"])
        if a > 12 or a == b or "." in number[0]:
            return year, b, a
        if b > 12:
            return year, a, b
    return None


def _year(digits: str) -> int:
    """RFC 2822 section 4.3: two digits are 2000 to 2049, or 1950 to 1999."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)


def _at(year: int, month: int, day: int, time: tuple[int, int, int]) -> datetime:
    """ValueError where there is no such day. 24:00 is the next day's midnight, and a leap second its last."""
    hour, minute, second = time
    if hour == 24 and minute == second == 0:
        return datetime(year, month, day) + timedelta(days=1)
    return datetime(year, month, day, hour, minute, min(second, 59) if second == 60 else second)


def _zone(rest: str, local: datetime, feed_zone: str | None) -> tuple[tzinfo, bool]:
    """The zone that `rest` names, else the feed's, else UTC; and whether anybody said so."""
    home = named(feed_zone)
    letters = [word for word in _LETTERS.findall(rest) if word.lower() not in _NO_ZONE_WORDS]
    if offset := _OFFSET.search(rest):
        return _offset(offset), True
    if (place := _PLACE.search(rest)) and (there := named(place[0])):
        return there, True
    for word in letters:
        if home is not None and _means(word.upper(), local.replace(tzinfo=home)):
            return home, True
        hours = _ZONES.get(word.upper())
        if hours is not None:
            return timezone(timedelta(hours=hours)), True
    return (home, True) if home is not None else (UTC, False)


def _means(letters: str, at_home: datetime) -> bool:
    """Whether the feed's own zone goes by these letters, in the tz database or in its country."""
    offset = at_home.utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else None
    return at_home.tzname() == letters or hours in _ELSEWHERE.get(letters, ())


_NO_ZONE_WORDS: Final = frozenset(("h", "hs", "hrs", "uhr", "at", "am", "pm"))


def _offset(match: re.Match[str]) -> tzinfo:
    """`+0100`, `+01:00`, `-5`. ValueError beyond a day."""
    minutes = int(match["h"]) * 60 + int(match["m"] or 0)
    return timezone(timedelta(minutes=minutes if match["sign"] == "+" else -minutes))


@lru_cache(maxsize=256)
def named(zone: str | None) -> ZoneInfo | None:
    """The IANA zone of that name, or None where there is none, or the platform has no such data."""
    if not zone:
        return None
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return None
