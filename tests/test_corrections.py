from __future__ import annotations

from datetime import timedelta

from sitmon.model import Entry, Event, EventType, Item, Tags
from sitmon.watch.corrections import corrected, corrections
from tests.factories import NOW, actor_tag, item, region_tag


def entry(number: int, verb: str = "tag", corrects: str | None = None, **data: str) -> Entry:
    at = NOW + timedelta(minutes=number)
    return Entry(f"s-{number}", "s", "KJ", at, verb, "i1", "why", corrects=corrects, data=tuple(data.items()))


def tagged() -> Item:
    event = Event(EventType.BATTLES, place="NE.Agadez", actors=("jnim", "fama"))
    tags = Tags(("NE",), (region_tag("NE.Agadez"),), (actor_tag("jnim"), actor_tag("fama")), (event,))
    return item(item_id="i1", tags=tags)


def after(*entries: Entry) -> Tags:
    made = corrections(entries, NOW + timedelta(hours=1))
    return corrected(tagged(), made.get("i1", ())).tags


def test_a_place_that_an_officer_adds_brings_its_country() -> None:
    tags = after(entry(1, op="add", what="region", id="ML.Kidal"))
    assert [(tag.id, tag.kind, tag.score) for tag in tags.regions][-1] == ("ML.Kidal", "admin1", 1.0)
    assert tags.countries == ("NE", "ML")


def test_a_removed_place_takes_its_country_and_its_event_with_it() -> None:
    tags = after(entry(1, op="remove", what="region", id="NE.Agadez"))
    assert (tags.regions, tags.countries, tags.events[0].place) == ((), (), None)


def test_another_sense_takes_the_place_of_the_first() -> None:
    tags = after(
        entry(1, op="sense", what="region", id="NE.Agadez", to="ML.Kidal"),
        entry(2, op="sense", what="actor", id="jnim", to="fla"),
    )
    assert [tag.id for tag in tags.regions] == ["ML.Kidal"]
    assert tags.countries == ("ML",)
    assert (tags.events[0].place, tags.events[0].actors) == ("ML.Kidal", ("fla", "fama"))


def test_an_actor_can_be_added_and_removed() -> None:
    tags = after(entry(1, op="add", what="actor", id="wagner"), entry(2, op="remove", what="actor", id="jnim"))
    assert [tag.id for tag in tags.actors] == ["fama", "wagner"]
    assert tags.events[0].actors == ("fama",)


def test_a_correction_that_was_undone_does_not_count() -> None:
    wrong = entry(1, op="remove", what="actor", id="jnim")
    assert after(wrong, entry(2, "undo", corrects="s-1")) == tagged().tags


def test_what_is_no_correction_is_passed_over() -> None:
    assert after(entry(1, op="paint", what="region", id="x"), entry(2, "note")) == tagged().tags
