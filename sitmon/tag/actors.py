"""Who acts: names of actors in the text, believed in its context, and what patterns tell of those no table has.

An actor's home never tags the item with that country: the tag carries it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sitmon.model import ActorTag, FieldName, Mention
from sitmon.tag.lexicon import Sense
from sitmon.tag.reading import Findings, Own, Passage, Reading
from sitmon.tag.roles import Nouns
from sitmon.tag.roster import Roster, shipped
from sitmon.tag.scene import Found, Scene
from sitmon.tag.states import States
from sitmon.tag.unlisted import may_hold_more, unlisted
from sitmon.tag.wordlists import wordlist


@dataclass(frozen=True, slots=True)
class Actors:
    """The stage of `tag.TAGGERS` that finds actors. It reads the places found before it."""

    roster: Roster
    states: States

    @classmethod
    def load(cls, own: Own) -> Actors:
        """The shipped actors with the operator's entries laid over them."""
        roster = Roster(shipped(), own.actors)
        return cls(roster, States(roster, Nouns.load()))

    def senses(self) -> Iterable[Sense]:
        return self.roster.senses()

    def tag(self, reading: Reading, findings: Findings) -> None:
        scene = Scene(self.roster, reading, findings)
        known = self._named(scene)
        known += self.states.beside_countries(scene)
        if scene.only_country:
            known += self.states.alone(scene, _taken(known, reading), {one.actor.kind for one in known})
        if may_hold_more(scene, known):
            known += unlisted(scene, known, _taken(known, reading))
        if known:
            findings.actors = _tags(known)

    def _named(self, scene: Scene) -> list[Found]:
        named: list[Found] = []
        for passage in scene.reading.passages:
            for hit in passage.hits:
                chosen = scene.choose(passage, hit)
                if chosen is not None:
                    sense, rule = chosen
                    named.append(Found(passage, hit.start, hit.end, self.roster[sense.id], sense.alias, rule))
            if scene.acronyms:
                named += scene.defined(passage, scene.acronyms)
        return named


def _taken(known: list[Found], reading: Reading) -> list[set[int]]:
    """Of each passage the words that belong to actors already found."""
    return [_words_of(known, passage) for passage in reading.passages]


def _words_of(known: list[Found], passage: Passage) -> set[int]:
    words, taken = passage.words, set[int]()
    for one in known:
        if one.passage is passage:
            for i in range(words.behind(one.start), words.behind(one.end)):
                taken.add(i)
    return taken


# ---------------------------------------------------------------- tags


_OFFICES: Final = wordlist("title") | wordlist("title more")


def _tags(found: list[Found]) -> tuple[ActorTag, ...]:
    """One tag an actor, in the order of first mention; of mentions that overlap the longest stays."""
    kept: dict[str, list[Found]] = {}
    for one in _persons_first(_apart(found)):
        kept.setdefault(one.actor.id, []).append(one)
    return tuple([_tag(group) for group in kept.values()])


_ORDER: Final[Mapping[FieldName, int]] = {"title": 0, "summary": 1, "content": 2}


def _place(found: Found) -> tuple[int, int, int]:
    return _ORDER[found.passage.words.field], found.start, found.start - found.end


def _apart(found: list[Found]) -> list[Found]:
    apart: list[Found] = []
    for one in sorted(found, key=_place) if len(found) > 1 else found:
        last = apart[-1] if apart else None
        if last is None or last.passage is not one.passage or last.end <= one.start:
            apart.append(one)
        elif one.end - one.start > last.end - last.start:
            apart[-1] = one
    return apart


def _persons_first(found: list[Found]) -> list[Found]:
    """Without the government in `Serbian President Aleksandar Vučić`, which is one person and no more."""
    return [one for n, one in enumerate(found) if n + 1 == len(found) or not _is_office_of(one, found[n + 1])]


def _is_office_of(one: Found, after: Found) -> bool:
    if after.actor.kind != "person" or after.passage is not one.passage or not one.actor.id.startswith("gov:"):
        return False
    return not _OFFICES.isdisjoint(one.rule.split()) and _adjoins(one, after)


def _adjoins(one: Found, after: Found) -> bool:
    """Whether at most a given name stands between: `الرئيس الإيراني إبراهيم رئيسي`."""
    between = one.passage.words.text[one.end : after.start]
    return len(between) <= 2 or (len(between) < 14 and between.replace(" ", "").isalpha() and between.count(" ") == 2)


def _tag(group: list[Found]) -> ActorTag:
    actor = group[0].actor
    return ActorTag(actor.id, actor.name, actor.kind, actor.country, tuple([_mention(one) for one in group]))


def _mention(one: Found) -> Mention:
    words = one.passage.words
    return Mention(words.field, one.start, one.end, words.text[one.start : one.end], one.alias, one.rule)
