"""What each sentence of a document says: kinds of event, figures, times, and who and where it names.

A sentence without a word for an event, a harm or a time is passed over at the price of looking its words up.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sitmon.model import ActorTag, FieldName, Mention, RegionTag
from sitmon.tag import kinds
from sitmon.tag.casualties import Figure, figures
from sitmon.tag.claims import Named, claimant
from sitmon.tag.dates import Moment
from sitmon.tag.languages import function_words, language_of
from sitmon.tag.signs import Hits, Sign, by_word, vocabulary
from sitmon.tag.text import Words
from sitmon.tag.when import moments

LEAST: Final = 2.4
"""What a sentence must score to be an event of a kind."""
_MOST_WORDS: Final = 6000
"""Words read of a field, twelve pages: a bound on the time that hostile text takes."""
_LONGEST: Final = 120
"""Words; a longer sentence is cut, so that hostile text costs no more than its length."""


@dataclass(frozen=True, slots=True)
class Located:
    """A region named in words `first` to `last` (exclusive) of a text."""

    first: int
    last: int
    tag: RegionTag
    rule: str


@dataclass(slots=True, eq=False)
class Sentence:
    """Words `first` to `last` (exclusive) of a field, and what they say."""

    words: Words
    first: int
    last: int
    number: int
    """Its place in its field, from 0."""
    signs: list[Sign]
    """Concepts, see kinds.toml."""
    scores: kinds.Scores
    moments: list[Moment]
    figures: list[Figure]
    by: str | None
    actors: list[Named]
    regions: list[Located]
    looks_back: bool
    """It speaks of an anniversary."""
    points_back: bool
    """It goes on about what was told before (`that day`, `the toll`)."""
    opens_paragraph: bool

    @property
    def field(self) -> FieldName:
        return self.words.field


_END: Final = re.compile(r"[.!?؟;。！？\n•|](?:(?<=[.!?؟;])[\"”»’)\]]*(?:\s+|$)|(?<=[。！？])|(?<=\n)\s*|(?<=[•|])\s)")
"""Begins with one set of characters, for those a search skips to at once."""


def split(words: Words) -> Iterator[tuple[int, int, bool]]:
    """First and last word of each sentence, and whether a paragraph begins with it."""
    first, text, starts, opens = 0, words.text, words.starts, True
    for match in _END.finditer(text):
        last = bisect_left(starts, match.end())
        if last <= first or (text[match.start()] == "." and _is_abbreviation(words, last)):
            continue
        for at in range(first, last, _LONGEST):
            yield at, min(at + _LONGEST, last), opens and at == first
        first, opens = last, "\n" in match[0]
    for at in range(first, len(words), _LONGEST):
        yield at, min(at + _LONGEST, len(words)), opens and at == first


def _is_abbreviation(words: Words, last: int) -> bool:
    before = words.folded[last - 1]
    if last < len(words) and words.is_lower(last):
        return True
    if before.isdigit() and last < len(words) and len(before) < 3:
        return words.folded[last] in function_words("after_ordinal")
    return before in function_words("abbreviation") or (
        len(before) == 1 and before.isalpha() and words.is_capital(last - 1)
    )


_SAYING: Final = frozenset({"according", "saying", "speaker"})


class Reader:
    """Reads the fields of one document."""

    def __init__(
        self,
        passages: Sequence[Words],
        regions: Iterable[RegionTag],
        actors: Iterable[ActorTag],
        published: date | None,
        stated: str | None,
    ) -> None:
        self.language = language_of([lexeme for words in passages for lexeme in words.lexemes[:60]], stated)
        read = vocabulary(self.language)
        passages = [words if len(words) <= _MOST_WORDS else _beginning(words) for words in passages]
        self._passages = [(words, read.hits(words)) for words in passages]
        self._concepts = [hits.signs("kinds") for _, hits in self._passages]
        self._published = published
        self._regions = [(m, region) for region in regions for m in region.mentions]
        self._actors = [(m, actor) for actor in actors for m in actor.mentions]

    def tells_little(self) -> bool:
        """Whether no sentence can be an event: what all of them name together is not enough, and nobody is harmed."""
        if any(hits.has("counts", "harm") for _, hits in self._passages):
            return False
        return not kinds.may_reach([sign for concepts in self._concepts for sign in concepts], LEAST)

    def sentences(self) -> Iterator[Sentence]:
        """Those sentences of the document that say something of what happened."""
        for (words, hits), concepts in zip(self._passages, self._concepts, strict=True):
            yield from self._in_field(words, hits, concepts)

    def _in_field(self, words: Words, hits: Hits, concepts: list[Sign]) -> Iterator[Sentence]:
        timed, harmed = hits.signs("times"), hits.has("counts", "harm")
        if not concepts and not harmed and not timed:
            return
        counted = hits.signs("counts") if harmed or any(sign.kind == "claim" for sign in concepts) else []
        harms = [sign.first for sign in counted if sign.kind == "harm"]
        counts = by_word(counted) if harmed else {}
        says = by_word(sign for sign in counted if sign.kind in _SAYING)
        told = moments(words, by_word(timed), self._published)
        dates = {i for moment in told for i in range(moment.first, moment.last)}
        actors = sorted(self._named(words))
        regions = sorted(self._located(words), key=lambda place: place.first)
        starts = [sign.first for sign in concepts]
        days = [moment.first for moment in told]
        backs = [sign.first for sign in timed if sign.kind == "anniversary"]
        thens = {sign.first for sign in timed if sign.kind == "then"}
        for number, (first, last, opens) in enumerate(split(words)):
            signs = concepts[bisect_left(starts, first) : bisect_left(starts, last)]
            harmful = bisect_left(harms, first) < bisect_left(harms, last)
            found = figures(words, counts, first, last, dates) if harmful else []
            inside = told[bisect_left(days, first) : bisect_left(days, last)]
            if not signs and not found and not inside:
                continue
            here = [actor for actor in actors if first <= actor.first < last]
            yield Sentence(
                words=words,
                first=first,
                last=last,
                number=number,
                signs=signs,
                scores=kinds.score(signs),
                moments=inside,
                figures=found,
                by=claimant(words, says, first, last, here),
                actors=here,
                regions=[region for region in regions if first <= region.first < last],
                looks_back=_looks_back(backs, first, last, found),
                points_back=not thens.isdisjoint(range(first, first + 6)),
                opens_paragraph=opens,
            )

    def _named(self, words: Words) -> Iterator[Named]:
        for mention, actor in self._actors:
            if mention.field == words.field:
                yield Named(*_span(words, mention), actor.id)

    def _located(self, words: Words) -> Iterator[Located]:
        for mention, region in self._regions:
            if mention.field == words.field:
                yield Located(*_span(words, mention), region, mention.rule)


def _span(words: Words, mention: Mention) -> tuple[int, int]:
    return bisect_right(words.starts, mention.start) - 1, bisect_left(words.starts, mention.end)


def _looks_back(anniversaries: Sequence[int], first: int, last: int, found: Sequence[Figure]) -> bool:
    """Whether an anniversary is the news, not what other news stands beside."""
    ends = min((figure.at for figure in found), default=last)
    return bisect_left(anniversaries, first) < bisect_left(anniversaries, ends)


def _beginning(words: Words) -> Words:
    """What is read of a field that is longer than any article."""
    last = _MOST_WORDS
    text = words.text[: words.ends[last - 1]]
    return Words(words.field, text, words.folded[:last], words.starts[:last], words.ends[:last], words.shape)
