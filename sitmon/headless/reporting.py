"""What a poll says while it runs: JSON lines for programs, lines and a counter for people."""

from __future__ import annotations

import sys

from sitmon.codec import Doc
from sitmon.events import FeedFailed, FeedPolled, FeedSkipped, NetworkLost, PollEvent, PollFinished, PollStarted
from sitmon.headless.output import json_line, line, tell
from sitmon.options import Options


class Reporter:
    """Prints events as they come."""

    def __init__(self, options: Options) -> None:
        self._json = options.json
        self._to_desk = options.follow_parent
        self._counts = sys.stderr.isatty() and not options.json
        self._total = self._done = 0
        self._troubles: dict[str, str] = {}

    def report(self, event: PollEvent) -> None:
        if isinstance(event, PollStarted):
            self._total, self._done = event.feeds, 0
            if self._to_desk:
                json_line({"event": "started", "feeds": event.feeds})
        elif isinstance(event, FeedSkipped):
            self._clear()
            if not self._to_desk:
                tell(f"{event.feed}: skipped: {event.reason}")
        elif isinstance(event, NetworkLost):
            self._clear()
            tell(f"{event.message} ({event.feeds} feeds)")
        elif self._json:
            json_line(event_json(event))
        else:
            self._clear()
            line(words(event))
        self._count(event)

    def complain(self, about: str, message: str) -> None:
        """What goes wrong beside collecting; empty when all is well again. Told once until it is another."""
        if message == self._troubles.get(about, ""):
            return
        self._troubles[about] = message
        if message:
            self._clear()
            tell(message)
        if self._to_desk:
            json_line({"event": "trouble", "message": "; ".join(filter(None, self._troubles.values()))})

    def _count(self, event: PollEvent) -> None:
        """A counter on the terminal's last line while a round of many feeds runs."""
        if not self._counts or not self._total:
            return
        self._done += isinstance(event, FeedPolled | FeedFailed)
        if not isinstance(event, PollFinished):
            sys.stderr.write(f"\rpolled {self._done} of {self._total}")
            sys.stderr.flush()

    def _clear(self) -> None:
        if self._counts and self._total:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def event_json(event: FeedPolled | FeedFailed | PollFinished) -> Doc:
    """As the command line's contract has it."""
    if isinstance(event, PollFinished):
        counts = {name: getattr(event, name) for name in ("feeds", "ok", "not_modified", "failed", "new", "ms")}
        return {"event": "finished", **counts}
    if isinstance(event, FeedFailed):
        error = {"kind": event.kind, "message": event.message}
        return {"feed": event.feed, "status": "failed", "items": 0, "new": 0, "ms": event.ms, "error": error}
    return {
        "feed": event.feed,
        "status": event.status,
        "items": event.items,
        "new": event.new,
        "ms": event.ms,
        "error": None,
    }


def words(event: FeedPolled | FeedFailed | PollFinished) -> str:
    if isinstance(event, PollFinished):
        answered = f"{event.ok} ok, {event.not_modified} not modified, {event.failed} failed"
        return f"{event.feeds} feeds: {answered}; {event.new} new items in {event.ms / 1000:.1f} s"
    if isinstance(event, FeedFailed):
        return f"failed  {event.feed}: {event.kind}: {event.message}"
    if event.status == "not_modified":
        return f"same    {event.feed}"
    return f"ok      {event.feed}: {event.items} items, {event.new} new"
