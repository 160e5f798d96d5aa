"""Folding: each item joins the open story that it fits best, or opens one.

One that is still alone in its story a day later is weighed once more: an early report says little, and what it is
about has been told by then.

Deterministic and incremental: the answer depends on the items folded before and on the officers' decisions, and on
nothing else. A story without news for `SEALED` hours is sealed and forgotten, so memory follows the news of some days.

An item whose story is known already is told at once and weighed only when a new one asks: who shows what another
process folded never weighs, and of what was stored for weeks only what is still open is weighed at all.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from sitmon.model import Item, Story
from sitmon.story import profile as profiles
from sitmon.story import similarity
from sitmon.story.account import Account
from sitmon.story.decided import Decided, story_id
from sitmon.story.evidence import Evidence, Sight
from sitmon.story.gist import Gist, gist_of
from sitmon.story.index import Index
from sitmon.story.keys import asked, new, of_days, posted
from sitmon.story.profile import Kin, Profile
from sitmon.story.telling import Sources, Telling
from sitmon.story.weights import UNPLACED
from sitmon.tag.roster import Roster, shipped
from sitmon.watch import Decisions

HEARD: Final = 10_000
"""Sealed stories whose stored items are still weighed, for what they say of how rare a word is."""
SEALED: Final = 5 * 24.0
"""Hours without news after which a story is closed to more: later items are about what came of it."""

ALONE: Final = 24.0
"""Hours after which an item that nothing has joined is weighed again."""

KEPT: Final = 300
"""Characters of each summary that an open story keeps, to be folded again when an officer splits it."""


ASKED: Final = 100
"""Items before it that are read again to say why one joined: some hundredths of a second."""
DECIDED: Final = "an officer's decision"


@dataclass(frozen=True, slots=True)
class Joined:
    """Which story an item belongs to, and why; None for an item that may not open one."""

    story: str | None
    because: str
    opened: bool = False


@dataclass(slots=True)
class _Open:
    """An open story: as the folding weighs it, as it is shown, and its items without their texts."""

    account: Account
    telling: Telling
    items: dict[str, Item] = field(default_factory=dict)
    latest: float = 0.0
    """Of its items, in hours from the epoch."""
    unweighed: list[tuple[int, str]] = field(default_factory=list)
    """Items that its account lacks yet, by the order of their coming."""


@cache
def _families() -> Mapping[str, frozenset[str]]:
    return Roster(shipped()).kin


def family(actor: str) -> frozenset[str]:
    """Kin of an actor that ships with sitmon."""
    return _families().get(actor, frozenset())


class Folder:
    """All open stories. `kin` gives an actor's relatives, `sources` each feed's owner and Admiralty letter."""

    def __init__(self, kin: Kin = family, sources: Sources | None = None) -> None:
        self._kin = kin
        self._sources: Sources = sources or {}
        self._decided = Decided()
        self._open: dict[str, _Open] = {}
        self._numbers: dict[int, _Open] = {}
        self._homes: dict[str, str] = {}
        self._index = Index()
        self._behind: dict[str, _Open] = {}
        """Stories with items that are not weighed yet."""
        self._sealed: deque[_Open] = deque(maxlen=HEARD)
        """Such stories that were sealed since: what they told is still news that was heard."""
        self._opened = 0
        self._came = 0
        self._now = 0.0
        self._order: deque[tuple[float, str]] = deque()
        self._alone: deque[tuple[float, str]] = deque()
        """Stories in the order of their opening, which may be of one item yet."""
        self._moved: dict[str, tuple[str, str]] = {}

    def fold(self, item: Item) -> Joined:
        """The item's story. One that it has already it keeps, so that a folder can be filled from a store."""
        if item.published_note == "future":
            return Joined(item.story, "dated in the future: opens no story")
        known = self._known(item)
        if known is not None:
            self._forget(item.when.timestamp() / 3600 - ALONE)
            return self._rejoin(known, item)
        if self._behind or self._sealed:
            self.catch_up()
        profile = profiles.of(item, self._kin)
        self._think_again(profile.hour - ALONE)
        keys = posted(profile)
        best, found = self._best(profile, keys)
        joined = best or self._start(story_id(item.id))
        because = words(found) if best else "first report"
        self._weigh(joined, profile, keys)
        self._join(joined, item, profile.gist, because)
        return Joined(joined.account.id, because, opened=best is None)

    def moved(self) -> Mapping[str, tuple[str, str]]:
        """What second thoughts moved since the last call, with the stories that items left and joined."""
        moved, self._moved = self._moved, {}
        return moved

    def follow(self, item: Item) -> tuple[str, str] | None:
        """Where another process moved a stored item by second thoughts: the stories that it left and joined."""
        before = self._homes.get(item.id)
        if before is None or item.story is None or item.id in self._decided.pins:
            return None
        after = self.final(item.story)
        if after == before or len(self._open[before].items) > 1:
            return None
        self._decided.equate(before, after)
        self._retell(before)
        return before, after

    def catch_up(self) -> None:
        """Weigh the stored items of all stories now, and not when the next new one comes."""
        behind = [*self._sealed, *self._behind.values()]
        waiting = [(at, item, found) for found in behind for at, item in found.unweighed]
        for _, item, found in sorted(waiting, key=_coming):
            profile = profiles.of(found.items[item], self._kin)
            self._weigh(found, profile, posted(profile))
        for found in behind:
            found.unweighed.clear()
        self._sealed.clear()
        self._behind.clear()

    def story(self, story: str) -> Story | None:
        """An open story as it stands; None for one that is sealed."""
        found = self._open.get(self.final(story))
        return found.telling.story() if found else None

    def home(self, item: str) -> str | None:
        """The open story that holds the item."""
        return self._homes.get(item)

    def why(self, item: str) -> str:
        """What speaks for an item's story, by what was told in it before; empty where the story is not open.

        No stored item says why it joined: it is worked out again, when somebody asks.
        """
        found = self._open.get(self._homes.get(item, ""))
        if found is None:
            return ""
        told = sorted(found.items.values(), key=lambda one: (one.when, one.id))
        before = told[: [one.id for one in told].index(item)]
        if item in self._decided.pins:
            return DECIDED
        if not before:
            return "first report"
        account = Account(found.account.id, 0)
        for one in before[-ASKED:]:
            account.add(profiles.of(one, self._kin))
        profile = profiles.of(found.items[item], self._kin)
        sight = self._sight(profile, asked(profile, posted(profile)))
        return words(similarity.evidence(sight, account, -math.inf)) or DECIDED

    def decide(self, decisions: Decisions) -> Mapping[str, tuple[str, str]]:
        """Heed the officers' decisions, all of them anew; what moved for it, with the stories it left and joined."""
        self._decided.heed(decisions)
        for story, found in self._open.items():
            found.telling.credibility = self._decided.digits.get(story)
        before = dict(self._homes)
        for story in [story for story in self._open if self._is_moved(story)]:
            self._retell(story)
        return {item: (before[item], story) for item, story in self._homes.items() if before[item] != story}

    # ------------------------------------------------------------ officers' decisions

    def final(self, story: str) -> str:
        """Where a story was merged into, in the end."""
        return self._decided.final(story)

    def _known(self, item: Item) -> str | None:
        """The story that an item must be in: by an officer's decision, or because it was there already."""
        known = self._decided.pins.get(item.id) or self._homes.get(item.id) or item.story
        return self.final(known) if known else None

    def _is_moved(self, story: str) -> bool:
        items = self._open[story].items
        return self.final(story) != story or any([self._decided.is_moved(story, item) for item in items])

    def _retell(self, story: str) -> None:
        """Take a story apart and fold its items again: to where they are pinned, or to where it was merged."""
        items = list(self._take_back(self._open[story]).items.values())
        for item in items:
            self.fold(replace(item, story=story))

    def _rejoin(self, story: str, item: Item) -> Joined:
        found = self._open.get(story)
        if found is not None and item.id in found.items:
            items = {**self._take_back(found).items, item.id: item}
            for one in items.values():
                self._put(self._open.get(story) or self._start(story), one, "edited")
            return Joined(story, "edited")
        self._put(found or self._start(story), item, "stored")
        return Joined(story, "stored")

    def _put(self, found: _Open, item: Item, because: str) -> None:
        """Into the story where it belongs, whatever it says."""
        self._came += 1
        found.unweighed.append((self._came, item.id))
        self._behind[found.account.id] = found
        self._join(found, item, gist_of(item), because)

    # ------------------------------------------------------------ finding and joining

    def _think_again(self, until: float) -> None:
        """Weigh what was opened by then and is still alone: its story is one with another, or stays as it is."""
        while self._alone and self._alone[0][0] <= until:
            found = self._open.get(self._alone.popleft()[1])
            if found is not None and len(found.items) == 1:
                self._weigh_again(found, next(iter(found.items.values())))

    def _forget(self, until: float) -> None:
        """What was opened by then was weighed again before it was stored."""
        while self._alone and self._alone[0][0] <= until:
            self._alone.popleft()

    def _weigh_again(self, found: _Open, item: Item) -> None:
        story = found.account.id
        if item.id in self._decided.pins or story in self._decided.digits:
            return
        profile = profiles.of(item, self._kin)
        keys = posted(profile)
        best, evidence = self._best(profile, keys, found)
        if best is None or self._decided.is_parted(best.account.id):
            return
        self._take_back(found)
        self._weigh(best, profile, keys)
        self._join(best, item, profile.gist, words(evidence))
        self._decided.equate(story, best.account.id)
        self._moved[item.id] = story, best.account.id

    def _best(self, profile: Profile, keys: set[str], but: _Open | None = None) -> tuple[_Open | None, Evidence]:
        """The story that an item fits best, but for the one named."""
        best, most = None, Evidence(UNPLACED)
        looked = asked(profile, keys)
        sight = self._sight(profile, looked)
        for number in self._index.candidates(looked, sight.rarity):
            candidate = self._numbers[number]
            account = candidate.account
            if candidate is but or not account.first - SEALED < profile.hour < account.latest + SEALED:
                continue
            found = similarity.evidence(sight, account, most.score)
            if found.score > most.score:
                best, most = candidate, found
        return best, most

    def _sight(self, profile: Profile, looked: set[str]) -> Sight:
        return Sight(profile, self._index.lore.rarities(looked | profile.said), self._crowd(profile))

    def _crowd(self, profile: Profile) -> float:
        """How many open stories an item could be of: those of its countries in its days, of all where it names none."""
        days = of_days(profile, (-2, -1, 0))
        return self._index.crowd(days) if days else len(self._open)

    def _start(self, story: str) -> _Open:
        self._opened += 1
        found = _Open(Account(story, self._opened), Telling(story, self._sources, self._decided.digits.get(story)))
        self._open[story] = found
        self._numbers[self._opened] = found
        self._index.lore.open()
        return found

    def _weigh(self, found: _Open, profile: Profile, keys: set[str]) -> None:
        account = found.account
        self._index.lore.tell(new(account, keys, profile.said))
        account.add(profile)
        account.keys |= keys
        if account.number in self._numbers:
            self._index.post(account.number, keys)

    def _join(self, found: _Open, item: Item, gist: Gist, because: str) -> None:
        story, hour = found.account.id, item.when.timestamp() / 3600
        slim = found.items[item.id] = _slim(item)
        found.telling.add(slim, because, gist)
        found.latest = max(found.latest, hour)
        self._homes[item.id] = story
        self._now = max(self._now, hour)
        self._order.append((hour, story))
        if len(found.items) == 1:
            self._alone.append((self._now, story))
        self._seal()

    def _seal(self) -> None:
        while self._order and self._order[0][0] < self._now - SEALED:
            found = self._open.get(self._order.popleft()[1])
            if found is not None and found.latest < self._now - SEALED:
                if found.unweighed:
                    self._sealed.append(found)
                self._drop(found)

    def _take_back(self, found: _Open) -> _Open:
        """Drop a story that is told again at once, so that its news is not heard of twice."""
        self._index.lore.take_back({*found.account.keys, *found.account.said})
        return self._drop(found)

    def _drop(self, found: _Open) -> _Open:
        account = found.account
        del self._open[account.id]
        del self._numbers[account.number]
        self._behind.pop(account.id, None)
        for item in found.items:
            del self._homes[item]
        self._index.drop(account.number, account.keys)
        return found


def _coming(waiting: tuple[int, str, _Open]) -> int:
    return waiting[0]


def _slim(item: Item) -> Item:
    """Without the texts that telling it again does not read."""
    if item.content or item.revisions or len(item.summary) > KEPT:
        return replace(item, summary=item.summary[:KEPT], content="", revisions=())
    return item


def words(found: Evidence) -> str:
    """The evidence that spoke for joining, strongest first."""
    told = [(-worth, name) for name, worth in found.worth.items() if worth > 0.2]
    return ", ".join([name for _, name in sorted(told)])
