"""The actors that sitmon knows: the reviewed tables of `data/actors`, the operator's entries laid over them.

Written for sitmon, but for `groups_ucdp`: groups that the others do not have, from the UCDP Actor Dataset 22.1 (Uppsala
Conflict Data Program, CC BY 4.0). A line of a table is an actor: id, kind, home country, name, aliases, facts and the
source where they can be checked.

An alias that begins with `?` means several things and is believed only where the text points the same way; with `??`
it is one of everyday texts, such as PDF, and talk of fighting is no witness for it; acronyms
must stand in the text in their own capitals; one in small letters may open with either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Final

from sitmon.model import ActorEntry
from sitmon.tag.cases import declined
from sitmon.tag.lexicon import CASED, CONTEXT, LOWER, WORD, Sense
from sitmon.tag.text import fold
from sitmon.tag.wordlists import wordlist

TABLES: Final = (
    "militaries",
    "groups_africa",
    "groups_mena",
    "groups_asia_europe_americas",
    "groups_ucdp",
    "organisations",
    "leaders",
)

_SMALL: Final = wordlist("small last word")
_SMALL_FIRST: Final = wordlist("small first word")

_WORDS: Final = wordlist("acronym is a word")
"""Acronyms that are words of a language when folded: not to be believed in a text of capitals."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One line of the tables."""

    id: str
    name: str
    kind: str
    country: str | None = None
    aliases: tuple[str, ...] = ()
    """As in the table, `?` and all, without the name."""
    context: tuple[str, ...] = ()
    """Words of which one vouches for an alias with `?`."""
    unless: tuple[str, ...] = ()
    """Words beside which the name is somebody else's."""
    block: tuple[str, ...] = ()
    since: str = ""
    """First month or year, as `2017-03`."""
    until: str = ""
    parent: str = ""
    successor: str = ""
    office: str = ""
    as_of: str = ""
    """When `office` was last known to be true."""
    source: str = ""

    @property
    def words(self) -> frozenset[str]:
        """The words of its names and their first four letters, which grammatical cases leave alone."""
        words = fold(" ".join((self.name, *self.aliases))).split()
        return frozenset(words) | {word[:4] for word in words}

    def senses(self) -> Iterator[Sense]:
        """The forms in which a text may name it."""
        blocked = {fold(text) for text in self.block}
        for alias in (self.name, *self.aliases):
            if fold(alias.lstrip("?")) not in blocked:
                yield from _senses(self, alias)


def _senses(actor: Actor, alias: str) -> Iterator[Sense]:
    plain = alias.lstrip("?")
    flags = CONTEXT if plain != alias else 0
    form, risk = "name", 0
    if is_acronym(plain):
        flags |= CASED
        form = "acronym"
        risk = WORD if alias.startswith("??") or fold(plain) in _WORDS else 0
    elif plain[0].islower() or (" " in plain and fold(plain.split(" ")[0]) in _SMALL_FIRST):
        flags |= LOWER
    elif actor.kind == "person" and " " not in plain and plain.isalpha():
        form = "surname"
    if form == "acronym" and len(plain) > 3 and plain.isalpha() and plain.isupper() and plain.isascii() and not risk:
        # French and German papers write `Jnim`, `Nato`, `Unicef`.
        yield Sense("actor", actor.id, plain.capitalize(), form, flags & CONTEXT, 0, None, actor.country)
    for text in declined(_generic(plain)):
        yield Sense("actor", actor.id, text, form, flags, risk, None, actor.country)


def _generic(name: str) -> str:
    """With a last word that texts also write small, as they do in `China's coast guard`, small."""
    head, space, last = name.rpartition(" ")
    return f"{head} {last.lower()}" if space and last.lower() in _SMALL else name


def is_acronym(text: str) -> bool:
    """`JNIM`, `FAMa`, `CSP-PSD`, `ДНР`, `U.N.`: two capitals or more and no space, in letters that have capitals."""
    return " " not in text and not text.islower() and not text[:3].istitle() and sum(map(str.isupper, text)) > 1


def parsed(line: str) -> Actor:
    """A line of a table. ValueError when it has not seven fields, or a fact that nothing reads."""
    key, kind, country, name, aliases, facts, source = line.split("\t")
    known = dict(fact.split("=", 1) for fact in facts.split("; ") if fact)
    actor = Actor(
        key,
        name,
        kind,
        country or None,
        tuple(aliases.split("; ")) if aliases else (),
        _cues(known.pop("context", "")),
        _cues(known.pop("unless", "")),
        since=known.pop("from", ""),
        until=known.pop("to", ""),
        parent=known.pop("parent", ""),
        successor=known.pop("successor", ""),
        office=known.pop("office", ""),
        as_of=known.pop("as_of", ""),
        source=source,
    )
    if known:
        raise ValueError(f"{key}: no such fact: {', '.join(known)}")
    return actor


def _cues(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split(",")) if text else ()


def shipped() -> Iterator[Actor]:
    """The actors of the tables, about two thousand."""
    folder = resources.files("sitmon.data") / "actors"
    for table in TABLES:
        lines = (folder / f"{table}.tsv").read_text(encoding="utf-8").split("\n")
        for line in lines[1:]:
            if line:
                yield parsed(line)


class Roster(Mapping[str, Actor]):
    """Actors by id."""

    def __init__(self, actors: Iterable[Actor], own: Iterable[ActorEntry] = ()) -> None:
        self._actors = {actor.id: actor for actor in actors}
        for entry in own:
            self._actors[entry.id] = _overridden(self._actors.get(entry.id), entry)
        self.kin = _kin(self._actors.values())
        """Parents, children and successors of each actor: who is named beside it vouches for it."""

    def __getitem__(self, key: str) -> Actor:
        return self._actors[key]

    def find(self, key: str) -> Actor | None:
        """As `get`, which raises and catches an error where there is none: a hundred times slower."""
        return self._actors.get(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._actors)

    def __len__(self) -> int:
        return len(self._actors)

    def senses(self) -> Iterator[Sense]:
        for actor in self._actors.values():
            yield from actor.senses()


def _kin(actors: Iterable[Actor]) -> Mapping[str, frozenset[str]]:
    kin: dict[str, set[str]] = {}
    for actor in actors:
        for other in filter(None, (actor.parent, actor.successor)):
            kin.setdefault(actor.id, set()).add(other)
            kin.setdefault(other, set()).add(actor.id)
    return {key: frozenset(others) for key, others in kin.items()}


def _overridden(shipped: Actor | None, entry: ActorEntry) -> Actor:
    """The operator's word counts: a new actor, or a shipped one with more names, fewer, or another kind or home."""
    mark = "?" if entry.context else ""
    cues = tuple(fold(cue) for cue in entry.context)
    names = tuple(mark + alias for alias in entry.aliases)
    if shipped is None:
        return Actor(entry.id, entry.name or entry.id, entry.kind, entry.country, names, cues, source="feeds.yaml")
    return replace(
        shipped,
        name=entry.name or shipped.name,
        kind=entry.kind if entry.kind != "other" else shipped.kind,
        country=entry.country or shipped.country,
        aliases=(*shipped.aliases, *names),
        context=(*shipped.context, *cues),
        block=entry.block,
    )
