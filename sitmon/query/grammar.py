"""Tokens to tree: a recursive descent.

query := all ('or' all)*        all := one (('and')? one)*
one   := ('-' | 'not') one | '(' query ')' | field | words ['NEAR/n' words]
"""

from __future__ import annotations

from sitmon.query import nodes
from sitmon.query.nodes import EVERYTHING, Near, Node, Not, Words
from sitmon.query.tokens import QUOTES_GONE, QuerySyntaxError, Token, tokens
from sitmon.query.words import words

LONGEST = 4000
DEEPEST = 40
"""Parentheses within parentheses: far above what anybody writes, far below Python's recursion limit."""


def parse(text: str) -> Node:
    """The tree of a query. Raises QuerySyntaxError."""
    if len(text) > LONGEST:
        raise QuerySyntaxError(LONGEST, f"too long: at most {LONGEST} characters")
    reader = _Reader(tokens(text))
    return reader.whole()


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.next = 0
        self.depth = 0

    def whole(self) -> Node:
        if self._token.kind == "end":
            return EVERYTHING
        node = self._any()
        if self._token.kind == ")":
            raise QuerySyntaxError(self._token.at, "no parenthesis is open here")
        return node

    @property
    def _token(self) -> Token:
        return self.tokens[self.next]

    def _take(self) -> Token:
        token = self._token
        self.next += 1
        return token

    def _any(self) -> Node:
        parts = [self._all()]
        while self._token.kind == "or":
            self._take()
            parts.append(self._all())
        return nodes.either(tuple(parts))

    def _all(self) -> Node:
        parts = [self._one()]
        while self._token.kind not in {"or", ")", "end"}:
            if self._token.kind == "and":
                self._take()
            parts.append(self._one())
        return nodes.both(tuple(parts))

    def _one(self) -> Node:
        token = self._take()
        if token.kind in {"-", "not", "("}:
            return self._inner(token)
        if token.kind == "field" and token.compare is not None:
            return token.compare
        if token.kind == "words":
            return self._words(token)
        raise _unexpected(token)

    def _inner(self, token: Token) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise QuerySyntaxError(token.at, f"more than {DEEPEST} parentheses or negations deep")
        node = self._group(token) if token.kind == "(" else Not(self._one())
        self.depth -= 1
        return node

    def _group(self, opening: Token) -> Node:
        node = self._any()
        if self._take().kind != ")":
            raise QuerySyntaxError(opening.at, "this parenthesis is never closed")
        return node

    def _words(self, token: Token) -> Node:
        left = _checked_words(token)
        if self._token.kind != "near":
            return left
        near = self._take()
        right = self._take()
        if right.kind != "words":
            raise QuerySyntaxError(right.at, "NEAR stands between two words or phrases")
        return Near(left, _checked_words(right), near.distance)


def _unexpected(token: Token) -> QuerySyntaxError:
    named = {"end": "the query ends", ")": "the parenthesis closes", "near": "NEAR stands"}
    what = named.get(token.kind, f'"{token.kind}" stands')
    return QuerySyntaxError(token.at, f"{what} where a word, a field or a parenthesis is needed")


def _checked_words(token: Token) -> Words:
    if not words(token.text):
        raise QuerySyntaxError(token.at, f"nothing to look for in {token.text!r}: letters or figures are needed")
    return Words(" ".join(token.text.translate(QUOTES_GONE).split()), token.prefix)
