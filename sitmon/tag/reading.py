"""A document as the taggers see it: its words, and the known names that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from sitmon.model import ActorEntry, Document, FieldName, PlaceEntry, Tags
from sitmon.tag.lexicon import Lexicon, Sense
from sitmon.tag.scan import Hit, scan
from sitmon.tag.text import Words, read

FIELDS: Final[tuple[FieldName, ...]] = ("title", "summary", "content")


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


class Stage(Protocol):
    """A tagger: it brings names, and says what it finds. Stages run in the order of `tag.TAGGERS`."""

    def senses(self) -> Iterable[Sense]:
        """What it adds to the lexicon."""

    def tag(self, reading: Reading, tags: Tags) -> Tags:
        """The tags with what this stage found; `tags` holds what earlier stages did."""


def read_document(document: Document, lexicon: Lexicon) -> Reading:
    passages: list[Passage] = []
    for name in FIELDS:
        if text := document.text(name):
            words = read(text, name)
            passages.append(Passage(words, scan(words, lexicon)))
    return Reading(document, passages)
