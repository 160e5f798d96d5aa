"""Who acts: names of actors in the text, believed in its context, and what patterns tell of those no table has.

An alias that means several things needs a witness: another name of the actor, its kin, its home, one of its cue words,
or its definition in the text, as in `Permanent Strategic Framework (PSF)`. What an acronym is defined to mean in a
document it means there throughout. An actor's home never tags the item with that country.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from sitmon.model import ActorTag, Mention, Tags
from sitmon.tag import bodies, people
from sitmon.tag.lexicon import CONTEXT, Sense
from sitmon.tag.reading import Own, Passage, Reading
from sitmon.tag.roles import KINDS, NAMES, Nouns
from sitmon.tag.roster import Actor, Roster, shipped
from sitmon.tag.scan import Hit
from sitmon.tag.text import Words, fold
from sitmon.tag.wordlists import wordlist


class Found(NamedTuple):
    """An actor at a place in the text, and why it is believed to stand there."""

    passage: Passage
    start: int
    end: int
    actor: Actor
    alias: str
    rule: str


@dataclass(frozen=True, slots=True)
class Actors:
    """The stage of `tag.TAGGERS` that finds actors."""

    roster: Roster
    nouns: Nouns

    @classmethod
    def load(cls, own: Own) -> Actors:
        return cls(Roster(shipped(), own.actors), Nouns.load())

    def senses(self) -> Iterable[Sense]:
        return self.roster.senses()

    def tag(self, reading: Reading, tags: Tags) -> Tags:
        scene = Scene(self.roster, reading, tags)
        found = [*self._named(scene), *self._by_role(scene)]
        found += self._alone(scene, found)
        found += _unlisted(scene, found)
        return replace(tags, actors=_tags(found))

    def _named(self, scene: Scene) -> Iterator[Found]:
        for passage in scene.reading.passages:
            for hit in passage.hits:
                if any(sense.owner == "actor" for sense in hit.senses):
                    chosen = scene.choose(passage, hit)
                    if chosen is not None:
                        sense, rule = chosen
                        yield Found(passage, hit.start, hit.end, self.roster[sense.id], sense.alias, rule)
            yield from scene.defined(passage)

    def _by_role(self, scene: Scene) -> Iterator[Found]:
        """`Malian soldiers`, `army of Mali`, `Mali says`."""
        for passage in scene.reading.passages:
            words = passage.words
            for hit in passage.hits:
                sense = _country(hit)
                if sense is None:
                    continue
                beside = self.nouns.beside(words, hit.first, hit.last)
                if beside is not None and not (scene.is_sport and beside.role == "mil"):
                    actor = self._of_state(beside.role, sense)
                    yield _found(passage, beside.first, beside.last, actor, f"{sense.form} + {beside.word}")
                elif beside is None and sense.form != "demonym" and not hit.inside and not scene.is_sport:
                    verb = self.nouns.acting(words, hit.first, hit.last)
                    if verb:
                        yield _found(passage, hit.first, hit.last, self._of_state("gov", sense), f"acts: {verb}")

    def _alone(self, scene: Scene, found: list[Found]) -> Iterator[Found]:
        """`Five soldiers killed` in a text that names one country alone."""
        home = scene.only_home()
        if home is None or scene.is_sport:
            return
        for passage in scene.reading.passages:
            taken = _taken(found, passage)
            for one in self.nouns.standing_alone(passage.words):
                if taken.isdisjoint(range(one.first - 1, one.last + 1)):
                    rule = f"{one.word}, in {home.place.name if home.place else home.id}"
                    yield _found(passage, one.first, one.last, self._of_state(one.role, home), rule)

    def _of_state(self, role: str, sense: Sense) -> Actor:
        country = sense.country or sense.id
        name = sense.place.name if sense.place and sense.place.kind == "country" else country
        key = f"{role}:{country}"
        return self.roster.get(key) or Actor(key, NAMES[role].format(name), KINDS[role], country)


def _unlisted(scene: Scene, found: list[Found]) -> Iterator[Found]:
    """Persons with a title and organisations with a head word, where the text is prose; then the persons' surnames."""
    known: dict[str, Actor] = {}
    for passage in scene.reading.passages:
        if passage.words.shape == "plain":
            taken = _taken(found, passage)
            for body in bodies.named(passage.words, taken):
                name = _name(passage, body.first, body.last)
                yield _found(passage, body.first, body.last, Actor(slug(name), name, body.kind), f"… {body.head}")
                taken |= frozenset(range(body.first, body.last))
            for person in people.titled(passage.words, taken):
                name = _name(passage, person.first, person.last)
                actor = known.get(fold(name.split()[-1])) or Actor(slug(name), name, "person")
                known.setdefault(fold(name.split()[-1]), actor)
                yield _found(passage, person.first, person.last, actor, f"{person.title} + name")
    for one in found:
        if one.actor.kind == "person" and " " in one.alias:
            known.setdefault(fold(one.alias.split()[-1]), one.actor)
    if known:
        yield from _surnames(scene, known)


def _surnames(scene: Scene, known: dict[str, Actor]) -> Iterator[Found]:
    for passage in scene.reading.passages:
        words = passage.words
        for i, word in enumerate(words.folded):
            if word in known and len(word) > 3 and words.is_capital(i):
                yield _found(passage, i, i + 1, known[word], f"surname of {known[word].name}")


def slug(name: str) -> str:
    """An id for an actor of no table."""
    return "-".join(re.findall(r"[^\W_]+", fold(name)))


def _name(passage: Passage, first: int, last: int) -> str:
    return " ".join(passage.words.text[passage.words.starts[first] : passage.words.ends[last - 1]].split())


def _found(passage: Passage, first: int, last: int, actor: Actor, rule: str) -> Found:
    words = passage.words
    start, end = words.starts[first], words.ends[last - 1]
    return Found(passage, start, end, actor, words.text[start:end], rule)


def _taken(found: Iterable[Found], passage: Passage) -> frozenset[int]:
    """The words of a passage that belong to actors already found."""
    starts = passage.words.starts
    spans = ((bisect_left(starts, f.start), bisect_left(starts, f.end)) for f in found if f.passage is passage)
    return frozenset(chain.from_iterable(range(a, b) for a, b in spans))


def _country(hit: Hit) -> Sense | None:
    """The country that a hit names, or whose adjective or capital it is."""
    for sense in hit.senses:
        place = sense.place
        if place is not None and (place.kind == "country" or place.seat == "capital"):
            return sense
    return None


# ---------------------------------------------------------------- believing a name

_DEFINED = re.compile(r"\s*\(\s*[\"“«]?([^\W\d_][\w\-+/]{1,9})[\"”»]?\s*[,;)]")
"""What may follow a name: its acronym in brackets."""


class Scene:
    """What the document says as a whole: the witnesses for names that need one."""

    def __init__(self, roster: Roster, reading: Reading, tags: Tags) -> None:
        self.roster, self.reading = roster, reading
        self.sure = {s.id for h in reading.hits() for s in h.senses if s.owner == "actor" and not s.flags & CONTEXT}
        self.homes = {s.country for h in reading.hits() for s in h.senses if s.place and s.place.kind == "country"}
        self.homes.update(reading.document.feed_countries)
        self.homes.update(region.country for region in tags.regions)
        self.words = {word for passage in reading.passages for word in passage.words.folded}
        self.acronyms = dict(self._definitions())
        self.is_sport = len(self.words & _SPORT) > 1

    def only_home(self) -> Sense | None:
        """The only country that the text names, as one of its names stands there."""
        if len(self.homes - {None}) != 1:
            return None
        (home,) = self.homes - {None}
        senses = (_country(hit) for hit in self.reading.hits())
        return next((s for s in senses if s is not None and (s.country or s.id) == home), None)

    def _definitions(self) -> Iterator[tuple[str, str]]:
        """Acronyms that the text defines, with the actor that they mean here."""
        for passage in self.reading.passages:
            text = passage.words.text
            if "(" not in text:
                continue
            for hit in passage.hits:
                sense = next((s for s in hit.senses if s.owner == "actor" and not s.flags & CONTEXT), None)
                if sense is None:
                    continue
                match = _DEFINED.match(text, hit.end)
                if match and sum(map(str.isupper, match[1])) > 1:
                    yield match[1], sense.id

    def choose(self, passage: Passage, hit: Hit) -> tuple[Sense, str] | None:
        """The sense that the name has here, and the rule that says so; None when it has none of an actor's."""
        text = passage.words.text[hit.start : hit.end]
        if text in self.acronyms:
            return None
        for sense in self._by_date(hit):
            actor = self.roster[sense.id]
            if actor.unless and any(cue in self.words for cue in actor.unless):
                continue
            if _is_other(passage.words, hit) or (sense.form == "surname" and not self._is_surname(passage, hit, actor)):
                continue
            if not sense.flags & CONTEXT:
                return sense, sense.form
            witness = self._witness(actor)
            if witness:
                return sense, f"{sense.form}, with {witness}"
        return None

    def _by_date(self, hit: Hit) -> list[Sense]:
        """Actors that existed when the text was written come first, then names that need no witness."""
        senses = [s for s in hit.senses if s.owner == "actor"]
        when = self.reading.document.published
        if len(senses) == 1:
            return senses
        month = f"{when:%Y-%m}" if when else "2026-01"
        return sorted(senses, key=lambda s: (not _existed(self.roster[s.id], month), not s.flags & CONTEXT))

    def _witness(self, actor: Actor) -> str:
        if actor.id in self.sure:
            return actor.name
        for cue in actor.context:
            if self._stands(cue):
                return cue
        for other in self.roster.kin.get(actor.id, ()):
            if other in self.sure:
                return self.roster[other].name
        return actor.country if actor.country in self.homes and actor.country else ""

    def _stands(self, cue: str) -> bool:
        words = cue.split(" ")
        if len(words) == 1:
            return cue in self.words
        return all(word in self.words for word in words) and any(
            cue in fold(passage.words.text) for passage in self.reading.passages
        )

    def _is_surname(self, passage: Passage, hit: Hit, actor: Actor) -> bool:
        """Not when another given name stands before it."""
        words, i = passage.words, hit.first
        if i == 0 or words.shape != "plain" or words.gap(i) != " " or not words.is_capital(i - 1):
            return True
        before = words.folded[i - 1]
        if before in fold(actor.name) or before in _TITLES or words.opens_sentence(i - 1):
            return True
        return any(h.last == i for h in passage.hits)

    def defined(self, passage: Passage) -> Iterator[Found]:
        """Every stand of the acronyms that the document defines."""
        for acronym, key in self.acronyms.items():
            for match in re.finditer(rf"(?<!\w){re.escape(acronym)}(?!\w)", passage.words.text):
                actor = self.roster[key]
                yield Found(passage, match.start(), match.end(), actor, acronym, f"defined as {actor.name}")


def _is_other(words: Words, hit: Hit) -> bool:
    """Whether the word behind a name of one word makes it a street, a school or a club."""
    if hit.last - hit.first > 1 or hit.last >= len(words) or words.gap(hit.last) != " ":
        return False
    return words.folded[hit.last] in _NOT_AFTER and words.is_capital(hit.last)


def _existed(actor: Actor, month: str) -> bool:
    return actor.since <= month and (not actor.until or month <= actor.until or actor.until.startswith(month))


_SPORT = wordlist("sport")
"""Two of these make a text of sport, in which attacks, strikes and defenders are no army's."""

_NOT_AFTER = wordlist("after a surname")

_TITLES = wordlist("title more")


# ---------------------------------------------------------------- tags


def _tags(found: Iterable[Found]) -> tuple[ActorTag, ...]:
    """One tag an actor, in the order of first mention; of mentions that overlap the longest stays."""
    kept: dict[str, list[Found]] = {}
    for one in _apart(found):
        kept.setdefault(one.actor.id, []).append(one)
    return tuple(_tag(group) for group in kept.values())


def _apart(found: Iterable[Found]) -> list[Found]:
    order = {"title": 0, "summary": 1, "content": 2}
    ranked = sorted(found, key=lambda f: (order[f.passage.words.field], f.start, f.start - f.end))
    apart: list[Found] = []
    for one in ranked:
        last = apart[-1] if apart else None
        if last is None or last.passage is not one.passage or last.end <= one.start:
            apart.append(one)
        elif one.end - one.start > last.end - last.start:
            apart[-1] = one
    return apart


def _tag(group: list[Found]) -> ActorTag:
    actor = group[0].actor
    return ActorTag(actor.id, actor.name, actor.kind, actor.country, tuple(_mention(one) for one in group))


def _mention(one: Found) -> Mention:
    words = one.passage.words
    return Mention(words.field, one.start, one.end, words.text[one.start : one.end], one.alias, one.rule)
