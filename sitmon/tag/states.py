"""Forces and authorities of states, which need no table: `Malian soldiers`, `Ukraine says`, `five soldiers killed`.

A military is `mil:ML`, a police `police:ML`, a government `gov:ML` and those who fight it `rebels:ML`; where
the tables name the force, as they do `FAMa`, it has that id there too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sitmon.tag.lexicon import Sense
from sitmon.tag.reading import Passage
from sitmon.tag.roles import KINDS, NAMES, Nouns
from sitmon.tag.roles import Found as Beside
from sitmon.tag.roster import Actor, Roster
from sitmon.tag.scan import Hit
from sitmon.tag.scene import Found, Scene, found
from sitmon.tag.text import Words
from sitmon.tag.wordlists import wordlist

_SIDES: Final = frozenset({"state", "military", "police", "armed_group", "pmc", "coalition", "other"})
_INSTITUTIONS: Final = wordlist("institutions")
_AND: Final = wordlist("and")
_ARTICLES: Final = wordlist("article")

_AT_WAR: Final = wordlist("at war")
"""Countries whose state has fought at home since 2011: hundreds of battle deaths in a year (UCDP GED, CC BY 4.0)."""


def country_of(hit: Hit) -> Sense | None:
    """The country that a hit names, or whose adjective or capital it is."""
    for sense in hit.senses:
        place = sense.place
        if place is not None and (place.kind == "country" or place.seat == "capital"):
            return sense
    return None


@dataclass(frozen=True, slots=True)
class States:
    """Finds what acts for a state."""

    roster: Roster
    nouns: Nouns

    def beside_countries(self, scene: Scene) -> list[Found]:
        """`Malian soldiers`, `army of Mali`, `Mali says`, and the first of `Thai and Cambodian troops`."""
        beside: list[Found] = []
        for passage in scene.reading.passages:
            before: Hit | None = None
            role = ""
            waiting: list[tuple[Hit, Sense]] = []
            for n, hit in enumerate(passage.hits):
                sense = country_of(hit)
                if sense is None:
                    continue
                if before is None or not _coordinated(passage, before, hit):
                    waiting, role = [], ""
                one = self._beside(scene, passage, n, sense, bool(waiting))
                if one is None and role:
                    one = found(passage, hit.first, hit.last, self._of_state(scene, role, sense), f"{sense.form}, too")
                if one is not None:
                    role = one.actor.id.partition(":")[0]
                    beside.append(one)
                    for other, its in waiting:
                        actor = self._of_state(scene, role, its)
                        beside.append(found(passage, other.first, other.last, actor, f"{its.form}, too"))
                    waiting = []
                else:
                    waiting.append((hit, sense))
                before = hit
        return beside

    def _beside(self, scene: Scene, passage: Passage, n: int, sense: Sense, joined: bool) -> Found | None:
        """`joined`: whether it is the last of several countries."""
        words, hit = passage.words, passage.hits[n]
        beside = self.nouns.beside(words, hit.first, hit.last, _is_adjective(sense))
        if beside is not None:
            if beside.role == "mil" and scene.sport > 1:
                return None
            actor = self._of_state(scene, beside.role, sense)
            return found(passage, beside.first, beside.last, actor, f"{sense.form} + {beside.word}")
        if (
            sense.form == "demonym"
            or hit.inside
            or scene.sport
            or _is_struck(passage, n)
            or (words.field, hit.start) not in scene.placed
        ):
            return None
        verb = self.nouns.acting(words, hit.first, hit.last, _is_nominative(words, hit)) or _beside_actor(
            scene, passage, n
        )
        verb = verb or (self.nouns.acting_together(words, hit.last) if joined else "")
        if not verb:
            return None
        return found(passage, hit.first, hit.last, self._of_state(scene, "gov", sense), f"acts: {verb}")

    def alone(self, scene: Scene, taken: list[set[int]], kinds: set[str]) -> list[Found]:
        """`Five soldiers killed` in a text that names one country and no other side than these `kinds`.

        `taken` are each passage's words of known actors.
        """
        home, alone = scene.only_country, list[Found]()
        for n, passage in enumerate(scene.reading.passages):
            for one in self.nouns.standing_alone(passage.words, home in _AT_WAR):
                if taken[n].isdisjoint(range(one.first - 1, one.last + 1)) and _is_needed(one, kinds):
                    actor = self._actor(one.role, home, scene.name_of(home))
                    alone.append(found(passage, one.first, one.last, actor, f"{one.word}, in {scene.name_of(home)}"))
        return alone

    def _of_state(self, scene: Scene, role: str, sense: Sense) -> Actor:
        country = sense.country or sense.id
        named = sense.place is not None and sense.place.kind == "country"
        return self._actor(role, country, sense.place.name if named and sense.place else scene.name_of(country))

    def _actor(self, role: str, country: str, name: str) -> Actor:
        return self.roster.find(f"{role}:{country}") or _made(role, country, name)


@lru_cache(1024)
def _made(role: str, country: str, name: str) -> Actor:
    """The actor of a state of which the tables have none."""
    return Actor(f"{role}:{country}", NAMES[role].format(name), KINDS[role], country)


def _is_struck(passage: Passage, n: int) -> bool:
    """Whether another country stands before the Arabic verb: `روسيا تقصف كييف`."""
    hit, before = passage.hits[n], passage.hits[n - 1]
    return n > 0 and hit.key[0] > "\u0600" and before.last == hit.first - 1 and country_of(before) is not None


def _is_nominative(words: Words, hit: Hit) -> bool:
    """Whether a Russian or Ukrainian name stands as its alias does: `Китай начал`, but `население Китая выросло`."""
    return not "а" <= hit.key[0] <= "ӿ" or hit.key == " ".join(words.folded[hit.first : hit.last])


def _beside_actor(scene: Scene, passage: Passage, n: int) -> str:
    """The actor beside whom the country stands as one of two sides: `Israel and Hamas`, `Israel-Hezbollah`."""
    hit = passage.hits[n]
    # Two names away: a name within a longer one may stand between.
    for other in passage.hits[max(0, n - 2) : n + 3]:
        one, two = (hit, other) if hit.first < other.first else (other, hit)
        near = 0 <= two.first - one.last < 2 and _two_sides(passage, one, two)
        if near and any(sense.id in scene.sure for sense in other.senses):
            return f"beside {other.senses[0].alias}"
    return ""


def _two_sides(passage: Passage, one: Hit, two: Hit) -> bool:
    words = passage.words
    between = passage.words.text[one.end : two.start]
    if two.first == one.last:
        # Arabic writes `and` onto the next word.
        return between in {"-", "–", "/"} or (between == " " and words.raw(two.first)[0] == "و")
    return two.first == one.last + 1 and words.folded[one.last] in _AND


def _is_needed(one: Beside, kinds: set[str]) -> bool:
    """An army is one side whoever the other is; soldiers, rebels or police are told of where nobody else is."""
    if not _INSTITUTIONS.isdisjoint(one.word.split()):
        return "military" not in kinds
    return kinds.isdisjoint(_SIDES)


def _is_adjective(sense: Sense) -> bool:
    """Whether it stands as an adjective does: a demonym, or `US`. Attacks behind a bare name are often those on it."""
    return sense.form == "demonym" or (len(sense.alias) < 5 and sense.alias.isupper())


def _coordinated(passage: Passage, one: Hit, two: Hit) -> bool:
    """`Thai and Cambodian`, `Mali, Niger`, `Jordan, the Netherlands, and the United States`."""
    words = passage.words
    if two.first - one.last > 2:
        return False
    joined = False
    for word in words.folded[one.last : two.first]:
        if word in _AND:
            joined = True
        elif word not in _ARTICLES:
            return False
    return joined or "," in words.text[one.end : two.start]
