"""What GDACS, CAP and USGS say in elements of their own, and where GeoRSS says it is. Pure.

GDACS: gdacs.org/xml/rss.xml. CAP: OASIS CAP 1.2, section 3.2. GeoRSS: OGC 17-002r1. Coordinates come out as latitude
and longitude in degrees; an area counts as its centre. What is out of range or no number is left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from sitmon.model import Hazard
from sitmon.normalise.clean import token
from sitmon.parse.dates import read as read_date

Pairs = tuple[tuple[str, str], ...]
Point = tuple[float, float]

_WORST: Final = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
_MAGNITUDE: Final = re.compile(r"\bM\s?(\d(?:\.\d{1,2})?)\b")
_PAGER: Final = re.compile(r"\bPAGER\s+-\s+(GREEN|YELLOW|ORANGE|RED)\b")
"""As the summaries of earthquake.usgs.gov/earthquakes/feed/v1.0/atom.php have it, in front of ShakeMap's intensity."""
_USGS: Final = "urn:earthquake-usgs-gov:"
_CAP: Final = 64
"""Longest code; areas may be four times that."""
_MOST: Final = 500
"""Areas, codes and points of one entry that are kept: an alert for every county of a large country has 3,000."""


def hazard(pairs: Pairs, guid: str, title: str, summary: str, now: datetime) -> Hazard | None:
    """The hazard that an entry tells, or None when it is ordinary news. `summary` is plain text."""
    names = {name for name, _ in pairs}
    if names & {"gdacs:eventid", "gdacs:alertlevel"}:
        return _gdacs(dict(reversed(pairs)))
    if names & {"cap:severity", "cap:event", "cap:msgType", "cap:identifier"}:
        return _cap(pairs, now)
    if guid.startswith(_USGS):
        return _usgs(token(guid[len(_USGS) :], _CAP), title, summary)
    return None


def points(pairs: Pairs) -> tuple[Point, ...]:
    """Where the entry says that it is, in document order, each place once."""
    found = [point for point in _points(pairs) if point is not None]
    return tuple(dict.fromkeys(found))[:_MOST]


# ---------------------------------------------------------------- schemes


def _gdacs(said: dict[str, str]) -> Hazard:
    kind = token(said.get("gdacs:eventtype", ""), 8)
    number = token(said.get("gdacs:eventid", ""), _CAP)
    codes = [(key, token(said.get(f"gdacs:{key}", ""), _CAP)) for key in ("iso3", "glide", "episodeid")]
    population = _number(said.get("gdacs:population@value", ""))
    return Hazard(
        "gdacs",
        event_id=f"{kind}{number}" or None,
        level=token(said.get("gdacs:alertlevel", ""), _CAP) or None,
        areas=_areas([said.get("gdacs:country", "")]),
        geocodes=tuple((key, code) for key, code in codes if code),
        magnitude=_number(said.get("gdacs:severity@value", "")) if kind == "EQ" else None,
        population=int(population) if population is not None else None,
    )


def _usgs(event: str, title: str, summary: str) -> Hazard:
    """The title says how strong it was, and the summary begins with PAGER's estimate of the harm, once there is one."""
    magnitude, level = _MAGNITUDE.search(title), _PAGER.search(summary)
    return Hazard(
        "usgs",
        event_id=event,
        level=level[1].capitalize() if level else None,
        magnitude=float(magnitude[1]) if magnitude else None,
    )


def _cap(pairs: Pairs, now: datetime) -> Hazard:
    def of(name: str) -> list[str]:
        return [text for key, value in pairs if key == f"cap:{name}" and (text := token(value, _CAP * 4))]

    levels = of("severity")
    expiries = [at for text in of("expires") if (at := read_date(text, None, now)[0])]
    return Hazard(
        "cap",
        event_id=_first(of("identifier")),
        level=next((word for word in _WORST if word in levels), _first(levels)),
        urgency=_first(of("urgency")),
        certainty=_first(of("certainty")),
        status=_first(of("status")),
        msg_type=_first(of("msgType")) or _first(of("message_type")),
        references=tuple(word for text in of("references") for word in text.split())[:_MOST],
        expires=max(expiries, default=None),
        areas=_areas(of("areaDesc")),
        geocodes=tuple(dict.fromkeys(_codes(pairs)))[:_MOST],
    )


def _codes(pairs: Pairs) -> Iterator[tuple[str, str]]:
    """CAP 1.1 and later: valueName, then value. CAP 1.0: `name=value` in one."""
    name = ""
    for key, text in pairs:
        if key == "cap:valueName":
            name = token(text, _CAP)
        elif key == "cap:value" and name:
            yield name, token(text, _CAP)
        elif key == "cap:geocode" and "=" in text:
            code, _, value = token(text, _CAP * 2).partition("=")
            yield code, value


def _areas(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(area for text in texts if (area := token(text, _CAP * 4))))[:_MOST]


def _first(texts: list[str]) -> str | None:
    return texts[0] if texts else None


# ---------------------------------------------------------------- places


def _points(pairs: Pairs) -> Iterator[Point | None]:
    latitude = None
    for name, text in pairs:
        match name:
            case "geo:lat":
                latitude = _number(text)
            case "geo:long" | "geo:lon" if latitude is not None:
                yield _point(latitude, _number(text))
                latitude = None
            case "georss:point" | "gml:pos" | "georss:polygon" | "georss:line" | "georss:box" | "gml:posList":
                yield _centre(_numbers(text))
            case "cap:polygon":
                yield _centre(_numbers(text))
            case "cap:circle":
                yield _centre(_numbers(text)[:2])


def _centre(flat: list[float]) -> Point | None:
    """Middle of the corners of latitude-longitude pairs in one list; a closing corner is not counted twice."""
    if len(flat) > 4 and flat[:2] == flat[-2:]:
        flat = flat[:-2]
    latitudes, longitudes = flat[::2], flat[1::2]
    if not flat or len(latitudes) != len(longitudes):
        return None
    return _point(sum(latitudes) / len(latitudes), sum(longitudes) / len(longitudes))


def _point(latitude: float, longitude: float | None) -> Point | None:
    """Rounded to 10 m. (0, 0) is what software writes when it does not know."""
    if longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or latitude == longitude == 0:
        return None
    return round(latitude, 4), round(longitude, 4)


def _numbers(text: str) -> list[float]:
    found = [_number(word) for word in text.replace(",", " ").split()[: _MOST * 20]]
    return [number for number in found if number is not None] if None not in found else []


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
