"""The store from the command line: check it, compact it, carry everything out of it and into another."""

from __future__ import annotations

import sys
from pathlib import Path

from sitmon import store
from sitmon.codec import noun_json
from sitmon.errors import StoreError, UsageError
from sitmon.headless.output import json_line, line, tell
from sitmon.options import Options


def keep(options: Options) -> int:
    return {"check": check, "compact": compact}[options.action or "check"](options)


def check(options: Options) -> int:
    """Read every line of every journal; exit 1 when one is damaged."""
    report = store.check(options.folder)
    if options.json:
        for file in report.files:
            json_line(noun_json(file))
    else:
        for text in report.lines():
            line(text)
    return 0 if report.is_sound else 1


def compact(options: Options) -> int:
    """Write journals anew without what no longer counts. StoreError while a collector runs: it does so by itself."""
    for name, (before, after) in store.compact(options.folder, tell).items():
        if options.json:
            json_line({"file": name, "before": before, "after": after})
        else:
            line(f"{name}: {before} bytes, now {after}")
    return 0


def everything(options: Options) -> int:
    """All that is stored, as JSON lines on stdout, or as a plain TinyDB file."""
    if options.format == "tinydb":
        if options.output is None:
            raise UsageError("export --format tinydb: name the file with --output FILE")
        count = store.export_tinydb(options.folder, Path(options.output), tell)
        tell(f"{count} documents written to {options.output}")
        return 0
    for doc in store.export(options.folder, tell):
        json_line(doc)
    return 0


def bring(options: Options) -> int:
    """Store what an export holds: JSON lines from the file or stdin, or a plain TinyDB file (`.json`)."""
    if options.file is not None and options.file.endswith(".json"):
        counts = store.import_tinydb(options.folder, Path(options.file), tell)
    elif options.file is None:
        counts = store.import_(options.folder, sys.stdin, tell)
    else:
        counts = from_file(options.folder, Path(options.file))
    tell(", ".join(f"{count} {kind}" for kind, count in counts.items()) + " new")
    return 0


def from_file(folder: Path, file: Path) -> dict[str, int]:
    try:
        with file.open(encoding="utf-8") as lines:
            return store.import_(folder, lines, tell)
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{file}: cannot be read: {error}") from error
