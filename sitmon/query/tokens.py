"""Text to tokens, with fields known, their values checked and brought into their canonical form.

Every error knows the character where the reader went wrong, and says what may stand there.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from sitmon.query import nodes, times
from sitmon.query.fields import BY_NAME, FIELDS, Field
from sitmon.query.nodes import Compare
from sitmon.query.words import begun, words

_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»"}
QUOTES_GONE = str.maketrans(dict.fromkeys('"“”„«»', " "))
"""Quotation marks inside a phrase in other quotation marks say nothing, and could not be printed back."""
_FIELD = re.compile(r"([^\W\d_]+)(:|>=|<=|>|<|=)(.*)", re.S)


class QuerySyntaxError(Exception):
    """Where and why a text is no query; `parse` turns it into a QueryError."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(message)
        self.position = position
        self.message = message


@dataclass(frozen=True, slots=True)
class Token:
    kind: Literal["(", ")", "-", "and", "or", "not", "near", "words", "field", "end"]
    at: int
    text: str = ""
    prefix: bool = False
    distance: int = 0
    compare: Compare | None = None


def tokens(text: str) -> list[Token]:
    """The tokens of a query, an `end` last. Raises QuerySyntaxError."""
    return _Lexer(text).tokens()


class _Lexer:
    """Cuts the text into tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def tokens(self) -> list[Token]:
        found: list[Token] = []
        while True:
            while self.at < len(self.text) and self.text[self.at].isspace():
                self.at += 1
            if self.at >= len(self.text):
                return [*found, Token("end", self.at)]
            found.append(self._token())

    def _token(self) -> Token:
        at, char = self.at, self.text[self.at]
        if char == "(" or char == ")":
            self.at += 1
            return Token("(" if char == "(" else ")", at)
        if char == "-" and at + 1 < len(self.text) and not self.text[at + 1].isspace():
            self.at += 1
            return Token("-", at)
        if char in _QUOTES:
            return _words(at, self._quoted(), in_quotes=True)
        return self._bare(at)

    def _quoted(self) -> str:
        start = self.at
        ends = [self.text.find(end, start + 1) for end in _QUOTES[self.text[start]]]
        end = min((e for e in ends if e >= 0), default=-1)
        if end < 0:
            raise QuerySyntaxError(start, "this quotation mark is never closed")
        self.at = end + 1
        return self.text[start + 1 : end]

    def _run(self, stops: str) -> str:
        """Characters up to a space or one of the stops."""
        start = self.at
        while self.at < len(self.text) and not self.text[self.at].isspace() and self.text[self.at] not in stops:
            self.at += 1
        return self.text[start : self.at]

    def _bare(self, at: int) -> Token:
        text = self._run('()"“”„«»')
        if not text:
            raise QuerySyntaxError(at, f"a lone {self.text[at]} closes nothing")
        if text[0] in ":<>=":
            raise QuerySyntaxError(at, "a comparison stands right behind its field, without a space, as in killed>=10")
        if (other := text.find("!=")) >= 0:
            raise QuerySyntaxError(at + other, f"no comparison: write -{text.replace('!=', ':', 1)} instead")
        if found := _FIELD.fullmatch(text):
            self.at = at + found.start(3)
            return self._field(at, found[1], found[2])
        keyword = nodes.KEYWORD.fullmatch(text)
        if keyword and text.lower().startswith("near"):
            return Token("near", at, distance=_distance(at, text))
        if keyword:
            return Token({"and": "and", "or": "or", "not": "not"}[text.lower()], at)  # type: ignore[arg-type]
        return _words(at, text)

    def _field(self, at: int, name: str, op: str) -> Token:
        field = _known(at, name)
        if op not in field.operators:
            raise QuerySyntaxError(
                at + len(name), f"{field.name} is compared with {' '.join(field.operators)}, as in {field.example}"
            )
        places, values = [], []
        while True:
            places.append(self.at)
            values.append(self._value())
            if self.at >= len(self.text) or self.text[self.at] != ",":
                break
            self.at += 1
        return Token("field", at, compare=_compare(field, op, places, values))

    def _value(self) -> str:
        if self.at < len(self.text) and self.text[self.at] in _QUOTES:
            return self._quoted()
        return self._run('(),"')


def _words(at: int, text: str, *, in_quotes: bool = False) -> Token:
    """A word or a phrase; a star at its end leaves the last word open."""
    plain, prefix = begun(text)
    _refuse_stars(at + in_quotes, plain)
    return Token("words", at, plain, prefix)


def _refuse_stars(at: int, plain: str) -> None:
    if (star := plain.find("*")) >= 0:
        raise QuerySyntaxError(at + star, "a * stands at the end alone, for any word that begins so: convoy*")


def _distance(at: int, text: str) -> int:
    number = text.partition("/")[2]
    if not number or not 1 <= int(number) <= 99:
        raise QuerySyntaxError(at, "NEAR needs a distance from 1 to 99, as in convoy NEAR/5 wagner")
    return int(number)


def _known(at: int, name: str) -> Field:
    field = BY_NAME.get(name.lower())
    if field is None:
        names = [field.name for field in FIELDS]
        close = difflib.get_close_matches(name.lower(), names, 1, 0.5)
        hint = f"did you mean {close[0]}?" if close else f"fields are {', '.join(names)}"
        raise QuerySyntaxError(at, f'no field "{name}": {hint} (to search for the word, put it in quotation marks)')
    return field


def _compare(field: Field, op: str, places: list[int], values: list[str]) -> Compare:
    """The comparison with its values checked and in their canonical form."""
    if len(values) > 1 and (op != ":" or field.kind == "time"):
        raise QuerySyntaxError(places[1] - 1, f"one value only, as in {field.example}")
    if field.kind == "time":
        when = _time(field, places[0], values[0])
        return Compare(field.name, op, (when.text,), when)
    read = tuple(dict.fromkeys(_checked(field, at, value) for at, value in zip(places, values, strict=True)))
    return Compare(field.name, ":" if op == "=" else op, read)


def _checked(field: Field, at: int, value: str) -> str:
    value = " ".join(value.translate(QUOTES_GONE).split())
    if not value:
        raise QuerySyntaxError(at, f"{field.name} needs a value, as in {field.example}")
    if field.kind == "number":
        if not (value.isascii() and value.isdigit() and len(value) < 12):
            raise QuerySyntaxError(at, f"{field.name} is compared with a whole number, as in {field.example}")
        return str(int(value))
    if field.choices:
        return _choice(field, at, value.lower().replace(" ", "_"))
    if not words(value):
        raise QuerySyntaxError(at, f"nothing to look for in {value!r}: letters or figures are needed")
    _refuse_stars(at, begun(value)[0] if field.kind == "text" else value)
    return value


def _choice(field: Field, at: int, value: str) -> str:
    if value in field.choices:
        return value
    close = difflib.get_close_matches(value, field.choices, 1, 0.5)
    beginning = [choice for choice in field.choices if choice.startswith(value)]
    hint = f"did you mean {(beginning or close)[0]}?" if beginning or close else f"one of {', '.join(field.choices)}"
    raise QuerySyntaxError(at, f"no {field.name} {value!r}: {hint}")


def _time(field: Field, at: int, value: str) -> times.When:
    when = times.read(value.strip())
    if when is None:
        raise QuerySyntaxError(
            at, "no time: write 24h, 2024-09-17, 2024-09-17T06:00Z or a date-time group such as 221530ZNOV26"
        )
    if when.back is not None and field.name == "on":
        raise QuerySyntaxError(at, "on needs a day or a month, as in on:2024-09-17")
    return when
