"""A story in words, line by line: who tells it and since when, how many dead by whom, what its latest item adds, and
why it is rated as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sitmon import dtg
from sitmon.model import Entry, Feed, Item, Story, Toll
from sitmon.room.rows import HARM_WORDS, figures
from sitmon.story import proposed, summary
from sitmon.watch import value

Line = tuple[str, str]
"""A label and what it says; an empty label goes on with the one above."""

FORCES = frozenset({"state", "military", "police", "armed_group", "pmc", "coalition"})
"""Kinds of actors of whom a figure is expected where another one claims some."""
PARTIES = 3
"""Of them, the most told of: who is named in passing owes no figure."""
REPORTS = 8
"""Reports of figures that are listed, the newest."""


def dossier(
    story: Story, items: Iterable[Item], feeds: Mapping[str, Feed], given: Entry | None = None
) -> tuple[Line, ...]:
    """`items` are those of the story that were read, its first and latest among them; `given` is the officer's line
    about its credibility, if there is one."""
    read = {item.id: item for item in items}
    letters = _letters(story, feeds)
    return (
        ("sources", _sources(story, letters)),
        ("first", _report(story.items[-1], story.first, read)),
        ("latest", _report(story.items[0], story.latest, read)),
        ("adds", story.news or ("nothing that was not told" if story.items[1:] else "all: it is the first report")),
        *_tolls(story, read.values()),
        ("rating", _rating(story, letters, given)),
    )


def _letters(story: Story, feeds: Mapping[str, Feed]) -> dict[str, str]:
    """The best Admiralty letter of each independent owner."""
    letters = dict.fromkeys(story.owners, "F")
    for name in story.feeds:
        if (feed := feeds.get(name)) and feed.publisher in letters:
            letters[feed.publisher] = min(letters[feed.publisher], feed.reliability)
    return letters


def _sources(story: Story, letters: Mapping[str, str]) -> str:
    """`2 independent: bbc B, tamani C; 5 items of 3 feeds`: what owners share and what is copied counts once."""
    owners = ", ".join(f"{owner} {letter}" for owner, letter in letters.items())
    return (
        f"{len(letters)} independent: {owners}; {_many(len(story.items), 'item')} of {_many(len(story.feeds), 'feed')}"
    )


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _report(item: str, at: datetime, read: Mapping[str, Item]) -> str:
    return f"{dtg.dtg(at)} {read[item].feed}" if item in read else dtg.dtg(at)


def _tolls(story: Story, read: Iterable[Item]) -> Iterator[Line]:
    """The spread with who claims what and who is silent, then each report of a figure, the newest first."""
    actors = {tag.id: tag for item in read for tag in item.tags.actors}
    names = {actor: tag.name for actor, tag in actors.items()}
    named = (actor for actor in story.actors if actor in actors and not actor.startswith("rebels:"))
    forces = [actor for actor in named if actors[actor].kind in FORCES]
    claimed = any(toll.count.by for toll in story.tolls)
    if words := summary(story.tolls, names, forces[:PARTIES] if claimed else ()):
        yield "toll", words
    reports: dict[tuple[datetime, str, str], list[Toll]] = {}
    for toll in story.tolls:
        reports.setdefault((toll.at, toll.feed, toll.item), []).append(toll)
    newest = sorted(reports.items(), reverse=True)
    for (at, feed, _), tolls in newest[:REPORTS]:
        yield "", f"{dtg.dtg(at)} {feed}: {_told(tolls, names)}"
    if len(newest) > REPORTS:
        yield "", f"and {_many(len(newest) - REPORTS, 'earlier report')} of figures"


def _told(tolls: Iterable[Toll], names: Mapping[str, str]) -> str:
    """`47 soldiers killed, says CSP; 12 hurt`."""
    return "; ".join(
        " ".join(
            (figures((toll.count,)), *([names.get(of, of)] if (of := toll.count.of) else ()), HARM_WORDS[toll.harm])
        )
        + (f", says {names.get(by, by)}" if (by := toll.count.by) else "")
        for toll in tolls
    )


def _rating(story: Story, letters: Mapping[str, str], given: Entry | None) -> str:
    """The letter from feeds.yaml; the digit as proposed, or as an officer set it beside what is proposed."""
    letter, why = story.rating[:1], f"proposed from {_many(len(letters), 'independent source')}"
    if given is None:
        return f"{letter} best source; {story.rating[1:]} {why}"
    reason = f": {given.text}" if given.text else ""
    digit = f"{value(given, 'digit')} set by {given.by} {dtg.dtg(given.at)}{reason}"
    return f"{letter} best source; {digit}; {proposed(letters)} {why}"
