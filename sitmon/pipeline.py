"""READ THIS FIRST: the stages composed, top to bottom.

    feeds.yaml  config.load          -> Config: feeds, board, rules, own names
    every feed  schedule.due         -> those to ask now
                fetch                -> Body | NotModified | Failed
                parse, normalise     -> Items: plain text, aware UTC, stable ids
                tag                  -> places, actors, events
                written              -> what the store writes of them     (these four in worker processes)
    every item  story.Folder.fold    -> the story that it tells
                rules.Engine.observe -> alerts that it raises or changes
                store.commit         -> durable, together with the feed's new state
    the desk    room.Room            -> what is stored, folded with the watch log into a Situation
                tui                  -> three panes

`Pipeline` is the middle part: it lives in the collector, takes what a feed brought, and is the only one to commit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sitmon import retention, watch
from sitmon.collector import Arrival
from sitmon.config import Config
from sitmon.errors import StoreError
from sitmon.geography import Geography
from sitmon.model import Alert, Commit, Entry, Item, Story
from sitmon.rules.engine import Engine
from sitmon.store import Store
from sitmon.story import Folder
from sitmon.world import cast_of, publishers, world_of

USUAL = timedelta(days=28)
"""How far back items are read at the start: four weeks tell what is usual at an hour of the week, and hold every
story that is still open."""

Rung = Callable[[tuple[Alert, ...], datetime], None]


class Pipeline:
    """Items in, stories and alerts out, all of it durable before `take` returns."""

    def __init__(
        self, config: Config, store: Store, geography: Geography, now: datetime, rung: Rung | None = None
    ) -> None:
        """`rung` hears of alerts that were raised or changed, when they are durable."""
        self._rung = rung
        self._config = config
        self._store = store
        self._geography = geography
        self._remember(now)

    def take(self, arrivals: Sequence[Arrival], now: datetime) -> None:
        """Fold, judge and store what polls of feeds brought, and the feeds' new states with it.

        Raises StoreError when it cannot be written; then nothing of it was taken, and the next poll brings it again.
        """
        items: list[Item] = []
        alerts: dict[str, Alert] = {}
        moved: dict[str, tuple[str, str]] = {}
        documents = {item_id: made for arrival in arrivals for item_id, made in arrival.documents.items()}
        for item in sorted((item for arrival in arrivals for item in arrival.items), key=told_at):
            self._geography.learn(item)
            items.append(item.joined(self._folder.fold(item).story))
            if thoughts := self._folder.moved():
                moved |= thoughts
                alerts |= {alert.id: alert for alert in self._engine.follow(thoughts.values())}
            if not self._engine.is_idle:
                told = self._story(items[-1].story)
                alerts |= {alert.id: alert for alert in self._engine.observe(items[-1], told, now)}
        items = self._moved(items, moved)
        documents |= {item.id: documents[item.id].telling(item.story) for item in items if item.id in documents}
        states = tuple(arrival.state for arrival in arrivals)
        self._commit(Commit(tuple(items), states, tuple(alerts.values()), documents), now)

    def tick(self, now: datetime) -> None:
        """What passes with time alone: silence, surges, alerts that return to normal. Call it once a round."""
        alerts = self._engine.tick(now, self._store.feeds())
        if alerts:
            self._commit(Commit(alerts=alerts), now)

    def tidy(self, now: datetime) -> tuple[tuple[str, ...], str]:
        """Delete the months that are older than the operator keeps them; their names, and why others that seem to be
        are not deleted, empty where none are. Raises StoreError."""
        keep, states = self._config.settings.keep, self._store.feeds()
        news = retention.news_of(states[feed.id] for feed in self._config.enabled if feed.id in states)
        deleted = self._store.retain(retention.since(now, news, keep))
        return deleted, retention.doubt(now, news, self._store.over(now - keep))

    def follow(self, now: datetime) -> tuple[Entry, ...]:
        """What officers entered since the last call; their decisions about stories are heeded from now on."""
        entries = self._store.refresh().entries
        if any(entry.verb in {"split", "merge", "credibility", "undo"} for entry in entries):
            moved = self._folder.decide(watch.decisions(self._store.entries(), now))
            items = tuple(item.joined(moved[item.id][1]) for item in self._store.items(tuple(moved)))
            if items:
                self._commit(Commit(items), now)
        return entries

    def _moved(self, items: list[Item], moved: Mapping[str, tuple[str, str]]) -> list[Item]:
        """The items, and with them those of earlier polls that turned out to be of another story."""
        if not moved:
            return items
        taken = {item.id for item in items}
        stored = self._store.items(tuple([item for item in moved if item not in taken]))
        return [item.joined(moved[item.id][1]) if item.id in moved else item for item in (*items, *stored)]

    def _commit(self, change: Commit, now: datetime) -> None:
        try:
            self._store.commit(change)
        except StoreError:
            self._remember(now)  # stories and rules have seen what is not stored: begin again from what is
            raise
        if self._rung and change.alerts:
            self._rung(change.alerts, now)

    def _story(self, story: str | None) -> Story | None:
        return self._folder.story(story) if story else None

    def _remember(self, now: datetime) -> None:
        """Stories and rules as they stand by what is stored."""
        self._folder = Folder(cast_of(self._config.actors).kin, publishers(self._config))
        self._engine = Engine(
            self._config.rules,
            world=world_of(self._config, self._geography),
            alerts=self._store.alerts(),
            polled=tuple(self._store.feeds()),
        )
        self._folder.decide(watch.decisions(self._store.entries(), now))
        for item in self._store.recent(now - USUAL):
            self._geography.learn(item)
            story = self._folder.fold(item).story
            if not self._engine.is_idle:
                self._engine.remember(item, self._story(story))
        self._folder.catch_up()  # here, and not while feeds wait for their answers to be taken in


def told_at(item: Item) -> tuple[datetime, str]:
    """The order in which items are folded: as they were published, whatever the order of the feeds."""
    return item.when, item.id
