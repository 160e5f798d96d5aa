"""What workers write of an item is what the store would have written."""

from __future__ import annotations

import json
import pickle
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

from sitmon import terms
from sitmon.codec import item_doc, json_bytes
from sitmon.model import (
    ActorTag,
    Commit,
    Count,
    Event,
    EventType,
    Hazard,
    Item,
    Mention,
    RegionTag,
    Revision,
    Select,
    Severity,
    Tags,
)
from sitmon.store import open_store
from sitmon.written import Written, written
from tests.factories import NOW, item


def hostile() -> Item:
    """Everything in it that JSON or a line of terms could stumble over."""
    made = item('"Kidal"\\ \u2028 é 北京 \ud800', regions=("ML.Kidal.Aguelhok",), minutes_ago=5)
    return replace(made, published=NOW + timedelta(days=2), published_note="future", guid="a b%")


def whole() -> Item:
    """An item of which nothing is empty, and of each list at least one."""
    mention = Mention("title", 0, 5, 'K"dal', "Kidal", "name")
    places = (
        RegionTag("ML.Kidal", "Kidal", "admin1", "ML", 18.44, 1.4, 0.98765, (mention, mention)),
        RegionTag("sahel", "Sahel", "area", None, None, None, 1.0),
    )
    who = (ActorTag("csp", "CSP", "armed_group", None, (mention,)), ActorTag("fama", "FAMa", "military", "ML"))
    told = (
        Event(
            EventType.BATTLES, NOW.date(), "day", "ML.Kidal", ("csp", "fama"), (Count(47, 47, "csp"), Count(84, 90)),
            (Count(1, 2, None, "soldiers"),), (Count(3, 3),), (Count(4, 4),), (Count(5, 5),), "at least", "csp",
            ("summary", 3, 9),
        ),
        Event(EventType.OTHER),
    )  # fmt: skip
    return replace(
        item("Kidal: convoy in ambush"),
        guid="g1", link="https://a.example/?a=1&b=2", lang="fr", author="Desk", categories=("World", "Ä"), story="s-1",
        summary="An ambush", content="One\ntwo", published_note="no zone", revised=NOW,
        points=((18.44, 1.4), (-0.5, 100.0)),
        hazard=Hazard("gdacs", "EQ1", level="Red", geocodes=(("EMMA_ID", "DE011"),), expires=NOW, magnitude=6.5),
        revisions=(Revision(NOW, "Kidal: convoy", ""),),
        tags=Tags(("ML", "DZ"), places, who, told, EventType.BATTLES, Severity.EXTREME),
    )  # fmt: skip


def test_a_written_item_is_its_document() -> None:
    for made in (item("Shelling near Kharkiv"), hostile(), whole()):
        assert dict(written(made)) == json.loads(json_bytes(item_doc(made)))
        assert written(made).body == json_bytes(item_doc(made))
    assert all(getattr(whole(), field.name) for field in fields(Item))


def test_a_written_item_is_found_under_the_terms_of_its_document() -> None:
    for made in (item("Shelling near Kharkiv"), hostile(), whole()):
        assert set(written(made).terms.split("\n")) == terms.of(item_doc(made))
        assert written(made).when == terms.when(item_doc(made))
        assert written(made).first_seen == terms.first_seen(item_doc(made))


def test_tags_come_later_and_change_nothing_else() -> None:
    made = replace(whole(), story=None)
    assert replace(made, tags=Tags()).tagged(made.tags) == made


def test_the_story_comes_later_and_changes_nothing_else() -> None:
    made = replace(hostile(), story=None)
    told = replace(made, story='s "1"')
    assert dict(written(made).telling(told.story)) == item_doc(told)
    assert set(written(made).telling(told.story).terms.split("\n")) == terms.of(item_doc(told))
    assert written(made).telling(None) == written(made)


def test_a_written_item_crosses_to_another_process() -> None:
    made = written(hostile())
    assert pickle.loads(pickle.dumps(made)) == made


def test_the_store_gives_back_an_item_that_was_written_elsewhere(tmp_path: Path) -> None:
    made = replace(item("Shelling near Kharkiv", regions=("UA.Kharkiv",)), story="s1")
    document: Written = written(replace(made, story=None)).telling("s1")
    store = open_store(tmp_path, role="collector")
    store.commit(Commit((made,), documents={made.id: document}))
    for words in (("shelling",), ()):
        found = store.ids(Select(words=words, regions=("UA",), stories=("s1",)))
        assert list(store.items(list(found))) == [made]
    store.close()
    again = open_store(tmp_path, role="reader")
    assert again.item(made.id) == made
    assert list(again.ids(Select(stories=("s1",)))) == [made.id]
    again.close()
