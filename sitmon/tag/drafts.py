"""Events as single sentences tell them, or clauses with a time of their own: drafts of what a document tells.

Each sentence, or clause, that speaks strongly enough for one kind of event drafts one. What a text only remembers is
left out unless it is dated itself, and so is what lies ahead.
"""

from __future__ import annotations

from typing import Final

from sitmon.model import Count, RegionTag
from sitmon.tag import kinds
from sitmon.tag.casualties import Figure
from sitmon.tag.dates import Moment
from sitmon.tag.languages import function_words
from sitmon.tag.lexemes import mark
from sitmon.tag.sentences import LEAST, Located, Sentence
from sitmon.tag.signs import Span
from sitmon.tag.wordlists import wordlist

_LEAST_UNDATED: Final = 4.5
"""What a sentence below the lead and without a time must score to be an event: much there is background."""

_BEFORE_PLACE: Final = function_words("before_place")
_OPENS_CLAUSE: Final = function_words("opens_clause")


class Draft(Span):
    """An event while it is being put together, told in these words of a sentence."""

    __slots__ = (
        "actors",
        "by",
        "counts",
        "figures",
        "is_fresh",
        "kind",
        "lead",
        "moment",
        "place",
        "score",
        "sentence",
    )

    def __init__(
        self,
        kind: int,
        score: float,
        sentence: Sentence,
        first: int,
        last: int,
        moment: Moment | None,
        where: RegionTag | None,
        figures: list[Figure],
        lead: bool,
    ) -> None:
        self.kind, self.score, self.sentence, self.first, self.last = kind, score, sentence, first, last
        self.moment, self.place, self.figures, self.lead = moment, where, figures, lead
        self.actors: list[str] = []
        for actor in sentence.actors:
            if first <= actor.first < last and actor.id not in self.actors:
                self.actors.append(actor.id)
        self.by = sentence.claimant() if figures or not sentence.figures else None
        self.counts: dict[str, list[Count]] = {}
        self.is_fresh = False
        """It has the day of publication for want of another."""


def scores(sentence: Sentence) -> kinds.Scores:
    """Told harm is no game, and no talk: figures take the force of what only looks like an event, and of words."""
    found = sentence.scores
    if sentence.figures and not sentence.looks_back and (found[kinds.OTHER] or found[kinds.DIPLOMACY]):
        found = found.copy()
        found[kinds.OTHER] *= 0.4
        found[kinds.DIPLOMACY] *= 0.6
    return found


def drafted(sentence: Sentence, overall: int, lead: bool, remembers: bool) -> list[Draft]:
    """The events of one sentence. `remembers` tells that the document is about an anniversary."""
    found: list[Draft] = []
    for first, last, moment, alone in _clauses(sentence):
        dated = alone or (moment is not None and moment.precision != "year")
        if (sentence.looks_back or remembers) and not dated:
            continue
        if draft := _draft(sentence, first, last, moment, overall, lead):
            found.append(draft)
    return found


def _draft(sentence: Sentence, first: int, last: int, moment: Moment | None, overall: int, lead: bool) -> Draft | None:
    signs, found, kind = sentence.signs, sentence.figures, None
    if first == sentence.first and last == sentence.last:
        scored = scores(sentence)
        if moment and not found:
            kind = _of_dated_clause(sentence, moment)
    else:
        signs = [sign for sign in signs if first <= sign.first < last]
        found = [figure for figure in found if first <= figure.at < last]
        scored = kinds.score(signs)
    if kind is None:
        kind = kinds.best(scored, LEAST if lead or moment or sentence.points_back else _LEAST_UNDATED)
    if kind is None or kind == kinds.OTHER:
        if not found and (kind is not None or not lead or not any(scored)):
            return None
        kind = overall
    where = place(sentence, first, last, signs[0].first if signs else first)
    return Draft(kind, scored[kind], sentence, first, last, moment, where, found, lead)


# ---------------------------------------------------------------- clauses


def _of_dated_clause(sentence: Sentence, moment: Moment) -> int | None:
    """What the clause with the time tells, where it tells something: not what `slowed by rains` does."""
    for first, last in _segments(sentence):
        if first <= moment.first < last:
            return _told(sentence, first, last)
    return None


def _told(sentence: Sentence, first: int, last: int) -> int | None:
    """What a clause tells, if it is an event."""
    return kinds.best(kinds.score([sign for sign in sentence.signs if first <= sign.first < last]), LEAST)


def _clauses(sentence: Sentence) -> list[tuple[int, int, Moment | None, bool]]:
    """The sentence with its time; or, where it tells several times, the clauses that have one each."""
    first, last = sentence.first, sentence.last
    if not sentence.moments:
        return [(first, last, None, False)]
    moments = [m for m in sentence.moments if m.tense != "future"]
    if not moments:
        tells = bool(sentence.figures) or _tells_news(sentence, sentence.moments[0])
        return [(first, last, None, False)] if tells else []
    telling = [m for m in moments if not is_said(sentence, m)]
    moments = telling if any([not is_range(sentence, m) for m in telling]) else moments
    found: list[tuple[int, int, Moment | None, bool]] = []
    if len({(m.day, m.precision) for m in moments}) > 1:
        for start, end in _segments(sentence):
            moment = next((m for m in moments if start <= m.first < end), None)
            if moment and _told(sentence, start, end) is not None:
                found.append((start, end, moment, True))
    return found or [(first, last, moments[0], False)]


_SAID: Final = mark(wordlist("said"))
_SAID_BEFORE: Final = 3
"""Words between the verb and the day: `said on late Monday`, `a déclaré mercredi`."""


def is_said(sentence: Sentence, moment: Moment) -> bool:
    """Whether the time is when somebody told it, not when it happened: `54 died, a spokesman said on Wednesday`."""
    words = sentence.words
    if not words.marks & _SAID:
        return False
    for i in range(moment.first - 1, max(sentence.first, moment.first - _SAID_BEFORE) - 1, -1):
        if words.gap(i + 1).strip():
            return False
        if words.lexemes[i].marks & _SAID:
            return True
    return False


def is_range(sentence: Sentence, moment: Moment) -> bool:
    """Whether it goes from one day to another: `between 22 and 27 July` dates nothing as well as a day does."""
    days = sentence.words.folded[moment.first : moment.last]
    return len([day for day in days if len(day) < 3 and day.isdigit()]) > 1


def _tells_news(sentence: Sentence, ahead: Moment) -> bool:
    """Whether the sentence tells news beside what it announces."""
    return any(sign.first < ahead.first - 12 for sign in sentence.signs)


def _segments(sentence: Sentence) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    first, words = sentence.first, sentence.words
    for i in range(first + 3, sentence.last):
        gap = words.gap(i)
        parted = gap != " " and ("," in gap or "،" in gap or ":" in gap)
        if i - first >= 3 and (parted or words.folded[i] in _OPENS_CLAUSE):
            found.append((first, i))
            first = i
    found.append((first, sentence.last))
    return found


# ---------------------------------------------------------------- places


def place(sentence: Sentence, first: int, last: int, trigger: int) -> RegionTag | None:
    """The most specific region named in the clause, better after a preposition and near the word for the event."""
    best, found = 0.0, None
    for region in sentence.regions:
        if first <= region.first < last and _says_where(sentence, region):
            value = region.rank - 0.02 * min(abs(region.first - trigger), 20)
            if region.first and sentence.words.folded[region.first - 1] in _BEFORE_PLACE:
                value += 0.6
            if value > best:
                best, found = value, region.tag
    return found


def _says_where(sentence: Sentence, region: Located) -> bool:
    """Whether it is more than an attribute, or a part of an actor's name."""
    if not region.rank:
        return False
    return not any(actor.first <= region.first and region.last <= actor.last for actor in sentence.actors)


def home(told: list[Sentence]) -> RegionTag | None:
    """Where the document as a whole is: the place named first, most and most precisely."""
    found: dict[str, float] = {}
    tags: dict[str, RegionTag] = {}
    for at, sentence in enumerate(told[:40]):
        for region in sentence.regions:
            if _says_where(sentence, region):
                name = region.tag.id
                tags[name] = region.tag
                worth = 0.4 + (1.5 if sentence.field == "title" else 1.0 if at < 2 else 0.0)
                found[name] = found.get(name, region.rank) + worth
    best, most = None, 0.0
    for name, worth in found.items():
        if worth > most:
            best, most = tags[name], worth
    if best is not None:
        return best
    countries = {r.tag.id: r.tag for s in told[:4] for r in s.regions if r.tag.kind == "country"}
    return next(iter(countries.values())) if len(countries) == 1 else None
