"""Whether a name in the text is a place's at all: what stands beside it says so.

A capital means little where all words have one, beside a given name or a title it means a person, before `Street` or
`Times` a part of another name. What a guard cannot tell it leaves to the evidence in the rest of the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sitmon.tag.lexicon import CONTEXT, GIVEN, STOP, SURNAME, WORD
from sitmon.tag.scan import Hit
from sitmon.tag.text import Words, wordset


class Trust(IntEnum):
    """How far the words around a name make a place of it."""

    NEVER = 0
    """Something else: a person, a street, a newspaper."""
    DOUBT = 1
    """Could be anything; wants an anchor right behind it, or another mention that is surer."""
    WEAK = 2
    """Could well be one; wants something in the document that points to the same country."""
    FAIR = 3
    GOOD = 4
    """Stands as places do: behind `in`, before `region`."""


@dataclass(frozen=True, slots=True)
class People:
    """Given names and surnames that are no English words, folded."""

    given: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()


TITLES = wordset(
    """
    mr mrs ms miss dr prof professor president vice minister premier chancellor senator sen rep representative
    congressman congresswoman gov governor mayor judge justice general gen colonel col captain capt major maj
    lieutenant lt sergeant sgt corporal cpl private pvt officer commander cmdr admiral detective sheriff
    ambassador pope cardinal bishop archbishop rev reverend father sister brother sheikh sheik imam ayatollah
    mullah king queen prince princess sir lord lady dame baron coach actor actress singer rapper striker
    midfielder goalkeeper defender author journalist lawyer spokesman spokeswoman spokesperson m mme mlle maitre
    monsieur madame senor senora sr sra herr frau presidente ministro ministra general-major saint st ste
    """
)
PLACING = wordset(
    # Words behind which a place stands, in the languages with capitals.
    """
    in at near from to into toward towards around outside across throughout within of for over between reach
    reached left via inside against with invade invaded visit visited leave leaving entered attacked hit struck
    bombed en au aux a dans de du des vers depuis pres d l à el al hacia desde cerca sobre por hasta em no na
    nos nas do da dos das ao para perto bei nach aus von vor um uber nahe im gegen und y e et and with entre the
    les la le в во на из с под у к от возле около до за по над через между при о об у біля з із від над між про
    поблизу
    """
)
LOCAL = wordset(
    # Words before which a place stands.
    """
    region province state oblast governorate district county prefecture department area city town village
    municipality camp airport base border border crossing suburb neighborhood neighbourhood port harbor harbour
    metropolitan capital residents authorities police officials valley basin desert peninsula coast hospital
    prison front raion cercle territory
    """
)
OTHERS = wordset(
    # Words that make another name of the place before them.
    """
    street st avenue ave road rd lane drive dr boulevard blvd square times post herald tribune globe gazette
    journal courier chronicle mail telegraph observer inquirer examiner observer-reporter news-journal fc cf afc
    united rovers wanderers hotspur albion rangers celtic lakers bulls knicks cowboys packers jets giants
    raiders patriots dolphins yankees dodgers cubs celtics warriors rockets spurs saints eagles ravens steelers
    bears lions tigers athletics blazers hotel inn cup marathon derby open masters grand award prize fashion
    declaration convention accord agreement treaty protocol consensus effect syndrome virus fever strain bridge
    """
)
_SPOKE = wordset(
    """
    said says told added scored signed tweeted wrote who whose he his she her himself herself
    """
)


def trust(words: Words, hit: Hit, people: People, capitals: bool) -> Trust:
    """How far the place `hit` may be believed. `capitals`: whether a capital letter means anything in this text."""
    first = words.text[hit.start]
    if not ("A" <= first.upper() <= "Z" or "À" <= first <= "ɏ"):
        return _trust_caseless(hit)
    before, after = _before(words, hit), _after(words, hit)
    risk = _risk(hit)
    single = hit.last - hit.first == 1
    if after in OTHERS and words.is_capital(hit.last) and capitals:
        return Trust.NEVER
    if single and _is_person(words, hit, before, after, people, risk):
        return Trust.NEVER
    if risk & STOP:
        return Trust.DOUBT
    if after in LOCAL and not (capitals and words.opens_sentence(hit.first) and risk & WORD):
        return Trust.GOOD
    if before in PLACING and not words.opens_sentence(hit.first):
        return Trust.GOOD if not (risk & WORD and not capitals) else Trust.WEAK
    if risk & WORD and (words.opens_sentence(hit.first) or not capitals):
        return Trust.DOUBT
    if single and capitals and _in_longer_name(words, hit):
        return Trust.DOUBT if risk else Trust.WEAK
    if risk & (GIVEN | SURNAME | WORD) or not capitals:
        return Trust.WEAK
    return Trust.FAIR


def _trust_caseless(hit: Hit) -> Trust:
    if any(sense.flags & CONTEXT for sense in hit.senses):
        return Trust.DOUBT
    risky = _risk(hit) & (WORD | STOP)
    return Trust.WEAK if risky else Trust.FAIR


def _risk(hit: Hit) -> int:
    """Of the likeliest sense: a country's name is not risky because a village bears it."""
    risk = 0
    for sense in hit.senses:
        if sense.place is not None:
            risk |= sense.risk
            if sense.flags & CONTEXT:
                risk |= STOP
    return risk


def _before(words: Words, hit: Hit) -> str:
    if hit.first == 0 or len(words.gap(hit.first).strip("-–'’. ")) > 0:
        return ""
    return words.folded[hit.first - 1]


def _after(words: Words, hit: Hit) -> str:
    if hit.last >= len(words) or words.gap(hit.last).strip("-–'’ "):
        return ""
    return words.folded[hit.last]


def _is_person(words: Words, hit: Hit, before: str, after: str, people: People, risk: int) -> bool:
    """Between a given name or a title and a surname stands no place."""
    last = hit.last
    if before in TITLES and words.is_capital(hit.first - 1) and after not in LOCAL:
        return True
    if before in people.given and words.is_capital(hit.first - 1) and words.shape != "caps":
        return True
    if not after or not words.is_capital(last) or words.shape == "caps":
        return bool(risk & GIVEN) and after in _SPOKE and before not in PLACING
    if after in people.surnames and "'" not in words.gap(last) and "’" not in words.gap(last):
        return bool(risk & GIVEN) or (words.shape == "plain" and before not in PLACING)
    return bool(risk & GIVEN) and after in people.given and before not in PLACING


def _in_longer_name(words: Words, hit: Hit) -> bool:
    """Whether a neighbour has a capital too that no sentence gives it."""
    before = hit.first > 0 and words.is_capital(hit.first - 1) and words.gap(hit.first) == " "
    if before and not words.opens_sentence(hit.first - 1):
        return True
    return words.is_capital(hit.last) and words.gap(hit.last) == " "
