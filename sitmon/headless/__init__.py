"""Everything that sitmon does without a screen: results on stdout, diagnostics on stderr.

`VERBS` maps each verb of the command line to what runs it. Their modules are imported when asked for.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib import import_module

from sitmon.options import Options

Run = Callable[[Options], int]


def late(module: str, name: str) -> Run:
    """A function that is imported at its first call: `sitmon tag` must not wait for httpx."""

    def run(options: Options) -> int:
        # What is imported, read and folded stays: to look for garbage among it took a seventh of a first poll's cpu.
        # So few at a time, for a look at 50,000 young objects holds up the news by 20 ms.
        gc.set_threshold(10_000, 500, 20)
        found: Run = getattr(import_module(f"sitmon.headless.{module}"), name)
        return found(options)

    return run


VERBS: dict[str, Run] = {
    "poll": late("nursing", "poll"),
    "check": late("checking", "check"),
    "tag": late("tagging", "tag"),
    "search": late("listing", "search"),
    "timeline": late("listing", "timeline"),
    "alerts": late("listing", "alerts"),
    "regions": late("listing", "regions"),
    "stories": late("listing", "stories"),
    "feeds": late("sourcing", "feeds"),
    "export": late("exporting", "export"),
    "import": late("keeping", "bring"),
    "tags": late("correcting", "tags"),
    "store": late("keeping", "keep"),
    "rules": late("judging", "rules"),
    "alarms": late("judging", "alarms"),
    "log": late("watching", "log"),
    "handover": late("watching", "handover"),
    "sitrep": late("sitreps", "sitrep"),
    "replay": late("replaying", "replay"),
    "tail": late("tailing", "tail"),
    "ack": late("officer", "act"),
    "watch": late("officer", "act"),
    "close": late("officer", "act"),
    "shelve": late("officer", "act"),
    "unshelve": late("officer", "act"),
    "note": late("officer", "note"),
    "undo": late("officer", "act"),
    "service": late("officer", "service"),
    "level": late("officer", "level"),
    "credibility": late("officer", "credibility"),
    "split": late("officer", "split"),
    "merge": late("officer", "merge"),
}
