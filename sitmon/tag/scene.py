"""Believing a name: what a document says as a whole of the actors that its names may mean.

An alias that means several things needs a witness: another name of the actor, its kin, its home, one of its cue words,
or its definition in the text, as in `Permanent Strategic Framework (PSF)`. What an acronym is defined to mean in a
document it means there throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from sitmon.tag.lexemes import mark
from sitmon.tag.lexicon import CONTEXT, LOWER, Sense
from sitmon.tag.reading import Findings, Passage, Reading
from sitmon.tag.roster import Actor, Roster
from sitmon.tag.scan import Hit
from sitmon.tag.text import Words, fold
from sitmon.tag.wordlists import wordlist


class Found:
    """An actor at a place in the text, and why it is believed to stand there."""

    __slots__ = ("actor", "alias", "end", "passage", "rule", "start")

    def __init__(self, passage: Passage, start: int, end: int, actor: Actor, alias: str, rule: str) -> None:
        self.passage, self.start, self.end = passage, start, end
        self.actor, self.alias, self.rule = actor, alias, rule


def found(passage: Passage, first: int, last: int, actor: Actor, rule: str) -> Found:
    """The actor in the words `first` to `last` (exclusive), which are its alias."""
    words = passage.words
    start, end = words.starts[first], words.ends[last - 1]
    return Found(passage, start, end, actor, words.text[start:end], rule)


_DEFINED: Final = re.compile(r"\s*\(\s*[\"“«]?([^\W\d_][\w\-+/]{1,9})[\"”»]?\s*[,;)]")
"""What may follow a name: its acronym in brackets."""

_EXPANDED: Final = re.compile(r"(?:[A-Z]\w+[ -](?:(?:of|for|the|and|de|du|des|la|y|e|et)[ -])*){2,8}\($")
"""A name of several words in capitals and an opening bracket, at the end of a text."""

_NAMED_AFTER: Final = mark(wordlist("named after a person"))

_MOST: Final = 50
"""Acronyms that are looked for in one text: each costs a pass over it."""

_SPORT: Final = mark(wordlist("sport"))
_NOT_AFTER: Final = wordlist("after a surname")
_TITLES: Final = wordlist("title more")
_FIGHTERS: Final = wordlist("fighters")
_FIGHTING: Final = wordlist("fighting")
_FIGHTS: Final = mark(_FIGHTING)


class Scene:
    """What the document says as a whole: the witnesses for names that need one."""

    def __init__(self, roster: Roster, reading: Reading, findings: Findings) -> None:
        self.roster, self.reading, self._regions = roster, reading, findings.regions
        self.named = findings.countries
        """Countries that the text is about."""
        self._witnesses: dict[tuple[str, str], str] = {}
        self._denied: set[str] = set()
        self._names: dict[str, str] = {}
        self._texts: tuple[str, ...] = ()
        self.acronyms = dict(self._definitions()) if any(["(" in p.words.text for p in reading.passages]) else {}
        self.sure = self._sure()
        """Actors named by an alias that needs no witness."""
        self.placed = {(m.field, m.start) for region in findings.regions for m in region.mentions}
        """Field and start of every name that was found to be a place."""
        self.homes = findings.countries + reading.document.feed_countries
        """Countries that vouch for their actors: those of the text and of its feed."""
        self._words: set[str] = set()
        self.marks = 0
        """Of all words of the text (`lexemes.mark`)."""
        for passage in reading.passages:
            self.marks |= passage.words.marks
        self.sport = self._count(_SPORT) if self.marks & _SPORT else 0
        """How many words of sport the text has: in a match, attacks, strikes and defenders are no army's."""

    def _count(self, bit: int) -> int:
        """How many different words of the text have the mark."""
        return len({x.word for passage in self.reading.passages for x in passage.words.lexemes if x.marks & bit})

    @property
    def words(self) -> set[str]:
        """The folded words of the text."""
        if not self._words:
            for passage in self.reading.passages:
                self._words.update(passage.words.folded)
        return self._words

    def _sure(self) -> set[str]:
        sure: set[str] = set()
        for passage in self.reading.passages:
            for hit in passage.hits:
                for sense in hit.senses:
                    if sense.owner == "actor" and self._is_plain(sense):
                        sure.add(sense.id)
        return sure

    def _is_plain(self, sense: Sense) -> bool:
        """Whether it needs no witness. A mere description, as `regime forces`, does once the actor had ended."""
        if sense.flags & CONTEXT:
            return False
        return not (sense.flags & LOWER and self._is_over(self.roster[sense.id]))

    @property
    def only_country(self) -> str:
        """The country that the text is about if it is one, and no text of sport; else empty."""
        if len(self.named) != 1 or self.sport:
            return ""
        (country,) = self.named
        return country

    def name_of(self, country: str) -> str:
        """The country's name where the text leads to it, else its code."""
        name = self._names.get(country)
        if name is None:
            name = self._names[country] = self._name_of(country)
        return name

    def _name_of(self, country: str) -> str:
        for region in self._regions:
            if region.id == country:
                return region.name
        for hit in self.reading.hits():
            for sense in hit.senses:
                if sense.place and sense.place.kind == "country" and sense.place.id == country:
                    return sense.place.name
        return country

    def _definitions(self) -> Iterator[tuple[str, Actor]]:
        """Acronyms that the text defines, with the actor that they mean here."""
        for passage in self.reading.passages:
            for hit in passage.hits:
                sense = next((s for s in hit.senses if s.owner == "actor" and not s.flags & CONTEXT), None)
                acronym = definition(passage.words.text, hit.end) if sense else ""
                if sense and acronym:
                    yield acronym, self.roster[sense.id]

    def choose(self, passage: Passage, hit: Hit) -> tuple[Sense, str] | None:
        """The sense that the name has here, and the rule that says so; None when it has none of an actor's."""
        senses = [s for s in hit.senses if s.owner == "actor"]
        if not senses or passage.words.text[hit.start : hit.end] in self.acronyms:
            return None
        for sense in senses if len(senses) == 1 else self._by_date(senses):
            actor = self.roster[sense.id]
            if (
                _is_other(passage.words, hit)
                or (actor.kind == "person" and _names_another(passage.words, hit))
                or (actor.kind == "media" and _is_byline(passage.words, hit))
                or (actor.unless and any(map(self._stands, actor.unless)))
            ):
                continue
            if sense.form == "surname" and not self._is_surname(passage, hit, actor):
                continue
            if self._is_plain(sense):
                return sense, sense.form
            witness = (
                self._vouched(actor, sense.alias)
                or self._of_fighting(sense, actor)
                or _beside_fighters(passage.words, hit, actor)
            )
            if witness and sense.alias not in self._denied:
                return sense, f"{sense.form}, with {witness}"
        return None

    def _by_date(self, senses: list[Sense]) -> list[Sense]:
        """Actors that existed when the text was written come first, then names that need no witness."""
        when = self.reading.document.published
        month = when.isoformat()[:7] if when else "2026-01"
        return sorted(senses, key=lambda s: (not _existed(self.roster[s.id], month), not s.flags & CONTEXT))

    def _is_over(self, actor: Actor) -> bool:
        """Whether the actor had ended when the text was written."""
        when = self.reading.document.published
        return when is not None and bool(actor.until) and when.isoformat()[:7] > actor.until

    def _vouched(self, actor: Actor, alias: str) -> str:
        """The witness for an alias, asked once a document."""
        if (actor.id, alias) not in self._witnesses:
            self._witnesses[actor.id, alias] = self._witness(actor)
            if self._is_defined_otherwise(alias):
                self._denied.add(alias)
        return self._witnesses[actor.id, alias]

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

    def _of_fighting(self, sense: Sense, actor: Actor) -> str:
        """A word of fighting, which is witness enough for an armed group's acronym that everyday texts do not have."""
        if actor.kind not in {"armed_group", "coalition"} or sense.risk or sense.form != "acronym":
            return ""
        return min(self.words & _FIGHTING) if self.marks & _FIGHTS else ""

    def _stands(self, cue: str) -> bool:
        if cue in self.words:
            return True
        words = cue.split(" ")
        if len(words) == 1 or not self.words.issuperset(words):
            return False
        self._texts = self._texts or tuple([fold(passage.words.text) for passage in self.reading.passages])
        return any([cue in text for text in self._texts])

    def _is_defined_otherwise(self, acronym: str) -> bool:
        """`Portable Document Format (PDF)`: the text says itself that it is nobody that the tables know."""
        for passage in self.reading.passages:
            text = passage.words.text
            at = text.find(f"({acronym})")
            match = _EXPANDED.search(text, max(0, at - 80), at + 1) if at > 0 else None
            if match:
                initials = "".join(word[0] for word in re.findall(r"[A-Z]\w+", match[0]))
                return initials.endswith(acronym)
        return False

    def _is_surname(self, passage: Passage, hit: Hit, actor: Actor) -> bool:
        """Not when another given name stands before it."""
        words, i = passage.words, hit.first
        if i == 0 or words.shape != "plain" or words.gap(i) != " " or not words.is_capital(i - 1):
            return True
        before = words.folded[i - 1]
        if before in _TITLES or words.opens_sentence(i - 1) or before in actor.words or before[:4] in actor.words:
            return True
        return any([hit.last == i for hit in passage.hits])  # behind another name

    def defined(self, passage: Passage, acronyms: Mapping[str, Actor]) -> list[Found]:
        """Every stand of the acronyms that the document defines."""
        stands: list[Found] = []
        for acronym, actor in islice(acronyms.items(), _MOST):
            for match in re.finditer(rf"(?<!\w){re.escape(acronym)}(?!\w)", passage.words.text):
                stands.append(Found(passage, match.start(), match.end(), actor, acronym, f"defined as {actor.name}"))
        return stands


def definition(text: str, end: int) -> str:
    """The acronym in brackets behind the name that ends there; empty when there is none."""
    match = _DEFINED.match(text, end)
    return match[1] if match and sum(map(str.isupper, match[1])) > 1 else ""


def _is_other(words: Words, hit: Hit) -> bool:
    """Whether the word behind a name of one word makes it a street, a school or a club."""
    if hit.last - hit.first > 1 or hit.last >= len(words) or words.gap(hit.last) != " ":
        return False
    return words.folded[hit.last] in _NOT_AFTER and words.is_capital(hit.last)


def _names_another(words: Words, hit: Hit) -> bool:
    """`bairro Filipe Nyusi`, `aéroport Charles-de-Gaulle`: what is named after a person."""
    return hit.first > 0 and words.lexemes[hit.first - 1].marks & _NAMED_AFTER > 0 and words.gap(hit.first) == " "


def _is_byline(words: Words, hit: Hit) -> bool:
    """`ATHENS (Reuters) - …`, `AP - …`, `… - BBC`: who publishes, not who acts."""
    before, after = words.gap(hit.first), words.gap(hit.last) if hit.last < len(words) else words.text[hit.end :]
    return (
        ("(" in before and ")" in after)
        or (hit.first == 0 and after.strip() in {"-", "–", "—", ":"})
        or (hit.last == len(words) and before.strip() in {"-", "–", "—", "|"})
    )


def _beside_fighters(words: Words, hit: Hit, actor: Actor) -> str:
    """`NPA rebels`, `rebelles ADF`: what an armed group alone has beside its acronym."""
    if actor.kind != "armed_group":
        return ""
    sides = (words.folded[i] for i in (hit.last, hit.first - 1) if 0 <= i < len(words))
    return next((word for word in sides if word in _FIGHTERS), "")


def _existed(actor: Actor, month: str) -> bool:
    return actor.since <= month and (not actor.until or month <= actor.until or actor.until.startswith(month))
