"""What a configuration must be beyond its shape: unique, in range, leading somewhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_address
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitmon.config.document import Problems, Value, nearest
from sitmon.model import Feed, Region
from sitmon.rules import Rule, Silence
from sitmon.tag import areas

if TYPE_CHECKING:
    from sitmon.config import Draft, Notify, Settings

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
TLPS = ("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR")
FEED_KINDS = (
    *("news", "un", "humanitarian", "advisory", "hazard", "health", "state-media", "analysis"),
    *("government", "conflict", "cyber", "maritime", "defence", "ngo", "other"),
)


def replaced(feed: Feed, **changes: Any) -> Feed:
    return replace(feed, **changes)


def all_of(draft: Draft, settings: Settings) -> None:
    problems = draft.problems
    unique(((value, feed.id) for value, feed in draft.feeds), "id", problems)
    unique(((value, same_url(feed)) for value, feed in draft.feeds), "url", problems)
    unique(((value, rule.id) for value, rule in draft.rules), "id", problems)
    unique(((value, region.id) for value, region in draft.regions), "id", problems)
    board = {region.id for _, region in draft.regions}
    for value, feed in draft.feeds:
        check_feed(value, feed, settings, board, problems)
    for value, region in draft.regions:
        check_region(value, region, board, problems)
    feeds = {feed.id for _, feed in draft.feeds}
    for value, rule in draft.rules:
        check_rule(value, rule, feeds, board, problems)
    for value, order in draft.notify:
        check_notify(value, order, problems)
    if settings.local_zone and not is_zone(settings.local_zone):
        where = draft.written_settings
        if where is not None:
            problem = f"settings.local_zone: {settings.local_zone!r} is no IANA zone such as Europe/Oslo"
            problems.error(at(where, "local_zone"), problem)


def unique(named: Iterable[tuple[Value, str]], key: str, problems: Problems) -> None:
    seen: dict[str, Value] = {}
    for value, name in named:
        if name in seen:
            first = seen[name].source
            problems.error(at(value, key), f"{value.path}.{key}: {name!r} stands at {first.file}:{first.line} already")
        seen.setdefault(name, value)


def at(value: Value, key: str) -> Value:
    """Where the value of `key` stands, or the mapping itself."""
    entries = value.mapping(Problems()) or {}
    return entries[key][1] if key in entries else value


def member(value: Value, key: str, number: int) -> Value:
    """Where that member of the list of `key` stands, or the list itself."""
    listed = at(value, key)
    return next(islice(listed.items() or (), number, None), listed)


def same_url(feed: Feed) -> str:
    """The URL by which two feeds are the same: scheme, `www.` and a final slash aside."""
    address = feed.address or feed.url
    try:
        parts = urlsplit(address)
    except ValueError:  # which is a problem of its own
        return address
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def check_id(value: Value, name: str, problems: Problems) -> None:
    if not ID.fullmatch(name):
        problems.error(at(value, "id"), f"{value.path}.id: {name!r}: use a-z, 0-9 and hyphens")


def check_feed(value: Value, feed: Feed, settings: Settings, board: set[str], problems: Problems) -> None:
    check_id(value, feed.id, problems)
    check_url(value, feed, problems)
    if feed.interval < settings.min_interval:
        problems.error(at(value, "interval"), f"{value.path}.interval: shorter than settings.min_interval")
    if feed.max_items < 1:
        problems.error(at(value, "max_items"), f"{value.path}.max_items: at least 1")
    if feed.timeout.total_seconds() <= 0:
        problems.error(at(value, "timeout"), f"{value.path}.timeout: longer than nothing")
    for key, word, valid in (
        ("reliability", feed.reliability, tuple("ABCDEF")),
        ("tlp", feed.tlp, TLPS),
        ("kind", feed.kind, FEED_KINDS),
    ):
        if word not in valid:
            problems.error(at(value, key), f"{value.path}.{key}: {word!r} is not valid{nearest(word, valid)}")
    if feed.lang and not LANG.fullmatch(feed.lang):
        problems.error(at(value, "lang"), f"{value.path}.lang: {feed.lang!r} is no language code such as fr")
    if feed.timezone and not is_zone(feed.timezone):
        problems.error(at(value, "timezone"), f"{value.path}.timezone: {feed.timezone!r} is no IANA zone")
    for region in feed.regions:
        if region not in board and not areas.is_region(region):
            problems.error(at(value, "regions"), f"{value.path}.regions: {region!r} is no region{near(region, board)}")
    check_countries(value, feed.countries, problems)
    check_filters(value, feed, problems)
    check_auth(value, feed, problems)
    check_headers(value, feed, problems)
    check_proxy(value, feed, problems)
    check_tls(value, feed, problems)


def check_url(value: Value, feed: Feed, problems: Problems) -> None:
    where, path = at(value, "url"), f"{value.path}.url"
    try:
        parts = urlsplit(feed.address or feed.url)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        problems.error(where, f"{path}: not a URL: {error}")
        return
    if parts.scheme not in {"https", "http"} or not host:
        scheme = "another" if feed.address else parts.scheme or "no"
        problems.error(where, f"{path}: {scheme} scheme; a feed's URL starts with https://")
        return
    if parts.username or parts.password:
        problems.error(
            where, f"{path}: holds a user or password; use auth: {{type: basic, user: …, password: ${{env:X}}}}"
        )
        return
    if parts.scheme == "http" and not feed.allow_http:
        problems.warn(where, f"{path}: http is refused; use https, or set allow_http: true")
    if host and is_private(host) and not feed.allow_private:
        problems.warn(where, f"{path}: no public address, which is refused; set allow_private: true if it is meant")


def is_private(host: str) -> bool:
    """By its name alone: what others resolve to is seen when they are asked."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def near(region: str, board: set[str]) -> str:
    return nearest(region, (*sorted(board), *areas.shipped().regions))


def check_rule(value: Value, rule: Rule, feeds: set[str], board: set[str], problems: Problems) -> None:
    """A rule about a region or a feed that does not exist would never fire, and nobody would know."""
    for region in rule.regions:
        division = ".".join(region.split(".")[:2])
        if region not in board and not areas.is_region(division):
            problems.error(at(value, "regions"), f"{value.path}.regions: {region!r} is no region{near(region, board)}")
    for feed in rule.feeds if isinstance(rule, Silence) else ():
        if feed not in feeds:
            hint = nearest(feed, tuple(sorted(feeds)))
            problems.error(at(value, "feeds"), f"{value.path}.feeds: {feed!r} is no feed{hint}")


def check_countries(value: Value, codes: tuple[str, ...], problems: Problems) -> None:
    for n, code in enumerate(codes):
        if code not in areas.countries():
            problem = f"{value.path}.countries: {code!r} is no ISO 3166 code such as ML"
            problems.error(member(value, "countries", n), problem)


def check_filters(value: Value, feed: Feed, problems: Problems) -> None:
    for key, rules in (("keep", feed.keep), ("drop", feed.drop)):
        for rule in rules:
            if not rule.any and rule.regex is None:
                problems.error(at(value, key), f"{value.path}.{key}: needs `any: [words]` or `regex: '…'`")
            try:
                re.compile(rule.regex or "")
            except re.error as error:
                problems.error(at(value, key), f"{value.path}.{key}: regex: {error}")


AUTH = {"bearer": {"token"}, "basic": {"user", "password"}}


def check_auth(value: Value, feed: Feed, problems: Problems) -> None:
    if not feed.auth:
        return
    auth = dict(feed.auth)
    wanted = AUTH.get(auth.pop("type", ""))
    if wanted is None:
        problems.error(at(value, "auth"), f"{value.path}.auth.type: write bearer or basic")
    elif set(auth) != wanted:
        problems.error(at(value, "auth"), f"{value.path}.auth: needs {' and '.join(sorted(wanted))}")


HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""RFC 9110 section 5.6.2."""
UNSAYABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def check_headers(value: Value, feed: Feed, problems: Problems) -> None:
    for name, said in feed.headers:
        if not HEADER.fullmatch(name):
            problems.error(at(value, "headers"), f"{value.path}.headers: {name!r} is no name of a header")
        elif UNSAYABLE.search(said):
            problems.error(at(value, "headers"), f"{value.path}.headers.{name}: holds a line break or the like")
    if any(UNSAYABLE.search(said) for _, said in feed.auth):
        problems.error(at(value, "auth"), f"{value.path}.auth: holds a line break or the like")


def check_proxy(value: Value, feed: Feed, problems: Problems) -> None:
    if feed.proxy is None:
        return
    try:
        parts = urlsplit(feed.proxy)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        problems.error(at(value, "proxy"), f"{value.path}.proxy: write http://host:port, or https://")


TLS = ("ca_file", "cert_file", "key_file")


def check_tls(value: Value, feed: Feed, problems: Problems) -> None:
    for key, file in feed.tls:
        if key not in TLS:
            problems.error(at(value, "tls"), f"{value.path}.tls: {key!r} is no key{nearest(key, TLS)}")
        elif not Path(file).is_file():
            problems.error(at(value, "tls"), f"{value.path}.tls.{key}: {file!r}: no such file")


def check_region(value: Value, region: Region, board: set[str], problems: Problems) -> None:
    check_countries(value, region.countries, problems)
    if not (region.countries or region.admin1 or region.areas or region.point):
        problems.error(value, f"{value.path}: needs countries, admin1, areas, or a point with radius_km")
    if region.point and region.radius_km <= 0:
        problems.error(at(value, "point"), f"{value.path}.point: needs radius_km, in kilometres")
    if region.point and not (-90 <= region.point[0] <= 90 and -180 <= region.point[1] <= 180):
        problems.error(at(value, "point"), f"{value.path}.point: [latitude, longitude] in degrees")
    for area in region.areas:
        if area == region.id or (area not in board and not areas.is_region(area)):
            problems.error(at(value, "areas"), f"{value.path}.areas: {area!r} is no other region{near(area, board)}")
    for n, code in enumerate(region.admin1):
        if not areas.is_region(code):
            inside = tuple(one for one in areas.divisions() if one.startswith(code[:3]))
            hint = nearest(code, inside) or " such as ML.Kidal"
            problems.error(member(value, "admin1", n), f"{value.path}.admin1: {code!r} is no division{hint}")


LONGEST = timedelta(minutes=1)
"""That a command may take: four run at a time, and the next alert waits for them."""


def check_notify(value: Value, order: Notify, problems: Problems) -> None:
    if not order.command or not order.command[0]:
        problems.error(at(value, "command"), f"{value.path}.command: needs a program, as [notify-send, sitmon]")
    elif shutil.which(order.command[0]) is None:
        problems.warn(at(value, "command"), f"{value.path}.command: no program {order.command[0]!r} is found here")
    if not order.priorities:
        problems.error(at(value, "priorities"), f"{value.path}.priorities: needs one, as [P1]")
    if not timedelta() < order.timeout <= LONGEST:
        problems.error(at(value, "timeout"), f"{value.path}.timeout: longer than nothing, and at most 1m")


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
