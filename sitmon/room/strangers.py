"""Values in a query that nothing known bears: `actor:jmin` finds nothing, and only a word about it tells why.

They are no mistakes of the language, for what is stored may name feeds and places that are known no longer; so a check
of feeds.yaml warns of them, and a search says so when it finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from sitmon import query as q
from sitmon.config import Config
from sitmon.config.check import FEED_KINDS, LANG, TLPS
from sitmon.query.nodes import Compare
from sitmon.room.naming import Names


def strangers(text: str, config: Config, names: Names) -> Iterator[tuple[int, str]]:
    """Of a text that is a query: where in it such a condition begins, and in words what is not known."""
    known = _Known(names, config)
    for at, compare in q.comparisons(text):
        for value in compare.values:
            if found := known.complaint(compare, value):
                yield at, found


class _Known:
    def __init__(self, names: Names, config: Config) -> None:
        self._names = names
        self._board = {word.casefold() for region in config.regions for word in (region.id, region.name)}
        self._words = {
            "source": {word for feed in config.feeds for word in (feed.id, feed.owner, feed.name) if word},
            "kind": {*FEED_KINDS},
            "tlp": {*TLPS},
        }

    def complaint(self, compare: Compare, value: str) -> str:
        """Why the value finds nothing; empty where it may find something."""
        match compare.field:
            case "region" | "country":
                return "" if value.casefold() in self._board else self._names.unknown("region", value)
            case "actor" if ":" not in value:  # mil:ML and the like are made when they are met
                return self._names.unknown("actor", value)
            case "lang" if not LANG.fullmatch(value):
                return f"no language is written {value!r}; write it as fr"
            case "source" | "kind" | "tlp":
                return self._none(compare.field, value)
        return ""

    def _none(self, field: str, value: str) -> str:
        known = {word.casefold(): word for word in self._words[field]}
        if value.casefold() in known:
            return ""
        near = get_close_matches(value.casefold(), known, n=1, cutoff=0.6)
        return f"no {field} is called {value!r}" + (f"; did you mean {known[near[0]]}?" if near else "")
