"""Persons whom no table knows: `Colonel Assimi Goïta`, `президент Иван Петров`, and their surnames further on.

A title before a name in capitals makes a person. Prose only: in a headline of capitals nothing tells where a name ends.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sitmon.tag.bodies import HEADS
from sitmon.tag.languages import function_words
from sitmon.tag.lexemes import mark
from sitmon.tag.text import Words
from sitmon.tag.wordlists import wordlist

TITLES: Final = wordlist("title")
SPEECH: Final = wordlist("speech")
"""Words beside a person's name."""
TITLED: Final = mark(TITLES)
SPEAKS: Final = mark(SPEECH)

_PARTICLES: Final = wordlist("name particle")
_BEFORE_A_NAME: Final = TITLES | _PARTICLES

_ABBREVIATION: Final = function_words("abbreviation")
_OF: Final = wordlist("of")
_NEVER: Final = wordlist("never in a name")
_NOT_A_NAME: Final = wordlist("not a name") | wordlist("after a surname")


class Person(NamedTuple):
    """Words `first` to `last` (exclusive) name a person; the title before them."""

    first: int
    last: int
    title: str


def titled(words: Words, taken: set[int]) -> list[Person]:
    """Persons with a title before their name. `taken` are the words that belong to names already known."""
    folded, lexemes = words.folded, words.lexemes
    found: list[Person] = []
    i = 0
    while i < len(folded) - 1:
        if not lexemes[i].marks & TITLED or lexemes[i + 1].marks & TITLED or not _bears(words, i):
            i += 1
            continue
        if folded[i + 1] in _OF:
            first = _behind_office(words, i)
            last = _name_end(words, first, taken)
            ends = first < len(words) and (words.gap(first) == " " or words.text[words.ends[last - 1] :][:1] == ",")
            if last - first > 1 and ends and _is_name(words, first, last):
                found.append(Person(first, last, folded[i]))
                i = last
            i += 1
            continue
        last = _name_end(words, i + 1, taken)
        if last - i > 1 and _is_name(words, i + 1, last):
            found.append(Person(i + 1, last, folded[i]))
        i = max(last, i + 1)
    return found


_OFFICE: Final = 6
"""Words of an office behind its title: `ministre de l'Economie et des Finances, Olivier Kaboré,`."""


def _behind_office(words: Words, title: int) -> int:
    """The word behind the comma that ends an office, or behind one in small letters: `porte-parole du gouvernement`."""
    small = True
    for i in range(title + 2, min(title + 2 + _OFFICE, len(words))):
        gap = words.gap(i)
        if gap == ", " or (small and i > title + 2 and gap == " " and words.is_capital(i)):
            return i
        if gap.strip("'’ "):
            break
        small = small and not words.is_capital(i)
    return len(words)


def speaking(words: Words, taken: set[int]) -> list[Person]:
    """Persons of two names and more beside a verb of speech: `says Jean-Hervé Jézéquel`, `Haidar Bukhari said`."""
    found: list[Person] = []
    for i, lexeme in enumerate(words.lexemes):
        if not lexeme.marks & SPEAKS or words.is_capital(i):
            continue
        first = _name_start(words, i, taken)
        if i - first > 1 and words.gap(i) == " " and _is_name(words, first, i):
            found.append(Person(first, i, lexeme.word))
        elif i + 2 < len(words) and _follows(words, i + 1):
            last = _name_end(words, i + 1, taken)
            if last - i > 2 and _is_name(words, i + 1, last):
                found.append(Person(i + 1, last, lexeme.word))
    return found


def leading(words: Words, taken: set[int]) -> list[Person]:
    """Persons of one name who lead a story: named three times, never in small letters, and once where they speak."""
    found: list[Person] = []
    names: set[str] = set()
    for i, lexeme in enumerate(words.lexemes):
        if i and lexeme.marks & SPEAKS and words.is_capital(i - 1):
            names.add(words.folded[i - 1])
    for name in names:
        if words.folded.count(name) < 3 or len(name) < 4 or name in _NEVER or name in TITLES or name in HEADS:
            continue
        stands = [i for i, word in enumerate(words.folded) if word == name and i not in taken]
        if len(stands) < 3 or not all(words.is_capital(i) for i in stands):
            continue
        if all(words.opens_sentence(i) for i in stands) or words.raw(stands[0]).isupper():
            continue
        found += [Person(i, i + 1, "speaker") for i in stands]
    return found


def _name_start(words: Words, end: int, taken: set[int]) -> int:
    i = end
    while i > 0 and end - i < 4 and i - 1 not in taken and words.folded[i - 1] not in _NEVER:
        if i < end and not _joined(words, i):
            break
        if not words.is_capital(i - 1) and not (i < end and _is_particle(words, i - 1)):
            break
        i -= 1
    while i < end and words.folded[i] in _BEFORE_A_NAME and not words.is_capital(i):
        i += 1
    return i


def _is_particle(words: Words, i: int) -> bool:
    """`van der Leyen`, but `Vertreter der Agentur`."""
    if words.folded[i] == "der":
        return words.folded[i - 1] in {"van", "von"}
    return words.folded[i] in _PARTICLES


def _follows(words: Words, i: int) -> bool:
    return words.spaced(i) or words.gap(i) in {". ", ".\u00a0", "\u00a0"}


def _bears(words: Words, title: int) -> bool:
    """Whether the word behind the title may be its name: `Gen. Smith`, but `said the governor. Residents fled`."""
    gap = words.gap(title + 1)
    return gap in {" ", "\u00a0"} or (gap in {". ", ".\u00a0"} and words.folded[title] in _ABBREVIATION)


def _name_end(words: Words, i: int, taken: set[int]) -> int:
    start = i
    while i < len(words) and i - start < 6 and i not in taken and words.folded[i] not in _NEVER:
        if i > start and not _joined(words, i):
            break
        if not words.is_capital(i) and not (i > start and words.folded[i] in _PARTICLES and words.is_capital(i + 1)):
            break
        i += 1
    return i


def _joined(words: Words, i: int) -> bool:
    if words.spaced(i):
        return True
    gap = words.gap(i)
    return gap in {"-", "'", "’", "\u00a0"} or (gap == ". " and words.ends[i - 1] - words.starts[i - 1] == 1)


def _is_name(words: Words, first: int, last: int) -> bool:
    folded = words.folded[first:last]
    if any(word in HEADS or word in _NOT_A_NAME or word.isdigit() for word in folded) or (
        folded[0] in _BEFORE_A_NAME and last - first == 1
    ):
        return False
    if last < len(words) and words.folded[last] in {"of", "s"} and last - first == 1 and words.folded[last] == "of":
        return False
    raw = [words.raw(i) for i in range(first, last)]
    return any(len(w) > 2 for w in folded) and not all(w.isupper() and len(w) > 1 for w in raw)
