"""The officer's verbs without a screen: acknowledge, watch, close, shelve, unshelve, note, undo."""

from __future__ import annotations

from sitmon import dtg, times
from sitmon.errors import UsageError
from sitmon.headless import opening
from sitmon.headless.output import line
from sitmon.options import Options
from sitmon.watch.handover import at_number

ON_ALERTS = frozenset({"ack", "watch", "close", "shelve", "unshelve"})


def service(options: Options) -> int:
    """Take an alert, a rule or a feed out of service, or put it back."""
    with opening.room(options, "seat") as room:
        now = room.now()
        until = times.ahead(options.until, now) if options.until else None
        subject = room.in_service(options.subject or "")
        if options.action == "out" and not options.text:
            raise UsageError(f"why is it out of service? sitmon service out {subject} a few words")
        said = room.act(
            "service", subject, " ".join(options.text), until, data=(("state", options.action or "out"),), by=options.by
        )
    line(f"{dtg.dtg(now)} service {options.action} {subject} {said}".rstrip())
    return 0


REASONED = {"shelve": "put away", "close": "closed"}
"""Verbs that take an alert off the officer's list, and what they do."""


def act(options: Options) -> int:
    """Into the watch log of a seat of its own; exit 1 when there is no such alert."""
    with opening.room(options, "seat") as room:
        now = room.now()
        until = times.ahead(options.until, now) if options.until else None
        subject, text = options.subject or "", " ".join(options.text)
        if options.verb in REASONED and not text:
            raise UsageError(f"why is it {REASONED[options.verb]}? sitmon {options.verb} {subject} a few words")
        if options.verb in ON_ALERTS:
            subject = room.alert_id(subject)
        if options.verb == "undo":
            room.fill()  # a split or a merge can be taken back while its stories are open
            if subject.isdecimal():
                subject = at_number(int(subject), room.store.alerts(), room.entries) or subject
        said = room.act(options.verb, subject, text, until, by=options.by)
    line(f"{dtg.dtg(now)} {options.verb} {subject} {said}".rstrip())
    return 0
