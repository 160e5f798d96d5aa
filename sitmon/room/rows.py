"""Items and their events as rows of the timeline: an article at its own time, an event at the time it happened."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sitmon.model import HARMS, Count, Event, Feed, Item, Story
from sitmon.picture import Row

HARM_WORDS = {
    "killed": "killed",
    "injured": "hurt",
    "missing": "missing",
    "abducted": "abducted",
    "displaced": "displaced",
}

FAR = timedelta(days=366)
"""An event longer ago than this is background of an article, no line in the time of the watch."""


def of_item(item: Item, feed: Feed | None, story: Story | None, *, flagged: bool = False) -> Row:
    """The item's own line. The rating is its source's letter with its story's digit."""
    return Row(
        key=item.id,
        item=item.id,
        kind="item",
        when=item.when,
        precision="minute",
        countries=item.tags.countries,
        source=item.feed,
        rating=rating(feed, story),
        title=item.title,
        type=item.tags.type.value,
        severity=item.tags.severity,
        harm=harm(item.tags.events[0]) if item.tags.events else "",
        similar=len(story.items) - 1 if story else 0,
        flagged=flagged,
        story=item.story,
    )


def of_events(item: Item) -> tuple[Row, ...]:
    """A line for each dated event that happened on another day than the item was published.

    They are kept, so what may be another when they are shown, rating and flag, is put in then.
    """
    return tuple(
        of_event(item, index, event)
        for index, event in enumerate(item.tags.events)
        if event.date and elsewhere(item, event) and item.when - moment(event) < FAR
    )


def elsewhere(item: Item, event: Event) -> bool:
    """The event's day, month or year is not the article's."""
    assert event.date is not None
    day, own = event.date, item.when.date()
    if event.date_precision == "year":
        return day.year != own.year
    if event.date_precision == "month":
        return (day.year, day.month) != (own.year, own.month)
    return day != own


def of_event(item: Item, index: int, event: Event) -> Row:
    field, start, end = event.span
    text = {"title": item.title, "summary": item.summary, "content": item.content}[field]
    country = (event.place[:2],) if event.place and event.place[:2].isupper() else item.tags.countries[:1]
    return Row(
        key=f"{item.id}#{index}",
        item=item.id,
        kind="event",
        when=moment(event),
        precision=event.date_precision or "day",
        countries=country,
        source=item.feed,
        rating=rating(None, None),
        title=text[start:end] or item.title,
        type=event.type.value,
        severity=item.tags.severity,
        harm=harm(event),
        story=item.story,
    )


def moment(event: Event) -> datetime:
    """Noon of the event's day, so that it stands amid that day's articles; the first day of its month or year."""
    assert event.date is not None
    return datetime.combine(event.date, time(12), UTC)


def rating(feed: Feed | None, story: Story | None) -> str:
    letter = feed.reliability if feed else "F"
    return letter + (story.rating[1:] if story else "6")


def harm(event: Event) -> str:
    """`47+84 killed`, `20-30 hurt`; empty where nobody was harmed."""
    told = ((HARM_WORDS[name], getattr(event, name)) for name in HARMS)
    return " ".join(f"{figures(counts)} {word}" for word, counts in told if counts)


def figures(counts: tuple[Count, ...]) -> str:
    return "+".join(str(c.low) if c.low == c.high else f"{c.low}-{c.high}" for c in counts)
