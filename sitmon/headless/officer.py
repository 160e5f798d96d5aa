"""The officer's verbs without a screen, about alerts, regions and stories: each is a line of the watch log.

They say what they did in a line, or with `--json` as the entry itself with what came of it in `said`.
"""

from __future__ import annotations

from datetime import datetime

from sitmon import dtg, times
from sitmon.codec import noun_json
from sitmon.errors import UsageError
from sitmon.headless import opening
from sitmon.headless.output import json_line, line
from sitmon.options import Options
from sitmon.room import Room, meant
from sitmon.watch.handover import at_number

ON_ALERTS = frozenset({"ack", "watch", "close", "shelve", "unshelve"})
REASONED = {
    "shelve": "put away",
    "close": "closed",
    "split": "split off",
    "merge": "the same event",
}
"""Verbs that need a reason, and what they make of their subject."""


def act(options: Options) -> int:
    """Acknowledge, watch, close, shelve, unshelve, undo."""
    subject = options.subject or ""
    with opening.room(options, "seat") as room:
        until, text = ahead(options, room), reason(options, subject)
        if options.verb in ON_ALERTS:
            subject = meant.alert(room, subject)
        if options.verb == "undo":
            room.fill()  # a split or a merge can be taken back while its stories are open
            if subject.isdecimal():
                subject = at_number(int(subject), room.store.alerts(), room.entries) or subject
        do(options, room, subject, text, until)
    return 0


def note(options: Options) -> int:
    """A line about something, or about nothing in particular."""
    with opening.room(options, "seat") as room:
        subject, text = meant.note(room, [*filter(None, [options.subject]), *options.text])
        do(options, room, subject, text, told=f'{"" if subject else "-- "}"{text}"')
    return 0


def service(options: Options) -> int:
    """Take an alert, a rule or a feed out of service, or put it back."""
    with opening.room(options, "seat") as room:
        until, state = ahead(options, room), options.action or "out"
        subject = meant.in_service(room, options.subject or "")
        if state == "out" and not options.text:
            raise UsageError(f"why is it out of service? sitmon service out {subject} a few words")
        do(options, room, subject, " ".join(options.text), until, (("state", state),), told=state)
    return 0


def level(options: Options) -> int:
    """Set a region's level until it is looked at again, or give it back to the formula."""
    name, typed = options.level, options.subject or ""
    with opening.room(options, "seat") as room:
        until = ahead(options, room)
        region, text = meant.region(room, typed), " ".join(options.text)
        if name != "auto" and not text:
            raise UsageError(f"why is it {name}? sitmon level {typed} {name} a few words --review 12h")
        if name != "auto" and until is None:
            raise UsageError(f"when is it looked at again? sitmon level {typed} {name} {text} --review 12h")
        review = f", review by {dtg.dtg(until)}" if until else ""
        do(
            options,
            room,
            region,
            text,
            until,
            (("level", name.upper() if name != "auto" else name),),
            told=name + review,
        )
    return 0


def credibility(options: Options) -> int:
    """Rate what a story tells, or an item's story."""
    with opening.room(options, "seat") as room:
        room.fill()
        story = meant.story(room, options.subject or "")
        do(options, room, story, " ".join(options.text), data=(("digit", options.digit),), told=options.digit)
    return 0


def split(options: Options) -> int:
    """Items become a story of their own."""
    typed = options.subject or ""
    with opening.room(options, "seat") as room:
        text = reason(options, typed)
        room.fill()
        story, items = meant.items(room, typed)
        do(options, room, story, text, data=(("items", " ".join(items)),))
    return 0


def merge(options: Options) -> int:
    """Two stories become one, which keeps the second's id."""
    with opening.room(options, "seat") as room:
        text = reason(options, f"{options.subject} {options.into}")
        room.fill()
        story, into = meant.story(room, options.subject or ""), meant.story(room, options.into)
        do(options, room, story, text, data=(("into", into),))
    return 0


def do(
    options: Options,
    room: Room,
    subject: str,
    text: str,
    until: datetime | None = None,
    data: tuple[tuple[str, str], ...] = (),
    told: str = "",
) -> None:
    """Into the watch log of a seat of its own; `told` is what it does, where the room has no other words for it."""
    said = room.act(options.verb, subject, text, until, data, options.by) or told
    entry = next(entry for entry in reversed(room.entries) if entry.seat == room.store.seat)
    if options.json:
        json_line(noun_json(entry) | {"said": said})
    else:
        line(" ".join(filter(None, (dtg.dtg(entry.at), entry.verb, entry.subject, said))))


def ahead(options: Options, room: Room) -> datetime | None:
    return times.ahead(options.until, room.now()) if options.until else None


def reason(options: Options, subject: str) -> str:
    text = " ".join(options.text)
    if options.verb in REASONED and not text:
        raise UsageError(f"why is it {REASONED[options.verb]}? sitmon {options.verb} {subject} a few words")
    return text
