"""`sitmon check`: every problem of feeds.yaml in one run; with `--net`, what each feed really is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

from sitmon.config import Config, draft_of
from sitmon.config.check import at
from sitmon.errors import ConfigError
from sitmon.geography import Geography
from sitmon.headless.output import json_line, line, tell
from sitmon.options import Options
from sitmon.room import naming
from sitmon.room.strangers import strangers


def check(options: Options) -> int:
    """Exit 2 when the file cannot be used, 1 when something in it will not work as written, 0 when all is well."""
    options = replace(options, config=options.file or options.config)
    try:
        config = options.load()
        config = replace(config, warnings=(*config.warnings, *unknown_names(config)))
    except ConfigError as error:
        report(options, "error", error.problems)
        tell(f"{len(error.problems)} errors" if len(error.problems) > 1 else "1 error")
        return error.exit_code
    report(options, "warning", config.warnings)
    if options.net:
        from sitmon.headless.probing import probe  # httpx and feedparser, which a plain check need not wait for

        return max(probe(options, config), 1 if config.warnings else 0)
    if not options.json:
        off = len(config.feeds) - len(config.enabled)
        counts = f"{len(config.regions)} regions, {len(config.rules)} rules"
        line(f"{config.path}: {len(config.feeds)} feeds ({off} off), {counts}")
    return 1 if config.warnings else 0


def unknown_names(config: Config) -> Iterator[str]:
    """Rules that ask for what nothing known is called, each with its place: they would never fire."""
    names = naming.of_config(config, Geography(config.regions))
    for value, rule in draft_of(config.path).rules:
        written = at(value, "query")
        for place, words in strangers(rule.query, config, names):
            yield f"{written.shifted(place).source}: {written.path}: {words}"


def report(options: Options, kind: str, problems: tuple[str, ...]) -> None:
    """JSON on stdout for programs, `file:line:column: what` on stderr for people and editors."""
    for problem in problems:
        if options.json:
            place, _, message = problem.partition(": ")
            file, number, column = place.rsplit(":", 2)
            json_line({"kind": kind, "file": file, "line": int(number), "column": int(column), "message": message})
        else:
            print(problem if kind == "error" else f"{problem} (warning)", file=sys.stderr)
