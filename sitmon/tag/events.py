"""The events that a document tells, the main one first: what, when, where, who, how many harmed, by whose word.

Each sentence, or each clause with a date of its own, that speaks strongly enough for one kind of event drafts one.
The title and the first sentence after it tell the same event; of the others, drafts of one kind whose dates, places and
figures agree are one. An event is dated by the time in its clause, else by what it goes on about, else, where the text
reports it as news, by the day of publication. What a text only remembers is left out unless it is dated itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sitmon.model import HARMS, ActorTag, Count, Event, EventType, RegionTag, Tags
from sitmon.tag import kinds, severity
from sitmon.tag.casualties import Figure
from sitmon.tag.languages import function_words
from sitmon.tag.lexicon import Sense
from sitmon.tag.reading import Own, Reading
from sitmon.tag.sentences import Reader, Sentence
from sitmon.tag.text import Words
from sitmon.tag.when import Moment

_LEAST = 2.4
"""What a sentence must score to be an event of a kind."""
_LEAST_LATER = 3.5
"""The same below the lead of a long text, where much is background."""
_MOST = 24
"""Events of one document."""
_FADING = (1.3, 1.0, 0.6, 0.4, 0.3)
"""How much the title, the lead and later sentences count for the kind of the whole; the last holds for the rest."""
_LOOKING_BACK = 4.0
"""What an anniversary adds to the score of what is no event."""
_CALM = frozenset({EventType.OTHER})
_OTHER = kinds.NUMBER[EventType.OTHER]
_DIPLOMACY = kinds.NUMBER[EventType.DIPLOMACY]


@dataclass(slots=True)
class Draft:
    """An event while it is being put together."""

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
    day: date | None = None


@dataclass(frozen=True, slots=True)
class EventStage:
    """The tagger of events; it brings no names, and uses the places and actors found before it."""

    def senses(self) -> Iterable[Sense]:
        return ()

    def tag(self, reading: Reading, tags: Tags) -> Tags:
        document = reading.document
        published = document.published.date() if document.published else None
        words = [passage.words for passage in reading.passages]
        events, kind = happened(words, tags.regions, tags.actors, published, document.lang)
        return replace(tags, events=events, type=kind, severity=severity.worst(events))


def load(_own: Own) -> EventStage:
    """The stage; an operator's own names are those of places and actors only."""
    return EventStage()


def happened(
    passages: Sequence[Words],
    regions: Sequence[RegionTag],
    actors: Sequence[ActorTag],
    published: date | None,
    lang: str | None = None,
) -> tuple[tuple[Event, ...], EventType]:
    """The events told in the fields of a document, and the kind of the main one."""
    reader = Reader(passages, regions, actors, published, lang)
    told = [sentence for words in passages for sentence in reader.sentences(words)]
    kind = _overall(told)
    if kind in _CALM or not told:
        return (), kind
    ids = {actor.id: actor for actor in actors}
    drafts = _merge(_dated(list(_drafts(told, kind)), told, published), kind)
    return tuple(_event(draft, ids) for draft in drafts[:_MOST]), drafts[0].kind if drafts else kind


# ---------------------------------------------------------------- kinds


def _overall(told: Sequence[Sentence]) -> EventType:
    """The kind that the whole speaks for, what comes first counting most."""
    total = [0.0] * len(kinds.TYPES)
    for at, sentence in enumerate(told):
        share = _FADING[0] if sentence.field == "title" else _FADING[min(at + (told[0].field != "title"), 4)]
        for number, score in enumerate(_scores(sentence)):
            total[number] += score * share
        if sentence.looks_back and not sentence.moments:
            total[_OTHER] += _LOOKING_BACK * share
    kind = kinds.best(total, least=1.5) or EventType.OTHER
    if kind in _CALM and any(sentence.figures for sentence in told) and not any(s.looks_back for s in told):
        total[_OTHER] = 0.0
        return kinds.best(total, least=0.5) or kind
    return kind


def _scores(sentence: Sentence) -> kinds.Scores:
    """Told harm is no game, and no talk: figures take the force of what only looks like an event, and of words."""
    scores = sentence.scores
    if sentence.figures and not sentence.looks_back:
        scores = scores.copy()
        scores[_OTHER] *= 0.4
        scores[_DIPLOMACY] *= 0.6
    return scores


# ---------------------------------------------------------------- drafts


def _drafts(told: Sequence[Sentence], overall: EventType) -> Iterator[Draft]:
    remembers = any(sentence.looks_back for sentence in told[:2])
    leads = _leads(told)
    for sentence in told:
        lead = sentence in leads
        for first, last, moment, alone in _clauses(sentence):
            if (sentence.looks_back or remembers) and not (alone or (moment and moment.precision != "year")):
                continue
            draft = _draft(sentence, first, last, moment, overall, lead)
            if draft:
                yield draft


def _leads(told: Sequence[Sentence]) -> list[Sentence]:
    """The title and the first sentence after it."""
    title = [s for s in told if s.field == "title"]
    body = [s for s in told if s.field != "title"]
    return title + [s for s in body[:1] if s.number == 0]


def _draft(
    sentence: Sentence,
    first: int,
    last: int,
    moment: Moment | None,
    overall: EventType,
    lead: bool,
) -> Draft | None:
    whole = first == sentence.first and last == sentence.last
    signs = [sign for sign in sentence.signs if first <= sign.first < last]
    scores = _scores(sentence) if whole else kinds.score(signs)
    found = [figure for figure in sentence.figures if first <= figure.at < last]
    kind = kinds.best(scores, _LEAST if lead or moment else _LEAST_LATER)
    if kind in _CALM and not found:
        return None
    if kind is None or kind in _CALM:
        if not found and not (lead and any(scores)):
            return None
        kind = overall
    return Draft(
        kind=kind,
        score=scores[kinds.NUMBER[kind]],
        sentence=sentence,
        first=first,
        last=last,
        moment=moment,
        place=_place(sentence, first, last, signs[0].first if signs else first),
        actors=list(dict.fromkeys(actor.id for actor in sentence.actors if first <= actor.first < last)),
        figures=found,
        by=sentence.by if found or not sentence.figures else None,
        lead=lead,
    )


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int, Moment | None, bool]]:
    """The sentence with its time; where it tells several times, the clauses that have one each, and the rest."""
    moments = [m for m in sentence.moments if m.tense != "future"]
    days = {(m.day, m.precision) for m in moments}
    if len(days) < 2:
        future = [m for m in sentence.moments if m.tense == "future"]
        if future and not moments and not sentence.figures and not _happened_before(sentence, future[0]):
            return
        yield sentence.first, sentence.last, moments[0] if moments else None, False
        return
    taken: list[tuple[int, int]] = []
    for first, last in _segments(sentence):
        moment = next((m for m in moments if first <= m.first < last), None)
        signs = [s for s in sentence.signs if first <= s.first < last]
        if moment and kinds.best(kinds.score(signs), _LEAST):
            taken.append((first, last))
            yield first, last, moment, True
    if not taken:
        yield sentence.first, sentence.last, moments[0], False


def _happened_before(sentence: Sentence, future: Moment) -> bool:
    """Whether the sentence tells news beside what it announces."""
    return any(sign.first < future.first - 12 for sign in sentence.signs)


def _segments(sentence: Sentence) -> Iterator[tuple[int, int]]:
    first, words, opening = sentence.first, sentence.words, function_words("opens_clause")
    for i in range(sentence.first + 1, sentence.last):
        gap = words.gap(i)
        if ("," in gap or "،" in gap or ":" in gap or words.folded[i] in opening) and i - first >= 3:
            yield first, i
            first = i
    yield first, sentence.last


_KIND_RANK = {"place": 3.0, "admin1": 2.0, "country": 1.0, "area": 0.5}


def _place(sentence: Sentence, first: int, last: int, trigger: int) -> RegionTag | None:
    """The most specific region named in the clause, better after a preposition and near the word for the event."""
    best, found = 0.0, None
    for region in sentence.regions:
        if not first <= region.first < last:
            continue
        if any(actor.first <= region.first and region.last <= actor.last for actor in sentence.actors):
            continue
        value = _KIND_RANK[region.tag.kind] - 0.02 * min(abs(region.first - trigger), 20)
        if region.first and sentence.words.folded[region.first - 1] in function_words("before_place"):
            value += 0.6
        if "demonym" in region.rule:
            value -= 0.7
        if value > best:
            best, found = value, region.tag
    return found


# ---------------------------------------------------------------- dates


def _dated(drafts: list[Draft], told: Sequence[Sentence], published: date | None) -> list[Draft]:
    """Gives drafts without a time the one that they go on about, or the day of publication."""
    lead_moment = _lead_moment(told)
    running: Moment | None = None
    place: RegionTag | None = None
    seen: dict[tuple[str, int], Moment] = {}
    for sentence in told:
        for moment in sentence.moments:
            if moment.tense == "past":
                seen[sentence.field, sentence.first] = moment
    last_of_field: dict[str, int] = {}
    for draft in drafts:
        sentence = draft.sentence
        if sentence.opens_paragraph and not sentence.points_back and sentence.field == "content":
            running = place = None
        for (name, first), moment in seen.items():
            if name == sentence.field and last_of_field.get(name, -1) < first < sentence.first:
                running = moment
        last_of_field[sentence.field] = sentence.first
        if draft.moment is None:
            draft.moment = lead_moment if draft.lead else running
            if not draft.lead and running is not None:
                draft.place = draft.place or place
        elif draft.moment.tense == "past":
            running = draft.moment
        place = draft.place or place
        if draft.moment:
            draft.day = draft.moment.day
        elif draft.lead and published:
            draft.moment = Moment(0, 0, published, "day")
            draft.day = published
    return drafts


def _lead_moment(told: Sequence[Sentence]) -> Moment | None:
    """The time that the first sentences after the title tell, which then is the title's as well."""
    title = [m for s in told if s.field == "title" for m in s.moments if m.tense == "past"]
    if title:
        return title[0]
    body = [s for s in told if s.field != "title" and s.number <= 1]
    return next((m for s in body for m in s.moments if m.tense == "past" and m.precision != "year"), None)


# ---------------------------------------------------------------- one event told twice


def _merge(drafts: Sequence[Draft], overall: EventType) -> list[Draft]:
    merged: list[Draft] = []
    for draft in drafts:
        _count(draft)
        same = next((other for other in merged if _is_same(other, draft)), None)
        if same is None:
            merged.append(draft)
        else:
            _join(same, draft, overall)
    return sorted(merged, key=lambda d: (not d.lead, -d.score if not d.lead else 0))


def _is_same(one: Draft, other: Draft) -> bool:
    dated = one.moment and other.moment and one.sentence is not other.sentence
    if dated and one.moment and other.moment and not _agree(one.moment, other.moment):
        return False
    if not all(_compatible(one.counts.get(harm, []), other.counts.get(harm, [])) for harm in HARMS):
        return False
    if one.lead and other.lead:
        return one.sentence is not other.sentence or one.moment is other.moment
    if one.kind is not other.kind:
        return bool(other.sentence.points_back and not other.counts)
    if one.sentence is other.sentence:
        return False
    return one.place is None or other.place is None or _nested(one.place.id, other.place.id)


def _agree(one: Moment, other: Moment) -> bool:
    if "year" in {one.precision, other.precision}:
        return one.day.year == other.day.year
    if "month" in {one.precision, other.precision}:
        return (one.day.year, one.day.month) == (other.day.year, other.day.month)
    return one.day == other.day


def _compatible(one: Sequence[Count], other: Sequence[Count]) -> bool:
    """Whether the figures may be of one event: one is missing, or they overlap."""
    if not one or not other:
        return True
    return any(a.low <= b.high and b.low <= a.high for a in one for b in other)


def _nested(one: str, other: str) -> bool:
    return one == other or one.startswith(other + ".") or other.startswith(one + ".")


def _join(event: Draft, again: Draft, overall: EventType) -> None:
    """Adds what the second telling knows more."""
    for harm, counts in again.counts.items():
        event.counts[harm] = _refined([*event.counts.get(harm, ()), *counts])
    event.figures = event.figures + again.figures
    event.actors += [actor for actor in again.actors if actor not in event.actors]
    if again.place and (event.place is None or again.place.id.startswith(event.place.id + ".")):
        event.place = again.place
    if event.moment is None or (again.moment and again.moment.first and not event.moment.last):
        event.moment, event.day = again.moment, again.day
    if event.kind is not again.kind and again.kind is overall and event.lead:
        event.kind = overall
    event.by = event.by or again.by
    event.score = max(event.score, again.score)


def _refined(counts: Sequence[Count]) -> list[Count]:
    """Each figure once; a vague one gives way to exact ones that it covers."""
    kept: list[Count] = []
    for count in counts:
        covered = [c for c in counts if c is not count and count.low <= c.low and c.high <= count.high]
        known = any((k.low, k.high) == (count.low, count.high) for k in kept)
        if not known and not any((c.low, c.high) != (count.low, count.high) for c in covered):
            kept.append(count)
    return kept


def _count(draft: Draft) -> None:
    """Turns figures into counts, naming the actor that a noun phrase names."""
    for figure in draft.figures:
        of = next((a.id for a in draft.sentence.actors if a.first < figure.last and figure.first < a.last), figure.of)
        count = Count(figure.low, figure.high, draft.by, of)
        known = draft.counts.setdefault(figure.harm, [])
        if not any((k.low, k.high) == (count.low, count.high) for k in known):
            known.append(count)


def _event(draft: Draft, actors: dict[str, ActorTag]) -> Event:
    words = draft.sentence.words
    claimed = draft.by if draft.by in actors or draft.counts else None
    return Event(
        type=draft.kind,
        date=draft.day,
        date_precision=draft.moment.precision if draft.moment and draft.day else None,
        place=draft.place.id if draft.place else None,
        actors=tuple(draft.actors[:8]),
        killed=tuple(draft.counts.get("killed", ())),
        injured=tuple(draft.counts.get("injured", ())),
        missing=tuple(draft.counts.get("missing", ())),
        abducted=tuple(draft.counts.get("abducted", ())),
        displaced=tuple(draft.counts.get("displaced", ())),
        qualifier=next((figure.qualifier for figure in draft.figures if figure.qualifier), None),
        claimed_by=claimed,
        span=(words.field, words.starts[draft.first], words.ends[draft.last - 1]),
    )
