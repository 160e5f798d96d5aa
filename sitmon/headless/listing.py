"""The panes as lists: search, timeline, alerts, regions, stories, feeds; one JSON object a line with `--json`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from sitmon import dtg, picture
from sitmon.codec import Doc, item_json, noun_json
from sitmon.errors import UsageError
from sitmon.headless import opening
from sitmon.headless.output import columns, json_line, line, tell
from sitmon.model import Alert, Item, RegionStatus, Story
from sitmon.options import Options
from sitmon.room import Room

LIMIT = 100
"""Lines of a list unless `--limit` says otherwise: what a person reads, and what a pipe can be told to exceed."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of noun is printed."""

    json: Callable[[Any], Doc]
    cells: Callable[[Any], tuple[str, ...]]
    widths: tuple[int, ...]
    """Of all cells but the last, which takes the rest of the line."""
    queried: bool = True
    """Asked for by a query, and not by a part of its name."""


def search(options: Options) -> int:
    return listed(options, lambda room: room.find(asked(options)), ITEM)


def timeline(options: Options) -> int:
    return listed(options, lambda room: room.find(asked(options)), ITEM)


def alerts(options: Options) -> int:
    return listed(options, lambda room: room.alerts(asked(options)), ALERT)


def regions(options: Options) -> int:
    return listed(options, lambda room: room.regions(asked(options)), REGION)


def stories(options: Options) -> int:
    """A line each, or with `--full` all that an officer asks of one."""
    if options.full and not options.json:
        with opening.room(options, "reader") as room:
            for story in islice(room.stories(asked(options)), options.limit or LIMIT):
                line(" ".join(story_cells(story)))
                for label, words in room.dossier(story):
                    line(f"    {label:8} {words}")
        return 0
    return listed(options, lambda room: room.stories(asked(options)), STORY)


def feeds(options: Options) -> int:
    return listed(options, lambda room: room.feed_lines(asked(options)), FEED)


def asked(options: Options) -> str:
    return " ".join(options.query)


def listed(options: Options, find: Callable[[Room], Iterable[Any]], form: Form) -> int:
    """Print what `find` gives, and say on stderr when there is more than the limit."""
    limit = LIMIT if options.limit is None else options.limit
    if limit < 0:
        raise UsageError("--limit: 0 for all, or how many lines")
    with opening.room(options, "reader") as room:
        found = iter(find(room))
        shown = show(options, islice(found, limit) if limit else found, form)
        if limit and next(found, None) is not None:
            tell(f"the first {limit} are shown; --limit 0 shows all")
        if not shown:
            tell("; ".join(("nothing found", *(room.strangers(asked(options)) if form.queried else ()))))
    return 0


def show(options: Options, found: Iterator[Any], form: Form) -> bool:
    """Print each; whether there was any."""
    first = next(found, None)
    if first is None:
        return False
    nouns = chain((first,), found)
    if not options.json:
        columns((form.cells(noun) for noun in nouns), form.widths)
        return True
    for noun in nouns:
        json_line(form.json(noun))
    return True


def item_cells(item: Item) -> tuple[str, ...]:
    harm = f"  [{item.tags.severity.name.lower()}]" if item.tags.severity > 1 else ""
    return dtg.dtg(item.when), ",".join(item.tags.countries) or "--", item.feed, item.title + harm


def alert_cells(alert: Alert) -> tuple[str, ...]:
    where = ",".join(alert.countries) or alert.region or "--"
    words = f"{alert.title}  ({alert.because})"
    return alert.priority.name, alert.state.value, dtg.dtg(alert.updated), where, alert.id, words


def region_cells(status: RegionStatus) -> tuple[str, ...]:
    sources = f"{status.sources_alive}/{status.sources_total}"
    drivers = [f"{driver.what} {driver.share:.0%}" for driver in status.drivers[:3]]
    note = () if status.drivers and status.note.startswith(status.drivers[0].what) else (status.note,)
    why = "; ".join((*given(status), *note, *drivers))
    return status.id, status.level.name, status.trend.value, sources, f"{status.name}: {why}"


def given(status: RegionStatus) -> tuple[str, ...]:
    """Who set the level, until when and why, beside what is computed."""
    if status.set_by is None:
        return ()
    review = f", review by {dtg.dtg(status.review_by)}" if status.review_by else ""
    reason = f" ({status.set_reason})" if status.set_reason else ""
    return (f"set by {status.set_by}{review}{reason}, computed {status.computed.name}",)


def story_cells(story: Story) -> tuple[str, ...]:
    told = f"{len(story.items)} item{'s' * (len(story.items) > 1)}"
    return dtg.dtg(story.latest), ",".join(story.countries) or "--", story.rating, told, story.id, story.title


def feed_cells(feed: picture.FeedLine) -> tuple[str, ...]:
    state = feed.state
    since = dtg.dtg(state.since) if state.since else ""
    due = dtg.dtg(state.next_due) if state.next_due and feed.enabled else ""
    said = "; ".join(part for part in (state.reason, state.suggestion or "", dropped(feed)) if part)
    return feed.id, state.health.value, since, due, str(state.items), said


def dropped(feed: picture.FeedLine) -> str:
    return "left out: " + ", ".join(f"{n} {why}" for why, n in feed.state.dropped) if feed.state.dropped else ""


ITEM = Form(item_json, item_cells, (14, 8, 18))
ALERT = Form(noun_json, alert_cells, (4, 12, 14, 8, 24))
REGION = Form(noun_json, region_cells, (18, 9, 8, 7), queried=False)
STORY = Form(noun_json, story_cells, (14, 8, 3, 9, 18))
FEED = Form(noun_json, feed_cells, (22, 8, 14, 14, 5), queried=False)
