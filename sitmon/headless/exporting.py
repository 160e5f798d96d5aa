"""`sitmon export`: items that answer a query, as JSON lines, CSV, GeoJSON or Markdown on stdout."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable

from sitmon.codec import Doc, item_json, time_text
from sitmon.headless import keeping, opening
from sitmon.headless.output import json_line, line
from sitmon.model import Item
from sitmon.options import Options


def export(options: Options) -> int:
    if options.everything or options.format == "tinydb":
        return keeping.everything(options)
    with opening.room(options, "reader") as room:
        FORMATS[options.format](room.find(" ".join(options.query)))
    return 0


def jsonl(items: Iterable[Item]) -> None:
    for item in items:
        json_line(item_json(item))


CSV_KEYS = ("id", "feed", "published", "title", "summary", "link", "lang", "type", "severity", "story")


def as_csv(items: Iterable[Item]) -> None:
    """A cell that a spreadsheet would take for a formula is put behind an apostrophe (CWE-1236)."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow((*CSV_KEYS, "countries", "regions", "actors"))
    for item in items:
        doc = item_json(item)
        tags = (item.tags.countries, [r.id for r in item.tags.regions], [a.id for a in item.tags.actors])
        writer.writerow([*(harmless(doc[key]) for key in CSV_KEYS), *(" ".join(ids) for ids in tags)])


def harmless(value: object) -> str:
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t")) else text


def geojson(items: Iterable[Item]) -> None:
    """One feature for each item that has a place with coordinates, at its best one (RFC 7946: longitude first)."""
    features = [feature for item in items if (feature := feature_of(item)) is not None]
    json.dump({"type": "FeatureCollection", "features": features}, sys.stdout)
    line()


def feature_of(item: Item) -> Doc | None:
    placed = [(r.score, r.lat, r.lon, r.id) for r in item.tags.regions if r.lat is not None and r.lon is not None]
    if not placed:
        return None
    finest = max(placed, key=lambda place: (place[3].count("."), place[0]))
    shown = {"id": item.id, "title": item.title, "published": time_text(item.published), "place": finest[3]}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [finest[2], finest[1]]},
        "properties": {**shown, "feed": item.feed, "link": item.link, "type": item.tags.type.value},
    }


MARKDOWN = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|#"})


def markdown(items: Iterable[Item]) -> None:
    for item in items:
        title = item.title.translate(MARKDOWN)
        linked = f"[{title}](<{item.link}>)" if item.link and "<" not in item.link and ">" not in item.link else title
        line(f"- {time_text(item.when)} {linked} ({item.feed}; {', '.join(item.tags.countries) or 'no country'})")


FORMATS: dict[str, Callable[[Iterable[Item]], None]] = {
    "jsonl": jsonl,
    "csv": as_csv,
    "geojson": geojson,
    "md": markdown,
}
