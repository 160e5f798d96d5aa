"""The events that a document tells, the main one first: what, when, where, who, how many harmed, by whose word.

The title and the first sentence after it tell the same event; of the other drafts, those of one kind whose dates,
places and figures agree are one. An event is dated by the time in its clause, else by what it goes on about, else,
where the text reports it as news, by the day of publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sitmon.model import ActorTag, Count, Event, EventType, RegionTag
from sitmon.tag import kinds, severity
from sitmon.tag.dates import Moment
from sitmon.tag.drafts import Draft, drafted, home, is_range, is_said, scores
from sitmon.tag.lexicon import Sense
from sitmon.tag.reading import Findings, Own, Reading
from sitmon.tag.sentences import Reader, Sentence
from sitmon.tag.signs import read_files
from sitmon.tag.text import Words

_MOST: Final = 24
"""Events of one document."""
_MOST_DRAFTS: Final = 120
"""Drafts that are compared: what a text of twenty pages tells."""
_FADING: Final = [1.3, 1.0, 0.6, 0.4, 0.3]
"""How much the title, the lead and later sentences count for the kind of the whole; the last holds for the rest."""
_LOOKING_BACK: Final = 4.0
"""What an anniversary adds to the score of what is no event."""


@dataclass(frozen=True, slots=True)
class EventStage:
    """The tagger of events; it brings no names, and uses the places and actors found before it."""

    def senses(self) -> Iterable[Sense]:
        return ()

    def tag(self, reading: Reading, findings: Findings) -> None:
        document = reading.document
        published = document.published.date() if document.published else None
        words = [passage.words for passage in reading.passages]
        events, kind = happened(words, findings.regions, findings.actors, published, document.lang)
        findings.events, findings.type, findings.severity = events, kind, severity.worst(events)


def load(_own: Own) -> EventStage:
    """The stage, its files read; an operator's own names are those of places and actors only."""
    read_files()
    return EventStage()


def happened(
    passages: Sequence[Words],
    regions: tuple[RegionTag, ...],
    actors: tuple[ActorTag, ...],
    published: date | None,
    lang: str | None = None,
) -> tuple[tuple[Event, ...], EventType]:
    """The events told in the fields of a document, and the kind of the main one."""
    reader = Reader(passages, regions, actors, published, lang)
    if reader.tells_little():
        return (), EventType.OTHER
    told = reader.sentences()
    kind = _overall(told)
    if kind == kinds.OTHER and not _is_harm_alone(told):
        return (), EventType.OTHER
    drafts = _merged(_Thread(told, published).drafts(kind), kind)
    main = drafts[0].kind if drafts else kind
    return tuple([_event(draft, actors) for draft in drafts[:_MOST]]), kinds.TYPES[main]


def _overall(told: list[Sentence]) -> int:
    """The number of the kind that the whole speaks for, what comes first counting most."""
    total = [0.0] * len(kinds.TYPES)
    untitled = bool(told) and told[0].field != "title"
    for at, sentence in enumerate(told):
        share: float = _FADING[0 if sentence.field == "title" else min(at + untitled, len(_FADING) - 1)]
        for number, score in enumerate(scores(sentence)):
            if score:
                before: float = total[number]
                total[number] = before + score * share
        if sentence.looks_back and not sentence.moments:
            total[kinds.OTHER] += _LOOKING_BACK * share
    best = kinds.best(total, 0.5 if _is_harm_alone(told) else 1.5)
    return kinds.OTHER if best is None else best


def _is_harm_alone(told: list[Sentence]) -> bool:
    """Whether people came to harm, and nothing says that it is a game, a film or a memory."""
    harmed = any(sentence.figures for sentence in told)
    return harmed and not any(s.looks_back or s.scores[kinds.OTHER] >= 3 for s in told)


# ---------------------------------------------------------------- dates and places from what was told before


class _Thread:
    """Follows a document from sentence to sentence, and remembers the time and the place that it speaks of."""

    def __init__(self, told: list[Sentence], published: date | None) -> None:
        self._told = told
        self._home = home(told)
        self._lead = _lead_moment(told)
        self._fresh = Moment(0, 0, published, "day") if published else None
        self._moment: Moment | None = None
        self._place: RegionTag | None = None

    def drafts(self, overall: int) -> list[Draft]:
        """The drafts of all sentences, with their times and places; the title and the first after it are the lead."""
        found: list[Draft] = []
        remembers, in_body = any(sentence.looks_back for sentence in self._told[:2]), False
        for sentence in self._told:
            if len(found) > _MOST_DRAFTS:
                break
            is_title = sentence.field == "title"
            if sentence.field == "content" and sentence.opens_paragraph and not sentence.points_back:
                self._moment = self._place = None
            for draft in drafted(sentence, overall, is_title or (sentence.number == 0 and not in_body), remembers):
                self._complete(draft)
                if draft.lead or draft.moment or draft.figures:
                    found.append(draft)
            in_body = in_body or not is_title
            for moment in sentence.moments:
                if moment.tense == "past":
                    self._moment = moment
        return found

    def _complete(self, draft: Draft) -> None:
        if draft.moment is None and draft.lead:
            draft.moment, draft.is_fresh = self._lead or self._fresh, self._lead is None
        elif draft.moment is None:
            draft.moment = self._moment
        if draft.place is None:
            draft.place = self._home if draft.lead else self._place
        self._place = draft.place or self._place


def _lead_moment(told: list[Sentence]) -> Moment | None:
    """The time that the title or the first sentences after it tell, which then is the news'."""
    found: Moment | None = None
    said: Moment | None = None
    for sentence in told:
        for moment in sentence.moments:
            if moment.tense != "past" or (sentence.field != "title" and sentence.number > 1):
                continue
            if sentence.field == "title":
                return moment
            if is_said(sentence, moment):
                said = said or moment
                continue
            if said and is_range(sentence, moment):
                return said
            if (found is None and moment.precision != "year") or (
                found is not None and found.precision == "month" and moment.precision == "day"
            ):
                found = moment
    return found or said


# ---------------------------------------------------------------- one event told twice


def _merged(drafts: list[Draft], overall: int) -> list[Draft]:
    """Each event once, the news first, then by how strongly it is told."""
    merged: list[Draft] = []
    for draft in drafts:
        _count(draft)
        same = next((other for other in merged if _is_same(other, draft)), None)
        if same is None:
            merged.append(draft)
        else:
            _join(same, draft, overall)
    leads, others = [draft for draft in merged if draft.lead], [draft for draft in merged if not draft.lead]
    return leads + sorted(others, key=lambda draft: -draft.score) if others else leads


def _is_same(one: Draft, other: Draft) -> bool:
    if one.sentence is other.sentence:
        return False
    if one.moment and other.moment and not _agree(one.moment, other.moment):
        return False
    if not all(_compatible(counts, other.counts.get(harm, ())) for harm, counts in one.counts.items()):
        return False
    if one.lead and other.lead:
        return True
    if one.kind != other.kind:
        return other.sentence.points_back and not other.counts
    return one.place is None or other.place is None or _is_nested(one.place, other.place)


def _agree(one: Moment, other: Moment) -> bool:
    if one is other:
        return True
    if one.precision == "year" or other.precision == "year":
        return one.day.year == other.day.year
    if one.precision == "month" or other.precision == "month":
        return (one.day.year, one.day.month) == (other.day.year, other.day.month)
    return one.day == other.day


def _compatible(one: Sequence[Count], other: Sequence[Count]) -> bool:
    """Whether the figures may be of one event: one is missing, or they overlap."""
    if not one or not other:
        return True
    return any(a.low <= b.high and b.low <= a.high for a in one for b in other)


def _is_nested(one: RegionTag, other: RegionTag) -> bool:
    """Whether they are one place, or one lies in the other."""
    return one is other or one.id == other.id or _is_within(one, other) or _is_within(other, one)


def _is_within(one: RegionTag, other: RegionTag) -> bool:
    return one.id.startswith(other.id + ".")


def _join(event: Draft, again: Draft, overall: int) -> None:
    """Adds what the second telling knows more."""
    for harm, counts in again.counts.items():
        event.counts[harm] = _refined([*event.counts.get(harm, ()), *counts])
    event.figures = event.figures + again.figures
    if event.lead == again.lead:
        event.actors += [actor for actor in again.actors if actor not in event.actors]
    if again.place is not event.place and again.place and (not event.place or _is_within(again.place, event.place)):
        event.place = again.place
    if event.moment is None or (event.is_fresh and again.moment and not again.is_fresh):
        event.moment, event.is_fresh = again.moment, again.is_fresh
    if event.lead and again.kind == overall:
        event.kind = overall
    event.by = event.by or again.by
    event.score = max(event.score, again.score)


def _refined(counts: Sequence[Count]) -> list[Count]:
    """Each figure once; a vague one gives way to exact ones that it covers."""
    kept: list[Count] = []
    for count in counts:
        known = any((k.low, k.high) == (count.low, count.high) for k in kept)
        vague = any(
            count.low <= c.low and c.high <= count.high and (c.low, c.high) != (count.low, count.high) for c in counts
        )
        if not known and not vague:
            kept.append(count)
    return kept


def _count(draft: Draft) -> None:
    """Turns figures into counts, naming the actor that a noun phrase names."""
    for figure in draft.figures:
        of = next((a.id for a in draft.sentence.actors if a.first < figure.last and figure.first < a.last), figure.of)
        count = Count(figure.low, figure.high, draft.by, of)
        known = draft.counts.setdefault(figure.harm, [])
        if not any((k.low, k.high, k.of) == (count.low, count.high, of) for k in known):
            known.append(count)


def _event(draft: Draft, actors: Sequence[ActorTag]) -> Event:
    words, counts, moment = draft.sentence.words, draft.counts, draft.moment
    return Event(  # by place, for names take a microsecond more
        kinds.TYPES[draft.kind],
        moment.day if moment else None,
        moment.precision if moment else None,
        draft.place.id if draft.place else None,
        tuple(draft.actors[:8]),
        tuple(counts.get("killed", ())),
        tuple(counts.get("injured", ())),
        tuple(counts.get("missing", ())),
        tuple(counts.get("abducted", ())),
        tuple(counts.get("displaced", ())),
        next((figure.qualifier for figure in draft.figures if figure.qualifier), None),
        draft.by if counts or any(actor.id == draft.by for actor in actors) else None,
        (words.field, words.starts[draft.first], words.ends[draft.last - 1]),
    )
