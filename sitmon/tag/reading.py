"""A document as the taggers see it: its words, and the known names that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from sitmon.model import (
    ActorEntry,
    ActorTag,
    Document,
    Event,
    EventType,
    FieldName,
    PlaceEntry,
    RegionTag,
    Severity,
    Tags,
)
from sitmon.tag.lexicon import Lexicon, Sense
from sitmon.tag.scan import Hit, scan
from sitmon.tag.text import Words, begins, read


@dataclass(frozen=True, slots=True)
class Own:
    """What the operator adds to the shipped names, and takes from them."""

    places: tuple[PlaceEntry, ...] = ()
    actors: tuple[ActorEntry, ...] = ()


class Passage:
    """One field of the document and the names in it, in order."""

    __slots__ = ("hits", "words")

    def __init__(self, words: Words, hits: list[Hit]) -> None:
        self.words, self.hits = words, hits


class Reading:
    """The document with its passages: those of its fields that are not empty, title first."""

    __slots__ = ("document", "passages")

    def __init__(self, document: Document, passages: list[Passage]) -> None:
        self.document, self.passages = document, passages

    def hits(self) -> Iterator[Hit]:
        for passage in self.passages:
            yield from passage.hits


_OTHER: Final = EventType.OTHER
_UNKNOWN: Final = Severity.UNKNOWN


class Findings:
    """`Tags` in the making, to which each stage adds its own."""

    __slots__ = ("actors", "countries", "events", "regions", "severity", "type")

    def __init__(self) -> None:
        self.countries: tuple[str, ...] = ()
        self.regions: tuple[RegionTag, ...] = ()
        self.actors: tuple[ActorTag, ...] = ()
        self.events: tuple[Event, ...] = ()
        self.type, self.severity = _OTHER, _UNKNOWN

    def tags(self) -> Tags:
        return Tags(self.countries, self.regions, self.actors, self.events, self.type, self.severity)


class Stage(Protocol):
    """A tagger: it brings names, and says what it finds. Stages run in the order of `tag.TAGGERS`."""

    def senses(self) -> Iterable[Sense]:
        """What it adds to the lexicon."""

    def tag(self, reading: Reading, findings: Findings) -> None:
        """Adds what this stage finds to what earlier stages did."""


def read_document(document: Document, lexicon: Lexicon) -> Reading:
    fields: list[tuple[FieldName, str]] = [
        ("title", document.title),
        ("summary", document.summary),
        ("content", document.content),
    ]
    passages: list[Passage] = []
    for name, text in fields:
        if text:
            words = read(text, name, _begun(text, passages))
            passages.append(Passage(words, scan(words, lexicon)))
    return Reading(document, passages)


def _begun(text: str, passages: list[Passage]) -> Words | None:
    """The words of the last field before with whose text this one begins."""
    for passage in reversed(passages):
        if begins(text, passage.words):
            return passage.words
    return None
