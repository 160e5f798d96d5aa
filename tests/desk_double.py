"""A desk in the same process, over queues, with data of its own: for tests of the screen, and to look at it.

`python -m tests.desk_double` runs the screen on it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sitmon.model import (
    Alert,
    AlertState,
    Count,
    Driver,
    Entry,
    Event,
    EventType,
    FeedHealth,
    FeedState,
    Item,
    Level,
    Mention,
    Priority,
    RegionStatus,
    Severity,
    Story,
    Tags,
    Trend,
)
from sitmon.picture import (
    Act,
    Alarms,
    AskCard,
    AskPage,
    AskRecord,
    AskSheet,
    Card,
    Done,
    FeedLine,
    FromDesk,
    Leave,
    LookBack,
    Page,
    Record,
    Refused,
    Row,
    Sheet,
    Situation,
    ToDesk,
)
from sitmon.tui.link import Link, LinkLost
from tests.factories import NOW, actor_tag, region_tag

STATES = {"ack": AlertState.ACKNOWLEDGED, "watch": AlertState.WATCHING, "shelve": AlertState.SHELVED}

TITLES = (
    ("studio-tamani", ("ML",), "Une colonne de l'armée signalée au nord de Kidal", "", 2),
    ("desert-wire", ("ML", "DZ"), "Convoy of forty vehicles reaches Aguelhok, residents say", "", 1),
    ("wad", ("BF",), "Djibo : les routes coupées, les vivres manquent", "", 0),
    ("sahel-observer", ("ML",), "Gendarmerie school in Bamako attacked at dawn", "70 killed", 5),
    ("ennahar", ("DZ",), "نازحون من تين زواتين يعبرون الحدود", "", 0),
    ("asia-desk", ("JP",), "北海道で震度5弱の地震、津波の心配なし", "", 0),
    ("niger-hebdo", ("NE",), "Tillabéri: état d'urgence prolongé de trois mois", "", 0),
    ("rumour-mill", (), "[/oops] [@click=app.quit]press me[/] \x1b]0;owned\x07 brackets \u202edecoy", "", 0),
    ("port-news", ("SN",), "Dakar port strike ends after a pay deal \U0001f6a2\U0001f3fd", "", 0),
)


def row(number: int, *, minutes_ago: float | None = None) -> Row:
    """A row of the timeline; the higher the number, the newer."""
    source, countries, title, harm, similar = TITLES[number % len(TITLES)]
    ago = timedelta(minutes=-number if minutes_ago is None else minutes_ago)
    return Row(
        key=f"r{number}",
        item=f"i{number}",
        kind="item",
        when=NOW - timedelta(minutes=310) - ago,
        precision="minute",
        countries=countries,
        source=source,
        rating="B2" if similar else "C6",
        title=f"{title} ({number})",
        type=EventType.BATTLES if harm else EventType.OTHER,
        severity=Severity.EXTREME if harm else Severity.SEVERE if similar > 1 else Severity.UNKNOWN,
        harm=harm,
        similar=similar,
        flagged=number % 11 == 0,
        story="s1" if similar else None,
    )


def alert(number: int, priority: Priority, title: str, **more: Any) -> Alert:
    """An alert about Kidal, raised `number` minutes before NOW."""
    at = NOW - timedelta(minutes=number)
    known = Alert(
        id=f"a{number}",
        rule="sahel-mass-casualty",
        priority=priority,
        title=title,
        raised=at,
        updated=at,
        region="ML.Kidal",
        countries=("ML",),
        items=("i3", "i1"),
        because='killed>=10: "at least 70 dead" in 3 independent sources',
        rating="B2",
    )
    return replace(known, **more)


ALERTS = (
    alert(5, Priority.P1, "Attack on gendarmerie school and airport, Bamako", region="ML.Bamako", count=5),
    alert(9, Priority.P2, "Army column moves towards Kidal", rule="movement-kidal", news="seen at Aguelhok too"),
    alert(
        40, Priority.P3, "Earthquake M6.4 off Honshu, GDACS Orange", rule="gdacs-orange", region=None, countries=("JP",)
    ),
    alert(
        90,
        Priority.P2,
        "Drone strikes at Tin Zaouatine",
        state=AlertState.ACKNOWLEDGED,
        by="KJ",
        at=NOW,
        region="ML.Kidal.Tin-Zaouatine",
    ),
    alert(
        95, Priority.P3, "Feed silent: ortm", state=AlertState.SHELVED, by="KJ", at=NOW, until=NOW + timedelta(hours=1)
    ),
)


def region(region_id: str, name: str, level: Level, **more: Any) -> RegionStatus:
    known = RegionStatus(
        id=region_id,
        name=name,
        kind="board",
        level=level,
        computed=level,
        score=level * 18.0,
        trend=Trend.STEADY,
        spark=(5.0, 4.0, 8.0, 12.0, level * 9.0, level * 14.0, level * 18.0),
        drivers=(
            Driver("attack in Bamako, 70 killed", 0.62),
            Driver("convoy to Kidal", 0.23),
            Driver("drone strikes", 0.15),
        ),
        sources_alive=3,
        sources_total=9,
        blind=False,
        formula="status/1",
    )
    return replace(known, **more)


REGIONS = (
    region("ML", "Mali", Level.HIGH, trend=Trend.RISING),
    region("ML.Kidal", "Kidal", Level.SEVERE, trend=Trend.RISING),
    region("BF", "Burkina Faso", Level.HIGH, trend=Trend.FALLING),
    region(
        "NE", "Niger", Level.ELEVATED, set_by="KJ", set_at=NOW, set_reason="state of emergency", computed=Level.GUARDED
    ),
    region("TD", "Chad", Level.GUARDED),
    region("DZ", "Algeria", Level.NORMAL, drivers=(), note="QUIET"),
    region("SD", "Sudan", Level.UNKNOWN, sources_alive=0, blind=True, note="BLIND", drivers=()),
)


def feed(feed_id: str, health: FeedHealth = FeedHealth.OK, reason: str = "", **more: Any) -> FeedLine:
    hours = timedelta(hours=1)
    state = FeedState(feed_id, health, reason, NOW - 3 * hours, last_ok=NOW, newest=NOW - hours, **more)
    url = f"https://{feed_id}.example/rss"
    return FeedLine(feed_id, feed_id.title(), url, True, ("ML",), state, owner="Tamani Press", reliability="B")


FEEDS = (
    feed("studio-tamani"),
    feed("desert-wire"),
    feed("sahel-observer"),
    feed("ortm", FeedHealth.DEAD, "HTTP 404 for 3 h", suggestion="https://ortm.example/feed"),
    feed("wad", FeedHealth.STALE, "newest item is 9 d old"),
    feed("asia-desk", FeedHealth.QUIET),
)

TEXT = (
    "Two convoys of Malian soldiers and Wagner fighters have reached Kidal. "
    "At least 70 were killed in Bamako on 17 September."
)


def item(item_id: str) -> Item:
    """An item with tags, each with its words."""
    mention = Mention("content", TEXT.index("Kidal"), TEXT.index("Kidal") + 5, "Kidal", "Kidal", "name")
    wagner = Mention(
        "content", TEXT.index("Wagner"), TEXT.index("Wagner") + 6, "Wagner", "Wagner Group", "acronym,context"
    )
    start = TEXT.index("At least")
    event = Event(
        EventType.BATTLES,
        date=NOW.date(),
        date_precision="day",
        place="ML.Bamako",
        actors=("jnim",),
        killed=(Count(70, 70),),
        qualifier="at least",
        span=("content", start, start + 23),
    )
    tags = Tags(
        ("ML",),
        (replace(region_tag("ML.Kidal"), mentions=(mention,)),),
        (replace(actor_tag("wagner", "pmc"), name="Wagner Group", mentions=(wagner,)),),
        (event,),
        EventType.BATTLES,
        Severity.EXTREME,
    )
    title = TITLES[int(item_id[1:]) % len(TITLES)][2]
    return Item(
        item_id,
        "studio-tamani",
        "g",
        title,
        "",
        TEXT,
        "https://studio-tamani.example/2024/09/19/convoi",
        NOW,
        None,
        NOW,
        tags=tags,
    )


def matches(found: Row, query: str) -> bool:
    """The double's own query language: every word must stand in title, source or countries."""
    text = f"{found.title} {found.source} {' '.join(found.countries)}".casefold()
    return all(word.casefold() in text for word in query.split())


TOLD = (
    ("sources", "1 independent: Tamani Press B; 2 items of 1 feed"),
    ("toll", "50–70 killed; JNIM claims 70"),
    ("rating", "B best source; 2 proposed from 1 independent source"),
)


class DeskDouble:
    """A desk with `count` rows that answers at once, and records what it was told."""

    def __init__(self, count: int = 300, *, exercise: bool = False) -> None:
        self.rows: list[Row] = [row(number) for number in range(count - 1, -1, -1)]
        self.situation = Situation(
            as_of=NOW,
            alerts=ALERTS,
            regions=REGIONS,
            feeds=FEEDS,
            alarms=Alarms(last_10_min=3, shelved=1, suppressed=2),
            items=count,
            newest=NOW,
            collector="polling 12/84",
            version=1,
            exercise=exercise,
        )
        self.told: list[ToDesk] = []
        self.entries: list[Entry] = []
        self.refuse = ""
        self.silent = False
        """Whether acts are swallowed without an answer."""
        self.connections = 0
        self._out: asyncio.Queue[FromDesk | None] = asyncio.Queue()

    async def connect(self) -> Link:
        self.connections += 1
        self._out = asyncio.Queue()
        self._out.put_nowait(self.situation)
        return self

    @property
    def is_idle(self) -> bool:
        return self.connections > 0 and self._out.empty()

    def die(self) -> None:
        """End, as a process does that is killed."""
        self._out.put_nowait(None)

    def set(self, **changes: Any) -> None:
        """Another situation."""
        changes.setdefault("version", self.situation.version + 1)
        self.situation = replace(self.situation, **changes)
        self._out.put_nowait(self.situation)

    def arrive(self, rows: Sequence[Row]) -> None:
        """New rows, newest first, on top."""
        self.rows[:0] = rows
        self.set()

    async def receive(self) -> FromDesk:
        message = await self._out.get()
        if message is None:
            raise LinkLost("the desk ended (code 9)")
        return message

    async def close(self) -> None:
        return

    async def send(self, message: ToDesk) -> None:
        self.told.append(message)
        match message:
            case AskPage(query, offset, limit):
                found = [known for known in self.rows if matches(known, query)] if query else self.rows
                error = 'column 8: unknown field "regoin"; did you mean "region"?' if "regoin:" in query else None
                newest = found[0].key if found else None
                self._out.put_nowait(
                    Page(query, len(found), offset, tuple(found[offset : offset + limit]), newest, error)
                )
            case AskCard(item_id):
                self._out.put_nowait(self._card(item_id))
            case AskRecord(subject):
                about = tuple(entry for entry in self.entries if not subject or entry.subject == subject)
                self._out.put_nowait(Record(subject, tuple(self.rows[:4]) if subject else (), about))
            case AskSheet():
                urgent = (a for a in self.situation.alerts if a.priority is Priority.P1 and a.is_unseen)
                self._out.put_nowait(Sheet("WATCH HANDOVER KJ -> ____", tuple(a.title for a in urgent)))
            case Act():
                self._act(message)
            case LookBack(as_of):
                self.set(as_of=as_of or NOW, alerts=ALERTS[:1] if as_of else ALERTS)
            case Leave():
                pass

    def _card(self, item_id: str) -> Card:
        story = Story(
            "s1",
            "Attack in Bamako",
            (item_id, "i3"),
            ("studio-tamani",),
            ("Tamani Press",),
            NOW,
            NOW,
            EventType.BATTLES,
            Severity.EXTREME,
            ("ML",),
            ("ML.Bamako",),
            ("jnim",),
            rating="B2",
            news="toll 50 to 70",
        )
        names = (("ML.Bamako", "Bamako"), ("jnim", "JNIM"))
        corrected = tuple(entry for entry in self.entries if entry.verb == "tag" and entry.subject == item_id)
        return Card(item(item_id), FEEDS[0], story, tuple(self.rows[:3]), ALERTS[:1], names, "B2", corrected, TOLD)

    def _act(self, act: Act) -> None:
        if self.silent:
            return
        if self.refuse:
            self._out.put_nowait(Refused(act.verb, act.subject, self.refuse))
            return
        entry = Entry(
            f"kj-{len(self.entries)}", "kj", "KJ", NOW, act.verb, act.subject, act.text, act.until, data=act.data
        )
        self.entries.append(entry)
        self._out.put_nowait(Done(act.verb, act.subject))
        if act.verb == "tag":
            self.set()
        if state := STATES.get(act.verb):
            changed = [
                replace(a, state=state, by="KJ", at=NOW) if a.id == act.subject else a for a in self.situation.alerts
            ]
            changed.sort(key=lambda a: (not a.is_unseen, a.priority, a.raised))
            self.set(alerts=tuple(changed))
        if act.verb == "close":
            self.set(alerts=tuple(a for a in self.situation.alerts if a.id != act.subject))


async def _live(desk: DeskDouble, every: float) -> None:
    """A row every few seconds, and an alert now and then."""
    number = 1000
    while True:
        await asyncio.sleep(every)
        number += 1
        desk.arrive([row(number)])
        if number % 5 == 0:
            fresh = alert(-number, Priority.P1, f"Something new near Kidal ({number})")
            desk.set(alerts=(fresh, *desk.situation.alerts))


def main() -> None:
    """Run the screen on the double: `python -m tests.desk_double [--ascii] [--theme NAME] [--live]`."""
    import argparse

    from sitmon import tui

    options = argparse.ArgumentParser()
    options.add_argument("--ascii", action="store_true")
    options.add_argument("--theme")
    options.add_argument("--live", action="store_true")
    options.add_argument("--every", type=float, default=3)
    options.add_argument("--rows", type=int, default=300)
    given = options.parse_args()
    desk = DeskDouble(given.rows, exercise=True)

    async def connect() -> Link:
        if given.live:
            tasks.append(asyncio.create_task(_live(desk, given.every)))
        return await desk.connect()

    tasks: list[asyncio.Task[None]] = []
    tui.run(connect, zone="Europe/Oslo", theme=given.theme, ascii=given.ascii, mouse=False)


if __name__ == "__main__":
    main()
