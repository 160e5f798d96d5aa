"""The quantities of people in a sentence: which numbers count somebody, whom, and what only counts them again."""

from __future__ import annotations

from typing import Final

from sitmon.tag.languages import function_words
from sitmon.tag.numbers import NUMERALS, Quantity, begins_with_digit, quantity
from sitmon.tag.signs import Sign, Signs
from sitmon.tag.text import Words

_NOUN_PHRASE: Final = 7
STOP: Final = frozenset(',;:()[]-—–\n"“”«»…،؛')


_HARD_STOP: Final = STOP.difference(",،")
"""What ends more than an item of a list."""
_ENDS_PHRASE: Final = function_words("ends_phrase")
_PLURAL: Final = function_words("plural")


class Group:
    """A quantity of people, with its noun phrase."""

    __slots__ = ("again", "end", "named", "of", "quantity")

    def __init__(self, counted: Quantity, end: int, of: str | None, named: bool, again: bool) -> None:
        self.quantity, self.end, self.of = counted, end, of
        self.named = named
        """Whether a noun says that it counts people."""
        self.again = again
        """Whether it is a part of what was counted before."""


def groups(words: Words, signs: Signs, first: int, last: int, dates: set[int]) -> list[Group]:
    told: list[Group] = []
    i, again_until = first, -1
    while i < last:
        sign = signs.get(i)
        if sign is not None and sign.kind == "including":
            again_until = sign.last + 2
        elif sign is not None and sign.kind == "from" and (found := quantity(words, signs, sign.last, dates)):
            i = found.last
            continue
        found = _quantity(words, signs, sign, i, first, last, dates)
        if found is None:
            i += 1
            continue
        group = _group(words, signs, found, last, again=found.first <= again_until)
        if group:
            told.append(group)
            if group.again:
                again_until = group.end + 2 if is_conjoined(words, signs, group.end) else -1
        i = found.last
    return told


def _quantity(
    words: Words, signs: Signs, sign: Sign | None, i: int, first: int, last: int, dates: set[int]
) -> Quantity | None:
    """What begins at word `i`, which is a part of the sign: a number, or a noun for one person without a number."""
    kind = sign.kind if sign is not None else ""
    found = None
    if kind in NUMERALS or words.lexemes[i].number >= 0:
        found = quantity(words, signs, i, dates)
    if found is None and words.folded[i] in _ONE:
        found = _indefinite(words, signs, i, last)
    if found is None and sign is not None and kind == "people" and words.field == "title":
        found = _bare(words, signs, sign, i, first)
    return found


_ONE: Final = frozenset({"a", "an"})


def _indefinite(words: Words, signs: Signs, i: int, last: int) -> Quantity | None:
    """`a soldier`, `a seven-year-old girl`: one."""
    for at in range(i + 1, min(i + 6, last)):
        if is_cut(words, at):
            return None
        sign = signs.get(at)
        if sign and sign.kind == "people":
            many = _is_many(words, at) or words.folded[at + 1 : at + 2] == ["of"]
            return None if many else Quantity(i, i, at + 1, 1, 1, None, sign.value)
        if sign and sign.kind in {"thing", "harm", "vague", "conj"}:
            return None
    return None


def _touches_harm(signs: Signs, found: Quantity) -> bool:
    """`one killed`, `un mort`: what counts nobody else is believed only beside a harm."""
    for i in (found.first - 1, found.last):
        sign = signs.get(i)
        if (
            sign is not None
            and sign.kind == "harm"
            and not (i == found.last and sign.value.rstrip("!").endswith(":of"))
        ):
            return True  # `un afflux de` has an article
    return False


_SINGULAR: Final = function_words("singular")
_HEADLINE: Final = 8
"""Words between whom a headline begins with and what befell him: `Polizist bei Einsatz in Berlin erschossen`."""


def _heads_headline(words: Words, signs: Signs, i: int) -> bool:
    """Whether a single person opens the headline, and a harm follows before anything else is told."""
    if i > 1:  # `Matan a periodista`, `Asesinan a balazos a candidata`
        acts = any((s := signs.get(at)) and s.kind == "harm" and s.value.endswith(":act") for at in range(i - 4, i - 1))
        return words.folded[i - 1] == "a" and acts
    for at in range(i + 1, min(i + _HEADLINE, len(words))):
        sign = signs.get(at)
        if is_cut(words, at) or (sign and sign.kind in {"conj", "num", "vague"}):
            return False
        if sign and sign.kind == "harm":
            return sign.value.endswith((":part", ":past", ":part!"))
    return False


def _bare(words: Words, signs: Signs, sign: Sign, i: int, first: int) -> Quantity | None:
    """A headline's `Ukrainian soldier killed`: one. English only, where a noun shows its number."""
    if words.folded[i] in _SINGULAR and _heads_headline(words, signs, i):
        return Quantity(i, i, sign.last, 1, 1, None, sign.value)
    if sign.last != i + 1 or _is_many(words, i):
        return None
    harm = signs.get(i + 1)
    if harm is None or harm.kind != "harm" or not harm.value.endswith(":past") or not words.text.isascii():
        return None
    if i > first and begins_with_digit(words.folded[i - 1]):
        return None
    before = signs.get(i - 1) if i > first else None
    return None if before and before.kind in {"num", "vague", "mult"} else Quantity(i, i, i + 1, 1, 1, None, sign.value)


def _is_many(words: Words, i: int) -> bool:
    return words.folded[i].endswith("s") or words.folded[i] in _PLURAL


def _is_part(signs: Signs, last: int, end: int) -> bool:
    """`60 of them children`, `four policemen were among the dead`."""
    first = signs.get(last)
    if first and first.kind == "including" and first.value == "part":
        return True
    following = signs.get(end)
    if following and following.kind == "aux":
        following = signs.get(following.last)
    return bool(following and following.kind == "including" and following.value == "among")


def _group(words: Words, signs: Signs, found: Quantity, last: int, again: bool) -> Group | None:
    end, of, people = found.last, found.of, found.of is not None
    for at in range(found.last, min(found.last + _NOUN_PHRASE, last)):
        sign = signs.get(at)
        if sign and sign.kind == "harm" and is_adjective(signs, sign):
            people = people or sign.value.endswith(":noun")
            end = at + 1
            continue
        if is_cut(words, at) or (sign and sign.kind not in {"people", "counted", "thing", "unit", "speaker"}):
            break
        if words.folded[at] in _ENDS_PHRASE:
            break
        if sign and sign.kind in {"thing", "unit"} and not people:
            return None
        if sign and sign.kind in {"people", "counted"}:
            value = sign.value.rpartition(" ")[2] if sign.kind == "counted" else sign.value
            of, people = (value if of is None or of[0].isupper() else of), True
        end = at + 1
    if not people and found.low == found.high == 1 and not _touches_harm(signs, found):
        return None
    return Group(found, end, of, people, again or _is_part(signs, found.last, end))


def is_cut(words: Words, i: int) -> bool:
    """Whether punctuation stands before word `i`."""
    gap = words.gap(i)
    return len(gap) > 1 and not STOP.isdisjoint(gap)


def is_cut_off(words: Words, i: int) -> bool:
    """Whether more than a comma does."""
    gap = words.gap(i)
    return len(gap) > 1 and not _HARD_STOP.isdisjoint(gap)


def is_conjoined(words: Words, signs: Signs, i: int) -> bool:
    """Whether what follows word `i` goes on with the list."""
    if i >= len(words):
        return False
    sign = signs.get(i)
    return "," in words.gap(i) or "،" in words.gap(i) or bool(sign and sign.kind == "conj") or has_waw(words, i)


def has_waw(words: Words, i: int) -> bool:
    """Arabic writes `and` onto the next word."""
    return i < len(words) and words.folded[i][:1] == "و" and len(words.folded[i]) > 2


def is_adjective(signs: Signs, harm: Sign) -> bool:
    """Whether it only says who is counted: `four displaced persons were killed`, `six captives were found dead`."""
    before, after = signs.get(harm.first - 1), signs.get(harm.last)
    if before is None or after is None or before.kind not in {"num", "vague", "mult"}:
        return False
    if harm.value.endswith(":noun"):
        return not harm.value.startswith("killed") and after.kind in {"aux", "harm"}
    return after.kind == "people" and harm.value.endswith((":past", ":part"))
