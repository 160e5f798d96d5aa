"""Which region or actor an officer means by what was typed: an id, a name, or one of an actor's aliases.

Case and accents do not matter. What nothing is called so is refused with the nearest name, and what may mean several
with their ids: a tag that an officer sets is never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Literal

from sitmon.config import Config
from sitmon.errors import UsageError
from sitmon.geography import Geography
from sitmon.model import ActorTag, RegionKind, RegionTag
from sitmon.tag import areas, gazetteer
from sitmon.tag.roster import Actor, Roster, shipped
from sitmon.tag.text import fold

What = Literal["region", "actor"]


class Names:
    """`regions` are names by id, `actors` the roster with the operator's own; `places` is asked for any other place, by
    id or name, and gives names by id."""

    def __init__(
        self,
        regions: Mapping[str, str],
        actors: Mapping[str, Actor],
        places: Callable[[str], Mapping[str, str]] = lambda _text: {},
    ) -> None:
        self._regions, self._actors = dict(regions), actors
        self._places = places
        self._ids = {"region": {fold(one): one for one in regions}, "actor": {fold(one): one for one in actors}}
        self._named = {
            "region": _gathered((name, one) for one, name in regions.items()),
            "actor": _gathered((actor.name, one) for one, actor in actors.items()),
        }
        self._aliases = _gathered((alias.lstrip("?"), one) for one, actor in actors.items() for alias in actor.aliases)

    def find(self, what: What, text: str) -> str:
        """The id. Raises UsageError for a text that names nothing, or several."""
        found = self._called(what, text)
        widest = min(found, key=len, default="")  # Gao is the region before it is the town in it
        if found and all(f"{one}.".startswith(f"{widest}.") for one in found):
            return widest
        if found:
            raise UsageError(f"{text!r} may be {', '.join(found[:6])}: give the id")
        raise UsageError(self.unknown(what, text))

    def unknown(self, what: What, text: str) -> str:
        """That nothing is called so, with the nearest name; empty where something is."""
        return "" if self._called(what, text) else f"no {what} is called {text!r}{self._near(what, fold(text.strip()))}"

    def either(self, text: str) -> tuple[What, str]:
        """A region of that id or name, else an actor, with its id. Raises UsageError as `find`."""
        what: What = "actor" if self._known("actor", text) and not self._known("region", text) else "region"
        return what, self.find(what, text)

    def _known(self, what: What, text: str) -> tuple[str, ...]:
        key = fold(text.strip())
        if one := self._ids[what].get(key):
            return (one,)
        return self._named[what].get(key) or (self._aliases.get(key, ()) if what == "actor" else ())

    def _called(self, what: What, text: str) -> tuple[str, ...]:
        found = self._known(what, text)
        if not found and what == "region":
            more = self._places(text.strip())
            self._regions |= more
            return tuple(more)
        return found

    def name(self, what: What, one: str) -> str:
        """The name of an id; the id itself where nothing is known of it."""
        if what == "region":
            return self._regions.get(one, one)
        return self._actors[one].name if one in self._actors else one

    def region_tag(self, region: str) -> RegionTag:
        """The tag of a region that no word in the text stands for."""
        steps = region.split(".")
        kinds: tuple[RegionKind, ...] = ("country", "admin1", "place")
        kind: RegionKind = "area" if region[:1].islower() else kinds[min(len(steps), 3) - 1]
        name = self._regions.get(region) or steps[-1].replace("-", " ")
        return RegionTag(region, name, kind, None if kind == "area" else steps[0], None, None, 1.0)

    def actor_tag(self, actor: str) -> ActorTag:
        """The same of an actor."""
        known = self._actors.get(actor)
        if known is None:
            return ActorTag(actor, actor, "other", None)
        return ActorTag(actor, known.name, known.kind, known.country)

    def _near(self, what: What, key: str) -> str:
        known = self._ids[what] | {name: min(ids, key=len) for name, ids in self._named[what].items()}
        near = [known[text] for text in get_close_matches(key, known, n=1, cutoff=0.6)]
        return f"; did you mean {near[0]} ({self.name(what, near[0])})?" if near else "; give its id or name"


def of_config(config: Config, geography: Geography) -> Names:
    """The names of a configuration; `geography` adds the places that items told of."""
    own = {place.id: place.name for place in config.places if place.name}
    divisions = {one: name for one, name in geography.names.items() if areas.is_region(one)}
    known = {**geography.places, **divisions, **own}
    return Names(known, Roster(shipped(), config.actors), gazetteer.called)


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Ids by folded name."""
    found: dict[str, tuple[str, ...]] = {}
    for name, one in pairs:
        key = fold(name)
        if one not in found.get(key, ()):
            found[key] = (*found.get(key, ()), one)
    return found
