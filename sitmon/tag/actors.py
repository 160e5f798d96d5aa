"""Who acts: names of actors in the text, believed in its context, and what patterns tell of those no table has.

An alias that means several things needs a witness: another name of the actor, its kin, its home, one of its cue words,
or its definition in the text, as in `Permanent Strategic Framework (PSF)`. What an acronym is defined to mean in a
document it means there throughout. An actor's home never tags the item with that country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from sitmon.model import ActorTag, Mention, Tags
from sitmon.tag.lexicon import CONTEXT, Sense
from sitmon.tag.reading import Own, Passage, Reading
from sitmon.tag.roles import KINDS, NAMES, Nouns
from sitmon.tag.roster import Actor, Roster, shipped
from sitmon.tag.scan import Hit
from sitmon.tag.text import fold


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
        found = [*self._named(scene), *self._by_role(reading)]
        return replace(tags, actors=_tags(found))

    def _named(self, scene: Scene) -> Iterator[Found]:
        for passage in scene.reading.passages:
            for hit in passage.hits:
                if any(sense.owner == "actor" for sense in hit.senses):
                    chosen = scene.choose(passage, hit)
                    if chosen is not None:
                        sense, rule = chosen
                        actor = self.roster[sense.id]
                        yield Found(passage, hit.start, hit.end, actor, sense.alias, rule)
            yield from scene.defined(passage)

    def _by_role(self, reading: Reading) -> Iterator[Found]:
        for passage in reading.passages:
            for hit in passage.hits:
                home = _country(hit)
                if home is None:
                    continue
                beside = self.nouns.beside(passage.words, hit.first, hit.last)
                if beside is None:
                    continue
                sense, name = home
                words = passage.words
                start, end = words.starts[beside.first], words.ends[beside.last - 1]
                actor = self._of_state(beside.role, sense.country or sense.id, name)
                yield Found(passage, start, end, actor, words.text[start:end], f"{sense.form} + {beside.word}")

    def _of_state(self, role: str, country: str, name: str) -> Actor:
        key = f"{role}:{country}"
        return self.roster.get(key) or Actor(key, NAMES[role].format(name), KINDS[role], country)


def _country(hit: Hit) -> tuple[Sense, str] | None:
    """The country that a hit names or whose adjective or capital it is."""
    for sense in hit.senses:
        place = sense.place
        if place is not None and (place.kind == "country" or place.seat == "capital"):
            return sense, place.name if place.kind == "country" else (place.country or place.name)
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
            if not sense.flags & CONTEXT:
                if sense.form != "surname" or self._is_surname(passage, hit, actor):
                    return sense, sense.form
                continue
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
        """Not when another given name stands before it, or a word that makes it a street, a club or a company."""
        words, i = passage.words, hit.first
        if hit.last < len(words) and words.folded[hit.last] in _NOT_AFTER and words.gap(hit.last) == " ":
            return False
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


def _existed(actor: Actor, month: str) -> bool:
    return actor.since <= month and (not actor.until or month <= actor.until or actor.until.startswith(month))


_NOT_AFTER = frozenset(
    "street avenue county university stadium park tower center centre boulevard road school college hospital bridge"
    " airport foundation fc institute library award prize plaza hotel".split()
)

_TITLES = frozenset(
    "president minister premier chancellor secretary general colonel captain king prince emir sheikh pope senator mr mrs"
    " ms leader president-elect foreign defence prime commander marshal admiral major lieutenant spokesman ayatollah"
    " president presidente presidente ministro ministre colonel general capitaine roi rey papa pape papst kanzler"
    " bundeskanzler prasident ministerprasident premierminister dictator comrade chief envoy governor mayor former"
    " m mme herr frau dr don mullah imam cardinal field candidate".split()
)


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


