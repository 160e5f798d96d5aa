"""Rules and alarms from the command line: what a rule would have done, and what the alarms did to the officers."""

from __future__ import annotations

from datetime import timedelta

from sitmon import report, story
from sitmon.codec import noun_json
from sitmon.config.build import UnreadableError, duration
from sitmon.errors import UsageError
from sitmon.headless import opening
from sitmon.headless.output import json_line, line
from sitmon.model import Item, Story
from sitmon.options import Options
from sitmon.rules import rehearsal
from sitmon.world import cast_of, publishers, world_of

LEARNING = timedelta(days=28)
"""Read before the period replayed, so that rules know what was usual."""


def rules(options: Options) -> int:
    """Replay what is stored through the rules, or one of them."""
    with opening.room(options, "reader") as room:
        chosen = [rule for rule in room.config.rules if options.subject in (None, rule.id)]
        if not chosen:
            known = ", ".join(rule.id for rule in room.config.rules)
            what = f"{options.subject!r}: no such rule" if options.subject else f"{room.config.path}: no rules"
            raise UsageError(f"{what}; there are {known}" if known else f"{what}; write some under `rules:`")
        since = room.now() - span(options.replay)
        folder = story.Folder(cast_of(room.config.actors).kin, publishers(room.config))

        def fold(item: Item) -> Story | None:
            room.geography.learn(item)
            joined = folder.fold(item)
            return folder.story(joined.story) if joined.story else None

        items = (item for item in room.store.recent(since - LEARNING) if item.first_seen <= room.now())
        found = rehearsal.replay(chosen, items, fold, since=since, world=world_of(room.config, room.geography))
    json_line(noun_json(found)) if options.json else line(rehearsal.text(found))
    return 0


def alarms(options: Options) -> int:
    """Figures of the alarms beside the limits of ISA-18.2 and EEMUA 191."""
    with opening.room(options, "reader") as room:
        found = report.alarms(room.store.alerts(), room.entries, room.now(), span(options.period))
    json_line(noun_json(found)) if options.json else line(report.alarms_text(found))
    return 0


def span(text: str) -> timedelta:
    try:
        return duration(text)
    except UnreadableError as error:
        raise UsageError(str(error)) from None
