"""Events as single sentences tell them, or clauses with a time of their own: drafts of what a document tells.

Each sentence, or clause, that speaks strongly enough for one kind of event drafts one. What a text only remembers is
left out unless it is dated itself, and so is what lies ahead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sitmon.model import Count, EventType, RegionTag
from sitmon.tag import kinds
from sitmon.tag.casualties import Figure
from sitmon.tag.dates import Moment
from sitmon.tag.languages import function_words
from sitmon.tag.sentences import LEAST, Located, Sentence

_LEAST_UNDATED: Final = 4.5
"""What a sentence below the lead and without a time must score to be an event: much there is background."""

CALM: Final = frozenset({EventType.OTHER})
"""Kinds that are no events."""
_OTHER: Final = kinds.NUMBER[EventType.OTHER]
_DIPLOMACY: Final = kinds.NUMBER[EventType.DIPLOMACY]


@dataclass(slots=True, eq=False)
class Draft:
    """An event while it is being put together, told in words `first` to `last` (exclusive) of a sentence."""

    kind: EventType
    score: float
    sentence: Sentence
    first: int
    last: int
    moment: Moment | None
    place: RegionTag | None
    actors: list[str]
    figures: list[Figure]
    by: str | None
    lead: bool
    counts: dict[str, list[Count]] = field(default_factory=dict)
    is_fresh: bool = False
    """It has the day of publication for want of another."""


def scores(sentence: Sentence) -> kinds.Scores:
    """Told harm is no game, and no talk: figures take the force of what only looks like an event, and of words."""
    found = sentence.scores
    if sentence.figures and not sentence.looks_back:
        found = found.copy()
        found[_OTHER] *= 0.4
        found[_DIPLOMACY] *= 0.6
    return found


def drafted(sentence: Sentence, overall: EventType, lead: bool, remembers: bool) -> Iterator[Draft]:
    """The events of one sentence. `remembers` tells that the document is about an anniversary."""
    for first, last, moment, alone in _clauses(sentence):
        dated = alone or (moment is not None and moment.precision != "year")
        if (sentence.looks_back or remembers) and not dated:
            continue
        if draft := _draft(sentence, first, last, moment, overall, lead):
            yield draft


def _draft(
    sentence: Sentence, first: int, last: int, moment: Moment | None, overall: EventType, lead: bool
) -> Draft | None:
    whole = first == sentence.first and last == sentence.last
    signs = sentence.signs if whole else [sign for sign in sentence.signs if first <= sign.first < last]
    found = [figure for figure in sentence.figures if first <= figure.at < last]
    scored = scores(sentence) if whole else kinds.score(signs)
    kind = _of_dated_clause(sentence, moment) if whole and moment and not found else None
    kind = kind or kinds.best(scored, LEAST if lead or moment or sentence.points_back else _LEAST_UNDATED)
    if kind is None or kind in CALM:
        if not found and (kind is not None or not lead or not any(scored)):
            return None
        kind = overall
    return Draft(
        kind=kind,
        score=scored[kinds.NUMBER[kind]],
        sentence=sentence,
        first=first,
        last=last,
        moment=moment,
        place=place(sentence, first, last, signs[0].first if signs else first),
        actors=list(dict.fromkeys(actor.id for actor in sentence.actors if first <= actor.first < last)),
        figures=found,
        by=sentence.by if found or not sentence.figures else None,
        lead=lead,
    )


# ---------------------------------------------------------------- clauses


def _of_dated_clause(sentence: Sentence, moment: Moment) -> EventType | None:
    """What the clause with the time tells, where it tells something: not what `slowed by rains` does."""
    for first, last in _segments(sentence):
        if first <= moment.first < last:
            return kinds.best(kinds.score(s for s in sentence.signs if first <= s.first < last), LEAST)
    return None


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int, Moment | None, bool]]:
    """The sentence with its time; or, where it tells several times, the clauses that have one each."""
    moments = [m for m in sentence.moments if m.tense != "future"]
    if len({(m.day, m.precision) for m in moments}) < 2:
        ahead = next((m for m in sentence.moments if m.tense == "future"), None)
        if ahead is None or moments or sentence.figures or _tells_news(sentence, ahead):
            yield sentence.first, sentence.last, moments[0] if moments else None, False
        return
    taken = False
    for first, last in _segments(sentence):
        moment = next((m for m in moments if first <= m.first < last), None)
        if moment and kinds.best(kinds.score(s for s in sentence.signs if first <= s.first < last), LEAST):
            taken = True
            yield first, last, moment, True
    if not taken:
        yield sentence.first, sentence.last, moments[0], False


def _tells_news(sentence: Sentence, ahead: Moment) -> bool:
    """Whether the sentence tells news beside what it announces."""
    return any(sign.first < ahead.first - 12 for sign in sentence.signs)


def _segments(sentence: Sentence) -> Iterator[tuple[int, int]]:
    first, words, opening = sentence.first, sentence.words, function_words("opens_clause")
    for i in range(sentence.first + 1, sentence.last):
        gap = words.gap(i)
        if i - first >= 3 and ("," in gap or "،" in gap or ":" in gap or words.folded[i] in opening):
            yield first, i
            first = i
    yield first, sentence.last


# ---------------------------------------------------------------- places

_RANK: Final = {"place": 3.0, "admin1": 2.0, "country": 1.0}


def place(sentence: Sentence, first: int, last: int, trigger: int) -> RegionTag | None:
    """The most specific region named in the clause, better after a preposition and near the word for the event."""
    best, found = 0.0, None
    for region in sentence.regions:
        if first <= region.first < last and not is_attribute(sentence, region):
            value = _RANK[region.tag.kind] - 0.02 * min(abs(region.first - trigger), 20)
            if region.first and sentence.words.folded[region.first - 1] in function_words("before_place"):
                value += 0.6
            if value > best:
                best, found = value, region.tag
    return found


def is_attribute(sentence: Sentence, region: Located) -> bool:
    """Whether it does not say where: an area, a demonym (`Russian mercenaries`), a part of an actor's name."""
    if region.tag.kind == "area" or "demonym" in region.rule:
        return True
    return any(actor.first <= region.first and region.last <= actor.last for actor in sentence.actors)


def home(told: Sequence[Sentence]) -> RegionTag | None:
    """Where the document as a whole is: the place named first, most and most precisely."""
    found: dict[str, float] = {}
    tags: dict[str, RegionTag] = {}
    for at, sentence in enumerate(told[:40]):
        for region in sentence.regions:
            if not is_attribute(sentence, region):
                tags[region.tag.id] = region.tag
                worth = 0.4 + (1.5 if sentence.field == "title" else 1.0 if at < 2 else 0.0)
                found[region.tag.id] = found.get(region.tag.id, _RANK[region.tag.kind]) + worth
    if found:
        return tags[max(found, key=lambda name: found[name])]
    countries = {r.tag.id: r.tag for s in told[:4] for r in s.regions if r.tag.kind == "country"}
    return next(iter(countries.values())) if len(countries) == 1 else None
