"""Nouns are what frozen dataclasses are, compiled or not."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, date, datetime

import pytest

from sitmon.model import (
    ActorTag,
    AlertState,
    Count,
    Event,
    EventType,
    FeedHealth,
    FeedState,
    Hazard,
    Item,
    Mention,
    RegionTag,
    Revision,
    Severity,
    Tags,
)

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def item() -> Item:
    """One with everything that an item can hold."""
    mention = Mention("title", 3, 7, "Mali", "Mali", "name")
    event = Event(EventType.BATTLES, date(2026, 11, 29), "day", "ML", ("jnim",), killed=(Count(3, 4),))
    tags = Tags(
        ("ML",),
        (RegionTag("ML", "Mali", "country", "ML", 17.5, -4.0, 0.9, (mention,)),),
        (ActorTag("jnim", "JNIM", "armed_group", None, (mention,)),),
        (event,),
        EventType.BATTLES,
        Severity.SEVERE,
    )
    return Item(
        *("i1", "f1", "guid", "In Mali", "A summary", "A content", "https://a.example/", NOW, "no zone", NOW),
        lang="en",
        revised=NOW,
        revisions=(Revision(NOW, "Mali", ""),),
        author="A. Author",
        categories=("War",),
        points=((17.5, -4.0),),
        hazard=Hazard("gdacs", level="Red"),
        tags=tags,
        story="s1",
    )


def test_what_is_not_given_is_as_declared() -> None:
    event = Event(EventType.OTHER)
    assert {field.name: getattr(event, field.name) for field in fields(Event) if field.name != "type"} == {
        field.name: field.default for field in fields(Event) if field.name != "type"
    }
    assert FeedState("f1").health is FeedHealth.NEW


def test_a_noun_without_what_it_must_have_is_not_made() -> None:
    with pytest.raises(TypeError, match=r"missing .*'text'"):
        Mention("title", 3, 7)  # type: ignore[call-arg]


@pytest.mark.parametrize("name", [field.name for field in fields(Item)])
def test_no_field_can_be_set(name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(item(), name, None)


def test_nouns_of_equal_fields_are_equal() -> None:
    assert item() == item()
    assert hash(item()) == hash(item())
    assert replace(item(), title="Elsewhere") != item()
    assert replace(item(), title="Elsewhere").tags == item().tags


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda noun: pickle.loads(pickle.dumps(noun))])
def test_copied_or_pickled_it_is_the_same(again: Callable[[Item], Item]) -> None:
    assert again(item()) == item()
    assert repr(again(item())) == repr(item())


def test_it_is_taken_apart_by_the_order_of_its_fields() -> None:
    match item().tags.regions[0].mentions[0]:
        case Mention(field, start, end):
            assert (field, start, end) == ("title", 3, 7)


def test_terms_and_steps_are_what_they_stand_for() -> None:
    assert (AlertState("new"), AlertState.NEW.value, f"{EventType.CYBER}") == (AlertState.NEW, "new", "cyber")
    assert Severity["SEVERE"] > Severity.MINOR
    assert pickle.loads(pickle.dumps(EventType.CYBER)) is EventType.CYBER


def test_tags_and_story_take_the_place_of_others_and_all_else_stays() -> None:
    other = Tags(("NE",))
    assert item().tagged(other) == replace(item(), tags=other)
    assert item().joined("s2") == replace(item(), story="s2")
