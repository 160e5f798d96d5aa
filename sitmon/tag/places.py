"""Says which places a document is about, and by which words.

Names are first judged where they stand (`guards`), then together: countries, divisions and large cities that are
named beyond doubt are anchors, which decide what the other names mean and whether small places are believed. One
name means one place throughout a document. Pure: the same document and feed give the same tags.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sitmon.model import Mention, PlaceEntry, RegionKind, RegionTag
from sitmon.tag import gazetteer, text
from sitmon.tag.anchors import FAMOUS, KNOWN, NAMED, NEARBY, SAME_TONGUE, SPOKEN, Anchors, Found
from sitmon.tag.guards import People, Trust, trust
from sitmon.tag.languages import language_of
from sitmon.tag.lexemes import mark
from sitmon.tag.lexicon import CONTEXT, GIVEN, WORD, Place, Sense
from sitmon.tag.reading import Findings, Own, Passage, Reading
from sitmon.tag.scan import Hit
from sitmon.tag.text import Words, wordset
from sitmon.tag.wordlists import wordlist

BEHIND: Final = 10.0
"""For `City, Country`: the sense that lies there."""
PLACED: Final = 4.5
"""From here on, it needs no anchor behind `in` or before `region`."""


_NOWHERE: Final = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Places:
    """The stage; `blocked` are pairs of key and place id that the operator ruled out."""

    people: People
    own: tuple[Sense, ...] = ()
    blocked: frozenset[tuple[str, str]] = field(default=frozenset())

    def senses(self) -> Iterable[Sense]:
        return self.own

    def tag(self, reading: Reading, findings: Findings) -> None:
        found: list[Found] = []
        lang = reading.document.lang
        spoken = SPOKEN.get(lang[:2], _NOWHERE) if lang else _NOWHERE
        for passage in reading.passages:
            if passage.hits:
                found += self._candidates(passage, lang, spoken)
        if not found:
            return
        anchors = Anchors(reading.document.feed_countries, spoken)
        for mention in found:
            anchors.learn(mention)
        for passage in reading.passages:
            for hit in passage.hits:
                anchors.learn_actor(hit)
        decide(found, anchors)
        findings.regions = regions_of(found)
        findings.countries = countries_of(findings.regions)

    def _candidates(self, passage: Passage, lang: str | None, spoken: frozenset[str]) -> list[Found]:
        words = passage.words
        capitals = words.shape == "plain" and not is_german(words)
        found: list[Found] = []
        for hit in passage.hits:
            senses = self._places(hit)
            if hit.key in _EXONYMS:
                senses = _exonym(words, hit.key, senses, lang)
            if senses:
                found.append(Found(words, hit, senses, trust(words, hit, self.people, capitals, spoken)))
                if len(found) > 1:
                    join(found[-2], found[-1])
                    pair(found[-2], found[-1])
        return found

    def _places(self, hit: Hit) -> tuple[Sense, ...]:
        senses = [sense for sense in hit.senses if sense.place]
        if not senses:
            return ()
        if len(senses) < len(hit.senses) and not hit.inside and any(map(_is_sure_actor, hit.senses)):
            senses = [s for s in senses if s.place and (s.place.kind != "place" or s.place.seat == "capital")]
        for sense in senses:
            if sense.id == gazetteer.NOTHING:
                return ()
        if self.blocked:
            senses = [sense for sense in senses if (hit.key, sense.id) not in self.blocked]
        return tuple(senses)


def _is_sure_actor(sense: Sense) -> bool:
    return sense.owner == "actor" and not sense.flags & CONTEXT


_EXONYMS: Final = {"jordan": "fr es pt de", "chad": "fr pt de", "georgia": "fr de"}
"""English names of countries that people bear too, and the languages that have others for the countries."""


def _exonym(words: Words, key: str, senses: tuple[Sense, ...], lang: str | None) -> tuple[Sense, ...]:
    """Without the country where its language calls it otherwise: `Dirigent Jordan`, `Chad Smith, batteur`."""
    if language_of(words.lexemes, lang) not in _EXONYMS[key].split():
        return senses
    return tuple([sense for sense in senses if sense.place and sense.place.kind != "country"])


_GERMAN: Final = mark(wordset("der die das und ist nicht von mit dem den ein eine für auf im sich bei"))


def is_german(words: Words) -> bool:
    """Whether nouns have capitals in this text, so that a capital tells nothing."""
    if not words.marks & _GERMAN:
        return False
    return len([lexeme for lexeme in words.lexemes[:80] if lexeme.marks & _GERMAN]) * 6 > min(len(words), 80)


def join(town: Found, region: Found) -> None:
    """`Paris, Texas`, `Gao (Mali)`: the name behind the comma says which one is meant."""
    if not _is_within(town, region):
        return
    is_country = any(s.place and s.place.kind == "country" for s in town.senses)
    for outer in sorted(region.senses, key=lambda s: s.place.weight if s.place else 0, reverse=True):
        if outer.place is None or outer.place.kind not in {"country", "admin1"} or outer.form == "demonym":
            continue
        if is_country and (outer.place.kind == "country" or town.hit.last != region.hit.first):
            continue  # `Lebanon, Ohio` is a town, `Georgia, in the US` no village
        inner = [s for s in town.senses if s.id.startswith(outer.id + ".") and s.place]
        if inner:
            town.behind = max(inner, key=lambda s: s.place.weight if s.place else 0)
            town.trust = Trust.GOOD
            region.behind = outer
            region.trust = Trust.GOOD
            return


_INSIDE: Final = mark(
    wordset("in dans en au no na em im в во у في of de du do da del d la le l el the den der") | wordlist("article")
)
"""What may stand between a town and the region around it."""


def _is_within(town: Found, region: Found) -> bool:
    """`Gao (Mali)`, `Téra (région de Tillabéri)`, `Jezzine, in South Lebanon`: nothing else stands between."""
    words, first, last = town.words, town.hit.last, region.hit.first
    if last - first > 4 or first > last or words is not region.words:
        return False
    inside = False
    for lexeme in words.lexemes[first:last]:
        if not lexeme.marks & _WITHIN:
            return False
        inside = True
    gap = words.gap(first).strip(". ")
    if not inside:
        return gap in {",", "("}
    if gap not in {",", "(", ""}:
        return False
    return not "".join([words.gap(i) for i in range(first + 1, last + 1)]).strip("'’ ")


def pair(one: Found, other: Found) -> None:
    """`Goma-Bukavu`, `Степанакерт-Аскеран`: two names of places make a road, where a single one makes a compound."""
    hit = other.hit
    if one.hit.last != hit.first or one.words is not other.words or other.words.gap(hit.first).strip() not in _DASHES:
        return
    for mention in (one, other):
        if mention.trust == Trust.DOUBT and not any(sense.risk for sense in mention.senses):
            mention.trust = Trust.WEAK


_DASHES: Final = frozenset("-–—")


# ---------------------------------------------------------------- decisions


def decide(found: list[Found], anchors: Anchors) -> None:
    """Gives each name that is believed its sense, rule and score; the same name the same sense."""
    groups: dict[str, list[Found]] = {}
    for mention in found:
        groups.setdefault(mention.hit.key, []).append(mention)
    for key, group in groups.items():
        chosen, strength = choose(key, group, anchors)
        place = chosen.place
        named_so = chosen.risk & GIVEN or (place is not None and place.kind == "place" and place.weight < FAMOUS)
        best = least = group[0].trust
        for mention in group[1:]:
            best, least = max(best, mention.trust), min(least, mention.trust)
        persons, doubted = least == Trust.NEVER and bool(named_so), least <= Trust.DOUBT
        for mention in group:
            if mention.trust == Trust.NEVER or (persons and mention.trust < Trust.GOOD and not mention.behind):
                continue
            spoken = SAME_TONGUE if mention.trust == Trust.GOOD and chosen.country in anchors.spoken else 0.0
            if believed(mention, chosen, best, doubted, strength + spoken):
                settle(mention, division_of(mention, chosen), strength)


def choose(key: str, group: list[Found], anchors: Anchors) -> tuple[Sense, float]:
    """The sense of a name in this document, and how strongly the document speaks for it beyond fame."""
    region = True
    for mention in group:
        if mention.behind is not None:
            return mention.behind, BEHIND
        region = region and _is_region(mention)
    region = region and any(sense.place and sense.place.kind == "admin1" for sense in group[0].senses)
    # Of Djibouti or Panama, what lies near speaks for the country as much as for its capital.
    named_so: str | None = None
    if len(group[0].senses) > 1:
        for sense in group[0].senses:
            if sense.place is not None and sense.place.kind == "country":
                named_so = sense.country
    countries: dict[str | None, float] = {}
    best = (-1.0, 0.0, group[0].senses[0])
    for sense in group[0].senses:
        if sense.country not in countries:
            countries[sense.country] = anchors.for_country(sense.country, key)
        bonus = countries[sense.country]
        if bonus and sense.place is not None and (named_so is None or sense.country != named_so):
            bonus += anchors.for_place(sense.place, key)
        place = sense.place
        total = (place.weight if place else 0.0) + bonus + _kind_bonus(place, region)
        if sense.country in anchors.spoken and place is not None and place.kind == "place":
            total += SAME_TONGUE
        if total > best[0]:
            best = (total, bonus, sense)
    return best[2], best[1]


def division_of(mention: Found, chosen: Sense) -> Sense:
    """The division of that name, where the mention says `region` and its town was chosen for the document."""
    if chosen.place is None or chosen.place.kind != "place" or mention.behind or not _is_region(mention):
        return chosen
    divisions = (s for s in mention.senses if s.place and s.place.kind == "admin1" and s.country == chosen.country)
    return next(divisions, chosen)


_REGION: Final = mark(
    wordset(
        """
    region regions province provinces state oblast governorate prefecture department departement provincia
    departamento estado regiao gebiet provinz bundesland области область областю регион регионе регионы край
    ولايه محافظه اقليم منطقه 省 州
    """
    )
)


def _is_region(mention: Found) -> bool:
    """`Kidal region`, `région de Kidal`: the division is meant, not its town."""
    hit, words = mention.hit, mention.words
    if not words.marks & _REGION:
        return False
    if hit.last < len(words) and words.lexemes[hit.last].marks & _REGION and not words.gap(hit.last).strip():
        return True
    first = hit.first - 1
    while first > max(0, hit.first - 4) and words.folded[first] in _LINKS:
        first -= 1
    return any([lexeme.marks & _REGION for lexeme in words.lexemes[max(0, min(first, hit.first - 2)) : hit.first]])


_WITHIN: Final = _INSIDE | _REGION
_LINKS: Final = wordlist("of")


def _kind_bonus(place: Place | None, region: bool) -> float:
    """`region`: whether the text says that it is one, and one of that name there is."""
    if place is None:
        return 0.0
    if place.kind == "admin1":
        return 3.0 if region else -0.3
    if place.kind == "country":
        return -3.0 if region else 0.0  # `province de l'Équateur` in the Congo, `Estado de México`
    if place.seat == "district":
        return -1.0
    return 0.0


def believed(mention: Found, sense: Sense, best: Trust, doubted: bool, strength: float) -> bool:
    """Whether this mention counts, given the sense that its name has here and what speaks for it."""
    place = sense.place
    if place is None:
        return False
    if mention.behind is not None:
        return True
    if sense.form == "abbreviation":
        return mention.trust == Trust.GOOD and " " in mention.hit.key
    if place.kind in {"country", "area"}:
        return mention.trust >= Trust.WEAK or (best >= Trust.FAIR) or (strength >= NAMED and not sense.risk & WORD)
    level = max(mention.trust, min(best, Trust.WEAK))
    if level <= Trust.DOUBT:
        return False
    if doubted and level < Trust.GOOD:
        level = Trust.WEAK
    need = FAMOUS if level == Trust.WEAK else KNOWN if level == Trust.FAIR else PLACED
    division = 0.6 if place.kind == "admin1" else 0.0
    return place.weight + min(strength, 2.5) + division >= need


_SURE: Final = [0.0, 0.5, 0.65, 0.8, 0.9]
"""How sure a mention is of itself, by its trust."""


def settle(mention: Found, sense: Sense, strength: float) -> None:
    place = sense.place
    assert place is not None
    mention.sense = sense
    if mention.behind is not None:
        mention.rule, mention.score = "city,country", 0.98
        return
    what = sense.form if sense.form != "name" else place.seat or place.kind
    mention.rule = f"{what}+{'context' if strength >= NEARBY else 'known'}" if place.kind == "place" else what
    sure = _SURE[mention.trust]
    if place.kind in {"country", "area"}:
        mention.score = min(0.99, sure + 0.09)
    else:
        mention.score = min(0.97, sure + 0.03 * strength + 0.02 * (place.weight - KNOWN))


# ---------------------------------------------------------------- tags


def regions_of(found: list[Found]) -> tuple[RegionTag, ...]:
    """One tag a place, those named first and most surely first."""
    groups: dict[str, list[Found]] = {}
    for mention in found:
        if mention.sense is not None:
            groups.setdefault(mention.sense.id, []).append(mention)
    return tuple([_region(group) for group in groups.values()])


def _region(group: list[Found]) -> RegionTag:
    place = group[0].sense.place if group[0].sense else None
    assert place is not None
    mentions = tuple([_mention(f) for f in group])
    miss = 1.0
    for mention in group:
        miss *= 1.0 - mention.score
    score = group[0].score if len(group) == 1 else min(0.99, 1.0 - miss)
    return RegionTag(place.id, place.name, place.kind, place.country, place.lat, place.lon, score, mentions)


def _mention(f: Found) -> Mention:
    hit = f.hit
    alias = f.sense.alias if f.sense else hit.key
    return Mention(hit.field, hit.start, hit.end, f.words.text[hit.start : hit.end], alias, f.rule)


def countries_of(regions: tuple[RegionTag, ...]) -> tuple[str, ...]:
    """Countries by how much the document speaks of them; a mention in the title counts twice."""
    countries = {region.country for region in regions if region.country}
    if len(countries) < 2:
        return tuple(countries)
    weights: dict[str, float] = {}
    for region in regions:
        if region.country:
            titles = len([m for m in region.mentions if m.field == "title"])
            weight = region.score * (len(region.mentions) + titles)
            weights[region.country] = weights.get(region.country, 0.0) + weight
    return tuple(sorted(weights, key=lambda country: -weights[country]))


# ---------------------------------------------------------------- loading


def load(own: Own) -> Places:
    """The stage with the operator's places."""
    senses = tuple(sense for entry in own.places for sense in _own_senses(entry))
    blocked = frozenset((text.key(name), entry.id) for entry in own.places for name in entry.block)
    shelf = gazetteer.load()
    return Places(People(shelf.given, shelf.surnames, shelf.words), senses, blocked)


def _shipped(entry: PlaceEntry) -> Place | None:
    """The shipped place of that id, as the operator has it: looked up by the name that its id ends with."""
    shelf = gazetteer.load()
    key = text.key(entry.id.rpartition(".")[2].replace("-", " "))
    row = shelf.row(key)
    found = next((s.place for s in shelf.senses(key, row) if s.id == entry.id), None) if row is not None else None
    if found is None:
        return None
    lat, lon = (found.lat, found.lon) if entry.lat is None else (entry.lat, entry.lon)
    name = entry.name or found.name
    return Place(found.id, name, found.kind, found.country, lat, lon, found.weight, found.seat)


def _own_senses(entry: PlaceEntry) -> Iterable[Sense]:
    depth = entry.id.count(".")
    kinds: tuple[RegionKind, ...] = ("country", "admin1", "place")
    kind: RegionKind = "area" if entry.id[:1].islower() else kinds[min(depth, 2)]
    country = None if kind == "area" else entry.id[:2]
    made = Place(entry.id, entry.name or entry.id.rpartition(".")[2], kind, country, entry.lat, entry.lon, FAMOUS)
    place = _shipped(entry) or made
    for alias in (*((entry.name,) if entry.name else ()), *entry.aliases):
        yield Sense("place", entry.id, alias, "own", 0, 0, place, country)
