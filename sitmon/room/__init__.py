"""The watch room: one data folder as it stands, folded into stories, alerts with their states, and levels of regions.

`follow` takes in what others appended, `act` writes down what the officer does; the rest are questions. What the
screen shows of it is made in `showing`.
"""

from __future__ import annotations

import getpass
import math
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from sitmon import query as q
from sitmon import story, watch
from sitmon.clock import Clock
from sitmon.config import Config
from sitmon.errors import UsageError
from sitmon.geography import Geography
from sitmon.model import Alert, AlertState, Entry, Feed, FeedHealth, FeedState, Item, Level, RegionStatus, Select, Story
from sitmon.options import Options
from sitmon.picture import FeedLine
from sitmon.room import naming, orders, search
from sitmon.room.dossier import dossier
from sitmon.room.naming import Names
from sitmon.room.strangers import strangers
from sitmon.status import Board
from sitmon.store import Store, open_store
from sitmon.watch.corrections import Correction, corrected, corrections
from sitmon.world import cast_of, publishers, world_of

HELD = timedelta(days=10)
"""How far back stories and levels are folded: an open story is sealed after ten days without news."""

READ = 100
"""Items of a story that are read to put it into words."""

AHEAD = timedelta(days=1)
"""Items are stored as they are seen: one first seen so long after a moment in the past ends the reading for it. A day
allows for a clock that was set back."""


def open_room(options: Options, role: Literal["seat", "reader"]) -> Room:
    """The room of the options' data folder, at the moment that they ask for; a seat's is yet to be filled.

    Raises SitmonError.
    """
    config = options.load()
    geography = Geography(config.regions)
    store = open_store(options.folder, role=role, areas=geography.members)
    room = Room(config, store, geography, options.time, options.by or config.settings.initials or login())
    room.look_back(options.moment(room.now()))
    if role == "reader":
        room.fill()
    return room


def login() -> str:
    """The officer's login name; `officer` where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "officer"


class Room:
    """Everything that can be asked about one data folder."""

    def __init__(self, config: Config, store: Store, geography: Geography, clock: Clock, by: str) -> None:
        self.config = config
        self.store = store
        self.geography = geography
        self.clock = clock
        self.feeds: Mapping[str, Feed] = {feed.id: feed for feed in config.feeds}
        self.entries: tuple[Entry, ...] = ()
        """The watch log up to the moment looked at."""
        self.all_alerts: tuple[Alert, ...] = ()
        self.statuses: tuple[RegionStatus, ...] = ()
        self.taken: list[Item] = []
        """Items taken in since whoever shows them last looked."""
        self.world = world_of(config, geography, level=self._level, states=self._states)
        self.by = by
        """Initials of the officer who has the watch at this seat."""
        self._corrections: dict[str, tuple[Correction, ...]] = {}
        self._as_of: datetime | None = None
        self._left: Iterator[Item] = iter(())
        self.is_filled = True
        """All that is stored of the last days was taken in."""

    def now(self) -> datetime:
        """The moment that is looked at."""
        return self._as_of or self.clock.now()

    def close(self) -> None:
        self.store.close()

    # ---------------------------------------------------------------- taking in

    def configure(self, config: Config) -> None:
        """Begin anew with another configuration."""
        self.config = config
        self.geography = Geography(config.regions)
        self.feeds = {feed.id: feed for feed in config.feeds}
        self.world = world_of(config, self.geography, level=self._level, states=self._states)
        self.look_back(self._as_of)

    def look_back(self, as_of: datetime | None) -> None:
        """Begin anew at another moment, None for now; `fill` then takes in what was known."""
        self._as_of = as_of
        now = self.now()
        self.taken.clear()
        self._folder = story.Folder(cast_of(self.config.actors).kin, publishers(self.config))
        self._board = Board(
            self.config.regions,
            self.config.enabled,
            countries=self.geography.countries,
            areas=self.geography.boards,
            names=self.geography.names,
        )
        self._corrections = {}
        self._names: Names | None = None
        self._take_entries()
        self._left = iter(self.store.recent(now - HELD))
        self.is_filled = False
        self.settle()

    def fill(self, seconds: float = math.inf) -> None:
        """Take in what is stored of the last days, for at most so long at a time."""
        until, now = time.monotonic() + seconds, self.now()
        for item in self._left:
            if item.first_seen > now + AHEAD:
                self._left = iter(())
                continue
            if item.first_seen <= now:
                self._take(item)
            if time.monotonic() > until:
                break
        else:
            self.is_filled = True
        self.settle()

    def follow(self) -> bool:
        """Take in what collector and other seats appended; True when the picture changed."""
        found = self.store.refresh()
        if self._as_of is not None:
            return False
        if found.entries:
            self._take_entries()
        for item in self.store.items(found.items):
            self._take(item)
        if found:
            self.settle()
        return bool(found)

    def corrected(self, item: Item) -> Item:
        """The item as officers left it: with its tags corrected, in the story where it is now."""
        if made := self._corrections.get(item.id):
            item = corrected(item, made, region=self.names.region_tag, actor=self.names.actor_tag)
        home = self._folder.home(item.id) or (self._folder.final(item.story) if item.story else None)
        return item if home == item.story else item.joined(home)

    def told(self, item: Item) -> tuple[Item, Story | None]:
        """The item as officers left it, and its story."""
        item = self.corrected(item)
        return item, self.story(item.story) if item.story else None

    @property
    def names(self) -> Names:
        """What regions and actors are called, the places of the last days' news among them."""
        if self._names is None:
            self._names = naming.of_config(self.config, self.geography)
        return self._names

    def strangers(self, text: str) -> Iterator[str]:
        """In words, what a query asks for by a name that nothing known bears."""
        return (words for _, words in strangers(text, self.config, self.names))

    def _take(self, item: Item) -> None:
        moved = self._folder.follow(item)
        item = self.corrected(item)
        self.geography.learn(item)
        joined = self._folder.fold(item)
        self._board.add(item, self._folder.story(joined.story) if joined.story else None)
        self.taken.append(item)
        if moved:
            self._weigh_anew(moved)

    def _take_entries(self) -> None:
        now = self.now()
        self.entries = tuple(entry for entry in self.store.entries() if entry.at <= now)
        moved = self._folder.decide(watch.decisions(self.entries, now))
        before, self._corrections = self._corrections, corrections(self.entries, now)
        names = before.keys() | self._corrections.keys()
        changed = sorted(name for name in names if before.get(name) != self._corrections.get(name))
        for item in self.store.items(changed):
            if item.first_seen >= now - HELD:
                self._take(item)
        self._weigh_anew({story for pair in moved.values() for story in pair})

    def _weigh_anew(self, stories: Iterable[str]) -> None:
        """Stories that lost or won items, with what each item of theirs told."""
        for name in sorted(stories):
            self._board.drop(name)
            held = self._folder.story(name)
            if held is None or held.id != name:
                continue
            for item in self.store.items(held.items[::-1]):
                item = self.corrected(item)
                self._board.add(item, held)
                self.taken.append(item)

    def _placed(self, alert: Alert) -> Alert:
        """The alert with the story that its items are in now."""
        homes = [home for home in map(self._folder.home, alert.items) if home]
        if alert.story is None or not homes:
            return alert
        stays = self._folder.final(alert.story)
        return replace(alert, story=stays if stays in homes else homes[0])

    def _known(self, alert: Alert) -> Alert:
        """The alert with the items that it had at the moment looked at: it stood for no more reports than those."""
        if self._as_of is None or alert.updated <= self._as_of:
            return alert
        items = tuple(item.id for item in self.store.items(alert.items) if item.first_seen <= self._as_of)
        return replace(alert, items=items, count=max(1, min(alert.count, len(items))))

    def settle(self) -> None:
        """Alerts and levels as they stand now that all is taken in, and as time wears on."""
        now = self.now()
        raised = (self._placed(self._known(alert)) for alert in self.store.alerts() if alert.raised <= now)
        self.all_alerts = tuple(sorted(watch.fold(raised, self.entries, now), key=urgency))
        levels = watch.levels(self.entries, now)
        found = self._board.assess(now, alerts=self.all_alerts, feeds=self.store.feeds(), levels=levels)
        scores = {status.id: status.score for status in found}
        self.statuses = tuple(
            s for s in found if s.kind == "board" or not (self.geography.is_same(s.id) or _is_twin(s, scores))
        )

    # ---------------------------------------------------------------- questions

    def parse(self, text: str) -> q.Query:
        """The query. Raises UsageError that points at the character."""
        parsed = q.parse(text, self.world)
        if isinstance(parsed, q.QueryError):
            raise UsageError(str(parsed))
        return parsed

    def find(self, text: str) -> Iterator[Item]:
        """Items that answer the query, newest first, as they were known at the moment looked at."""
        now = self.now()
        found = search.find(self.store, self.parse(text), self.told, now)
        return (item for item in found if item.first_seen <= now)

    def alerts(self, text: str) -> list[Alert]:
        """Alerts of which an item answers the query, unseen first, then by priority."""
        wanted = self.parse(text)
        return [alert for alert in self.all_alerts if wanted.is_everything or self._answers(alert, wanted)]

    def regions(self, text: str) -> list[RegionStatus]:
        """Those whose id or name holds the text: the board in its order, then the worst first."""
        return [status for status in self.statuses if text.casefold() in f"{status.id} {status.name}".casefold()]

    def stories(self, text: str) -> Iterator[Story]:
        """Stories of the items that answer the query, the one with the newest item first."""
        seen: set[str] = set()
        for item in self.find(text):
            told = self.story(item.story) if item.story else None
            if told and told.id not in seen:
                seen.add(told.id)
                yield told

    def feed_lines(self, text: str = "") -> Iterator[FeedLine]:
        """Feeds whose id, name or health holds the text, in the order of feeds.yaml."""
        states = self.store.feeds()
        for feed in self.config.feeds:
            line = feed_line(feed, states.get(feed.id))
            if text.casefold() in f"{feed.id} {feed.name} {line.state.health.value}".casefold():
                yield line

    def story(self, story_id: str) -> Story | None:
        """A story of the last days as it is held; an older one is folded anew from its items."""
        held = self._folder.story(story_id)
        if held is not None:
            return held
        now = self.now()
        items = self.store.items(self.store.ids(Select(stories=(story_id,))))
        known = sorted((i for i in items if i.first_seen <= now), key=lambda i: (i.first_seen, i.id))
        return story.tell(story_id, known, publishers(self.config)) if known else None

    def dossier(self, told: Story, item: str = "") -> tuple[tuple[str, str], ...]:
        """The story in words, and why the item joined it."""
        read = tuple(self.store.items(tuple(dict.fromkeys((*told.items[:READ], told.items[-1])))))
        given = [e for e in watch.effective(self.entries) if e.verb == "credibility" and self._is_of(e.subject, told)]
        joined = (("joined", why),) if item and (why := self._folder.why(item)) else ()
        return (*dossier(told, read, self.feeds, given[-1] if given else None), *joined)

    def _is_of(self, story_id: str, told: Story) -> bool:
        return self._folder.final(story_id) == told.id

    def _answers(self, alert: Alert, wanted: q.Query) -> bool:
        now = self.now()
        return any(q.matches(wanted, *self.told(item), now) for item in self.store.items(alert.items))

    def _level(self, region: str) -> Level:
        return next((status.level for status in self.statuses if status.id == region), Level.UNKNOWN)

    def _states(self, item: Item, told: Story | None) -> frozenset[AlertState]:
        name = told.id if told else item.story
        found = (a for a in self.all_alerts if item.id in a.items or (name is not None and a.story == name))
        return frozenset(alert.state for alert in found)

    # ---------------------------------------------------------------- the officer

    def act(
        self,
        verb: str,
        subject: str,
        text: str = "",
        until: datetime | None = None,
        data: tuple[tuple[str, str], ...] = (),
        by: str | None = None,
    ) -> str:
        """Write what an officer did into the watch log; what came of it, in words.

        Raises StoreError, and UsageError for an order that names what does not exist.
        """
        now, seat = self.clock.now(), self.store.seat
        struck = self._last_about(subject) if verb == "undo" else None
        order = self._undo(struck) if verb == "undo" else self._order(verb, subject, dict(data))
        order = order or orders.Order(data, "")
        moment = f"{seat}-{now:%Y%m%dT%H%M%S%f}"
        # A coarse clock, or one that stands still, gives several acts one moment; ids keep their order.
        same = sum(entry.id.startswith(moment) for entry in self.entries)
        entry = Entry(
            f"{moment}-{same:03}" if same else moment,
            seat,
            by or self.by,
            now,
            verb,
            struck.subject if struck else subject,
            text,
            until,
            corrects=struck.id if struck else None,
            data=order.data,
        )
        self.store.log(entry)
        if verb == "shift" and text:
            self.by = text
        self._take_entries()
        self.settle()
        late = watch.late(self.store.alerts(), self.entries, now)
        return next((words for second, words in late if second.id == entry.id), order.words)

    def _order(self, verb: str, subject: str, asked: dict[str, str]) -> orders.Order | None:
        """An order about tags or stories as it can be carried out, None for another verb. Raises UsageError."""
        match verb:
            case "tag":
                self._names = None  # places of the latest news may be meant
                item = self.store.item(subject)
                return orders.tag(self.corrected(item) if item else None, asked, self.names)
            case "split":
                return orders.split(self._folder.story(subject), asked.get("items", "").split())
            case "merge":
                return orders.merge(self._folder.story(subject), self._folder.story(asked.get("into", "")))
        return None

    def _last_about(self, subject: str) -> Entry | None:
        """What was last done to an alert, region, story or feed, to an item or its story; or an entry by its id."""
        item = self.store.item(subject)
        story_id = self.corrected(item).story if item else None
        return watch.last_about(self.entries, {subject, *((story_id,) if story_id else ())})

    def _undo(self, struck: Entry | None) -> orders.Order:
        return orders.undo(struck, self._folder.story(struck.subject) if struck else None)


def feed_line(feed: Feed, state: FeedState | None) -> FeedLine:
    known = state or FeedState(feed.id)
    if not feed.enabled:
        reason = feed.note or "switched off in feeds.yaml"
        since = known.since if known.health is FeedHealth.OFF else None
        known = replace(known, health=FeedHealth.OFF, reason=reason, since=since, next_due=None)
    regions = (*feed.regions, *feed.countries)
    name = feed.name or feed.id
    return FeedLine(feed.id, name, feed.url, feed.enabled, regions, known, feed.owner, feed.reliability)


def _is_twin(status: RegionStatus, scores: Mapping[str, float]) -> bool:
    """A town that all of its division's news is about, under the same name: one line says it."""
    above, _, name = status.id.rpartition(".")
    told_apart = status.set_by is not None or scores.get(above) != status.score
    return not told_apart and above.count(".") == 1 and above.endswith(f".{name}")


def urgency(alert: Alert) -> tuple[bool, bool, int, float]:
    """Sorts open before closed, unseen before seen, urgent before less, new before old."""
    return (not alert.is_open, not alert.is_unseen, alert.priority, -alert.updated.timestamp())


def newest(states: Iterable[FeedState]) -> datetime | None:
    return max((state.newest for state in states if state.newest), default=None)
