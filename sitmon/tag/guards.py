"""Whether a name in the text is a place's at all: what stands beside it says so.

A capital means little where all words have one, beside a given name or a title it means a person, before `Street` or
`Times` a part of another name. What a guard cannot tell it leaves to the evidence in the rest of the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Protocol

from sitmon.tag.lexicon import CASED, CONTEXT, GIVEN, STOP, WORD, Sense
from sitmon.tag.scan import Hit
from sitmon.tag.text import Words, is_small, wordset


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


class Has(Protocol):
    """A set of words, exact or nearly so."""

    def __contains__(self, word: str, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class People:
    """What people are called, and the English words that nobody is, all folded."""

    given: Has
    surnames: Has
    """Those that are no English words."""
    words: Has


AILMENTS: Final = wordset("virus fever strain disease encephalitis flu influenza variant syndrome pox fowl pig pigs")
"""What is named after a place, and makes it mean another thing."""
TITLES: Final = wordset(
    """
    mr mrs ms miss dr prof professor president vice minister premier chancellor senator sen rep representative
    congressman congresswoman gov governor mayor judge justice general gen colonel col captain capt major maj
    lieutenant lt sergeant sgt corporal cpl private pvt officer commander cmdr admiral detective sheriff
    ambassador pope cardinal bishop archbishop rev reverend father sister brother sheikh sheik imam ayatollah
    mullah king queen prince princess sir lord lady dame baron coach actor actress singer rapper striker
    midfielder goalkeeper defender author journalist lawyer spokesman spokeswoman spokesperson m mme mlle maitre
    monsieur madame senor senora sr sra herr frau presidente ministro ministra general-major saint st ste
    conductor pianist violinist novelist swimmer sprinter skipper winger rookie linebacker pitcher
    chanteur chanteuse acteur actrice rappeur rappeuse realisateur realisatrice entraineur attaquant gardien milieu
    joueur joueuse ecrivain romanciere judoka pilote
    cantante actriz entrenador tecnico delantero portero guardameta centrocampista boxeador piloto escritor escritora
    cantor cantora ator atriz treinador avancado atacante goleiro zagueiro jogador jogadora escritor
    dirigent regisseur regisseurin trainer torwart sturmer mittelfeldspieler schauspieler schauspielerin sanger
    sangerin rapper autor autorin spieler spielerin rennfahrer pilot
    """
)
PLACING: Final = wordset(
    # Words behind which a place stands.
    """
    in at near from to into toward towards around outside across throughout within reach reached left via inside
    invade
    invaded visit visited leave leaving entered bombed en au aux dans vers depuis pres hacia desde cerca hasta
    em no na
    nos nas para perto bei nach aus nahe auf gegen um vor в во на из под возле около до у біля з із від поблизу над
    через по 在 于 في قرب الي من علي مدينه بلده قريه معبر مخيم منطقه محافظه ولايه شمال جنوب شرق غرب
    """
) | {"à"}  # which is no English article
LOCAL: Final = wordset(
    # Words before which a place stands.
    """
    region province state oblast governorate district county prefecture department area city town village
    municipality camp airport base border border crossing suburb neighborhood neighbourhood port harbor harbour
    metropolitan capital residents authorities police officials valley basin desert peninsula coast hospital
    prison front raion cercle territory fire magistrates transit
    """
)
SETTLEMENTS: Final = wordset(
    # Words that say what the name behind them is, with `of` between where the language has it.
    """
    village town city township municipality district province county locality hamlet suburb neighbourhood
    neighborhood governorate prefecture commune outskirts
    villages towns districts
    ville village localite commune departement province prefecture quartier sous-prefecture cercle faubourg villages
    localites peripherie environs
    ciudad pueblo municipio localidad vereda corregimiento caserio poblado poblacion barrio parroquia canton provincia
    departamento estado alrededores municipios aldea comunidad
    cidade vila aldeia municipio localidade distrito bairro provincia povoado posto arredores aldeias
    stadt dorf ort gemeinde ortschaft provinz stadtteil bezirk kleinstadt hafenstadt kustenort grenzort region gebiet
    город города городе городу село селе села поселок поселка поселке деревня деревне деревни станица станице хутор
    хуторе район районе района районах поселке аул ауле микрорайон провинция провинции деревень
    місто міста місті селище селищі села селі селом хутір хуторі районі районах району поблизу околицях околиці
    громада громаді передмісті передмістя пригороде пригород окраине окраина окрестностях
    """
)
_OF: Final = wordset("of de du des da do d the la el")
TOWNSFOLK: Final = wordset(
    """
    man woman men women teenager teen boy girl mother father mom dad couple student teacher doctor nurse lawyer
    driver cop firefighter businessman businesswoman resident native judge court jury school hospital church mosque
    synagogue hotel restaurant nightclub bar store mall neighborhood neighbourhood suburb home house apartment street
    motel factory warehouse jail pensioner grandmother grandfather toddler baby family motorist cyclist pedestrian
    """
)
"""Who and what a town has, behind its name and an article: `A Regina teenager`, `a Paranaque court`."""


LESSER: Final = wordset(
    "county township parish elementary middle high lake creek hills heights valley city college school"
)
"""What stands behind a country's name only where a small place is named after it."""
OTHERS: Final = wordset(
    # Words that make another name of the place before them.
    """
    street st avenue ave road rd lane drive dr boulevard blvd square times post herald tribune globe gazette
    journal courier chronicle mail telegraph observer inquirer examiner observer-reporter news-journal fc cf afc
    united rovers wanderers hotspur albion rangers celtic lakers bulls knicks cowboys packers jets giants
    raiders patriots dolphins yankees dodgers cubs celtics warriors rockets spurs saints eagles ravens steelers
    bears lions tigers athletics blazers hotel inn cup marathon derby open masters grand bulldogs wildcats
    gators longhorns hawks braves falcons cavaliers nuggets suns clippers nets magic heat hornets pistons
    grizzlies astros mariners rangers twins royals padres mets phillies orioles marlins brewers reds award prize
    fashion
    declaration convention accord agreement treaty protocol consensus effect bridge
    """
)
_COMMON: Final = wordset(
    """
    smith king young hill green baker brown white black walker cook bell wood stone woods price rose fox fisher
    carter cooper mason taylor turner parker porter hunter knight marsh palmer potter shepherd sawyer weaver
    wells bishop brooks rivers grant chase cross waters frost lamb pierce sharp little long bush burns childs
    ford hall holland lane love pace page quick reed rich sanders snow strong summers swift winter winters wise
    wolf harries grace miller moore ward gray grey butler foster griffin wheeler gardener ray dean harper chapman
    barber hardy wade drake glover walls mills barker chambers banks hull hood booker archer skinner dyer fowler
    savage tanner tucker webb law may moon moody pike poole pope prince rice rock roach sage sparks spears stock
    stout street sweet tate waller webster wick wild workman
    """
)
"""Surnames that are words, which no country's name stands before."""
_HYPHENED: Final = wordset(
    "based born backed led area held controlled bound region style wide made run owned listed educated"
)
_SPOKE: Final = wordset(
    """
    said says told added scored signed tweeted wrote who whose he his she her himself herself
    """
)


def trust(words: Words, hit: Hit, people: People, capitals: bool, tongue: frozenset[str] = frozenset()) -> Trust:
    """How far the place `hit` may be believed. `capitals`: whether a capital letter means anything in this text.

    `tongue` are the countries where the text's language is spoken if it is not English: their towns are no English
    words there, as Angers and Lens are.
    """
    if not words.is_capital(hit.first) and not words.is_lower(hit.first):
        return Trust.NEVER if _before(words, hit) in people.given else _trust_caseless(words, hit)
    before, after = _before(words, hit), _after(words, hit)
    best = _likeliest(hit)
    risk = _risk(best)
    if best.country in tongue:
        risk &= ~WORD
    single = hit.last - hit.first == 1
    if hit.first and words.folded[hit.first - 1] in _SHIPS and best.form != "demonym" and _is_ship(words, hit):
        return Trust.NEVER
    if after in AILMENTS or (after in OTHERS and words.is_capital(hit.last) and capitals):
        return Trust.NEVER
    if single and after == "" and hit.last < len(words) and before not in PLACING and _is_aged(words, hit):
        return Trust.NEVER
    if single and (_is_acronym(words, hit) or _is_person(words, hit, before, after, people, risk)):
        return Trust.NEVER
    if risk & STOP:
        return Trust.DOUBT
    if best.place and best.place.kind in {"country", "area"}:
        if words.text[hit.end : hit.end + 1] in {"$", "€"} or after in {"dollar", "dollars"}:
            return Trust.NEVER
        if after in LESSER and words.is_capital(hit.last):
            return Trust.NEVER
        return Trust.WEAK if risk & (GIVEN | WORD) and before not in PLACING else Trust.FAIR
    if words.folded[hit.last - 1] in LOCAL and not single:
        return Trust.GOOD
    if _is_dateline(words, hit):
        return Trust.GOOD
    longer = single and capitals and _in_longer_name(words, hit)
    if single and best.place and best.place.kind == "place" and _is_joined(words, hit):
        return Trust.DOUBT
    if risk & WORD:
        return _trust_word(words, hit, capitals and not longer, before, _is_great(best))
    if after in LOCAL or after in _HYPHENED or (before in PLACING and not words.opens_sentence(hit.first)):
        return Trust.GOOD
    if _is_called(words, hit.first) or _is_of_town(words, hit, after):
        return Trust.GOOD
    if single and _is_surnames_case(words, hit):
        return Trust.DOUBT
    if risk & GIVEN and best.place and best.place.weight < 6:
        return Trust.DOUBT
    if longer and before and words.is_capital(hit.first - 1) and best.place and best.place.weight < 6.5:
        return Trust.DOUBT
    if before == "the" and not longer and best.place and best.place.kind == "admin1" and best.place.weight > 6:
        return Trust.FAIR  # `the Alberta legislature`
    if single and (before == "the" or longer):
        return Trust.DOUBT if risk & (GIVEN | WORD) or (risk and longer) or (before == "the" and longer) else Trust.WEAK
    if single and best.form == "spelling" and words.opens_sentence(hit.first):
        return Trust.WEAK
    return Trust.WEAK if risk or not capitals else Trust.FAIR


def _is_called(words: Words, i: int) -> bool:
    """Whether a word before says what the name is: `the village of Yambali`, `das Dorf Zirka`, `село Котлине`."""
    at = i - 1
    while at >= 0 and at > i - 4:
        word = words.folded[at]
        if word in SETTLEMENTS:
            return not words.gap(at + 1).strip("'’ ")
        if word not in _OF or words.gap(at + 1).strip("'’ "):
            return False
        at -= 1
    return False


def _is_of_town(words: Words, hit: Hit, after: str) -> bool:
    """`A Regina teenager`: behind `a` stands no family's name before a common noun."""
    if (
        after not in TOWNSFOLK
        or not hit.first
        or words.folded[hit.first - 1] not in _ONE
        or not words.is_lower(hit.last)
    ):
        return False
    return words.gap(hit.first) == " "


_ONE: Final = frozenset({"a", "an"})


def _is_surnames_case(words: Words, hit: Hit) -> bool:
    """`выстрел Иванова` is Ivanov's, not of Ivanovo: the cases of both are the same."""
    if not hit.key.endswith(("ово", "ево", "ино", "іно")):
        return False
    return words.folded[hit.first].endswith(("ова", "ева", "ина", "іна", "ову", "еву", "ину", "іну"))


def _trust_word(words: Words, hit: Hit, capitals: bool, before: str, capital: bool) -> Trust:
    """A name that is a word as well wants a capital of its own, and something before it."""
    if not capitals or words.opens_sentence(hit.first):
        return Trust.DOUBT if not capital else Trust.WEAK
    return Trust.FAIR if before in PLACING else Trust.WEAK


def _is_dateline(words: Words, hit: Hit) -> bool:
    """`BAMAKO (Reuters)`, `KYIV, Ukraine`: capitals at the head of a text that has few."""
    if hit.first or words.shape != "plain":
        return False
    raw = words.text[hit.start : hit.end]
    return len(raw) > 2 and raw.isupper()


def _is_acronym(words: Words, hit: Hit) -> bool:
    """`OAS` is no town, unless it opens a report as `PARIS` does."""
    if hit.end - hit.start > 5 or is_small(words.text, hit.end - 1) or words.shape == "caps":
        return False
    raw = words.text[hit.start : hit.end]
    if not raw.isupper():
        return False
    if words.opens_sentence(hit.first) and (len(raw) > 4 or words.text[hit.end :].lstrip()[:1] in set(",(–—-")):
        return False
    return not any(sense.flags & CASED for sense in hit.senses)


_SHIPS: Final = wordset(
    """
    frigate corvette destroyer cruiser warship ferry tanker trawler uss hms freighter
    fregate corvette destroyer croiseur petrolier fragata corbeta corveta destructor petrolero
    fregatte korvette zerstorer kreuzer fahre tanker frachter фрегат корвет эсминец крейсер корабль танкер паром
    фрегата корвета эсминца крейсера танкера парома корвети фрегати есмінець крейсера корветі фрегаті
    """
)
"""What bears the name of a town as its own."""


def _is_ship(words: Words, hit: Hit) -> bool:
    """`der Korvette «Ludwigshafen am Rhein»`, `the frigate Hamburg`; but `the ferry to Dover`."""
    gap = words.gap(hit.first)
    return words.is_capital(hit.first) and len(gap.strip()) < 2 and "," not in gap and "." not in gap and "(" not in gap


_GENERIC: Final = wordset("وادي تل عين راس دير بير قصر جبل مخيم قلعه سوق باب برج كفر بيت حي ميناء معبر مدينه قريه")
"""Arabic for valley, hill, spring and the like, as some towns are called and many names begin."""


def _trust_caseless(words: Words, hit: Hit) -> Trust:
    """Arabic and Chinese, where nothing sets a name apart but what stands before it."""
    best = _likeliest(hit)
    if best.flags & CONTEXT or hit.key in _GENERIC:
        return Trust.DOUBT
    if best.place and best.place.kind in {"country", "area"}:
        return Trust.WEAK if best.risk & WORD else Trust.FAIR
    if best.risk & STOP:
        return Trust.DOUBT
    before, raw = _before(words, hit), words.text[hit.start : hit.end]
    if before in PLACING or (raw[0] in "بل" and words.folded[hit.first] != hit.key.split(" ")[0]):
        return Trust.GOOD if best.place and best.place.weight > 5 else Trust.FAIR
    if raw >= "\u3400" or hit.last - hit.first > 1:
        return Trust.FAIR
    # An Arabic noun with its article is written as a town's name is: `الجديد` is what is new.
    common = hit.key.startswith("ال") or len(hit.key) < 5
    return Trust.DOUBT if common and best.place and best.place.weight < 6 else Trust.WEAK


def _likeliest(hit: Hit) -> Sense:
    senses = hit.senses
    if len(senses) == 1:
        return senses[0]
    best = senses[0]
    most = best.place.weight if best.place else -99.0
    for sense in senses:
        if sense.place and sense.place.weight > most:
            best, most = sense, sense.place.weight
    return best


def _is_great(sense: Sense) -> bool:
    """Muscat, but not Male: a capital that comes to mind before the word does."""
    return sense.place is not None and sense.place.seat == "capital" and sense.place.weight > 6.5


def _risk(best: Sense) -> int:
    """Of the likeliest sense: a country's name is not risky because a village bears it."""
    return best.risk | (STOP if best.flags & CONTEXT else 0)


def _before(words: Words, hit: Hit) -> str:
    if hit.first == 0 or (not words.spaced(hit.first) and words.gap(hit.first).strip("-–'’. ")):
        return ""
    before = words.folded[hit.first - 1]
    return "à" if before == "a" and words.raw(hit.first - 1) == "à" else before


def _after(words: Words, hit: Hit) -> str:
    if hit.last >= len(words.folded) or (not words.spaced(hit.last) and words.gap(hit.last).strip("-'’ ")):
        return ""
    return words.folded[hit.last]


def _is_aged(words: Words, hit: Hit) -> bool:
    """`Kenya, 34, opens up on heartbreak`."""
    after = words.folded[hit.last]
    if len(after) > 2 or not after.isdigit() or "," not in words.gap(hit.last):
        return False
    return hit.last + 1 < len(words) and words.gap(hit.last + 1).startswith(",")


def _is_person(words: Words, hit: Hit, before: str, after: str, people: People, risk: int) -> bool:
    """Between a given name or a title and a surname stands no place."""
    if words.shape == "caps":
        return False
    if words.is_capital(hit.first - 1) and (before in people.given or (before in TITLES and after not in LOCAL)):
        return True
    if before in PLACING:
        return bool(risk & GIVEN and after) and words.is_capital(hit.last) and after not in people.words
    if not after or not words.is_capital(hit.last):
        return bool(risk & GIVEN) and after in _SPOKE
    if "'" in words.gap(hit.last) or "’" in words.gap(hit.last):
        return False
    if risk & GIVEN and words.folded[hit.first] == hit.key:  # `Чада Деби` is of Chad, `Чад` a person's name
        common = after in people.words and after not in people.surnames
        return not (common or after in LOCAL) or after in _COMMON
    return after in people.surnames and words.shape == "plain"


def _is_joined(words: Words, hit: Hit) -> bool:
    """`Phillips-Spencer`, `Newton-meters`; but `Boston-based`."""
    if words.is_capital(hit.first - 1) and words.gap(hit.first) == "-":
        return True
    if hit.last >= len(words) or words.spaced(hit.last):
        return False
    return words.gap(hit.last) == "-" and words.folded[hit.last] not in _HYPHENED


def _in_longer_name(words: Words, hit: Hit) -> bool:
    """Whether a neighbour has a capital too that no sentence gives it."""
    before = words.is_capital(hit.first - 1) and words.spaced(hit.first)
    if before and not words.opens_sentence(hit.first - 1):
        return True
    return words.is_capital(hit.last) and words.spaced(hit.last)
