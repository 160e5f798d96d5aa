"""What an item says first of all: its main event, places, actors and words.

An article about several things goes to its main event: what the title names counts, then what the summary adds where
the title is silent; the body only where both are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from sitmon.model import ActorTag, Event, Item, Mention, RegionTag
from sitmon.story import copies
from sitmon.story.word import Word, read

STALE: Final = timedelta(days=10)
"""An event dated further back from the publication than this is looked back upon, not reported."""
READ: Final = 240
"""Characters of title and of summary that are read as words: what an item is about stands at its beginning."""
LONGEST: Final = 600
"""Characters of a summary that hold as many words as are compared for copies."""

_LENGTHS: Final = {"day": 1, "month": 31, "year": 366, None: 1}
_FIELDS: Final = {"title": 0, "summary": 1, "content": 2}
_Tag = TypeVar("_Tag", RegionTag, ActorTag)


class Gist:
    def __init__(self, item: Item, title: list[Word], summary: list[Word], said: list[Word]) -> None:
        tags = item.tags
        self.event = main_event(tags.events, item.when)
        self.places = telling(tags.regions)
        self.actors = telling(tags.actors)
        self.title = title
        self.summary = summary
        """Words of its beginning."""
        self.said = said
        """As many words as are compared for copies."""


def gist_of(item: Item) -> Gist:
    text = item.summary
    cut = _whole(text)
    title, summary = read(item.title[:READ]), read(text[:cut])
    said = [*title, *summary]
    if len(text) > cut and len(said) < copies.READ:
        said += read(text[cut:LONGEST])
    return Gist(item, title, summary, said[: copies.READ + copies.MARKS])


def _whole(text: str) -> int:
    """Where the last word ends that stands whole in what is read."""
    if len(text) <= READ:
        return len(text)
    end = text.rfind(" ", 0, READ)
    return end if end > 0 else READ


def main_event(events: Sequence[Event], when: datetime) -> Event | None:
    """The first fresh event of the title, else of the rest; one long past only where there is no other."""
    if len(events) < 2:
        return events[0] if events else None
    return min(events, key=lambda event: (is_old(event, when), _FIELDS[event.span[0]], event.span[1]))


def is_old(event: Event, when: datetime) -> bool:
    at = event.date
    if at is None or when.toordinal() - at.toordinal() <= STALE.days:
        return False
    last = datetime(at.year, at.month, at.day, tzinfo=UTC) + timedelta(days=_LENGTHS[event.date_precision])
    return last < when - STALE


def telling(tags: Sequence[_Tag]) -> list[_Tag]:
    """The tags of the first field that has any, in their order in the text."""
    if len(tags) < 2:
        return list(tags)
    best, found = len(_FIELDS), list[_Tag]()
    for tag in tags:
        field = _first_field(tag.mentions)
        if field < best:
            best, found = field, [tag]
        elif field == best:
            found.append(tag)
    return sorted(found, key=_offset) if len(found) > 1 else found


def _first_field(mentions: tuple[Mention, ...]) -> int:
    first = 2 if mentions else 0
    for mention in mentions:
        if mention.field == "title":
            return 0
        if mention.field == "summary":
            first = 1
    return first


def _offset(tag: RegionTag | ActorTag) -> int:
    first = -1
    for mention in tag.mentions:
        at = mention.start
        if first < 0 or at < first:
            first = at
    return max(first, 0)
