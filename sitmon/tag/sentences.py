"""What each sentence of a document says: kinds of event, figures, times, and who and where it names.

A sentence without a word for an event, a harm or a time is passed over at the price of looking its words up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, TypeVar

from sitmon.model import ActorTag, FieldName, Mention, RegionTag
from sitmon.tag import kinds
from sitmon.tag.casualties import Figure, figures
from sitmon.tag.claims import Named, claimant
from sitmon.tag.dates import Moment
from sitmon.tag.languages import function_words, language_of
from sitmon.tag.lexemes import Lexeme
from sitmon.tag.signs import Hits, Sign, Signs, Span, vocabulary
from sitmon.tag.text import Words, wordset
from sitmon.tag.when import moments

LEAST: Final = 2.4
"""What a sentence must score to be an event of a kind."""
_MOST_WORDS: Final = 6000
"""Words read of a field, twelve pages: a bound on the time that hostile text takes."""
_LONGEST: Final = 120
"""Words; a longer sentence is cut, so that hostile text costs no more than its length."""


class Located(Span):
    """A region named in these words."""

    __slots__ = ("rank", "tag")

    def __init__(self, first: int, last: int, tag: RegionTag, rank: float) -> None:
        self.first, self.last, self.tag = first, last, tag
        self.rank = rank
        """How precisely it says where; 0 for what says no such thing: an area, a demonym (`Russian mercenaries`)."""


class Sentence(Span):
    """Words of a field that are a sentence, and what they say."""

    __slots__ = (
        "actors",
        "figures",
        "looks_back",
        "moments",
        "number",
        "opens_paragraph",
        "points_back",
        "regions",
        "says",
        "scores",
        "signs",
        "words",
    )

    def __init__(
        self,
        words: Words,
        first: int,
        last: int,
        number: int,
        opens_paragraph: bool,
        signs: list[Sign],
        moments: list[Moment],
        figures: list[Figure],
        actors: list[Named],
        regions: list[Located],
        says: Signs,
        looks_back: bool,
        points_back: bool,
    ) -> None:
        self.words, self.first, self.last = words, first, last
        self.number = number
        """Its place in its field, from 0."""
        self.opens_paragraph = opens_paragraph
        self.signs = signs
        """Concepts, see kinds.toml."""
        self.scores = kinds.score(signs)
        self.moments, self.figures, self.actors, self.regions = moments, figures, actors, regions
        self.says = says
        """Words of the field that tell who says so."""
        self.looks_back = looks_back
        """It speaks of an anniversary."""
        self.points_back = points_back
        """It goes on about what was told before (`that day`, `the toll`)."""

    def claimant(self) -> str | None:
        """By whose word it is told, see `claims`."""
        return claimant(self.words, self.says, self.first, self.last, self.actors)

    @property
    def field(self) -> FieldName:
        return self.words.field


_END: Final = re.compile(r"[.!?؟;][\"”»’)\]]*\s+|[。！？\n]|[•|]\s")
"""Ends a sentence where it stands between two words."""
_SHORT_END: Final = "\n。！？"
"""Single characters that do."""
_ABBREVIATION: Final = function_words("abbreviation")
_AFTER_ORDINAL: Final = function_words("after_ordinal")


def split(words: Words) -> list[tuple[int, int, bool]]:
    """First and last word of each sentence, and whether a paragraph begins with it; one follows on the other."""
    found: list[tuple[int, int, bool]] = []
    text, starts, ends = words.text, words.starts, words.ends
    first, opens = 0, True
    for i in range(1, len(starts)):
        end, start = ends[i - 1], starts[i]
        if start == end + 1 and (text[end] == " " or text[end] not in _SHORT_END):
            continue  # most words: in a third of the time of a search of the whole text
        gap = text[end:start]
        closing = _closing(words, i, gap) if gap != ", " else ""
        if closing:
            _cut(found, first, i, opens)
            first, opens = i, "\n" in closing
    _cut(found, first, len(starts), opens)
    return found


def _closing(words: Words, i: int, gap: str) -> str:
    """What ends a sentence in the gap before word `i`, with the space after it; nothing for none."""
    if gap == ". ":  # as most of them
        return "" if _is_abbreviation(words, i) else gap
    match = _END.search(gap)
    while match and gap[match.start()] == "." and _is_abbreviation(words, i):
        match = _END.search(gap, match.end())
    return match[0] if match else ""


def _cut(found: list[tuple[int, int, bool]], first: int, last: int, opens: bool) -> None:
    """Adds a sentence, in pieces if it is long."""
    for at in range(first, last, _LONGEST):
        found.append((at, min(at + _LONGEST, last), opens and at == first))


def _is_abbreviation(words: Words, last: int) -> bool:
    before = words.folded[last - 1]
    if last < len(words) and words.is_lower(last):
        return True
    if before.isdigit() and last < len(words) and len(before) < 3:
        return words.folded[last] in _AFTER_ORDINAL
    return before in _ABBREVIATION or (len(before) == 1 and before.isalpha() and words.is_capital(last - 1))


_SAYING: Final = frozenset({"according", "saying", "speaker"})
_NO_SIGNS: Final = Signs([])


class Reader:
    """Reads the fields of one document."""

    def __init__(
        self,
        passages: Sequence[Words],
        regions: tuple[RegionTag, ...],
        actors: tuple[ActorTag, ...],
        published: date | None,
        stated: str | None,
    ) -> None:
        heads: list[Lexeme] = []
        for words in passages:
            heads += words.lexemes[:60]
        known = vocabulary(language_of(heads, stated))
        self._fields: list[tuple[Words, Hits]] = []
        for words in passages:
            read = words if len(words) <= _MOST_WORDS else _beginning(words)
            self._fields.append((read, known.hits(read)))
        self._regions, self._actors, self._published = regions, actors, published

    def tells_little(self) -> bool:
        """Whether no sentence can be an event: what all of them name together is not enough, and nobody is harmed."""
        signs: list[Sign] = []
        for _, hits in self._fields:
            if hits.may_harm:
                return False
            signs += hits.kinds
        return not kinds.may_reach(signs, LEAST)

    def sentences(self) -> list[Sentence]:
        """Those sentences of the document that say something of what happened."""
        told: list[Sentence] = []
        for words, hits in self._fields:
            if hits.kinds or hits.may_harm or hits.times:
                self._read(words, hits, told)
        return told

    def _read(self, words: Words, hits: Hits, told: list[Sentence]) -> None:
        """Adds the sentences of a field that say something; what they say is handed out to them in order."""
        concepts, timed = hits.kinds, hits.times
        counted = hits.counts() if hits.may_harm or _has(concepts, "claim") else []
        harms = [sign for sign in counted if sign.kind == "harm"]
        counts = Signs(counted) if harms else _NO_SIGNS
        said = [sign for sign in counted if sign.kind in _SAYING]
        says = Signs(said) if said else _NO_SIGNS
        times = moments(words, timed, self._published)
        dates = {i for moment in times for i in range(moment.first, moment.last)}
        if dates:  # `on 4 March` nobody marches
            concepts = [sign for sign in concepts if sign.first not in dates or sign.last > sign.first + 1]
        actors, regions = _named(words, self._actors), _located(words, self._regions)
        backs = [sign for sign in timed if sign.kind == "anniversary"]
        thens = [sign for sign in timed if sign.kind == "then"]
        sign = harm = time = actor = region = 0
        for number, (first, last, opens) in enumerate(split(words)):
            next_sign, next_harm = _end(concepts, sign, last), _end(harms, harm, last)
            next_time = _end(times, time, last)
            next_actor, next_region = _end(actors, actor, last), _end(regions, region, last)
            found = figures(words, counts, first, last, dates) if next_harm > harm else []
            if found and _is_denied(words, last):
                found = []
            if next_sign > sign or found or next_time > time:
                told.append(
                    Sentence(
                        words,
                        first,
                        last,
                        number,
                        opens,
                        concepts[sign:next_sign],
                        times[time:next_time],
                        found,
                        actors[actor:next_actor],
                        regions[region:next_region],
                        says,
                        bool(backs) and _begins(backs, first, min([figure.at for figure in found], default=last)),
                        bool(thens) and _begins(thens, first, first + 6),
                    )
                )
            sign, harm, time, actor, region = next_sign, next_harm, next_time, next_actor, next_region


_DENIED: Final = wordset("no nao non nein nope нет ні لا falso faux fake false boato bulo hoax")
"""Answers to the question that a headline asks."""
_ASKS: Final = frozenset("?؟")


def _is_denied(words: Words, last: int) -> bool:
    """Whether the sentence before word `last` is a question that the headline answers: `40 dead in Recife? No, …`."""
    if words.field != "title" or last >= len(words):
        return False
    return words.folded[last] in _DENIED and not _ASKS.isdisjoint(words.gap(last))


_SpanT = TypeVar("_SpanT", bound=Span)


def _end(spans: list[_SpanT], at: int, last: int) -> int:
    """Past those spans, from number `at` on, that begin before word `last`."""
    while at < len(spans) and spans[at].first < last:
        at += 1
    return at


def _begins(signs: list[Sign], first: int, last: int) -> bool:
    """Whether one begins at words `first` to `last`."""
    return any(first <= sign.first < last for sign in signs)


def _has(signs: list[Sign], kind: str) -> bool:
    return any(sign.kind == kind for sign in signs)


def _named(words: Words, actors: tuple[ActorTag, ...]) -> list[Named]:
    """The actors that are named in a field, in order."""
    found: list[tuple[int, int, str]] = []
    for actor in actors:
        for mention in actor.mentions:
            if mention.field == words.field:
                first, last = _span(words, mention)
                found.append((first, last, actor.id))
    found.sort()
    return [Named(first, last, id_) for first, last, id_ in found]


_RANK: Final = {"place": 3.0, "admin1": 2.0, "country": 1.0, "area": 0.0}


def _located(words: Words, regions: tuple[RegionTag, ...]) -> list[Located]:
    """The regions that are named in a field, in order."""
    found: list[Located] = []
    for region in regions:
        rank = _RANK[region.kind]
        for mention in region.mentions:
            if mention.field == words.field:
                first, last = _span(words, mention)
                at = len(found)
                while at and found[at - 1].first > first:
                    at -= 1
                found.insert(at, Located(first, last, region, 0.0 if "demonym" in mention.rule else rank))
    return found


def _span(words: Words, mention: Mention) -> tuple[int, int]:
    first = words.behind(mention.start + 1) - 1
    return first, max(first + 1, words.behind(mention.end))


def _beginning(words: Words) -> Words:
    """What is read of a field that is longer than any article."""
    last = _MOST_WORDS
    text = words.text[: words.ends[last - 1]]
    return Words(words.field, text, words.folded[:last], words.starts[:last], words.ends[:last], words.shape)
