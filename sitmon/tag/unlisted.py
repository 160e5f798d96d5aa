"""Actors of no table: persons by their titles, organisations by the word that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from sitmon.tag import bodies, people
from sitmon.tag.lexicon import Place
from sitmon.tag.reading import Passage
from sitmon.tag.roles import NAMES
from sitmon.tag.roster import Actor
from sitmon.tag.scan import Hit
from sitmon.tag.scene import Found, Scene, definition, found
from sitmon.tag.text import fold

_SIGNS: Final = people.TITLED | people.SPEAKS | bodies.HEADED


def may_hold_more(scene: Scene, known: Iterable[Found]) -> bool:
    """Whether the text has a word that an actor of no table has beside it, or a person whose surname may follow.

    Not in sport, which is full of captains, generals, leaders and federations.
    """
    if scene.sport:
        return False
    return bool(scene.marks & _SIGNS) or any(f.actor.kind == "person" and " " in f.alias for f in known)


def unlisted(scene: Scene, known: Iterable[Found], taken: list[set[int]]) -> list[Found]:
    """Those in prose, then the surnames further on of all persons. `taken` are each passage's words of known actors."""
    more: list[Found] = []
    surnames: dict[str, Actor] = {}
    for one in known:
        if one.actor.kind == "person" and " " in one.alias:
            surnames.setdefault(fold(one.alias.split()[-1]), one.actor)
    for n, passage in enumerate(scene.reading.passages):
        if passage.words.shape != "plain":
            continue
        if passage.words.marks & bodies.HEADED:
            more += _bodies(scene, passage, taken[n])
        for person in _persons(scene, passage, taken[n]):
            name = _name(passage, person.first, person.last)
            names = name.split(" ")
            surname = fold(names[-1])
            actor = surnames.get(surname) or _person(name)
            surnames[surname] = actor
            if len(names) > 1:
                surnames.setdefault(fold(names[0]), actor)
            more.append(found(passage, person.first, person.last, actor, f"{person.title} + name"))
    return more + _surnames(scene, surnames) if surnames else more


@lru_cache(1024)
def _person(name: str) -> Actor:
    return Actor(slug(name), name, "person")


def _persons(scene: Scene, passage: Passage, taken: set[int]) -> list[people.Person]:
    titled, speaking = passage.words.marks & people.TITLED, passage.words.marks & people.SPEAKS
    persons: list[people.Person] = []
    if not titled and not speaking:
        return persons
    busy = taken.copy()
    for hit in passage.hits:
        if _is_place(scene, passage, hit):
            for i in range(hit.first, hit.last):
                busy.add(i)
    if titled:
        persons = people.titled(passage.words, busy)
        for person in persons:
            for i in range(person.first, person.last):
                busy.add(i)
    if speaking:
        persons += people.speaking(passage.words, busy)
        persons += people.leading(passage.words, busy)
    return persons


def _is_place(scene: Scene, passage: Passage, hit: Hit) -> bool:
    """Whether the name is no person's: of a place well known, or of several words and found to be a place's."""
    if hit.last - hit.first > 1 and (passage.words.field, hit.start) in scene.placed:
        return True
    return any(s.place and _is_far(s.place) for s in hit.senses)


def _is_far(place: Place) -> bool:
    return place.kind == "country" or place.weight > 5.5


def _bodies(scene: Scene, passage: Passage, taken: set[int]) -> list[Found]:
    named: list[Found] = []
    acronyms: dict[str, Actor] = {}
    for body in bodies.named(passage.words, taken):
        actor = _body(scene, _name(passage, body.first, body.last), body)
        one = found(passage, body.first, body.last, actor, f"… {body.head}")
        named.append(one)
        acronym = definition(passage.words.text, one.end)
        if acronym and acronym not in scene.acronyms:
            acronyms[acronym] = one.actor
    return named + scene.defined(passage, acronyms) if acronyms else named


def _body(scene: Scene, name: str, body: bodies.Body) -> Actor:
    """The organisation; `Interior Ministry` and the like are the government of the only country that the text names."""
    home = scene.only_country
    if body.kind != "state" or not home:
        return Actor(slug(name), name, body.kind)
    key = f"gov:{home}"
    return scene.roster.find(key) or Actor(key, NAMES["gov"].format(scene.name_of(home)), "state", home)


def _surnames(scene: Scene, known: dict[str, Actor]) -> list[Found]:
    again: list[Found] = []
    for passage in scene.reading.passages:
        words = passage.words
        for i, word in enumerate(words.folded):
            if word in known and len(word) > 3 and words.is_capital(i):
                again.append(found(passage, i, i + 1, known[word], f"surname of {known[word].name}"))
    return again


def slug(name: str) -> str:
    """An id for an actor of no table."""
    return "-".join(re.findall(r"[^\W_]+", fold(name)))


def _name(passage: Passage, first: int, last: int) -> str:
    return " ".join(passage.words.text[passage.words.starts[first] : passage.words.ends[last - 1]].split())
