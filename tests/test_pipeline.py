"""What comes in becomes stories, and whoever looks at the store sees them as the collector does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sitmon.clock import Clock
from sitmon.collector import Arrival
from sitmon.config import Config
from sitmon.geography import Geography
from sitmon.model import Count, Event, EventType, FeedHealth, FeedState, Item, Priority, Tags
from sitmon.pipeline import Pipeline
from sitmon.room import Room
from sitmon.rules import Match
from sitmon.store import open_store
from tests.factories import feed, item, region_tag

START = datetime(2024, 7, 27, 6, 0, tzinfo=UTC)
RULE = Match(id="deadly", query="dead", priority=Priority.P2)
CONFIG = Config(Path("feeds.yaml"), feeds=(feed("wire"),), rules=(RULE,))


def told(title: str, region: str, hours: float, kind: EventType, killed: int = 0) -> Item:
    counts = (Count(killed, killed),) if killed else ()
    regions = tuple([region_tag(one) for one in dict.fromkeys((region, "ML"))])
    tags = Tags(("ML",), regions, events=(Event(kind, killed=counts),), type=kind)
    return item(title, item_id=title, now=START + timedelta(hours=hours), tags=tags)


EARLY = told("Grenade attack leaves nine dead", "ML", 0, EventType.EXPLOSIONS, killed=9)
MORE = (
    told("Bridge in Gao closed to traffic, market shut", "ML.Gao.Gao", 20, EventType.ECONOMY),
    told("Gao: bridge closed after grenade thrown at market", "ML.Gao.Gao", 21, EventType.EXPLOSIONS, killed=9),
)
NEXT = told("Talks open in capital", "ML.Bamako", 26, EventType.DIPLOMACY)


def desk_of(folder: Path) -> Room:
    clock = Clock(datetime.now(UTC), START + timedelta(hours=27), 1e-9)
    desk = Room(CONFIG, open_store(folder, role="seat", seat="a"), Geography(()), clock, "ABC")
    desk.look_back(None)
    desk.fill()
    return desk


def test_an_item_that_turned_out_to_be_of_another_story_is_stored_and_shown_there(tmp_path: Path) -> None:
    store = open_store(tmp_path, role="collector")
    pipeline = Pipeline(CONFIG, store, Geography(()), START)

    def take(*items: Item) -> None:
        pipeline.take((Arrival(CONFIG.feeds[0], FeedState("wire", FeedHealth.OK), items),), items[-1].when)

    take(EARLY)
    desk = desk_of(tmp_path)
    take(*MORE)
    desk.follow()
    take(NEXT)
    desk.follow()
    names = (EARLY.id, *[one.id for one in MORE])
    stories = {one.story for one in store.items(names)}
    assert len(stories) == 1
    story = desk.story(stories.pop() or "")
    assert story is not None
    assert set(story.items) == set(names)
    (alert,) = store.alerts()
    assert alert.story == story.id, "the one report that rang is a report of that story"
