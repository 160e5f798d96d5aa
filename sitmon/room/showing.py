"""What a room shows on the screen: the Situation, the timeline's pages, and cards of all about one thing."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sitmon import query as q
from sitmon.model import Alert, AlertState, Item, Priority, Select
from sitmon.picture import Alarms, Card, Page, Record, Row, Sheet, Situation
from sitmon.room import Room, feed_line, newest, relief, rows, search, timeline
from sitmon.rules.flood import load
from sitmon.watch import effective, handover, out_of_service

SLICE = 0.15
"""Seconds that a question may look on before the screen gets what was found so far."""

RECORD = 100
"""Items of an alert, a region or a story that are listed behind it."""


class Showing:
    """One screen's view of a room: answers to its queries so far, and the dated events of what was taken in."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._version = 0
        self._answers: dict[str, search.Answer] = {}
        self._strangers: dict[str, str] = {}
        self._events: list[tuple[float, str, Row]] = []
        self._tellers: set[str] = set()
        """Items of which events are listed."""
        self._flagged: frozenset[str] = frozenset()
        """Items that a rule of priority FLAG found."""

    def anew(self) -> None:
        """The picture changed: questions are to be asked again, with what was taken in since."""
        self._version += 1
        self._answers.clear()
        again = {item.id for item in self._room.taken} & self._tellers
        if again:  # edited, corrected or moved: what they told before does not stand beside what they tell now
            self._events = [event for event in self._events if event[2].item not in again]
        for item in {item.id: item for item in self._room.taken}.values():
            for row in rows.of_events(item):
                insort(self._events, (-row.when.timestamp(), row.key, row))
                self._tellers.add(item.id)
        self._room.taken.clear()
        flags = (alert for alert in self._room.all_alerts if alert.priority is Priority.FLAG and alert.is_open)
        self._flagged = frozenset(item for alert in flags for item in alert.items)

    def begin(self) -> None:
        """The room begins anew."""
        self._events.clear()
        self._tellers.clear()
        self._strangers.clear()
        self.anew()

    def situation(self, collector: str, trouble: tuple[str, ...], *, exercise: bool) -> Situation:
        """All but the timeline."""
        room = self._room
        states = room.store.feeds()
        return Situation(
            as_of=room.now(),
            alerts=tuple(alert for alert in room.all_alerts if alert.is_open),
            regions=room.statuses,
            feeds=tuple(room.feed_lines()),
            alarms=alarms(room.all_alerts, room.now()),
            items=room.store.count(Select()),
            newest=newest(states.values()),
            collector=collector,
            trouble=(*trouble, *room.store.notices()),
            version=self._version,
            out=out_of_service(room.entries, room.now()),
            exercise=exercise,
        )

    def page(self, text: str, offset: int, limit: int) -> Page:
        """Rows of the timeline that answer the query, or what is wrong with it."""
        parsed = q.parse(text, self._room.world)
        if isinstance(parsed, q.QueryError):
            return Page(text, 0, 0, (), error=str(parsed))
        if parsed.is_everything:
            return self._whole(text, offset, limit)
        answer = self._answers.get(text)
        if answer is None:
            answer = self._answers[text] = search.ask(self._room.store, parsed, self._room.now())
        answer.further(self._room.store, self._room.told, wanted=offset + limit, seconds=SLICE)
        return self._part(text, answer, offset, limit)

    def _whole(self, text: str, offset: int, limit: int) -> Page:
        """Everything: articles are counted in the index, and none is read that is not shown."""
        store, now = self._room.store, self._room.now()
        ids = store.ids(Select(until=now))
        events = self._told([row for _, _, row in self._events])

        def articles(start: int, stop: int) -> Sequence[Row]:
            return self._rows(ids[start:stop])

        def newer_than(when: datetime) -> int:
            return store.count(Select(since=when, until=now))

        shown = self._marked(timeline.window(offset, limit, articles, events, newer_than))
        return Page(text, len(ids) + len(events), offset, shown, first_key(articles, events, newer_than))

    def _part(self, text: str, answer: search.Answer, offset: int, limit: int) -> Page:
        """What has matched so far, with the events that the matching articles tell."""
        matched = set(answer.matched)
        events = self._told([row for _, _, row in self._events if row.item in matched])

        def articles(start: int, stop: int) -> Sequence[Row]:
            return self._rows(answer.matched[start:stop])

        def newer_than(when: datetime) -> int:
            return bisect_left(answer.times, -when.timestamp())

        shown = self._marked(timeline.window(offset, limit, articles, events, newer_than))
        if answer.is_complete and not shown and not offset and (unknown := self._unknown(text)):
            return Page(text, 0, 0, (), error=unknown)
        more = 0 if answer.is_complete else 1
        return Page(text, len(matched) + len(events) + more, offset, shown, first_key(articles, events, newer_than))

    def _unknown(self, text: str) -> str:
        """What the query asks for by a name that nothing bears; kept, for to look for a place takes half a second."""
        if text not in self._strangers:
            self._strangers[text] = "; ".join(self._room.strangers(text))
        return self._strangers[text]

    def _told(self, events: list[Row]) -> list[Row]:
        """One line for the same event of one story, the first that told it."""
        seen: dict[tuple[object, ...], Row] = {}
        for row in events:
            seen.setdefault((row.story or row.item, row.when, row.type), row)
        return list(seen.values())

    def _rows(self, ids: Sequence[str]) -> tuple[Row, ...]:
        return tuple(self._row(item) for item in self._room.store.items(ids))

    def _marked(self, shown: Sequence[Row]) -> tuple[Row, ...]:
        """Events with the rating and the flag that their articles have now."""
        room = self._room

        def marked(row: Row) -> Row:
            told = room.story(row.story) if row.story else None
            rating = rows.rating(room.feeds.get(row.source), told)
            return replace(row, rating=rating, flagged=row.item in self._flagged)

        return tuple(marked(row) if row.kind == "event" else row for row in shown)

    def _row(self, item: Item) -> Row:
        item, told = self._room.told(item)
        return rows.of_item(item, self._room.feeds.get(item.feed), told, flagged=item.id in self._flagged)

    def card(self, item_id: str) -> Card | None:
        """All about an item, None where it is not stored."""
        room = self._room
        stored = room.store.item(item_id)
        if stored is None:
            return None
        item, told = room.told(stored)
        feed = room.feeds.get(item.feed)
        others = [other for other in (told.items if told else ()) if other != item_id]
        names = [(r.id, r.name) for r in item.tags.regions] + [(a.id, a.name) for a in item.tags.actors]
        return Card(
            item=item,
            feed=feed_line(feed, room.store.feeds().get(item.feed)) if feed else None,
            story=told,
            others=self._rows(others[:RECORD]),
            alerts=tuple(a for a in room.all_alerts if item_id in a.items or (a.story and a.story == item.story)),
            names=tuple(names),
            rating=rows.rating(feed, told),
            corrected=tuple(e for e in effective(room.entries) if e.verb == "tag" and e.subject == item_id),
            told=room.dossier(told, item_id) if told else (),
        )

    def sheet(self) -> Sheet:
        """The hand-over sheet as it would be signed now."""
        given = relief.handover(self._room)
        waiting = (f"{alert.rule}: {alert.title}" for alert in handover.unanswered(given.alerts))
        return Sheet(handover.sheet(given), tuple(waiting))

    def record(self, subject: str) -> Record:
        """What stands behind an alert, a region, a feed or a story, and what officers did about it; the watch log's
        last day for an empty subject."""
        if not subject:
            since = self._room.now() - timedelta(days=1)
            return Record(subject, entries=tuple(entry for entry in self._room.entries if entry.at >= since))
        entries = tuple(entry for entry in self._room.entries if entry.subject == subject)
        return Record(subject, self._rows(self._behind(subject)), entries, self._story_of(subject))

    def _story_of(self, subject: str) -> tuple[tuple[str, str], ...]:
        """An alert's story in words; nothing where it has none."""
        room = self._room
        alert = next((alert for alert in room.all_alerts if alert.id == subject), None)
        told = room.story(alert.story) if alert and alert.story else None
        return room.dossier(told) if told else ()

    def _behind(self, subject: str) -> Sequence[str]:
        room = self._room
        alert = next((alert for alert in room.all_alerts if alert.id == subject), None)
        if alert is not None:
            told = room.story(alert.story) if alert.story else None
            return tuple(dict.fromkeys((*alert.items, *(told.items if told else ()))))[:RECORD]
        if subject in room.feeds:
            return room.store.ids(Select(feeds=(subject,), until=room.now()))[:RECORD]
        if told := room.story(subject):
            return told.items[:RECORD]
        return room.store.ids(Select(regions=(subject,), until=room.now()))[:RECORD]


def first_key(articles: timeline.Articles, events: Sequence[Row], newer_than: timeline.NewerThan) -> str | None:
    """Key of the newest line of all, so that the screen can count what came above its own."""
    top = timeline.window(0, 1, articles, events, newer_than)
    return top[0].key if top else None


def alarms(alerts: Sequence[Alert], now: datetime) -> Alarms:
    """The officer's load: what rang in ten minutes, and what does not ring though it is there."""
    rate, flood = load((alert.raised for alert in alerts if alert.priority is not Priority.FLAG), now)
    return Alarms(
        last_10_min=rate,
        flood=flood,
        shelved=sum(alert.state is AlertState.SHELVED for alert in alerts),
        suppressed=sum(alert.state is AlertState.OUT_OF_SERVICE for alert in alerts)
        + sum(count for alert in alerts for why, count in alert.suppressed if not why.startswith("also ")),
    )
