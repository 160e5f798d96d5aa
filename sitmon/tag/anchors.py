"""What a document is known to be about before its doubtful names are decided.

Countries, divisions and large cities that are named beyond doubt are anchors, and so are the feed's country and the
actors' homes: they speak for one of the places of a name, and for small places at all.
"""

from __future__ import annotations

from math import cos, radians
from typing import Final

from sitmon.tag.guards import Trust
from sitmon.tag.lexicon import CONTEXT, Place, Sense
from sitmon.tag.scan import Hit
from sitmon.tag.text import Words

# Weights are log10 of inhabitants, so a bonus of 1 stands for ten times as many.
NAMED: Final = 2.0
"""For a sense whose country the document names."""
DIVISION: Final = 2.0
"""For a sense whose first-level division it names."""
HOME: Final = 2.3
"""For a sense in the feed's home country."""
NEARBY: Final = 1.0
"""For a sense in a country where the document has other places."""
CLOSE: Final = 1.8
"""For a sense within 150 km of a town of the document that can hardly be another."""
AROUND: Final = 2.5
"""For a first-level division in which such a town lies."""
KNOWN: Final = 5.6
"""From this weight on, a place needs no anchor: cities of some 300,000, seats of government sooner."""
FAMOUS: Final = 6.2
"""From here on, not even a word before it that places it: cities of a million."""


_SPOKEN: Final = {
    "es": "ES MX CO AR PE VE CL EC GT CU BO DO HN PY SV NI CR PA UY GQ PR",
    "pt": "PT BR AO MZ CV GW ST TL",
    "fr": "FR BE CH CA ML BF NE TD SN CI GN BJ TG CM CF CG CD GA DJ KM MG HT MR BI NC YT RE GP MQ GF PF",
    "de": "DE AT CH LI LU",
    "ru": "RU UA BY KZ KG TJ MD",
    "uk": "UA RU BY MD",
}
SPOKEN: Final = {language: frozenset(countries.split()) for language, countries in _SPOKEN.items()}
"""Where a language is spoken: for one of the places of a name when the text is in that language."""
SAME_TONGUE: Final = 0.7
"""What that is worth: as five times as many inhabitants."""


class Found:
    """A name that may be a place, and what it was judged to be."""

    __slots__ = ("behind", "hit", "rule", "score", "sense", "senses", "trust", "words")

    def __init__(self, words: Words, hit: Hit, senses: tuple[Sense, ...], trust: Trust) -> None:
        self.words, self.hit, self.senses, self.trust = words, hit, senses, trust
        self.behind: Sense | None = None
        """The sense that the name behind the comma selects."""
        self.sense: Sense | None = None
        self.rule = ""
        self.score = 0.0


class Anchors:
    """Countries and divisions that the document is known to be about before its other names are decided."""

    def __init__(self, home: tuple[str, ...], spoken: frozenset[str]) -> None:
        self.home = home
        self.spoken = spoken
        """Countries where the text's language is spoken, if it is not English."""
        self.named: set[str] = set()
        """Countries named as such, by name or demonym."""
        self.divisions: dict[str, set[str]] = {}
        """Divisions that are named, with the keys of their names."""
        self.nearby: dict[str, set[str]] = {}
        """Country to the keys of other names that lie in it, most likely."""
        self.points: dict[str, tuple[float, float]] = {}
        """Where towns lie that can hardly be others, by key."""
        self.around: dict[str, set[str]] = {}
        """Divisions that such towns lie in, with the towns' keys."""

    def learn(self, mention: Found) -> None:
        if mention.trust == Trust.NEVER:
            return
        best = mention.behind or weightiest(mention.senses)
        place = best.place
        if place is None or place.country is None or (best.form == "abbreviation" and mention.behind is None):
            return
        sure = mention.trust >= Trust.WEAK
        if place.kind == "country" and sure and not _is_torn(mention.senses):
            self.named.add(place.country)
        elif place.kind == "admin1" and sure and place.weight > 6:
            _add(self.divisions, place.id, mention.hit.key)
            _add(self.nearby, place.country, mention.hit.key)
        elif mention.trust >= Trust.FAIR or (sure and place.weight >= KNOWN - 0.5) or mention.behind:
            _add(self.nearby, place.country, mention.hit.key)
            if place.seat == "capital" or mention.behind is not None:
                _add(self.nearby, place.country, "capital")
            if place.lat is not None and place.lon is not None and (mention.behind or _is_clear(mention, best)):
                self.points[mention.hit.key] = (place.lat, place.lon)
                _add(self.around, place.id.rpartition(".")[0], mention.hit.key)

    def learn_actor(self, hit: Hit) -> None:
        for sense in hit.senses:
            if sense.owner == "actor" and sense.country and not sense.flags & CONTEXT:
                _add(self.nearby, sense.country, hit.key)

    def for_country(self, country: str | None, key: str) -> float:
        """What speaks for the country besides the name with that key."""
        if country is None:
            return 0.0
        found = (NAMED if country in self.named else 0.0) + (HOME if country in self.home else 0.0)
        others = self.nearby.get(country)
        if others:
            found += min(NEARBY * (len(others) - (key in others)), 2 * NEARBY)
        return found

    def for_place(self, place: Place, key: str) -> float:
        """What speaks for the very place: its division, or a town beside it."""
        found = CLOSE if self.points and self._is_close(place, key) else 0.0
        if place.kind == "admin1" and self.around and self.around.get(place.id, set()) - {key}:
            return AROUND
        for division, keys in self.divisions.items():
            if place.id == division or (place.id.startswith(division + ".") and keys != {key}):
                return found + DIVISION
        return found

    def _is_close(self, place: Place, key: str) -> bool:
        """Whether another town of the document lies within some 150 km."""
        if place.kind != "place" or place.lat is None or place.lon is None:
            return False
        width = 1.4 / max(0.2, cos(radians(place.lat)))
        return any(
            other != key and abs(lat - place.lat) < 1.4 and abs(lon - place.lon) < width
            for other, (lat, lon) in self.points.items()
        )


def _is_clear(mention: Found, best: Sense) -> bool:
    """Whether no other place of that name is a tenth as large."""
    weight = _weight(best)
    return weight >= 5 and all(s is best or not s.place or s.place.weight < weight - 1 for s in mention.senses)


def weightiest(senses: tuple[Sense, ...]) -> Sense:
    """The sense of the largest place; of no place weighs 0."""
    best, most = senses[0], _weight(senses[0])
    for sense in senses:
        if _weight(sense) > most:
            best, most = sense, _weight(sense)
    return best


def _weight(sense: Sense) -> float:
    return sense.place.weight if sense.place else 0.0


def _add(sets: dict[str, set[str]], key: str, value: str) -> None:
    known = sets.get(key)
    if known is None:
        sets[key] = {value}
    else:
        known.add(value)


def _is_torn(senses: tuple[Sense, ...]) -> bool:
    """Whether a country's name is as well a large division's, as Georgia is."""
    if len(senses) == 1:
        return False
    kinds = {s.place.kind for s in senses if s.place and s.place.weight > 6.3}
    return {"country", "admin1"} <= kinds
