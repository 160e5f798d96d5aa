"""One event, one line: what came in, rang or changed, for a pipe, a log, or a screen reader."""

from __future__ import annotations

from datetime import datetime

from sitmon.codec import Doc, time_text
from sitmon.dtg import dtg
from sitmon.headless.output import json_line, line
from sitmon.model import Alert, Item
from sitmon.room.replaying import Arrived, Rang, Stands, Told


def say(told: Told, *, json: bool) -> None:
    """At once: whoever listens is waiting."""
    if json:
        json_line(doc(told))
    else:
        line(words(told), flush=True)


def words(told: Told) -> str:
    """`191210ZSEP24 ALERT P1 mass-casualties ML: title, raised: why`."""
    match told.what:
        case Arrived(item):
            where = ",".join(item.tags.countries) or "--"
            return f"{dtg(told.at)} ITEM {where} {item.feed}: {item.title}{aged(told.at, item)}"
        case Rang(alert, how, why):
            where = alert.region or ",".join(alert.countries) or "--"
            return f"{dtg(told.at)} ALERT {alert.priority.name} {alert.rule} {where}: {alert.title}, {how}: {why}"
        case Stands(status, before):
            return f"{dtg(told.at)} LEVEL {status.name}: {status.level.name}, before {before.name}: {status.note}"


def aged(at: datetime, item: Item) -> str:
    """When it was published, where that is long ago when it comes in."""
    return f", of {dtg(item.when)}" if (at - item.when).total_seconds() > 3600 else ""


def doc(told: Told) -> Doc:
    match told.what:
        case Arrived(item):
            about = item_doc(item)
        case Rang(alert, how, why):
            about = {"event": "alert", "change": how, **alert_doc(alert), "words": why}
        case Stands(status, before):
            level, was = status.level.name.lower(), before.name.lower()
            about = {"event": "level", "region": status.id, "name": status.name, "level": level, "before": was}
            about |= {"words": status.note}
    return {"at": time_text(told.at), **about}


def item_doc(item: Item) -> Doc:
    tags = item.tags
    return {
        "event": "item",
        "id": item.id,
        "feed": item.feed,
        "title": item.title,
        "published": time_text(item.published),
        "countries": list(tags.countries),
        "type": tags.type.value,
        "severity": tags.severity.name.lower(),
    }


def alert_doc(alert: Alert) -> Doc:
    where = {"region": alert.region, "countries": list(alert.countries)}
    named = {"id": alert.id, "rule": alert.rule, "priority": alert.priority.name, "title": alert.title}
    return {**named, **where, "story": alert.story, "items": list(alert.items)}
