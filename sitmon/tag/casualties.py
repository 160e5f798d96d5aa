"""How many people were killed, injured, abducted, displaced or are missing, as one sentence tells it.

Every word that names a harm looks for the quantities that it governs: before it as a subject, after it as an object,
or both, as its shape says (see `[harm]` in counts.toml). The nearest harm word wins a quantity; quantities that are
coordinated with a governed one follow it (`47 soldiers and 84 mercenaries were killed`). What is counted a second time
(`including 3 children`), what did not happen, and what is a rate or a thing counts nothing.
"""

from __future__ import annotations

from typing import Final

from sitmon.tag.counted import Group, groups, has_waw, is_adjective, is_conjoined, is_cut, is_cut_off
from sitmon.tag.languages import function_words
from sitmon.tag.signs import Sign, Signs, Span
from sitmon.tag.text import Words

_REACH: Final = {"noun": 4, "past": 9, "part": 9, "act": 9, "of": 5, "toll": 13}
"""How many words may stand between a harm word of that shape and the number that it governs."""
_SUBJECT: Final = 26
"""The same before a passive with its auxiliary, which may stand at the far end of a long subject."""
_DETERMINER: Final = function_words("determiner")
_OPENS_CLAUSE: Final = function_words("opens_clause")
_SPARED: Final = "spared"
"""Arrests, rescues and the like: they take their figures, and tell none."""


_DISPLACED: Final = "displaced"


class Figure(Span):
    """So many came to harm. `first` to `last` are the words of the noun phrase that is counted."""

    __slots__ = ("at", "harm", "high", "low", "of", "qualifier")

    def __init__(
        self,
        harm: str,
        low: int,
        high: int,
        qualifier: str | None,
        of: str | None,
        first: int,
        last: int,
        at: int,
    ) -> None:
        self.harm, self.low, self.high, self.qualifier, self.of = harm, low, high, qualifier, of
        self.first, self.last = first, last
        self.at = at
        """The word that names the harm."""


class _Link:
    __slots__ = ("at", "before", "cost", "group", "harm")

    def __init__(self, cost: int, group: int, harm: str, before: bool, at: int) -> None:
        self.cost, self.group, self.harm, self.before, self.at = cost, group, harm, before, at

    def is_nearer(self, other: _Link) -> bool:
        if self.cost != other.cost:
            return self.cost < other.cost
        return (self.harm, self.before, self.at) < (other.harm, other.before, other.at)


def figures(words: Words, signs: Signs, first: int, last: int, dates: set[int]) -> list[Figure]:
    """The figures in words `first` to `last` of a text, in order; `dates` are words that tell when."""
    harms = [sign for sign in signs.between(first, last) if sign.kind == "harm" and not is_adjective(signs, sign)]
    counted = groups(words, signs, first, last, dates) if harms else []
    if not counted:
        return []
    links: dict[int, _Link] = {}
    for harm in harms:
        for link in _governed(words, signs, harm, counted, first, last):
            nearest = links.get(link.group)
            if nearest is None or link.is_nearer(nearest):
                links[link.group] = link
    _coordinate(words, signs, counted, links)
    return _told(words, signs, counted, links, first)


# ---------------------------------------------------------------- which harm governs which quantity


def _governed(words: Words, signs: Signs, harm: Sign, groups: list[Group], first: int, last: int) -> list[_Link]:
    needs_people = harm.value[-1] == "!"
    name, shape = (harm.value[:-1] if needs_people else harm.value).split(":")
    if _is_unreal(words, signs, harm, first):
        return []
    links: list[_Link] = []
    usable = [i for i, group in enumerate(groups) if group.named or not needs_people]
    before, after = _sides(words, signs, harm, shape, groups)
    if before and (found := _before(words, signs, harm, shape, groups, usable)):
        links.append(_Link(found[1], found[0], name, True, harm.first))
    if after and (found := _after(words, signs, harm, shape, groups, usable, last)):
        links.append(_Link(found[1], found[0], name, False, harm.first))
    return links


def _sides(words: Words, signs: Signs, harm: Sign, shape: str, groups: list[Group]) -> tuple[bool, bool]:
    """Whether to look before and after the harm word."""
    if shape == "past":
        active = not _has_auxiliary(signs, harm) and _has_object(words, harm, groups)
        return not active, active
    return shape not in {"act", "of"}, shape != "noun"


def _is_feared(words: Words, signs: Signs, group: Group, first: int) -> bool:
    """Whether the figure is one that somebody fears or threatens: `le préfet redoute plusieurs centaines de morts`."""
    i = group.quantity.first
    for at in range(i - 1, max(first - 1, i - 3), -1):
        sign = signs.get(at)
        if is_cut(words, at + 1) or (sign and sign.kind == "harm"):
            return False
        if sign and sign.kind == "unreal":
            return True
    return False


def _is_rate(words: Words, signs: Signs, last: int) -> bool:
    """Whether the figure is a statistic: `kills 8 million people a year`; not `a day after`."""
    for i in range(last, last + 4):
        sign = signs.get(i)
        if sign and sign.kind == "rate" and sign.first == i and words.folded[i - 1] not in _WITHIN:
            after = words.folded[sign.last : sign.last + 1]
            return not (after and (after[0] in _OPENS_CLAUSE or after[0] in _NO_RATE))
    return False


_WITHIN: Final = frozenset({"in", "within", "over", "en", "dans", "em", "innerhalb", "за"})
"""`40 deaths in a week` are counted, not expected."""
_NO_RATE: Final = frozenset({"earlier", "later", "ago", "on", "into"})
"""`a day earlier` is a time."""


def _has_auxiliary(signs: Signs, harm: Sign) -> bool:
    """Whether the verb is passive; `had killed` is not."""
    return _is_auxiliary(signs.get(harm.first - 1)) or _is_auxiliary(signs.get(harm.first - 2))


def _is_auxiliary(sign: Sign | None) -> bool:
    return sign is not None and sign.kind == "aux" and sign.value != "have"


def _has_object(words: Words, harm: Sign, groups: list[Group]) -> bool:
    """Whether the verb, which may be a participle, is followed by whom it harmed."""
    i = harm.last
    if i >= len(words) or is_cut(words, i):
        return False
    if words.folded[i] in _DETERMINER or words.folded[i].isdigit():
        return True
    return any(0 <= group.quantity.first - i <= 2 and not is_cut(words, group.quantity.first) for group in groups)


def _is_unreal(words: Words, signs: Signs, harm: Sign, first: int) -> bool:
    for i in range(harm.first - 1, max(first - 1, harm.first - 5), -1):
        sign = signs.get(i)
        if sign and sign.kind in {"unreal", "none"}:
            return True
        if (sign and sign.kind == "harm") or is_cut(words, i + 1):
            return False
    return False


def _before(
    words: Words, signs: Signs, harm: Sign, shape: str, groups: list[Group], usable: list[int]
) -> tuple[int, int] | None:
    """The nearest usable group that ends before the harm word, and how far it is."""
    if has_waw(words, harm.first):
        return None
    helped = _has_auxiliary(signs, harm)
    reach = 4 if shape == "toll" else _SUBJECT if helped and shape != "noun" else _REACH[shape]
    for index in reversed(usable):
        group = groups[index]
        distance = harm.first - max(group.quantity.last, min(group.end, harm.first))
        if group.quantity.last > harm.first or group.again or _is_age(words, group):
            continue
        if harm.first - group.quantity.last > reach:
            return None
        if _blocked(words, signs, group.quantity.last, harm.first, commas=helped):
            return None
        return index, distance + (2 if distance > 3 else 0)
    return None


def _after(
    words: Words, signs: Signs, harm: Sign, shape: str, groups: list[Group], usable: list[int], last: int
) -> tuple[int, int] | None:
    for index in usable:
        group = groups[index]
        distance = group.quantity.first - harm.last
        if distance < 0 or group.again:
            continue
        if distance > _REACH[shape] or group.quantity.first >= last:
            return None
        if _blocked(words, signs, harm.last, group.quantity.start, commas=shape == "toll"):
            return None
        if shape == "part" and not group.named and words.folded[group.quantity.first - 1] in _BEFORE_AGE:
            return None
        return index, distance + 1
    return None


_BEFORE_AGE: Final = frozenset({"at", "aged", "aos", "los"})
"""`dies at 66`; a figure of people stands after none of them."""


def _is_age(words: Words, group: Group) -> bool:
    """`SMITH, 65, WAS KILLED`."""
    i = group.quantity.first
    if group.named or group.quantity.last > i + 1 or not words.folded[i].isdigit() or not i:
        return False
    return "," in words.gap(i) and i + 1 < len(words) and "," in words.gap(i + 1)


def _blocked(words: Words, signs: Signs, first: int, last: int, commas: bool) -> bool:
    """Whether another clause begins between word `first` and word `last`."""
    for i in range(first, last + 1):
        if i < len(words) and is_cut(words, i):
            if is_cut_off(words, i):
                return True
            if not commas and not _is_bare(signs, i, last):
                return True
        sign = signs.get(i)
        if i == last or sign is None or sign.first != i:
            continue
        if sign.kind == "harm" and not sign.value.endswith("toll") and not is_adjective(signs, sign):
            return True
        if sign.kind == "conj":
            after = signs.get(sign.last)
            if sign.last == last or (after and after.kind == "harm"):
                return True
    return False


def _is_bare(signs: Signs, i: int, last: int) -> bool:
    """Whether nothing but a noun for people stands before the harm word: `Ten soldiers, police killed`."""
    sign = signs.get(last - 1)
    return last - 2 <= i < last and sign is not None and sign.kind == "people"


def _coordinate(words: Words, signs: Signs, groups: list[Group], links: dict[int, _Link]) -> None:
    """Groups that are listed with a governed one share its harm."""
    for index in range(len(groups) - 2, -1, -1):
        link = links.get(index + 1)
        if link and link.before and index not in links and _listed(words, signs, groups, index):
            links[index] = link
    for index in range(1, len(groups)):
        link = links.get(index - 1)
        if link and not link.before and index not in links and _listed(words, signs, groups, index - 1):
            links[index] = link


def _listed(words: Words, signs: Signs, groups: list[Group], index: int) -> bool:
    """Whether nothing but a comma or a conjunction stands between this group and the next."""
    this, following = groups[index], groups[index + 1]
    if following.again or this.again or not (following.named or this.named):
        return False
    start = following.quantity.first
    between = [i for i in range(this.end, start) if not ((sign := signs.get(i)) and sign.kind == "conj")]
    if len(between) > 1 or any((s := signs.get(i)) and s.kind in {"harm", "aux"} for i in range(this.end, start)):
        return False
    return is_conjoined(words, signs, this.end) or has_waw(words, start)


def _told(words: Words, signs: Signs, groups: list[Group], links: dict[int, _Link], first: int) -> list[Figure]:
    """The figures of real people that came to harm, each once."""
    told: list[Figure] = []
    for index, group in enumerate(groups):
        link = links.get(index)
        if link is None or link.harm == _SPARED:
            continue
        found = group.quantity
        if link.harm == _DISPLACED and found.high == 1:
            continue  # `a relative who had fled`
        if _is_feared(words, signs, group, first) or _is_rate(words, signs, max(group.end, link.at)):
            continue
        if not any(f.harm == link.harm and f.low == found.low and f.high == found.high for f in told):
            of = None if group.of == "people" else group.of
            told.append(Figure(link.harm, found.low, found.high, found.qualifier, of, found.first, group.end, link.at))
    return told
