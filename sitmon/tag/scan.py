"""Finds names in words: one pass from left to right, the longest name first.

A hit is a name that stands in the text in a form that its alias allows; whether it means any of its senses here is
for `places` and `actors` to say.
"""

from __future__ import annotations

import re
from typing import Final

from sitmon.model import FieldName
from sitmon.tag.languages import function_words
from sitmon.tag.lemmas import lemmas, places_of
from sitmon.tag.lexicon import CASED, INFLECTED, LOWER, Lexicon, Names, Sense, Senses
from sitmon.tag.text import Words, is_large, is_small, wordset


class Hit:
    """Words `first` to `last` (exclusive) of a field, which stand at `start` to `end` in its text, are a known name."""

    __slots__ = ("end", "field", "first", "inside", "key", "last", "senses", "start")

    def __init__(
        self,
        field: FieldName,
        first: int,
        last: int,
        start: int,
        end: int,
        key: str,
        senses: Senses,
        inside: bool = False,
    ) -> None:
        self.field, self.first, self.last, self.start, self.end = field, first, last, start, end
        self.key, self.senses = key, senses
        self.inside = inside
        """Stands within the longer name of an actor, as `Mali` does in `Government of Mali`."""


_BREAK: Final = re.compile(r"[,;:!?()\[\]{}|\n\"“”«»…–—،؛]|(?<!\b[A-Z])(?<!\b[SMF]t)(?<!\bSte)\.\s")
"""What may not stand within a name. A full stop may after an initial, `St` and `Mt`."""


def scan(words: Words, lexicon: Lexicon) -> list[Hit]:
    """The names in a field, in order; hits overlap only where one is `inside` another."""
    hits: list[Hit] = []
    free, known = 0, [lexicon.names(lexeme) for lexeme in words.lexemes]
    for i, names in enumerate(known):
        if i < free or not names.begins or (not names.may_be_small and words.is_lower(i)):
            continue
        most = _most(words, known, i, len(known), lexicon) if names.most > 1 else 1
        if most == 1 and not names.inflects:
            senses = lexicon.senses(words.lexemes[i])
            hit = _hit(words, i, i + 1, words.folded[i], senses) if senses else None
        else:
            hit = _longest(words, i, most, lexicon)
        if hit is not None:
            hits.append(hit)
            if hit.last - i > 1 and any(sense.owner == "actor" for sense in hit.senses):
                hits += _within(words, known, hit, lexicon)
            free = hit.last
    return hits


def _most(words: Words, known: list[Names], i: int, end: int, lexicon: Lexicon) -> int:
    """How many words a name at word `i` may have before word `end`, by its first two."""
    names = known[i]
    most = names.most if names.most < end - i else end - i
    if most == 1 or (most == 2 and names.inflects):
        return most
    if not names.inflects and not known[i + 1].may_be_second:
        return 1
    least = 2 if names.inflects else 1  # of two words the second may be in a case
    return max(least, min(most, lexicon.longest(words.folded[i], words.folded[i + 1])))


def _longest(words: Words, i: int, most: int, lexicon: Lexicon) -> Hit | None:
    inflects = words.folded[i] >= INFLECTED
    for n in range(most, 0, -1):
        key = words.folded[i] if n == 1 else " ".join(words.folded[i : i + n])
        senses = lexicon.find(key)
        if senses and (hit := _hit(words, i, i + n, key, senses)):
            return hit
        if n > 1 and inflects and (hit := _inflected_end(words, i, n, lexicon)):
            return hit
    return _inflected(words, i, lexicon) if inflects else None


def _inflected_end(words: Words, i: int, n: int, lexicon: Lexicon) -> Hit | None:
    """A name of several words of which the last is in a grammatical case, as `у Тин-Зауатена`."""
    start, last = " ".join(words.folded[i : i + n - 1]), i + n - 1
    forms = list(lemmas(words.folded[last], keep_article=True))
    if _is_in_district(words, last):
        forms = [*places_of(words.folded[last]), *forms]
    for lemma in forms:
        key = f"{start} {lemma}"
        senses = lexicon.find(key)
        if senses and (hit := _hit(words, i, i + n, key, senses)):
            return hit
    return None


def _inflected(words: Words, i: int, lexicon: Lexicon) -> Hit | None:
    """The word in a grammatical case, or with a prefix that Arabic writes onto it."""
    if words.folded[i] in _WHOLE:
        return None
    forms = lexicon.forms(words.lexemes[i])
    if _is_in_district(words, i):
        forms = [*places_of(words.folded[i]), *forms]
    for lemma in forms:
        for n in range(min(lexicon.heads.get(lemma, 1), len(words) - i), 1, -1):
            start = " ".join((lemma, *words.folded[i + 1 : i + n - 1]))
            last = words.folded[i + n - 1]
            for form in (last, *lemmas(last, keep_article=True)):  # `у Новому Саді`: both words are in the case
                key = f"{start} {form}"
                senses = lexicon.find(key)
                if senses and (hit := _hit(words, i, i + n, key, senses)):
                    return hit
    return _weightiest(words, i, forms, lexicon)


def _is_in_district(words: Words, i: int) -> bool:
    """Whether word `i` may be the adjective of a town."""
    return i + 1 < len(words) and words.folded[i + 1] in _DISTRICTS


def _weightiest(words: Words, i: int, forms: list[str], lexicon: Lexicon) -> Hit | None:
    """Of the names that a word may be a case of, an actor's or that of the largest place: `в Молдове`, `у Косові`."""
    best: Hit | None = None
    most = -1.0
    for lemma in forms:
        senses = lexicon.find(lemma)
        hit = _hit(words, i, i + 1, lemma, senses) if senses else None
        if hit is None:
            continue
        weight = 0.0
        for sense in hit.senses:
            if sense.place is None:
                return hit if best is None else best
            weight = max(weight, sense.place.weight)
        if weight > most:
            best, most = hit, weight
    return best


_WHOLE: Final = function_words("whole")
_DISTRICTS: Final = wordset(
    """
    район района районе району районом районы районов районах райони районі районів округ округа округе направление
    направления направлении направлению напрямок напрямку напрямком напрямі напрям край фронт
    """
)
"""What the adjective of a town stands before."""


def _within(words: Words, known: list[Names], outer: Hit, lexicon: Lexicon) -> list[Hit]:
    within: list[Hit] = []
    i = outer.first
    while i < outer.last:
        may_begin = known[i].may_be_small or not words.is_lower(i)
        end = min(outer.last, i + outer.last - outer.first - 1)
        hit = _longest(words, i, _most(words, known, i, end, lexicon), lexicon) if may_begin else None
        places = tuple([s for s in hit.senses if s.owner == "place"]) if hit and hit.last <= outer.last else ()
        if hit and places:
            within.append(Hit(hit.field, hit.first, hit.last, hit.start, hit.end, hit.key, places, inside=True))
            i = hit.last
        else:
            i += 1
    return within


def _hit(words: Words, first: int, last: int, key: str, senses: Senses) -> Hit | None:
    """The hit, with those senses only that the text's capitals and breaks allow."""
    start, end = words.starts[first], words.ends[last - 1]
    raw = words.text[start:end]
    if last - first > 1 and not all(words.spaced(i) for i in range(first + 1, last)) and _BREAK.search(raw):
        return None
    fitting = senses
    small = is_small(words.text, start)
    if small or words.is_lower(last - 1) or any(sense.flags for sense in senses):
        fitting = tuple([s for s in senses if _fits(s, raw, words)])
        if len(fitting) > 1 and is_large(raw, 0):
            # `indiana` is what is Indian, `Indiana` a state.
            fitting = tuple([s for s in fitting if not s.flags & LOWER]) or fitting
    return Hit(words.field, first, last, start, end, key, fitting) if fitting else None


def _fits(sense: Sense, raw: str, words: Words) -> bool:
    if sense.flags & CASED:
        # In a headline of capitals every word looks like an acronym: one that is also a word is then not believed.
        return _letters(raw) == _letters(sense.alias) and (words.shape != "caps" or not sense.risk)
    if is_small(raw, 0) and not sense.flags & LOWER:
        return False
    return not _ends_small(raw) or _ends_small(sense.alias)


def _letters(acronym: str) -> str:
    return acronym.replace(".", "").replace(" ", "")


def _ends_small(phrase: str) -> bool:
    """Whether the last word of a phrase begins with a small letter."""
    at = len(phrase)
    while at > 0 and phrase[at - 1] not in _EDGES:
        at -= 1
    return at < len(phrase) and is_small(phrase, at)


_EDGES: Final = " -'’."
