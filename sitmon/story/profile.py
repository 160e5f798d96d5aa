"""What of an item says which event it tells: who, where, what, when, how many, in which words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from sitmon.model import HARMS, Event, EventType, Item, Mention, RegionTag, Tags
from sitmon.story import phrases, word
from sitmon.story.gist import READ, Gist, gist_of, is_old, telling

STATE_KINDS: Final = frozenset(("state", "military", "police", "igo", "media", "ngo", "party"))
"""Actors that occur in the news of many events, and so tell less which one it is."""
FEW_STEMS, FEW_THINGS = 5, 2
"""A title with fewer of them is read together with its summary."""


@dataclass(frozen=True, slots=True)
class Place:
    """Made once for all items that name it: most of it is asked in each comparison."""

    id: str
    lat: float | None
    lon: float | None
    capital: bool
    """Much happens in capitals, and so being there tells less."""
    country: str
    last: str
    """The last part of the id."""
    keys: tuple[str, ...]
    """Of the division and of all in it down to the place: `p:ML.Kidal`, `p:ML.Kidal.Aguelhok`."""


@lru_cache(maxsize=8192)
def place(region: str, lat: float | None, lon: float | None, capital: bool = False) -> Place:
    parts = region.split(".")
    keys = tuple(["p:" + ".".join(parts[:size]) for size in range(2, len(parts) + 1)])
    return Place(region, lat, lon, capital, parts[0], parts[-1], keys)


class Profile:
    """One item as the folding sees it. Sets are small; `hour` counts from the epoch.

    Actors, stems, names and things are keys of the index: of those that ten thousand items share, each is one string.
    No dataclass: it works out its fields, and one is made of each item.
    """

    def __init__(self, item: Item, gist: Gist, kin: Kin) -> None:
        tags, when, title, event = item.tags, item.when, item.title, gist.event
        begin, signs = title[:READ], word.signs(gist.title)
        self.item = item.id
        self.gist = gist
        self.hour = when.timestamp() / 3600
        self.daily = phrases.is_daily(begin, signs)
        """It tallies one day."""
        self.day = when.toordinal() if self.daily else _told_day(event, when)
        """Ordinal of the event's day where the text dates it to the day."""
        self.old = event is not None and is_old(event, when)
        """The text dates its event long before its own publication."""
        self.type = event.type if event is not None and event.type != EventType.OTHER else tags.type
        self.places = _places(tags.regions, event, title)
        """Towns and divisions, the most telling first; none contains another."""
        self.countries = {place.country for place in self.places}.union(_countries(tags, gist))
        self.areas = {tag.id for tag in gist.places if tag.country is None}
        """Regions of no one country: a sea, a disputed land."""
        self.actors = {f"a:{actor.id}" for actor in gist.actors if actor.kind not in STATE_KINDS}
        """Those who fight or are named: groups, companies, persons."""
        self.states = {f"a:{actor.id}" for actor in gist.actors if actor.kind in STATE_KINDS}
        """Governments, armies, organisations."""
        self.kin = {f"a:{relative}" for actor in gist.actors for relative in kin(actor.id)}
        """Parents, parts, successors and predecessors of all of these: near enough to be meant."""
        self.tolls = _tolls(event) if event is not None else []
        """Kind of harm, low, high."""
        self.victims = _victims(event) if event is not None else set()
        """Of whom the harm is told: actors, or words in English."""
        self.stems, self.names, self.things, self.said = _words(gist, tags)
        """Of its words. Things are concepts, in no language; `said` are stems and names of the title."""
        self.targets = self.things & word.targets()
        """Those of its things that get hit."""
        self.again = phrases.is_another(f"{title} {item.summary[:READ]}", signs | word.signs(gist.summary))
        """It says itself that it is another one than what was told before."""
        self.after = phrases.is_after(begin, signs)
        """It tells what came of an event, and may be late."""


_SPEAKING: Final = re.compile(
    r"(?:['’]s)?\s+(?:says?|said|claims?|accus|blam|warns?|den(?:y|ies)|vows?|calls?|wants?|seeks?|military|forces|troops|army|"
    r"officials|government|dit|affirm|annonc|dénonc|dice|denunci|anunci|afirm|diz|sagt|meldet|wirft|заяв|обвин|звинува)",
    re.IGNORECASE,
)
"""What follows a capital's name where it means a government: to say, to claim, its army, in the languages we read."""

Kin = Callable[[str], frozenset[str]]
"""Parents, parts, successors and predecessors of an actor, not itself."""


def of(item: Item, kin: Kin) -> Profile:
    return Profile(item, gist_of(item), kin)


def _words(gist: Gist, tags: Tags) -> tuple[set[str], set[str], set[str], set[str]]:
    """Stems, names and concepts: of the title, of the summary too where the title says few; names always of both.

    What is tagged is evidence as a place or an actor, and not again as a word. But what the title says, the last of the
    four, is all of it but the countries: that two tell of one is counted as that.
    """
    stems, names, things = word.stems(gist.title), word.names(gist.title), word.things(gist.title)
    said = stems | names
    names |= word.names(gist.summary)
    if len(stems) < FEW_STEMS:
        stems |= word.stems(gist.summary)
    if len(things) < FEW_THINGS:
        things |= word.things(gist.summary)
    for place in tags.regions:
        is_country = place.kind == "country"
        for mention in place.mentions:
            tagged = _named(mention.text)
            stems -= tagged[0]
            names -= tagged[1]
            things -= tagged[2]
            if is_country:
                said -= tagged[0] | tagged[1]
    for actor in tags.actors:
        for mention in actor.mentions:
            names -= _named(mention.text)[1]
    return stems, names, things, said


@lru_cache(maxsize=8192)
def _named(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Stems, names and concepts of the words of a tag: a few thousand make up the news."""
    said = word.read(text)
    return frozenset(word.stems(said)), frozenset(word.names(said)), frozenset(word.things(said))


def _told_day(event: Event | None, when: datetime) -> int | None:
    """The day that the text itself gives; the day of publication is what taggers take where it gives none."""
    if event is None or event.date is None or event.date_precision != "day" or event.date == when.date():
        return None
    return event.date.toordinal()


def _places(regions: Sequence[RegionTag], event: Event | None, title: str) -> list[Place]:
    deep = telling([tag for tag in regions if "." in tag.id])
    if not deep:
        return []
    speaking = _governments(deep, title)
    deep = [tag for tag in deep if tag.id not in speaking]
    if event is not None and event.place:
        first = event.place
        deep.sort(key=lambda tag: tag.id != first)
    found = [place(tag.id, tag.lat, tag.lon, _is_capital(tag)) for tag in deep]
    outer = {key for one in found for key in one.keys[:-1]}
    return [one for one in found if one.keys[-1] not in outer][:4]


def _is_capital(tag: RegionTag) -> bool:
    return any([mention.rule.startswith("capital") for mention in tag.mentions])


def _governments(deep: list[RegionTag], title: str) -> set[str]:
    """Capitals that stand for those who rule in them: `Kiev says`, `: Kiev military`, `Kiev et Moscou`."""
    capitals = [tag for tag in deep if _is_capital(tag)]
    if len({tag.country for tag in capitals}) > 1:
        return {tag.id for tag in capitals}
    return {tag.id for tag in capitals if all([_speaks(mention, title) for mention in tag.mentions])}


def _speaks(mention: Mention, title: str) -> bool:
    if mention.field != "title":
        return False
    behind = title[mention.end :]
    named_last = len(behind.split()) <= 2 and re.search(r"(?:[:–—]|\s-)\s*$", title[: mention.start]) is not None
    return named_last or _SPEAKING.match(behind) is not None


def _countries(tags: Tags, gist: Gist) -> list[str]:
    """Where the first field that says it is: in a country or in an area of one; else its actors' homes."""
    named = [tag.country for tag in telling([tag for tag in tags.regions if tag.country]) if tag.country]
    return named or list(tags.countries[:3]) or [actor.country for actor in gist.actors if actor.country]


def _tolls(event: Event) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for harm in HARMS:
        counts = getattr(event, harm)
        if counts:
            high = sum({count.of: count.high for count in counts}.values())
            found.append((harm, min([count.low for count in counts]), high))
    return found


def _victims(event: Event) -> set[str]:
    return {count.of for harm in HARMS for count in getattr(event, harm) if count.of}
