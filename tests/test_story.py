"""Folding: what belongs together does, what happened beside it stays apart, and officers have the last word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sitmon.model import ActorTag, Count, Event, EventType, Item, Mention, RegionTag, Severity, Story, Tags
from sitmon.story import Folder, profile, summary, tell
from sitmon.watch import Decisions
from tests import factories

START = datetime(2024, 7, 27, 16, 0, tzinfo=UTC)
POINTS = {
    "ML.Kidal.Tin-Zaouatine": (19.95, 2.97),
    "ML.Kidal.Aguelhok": (19.47, 0.86),
    "ML.Kidal": (18.44, 1.41),
    "ML.Bamako": (12.65, -8.0),
    "ML.Gao.Gao": (16.27, -0.04),
}
FAMILY = {"csp": {"fla"}, "fla": {"csp"}, "wagner": {"africa-corps"}, "africa-corps": {"wagner"}}
KINDS = {"fama": "military", "wagner": "pmc", "mali": "state"}


def kin(actor: str) -> frozenset[str]:
    return frozenset(FAMILY.get(actor, ()))


def told(
    title: str,
    region: str | None = "ML.Kidal.Tin-Zaouatine",
    actors: str = "",
    *,
    hours: float = 0,
    killed: int | tuple[Count, ...] = 0,
    kind: EventType = EventType.BATTLES,
    day: date | None = None,
    feed: str = "wire",
    **more: Any,
) -> Item:
    """An item about one event, tagged as given."""
    regions = (_region(region), _region("ML")) if region else ()
    tags = tuple(ActorTag(a, a.upper(), KINDS.get(a, "armed_group"), None) for a in actors.split())
    counts = (Count(killed, killed),) if isinstance(killed, int) and killed else killed or ()
    event = Event(kind, day, "day" if day else None, region, tuple(actors.split()), killed=counts)
    return factories.item(
        title,
        item_id=more.pop("item_id", f"{feed}/{title}"),
        feed=feed,
        now=START + timedelta(hours=hours),
        tags=Tags(("ML",) if region else (), regions, tags, (event,), kind, Severity.SEVERE),
        **more,
    )


def _region(region: str) -> RegionTag:
    lat, lon = POINTS.get(region, (None, None))
    kind: Any = ("country", "admin1", "place")[region.count(".")]
    return RegionTag(region, region.rpartition(".")[2], kind, region[:2], lat, lon, 0.9)


BATTLE = told("Tuareg rebels rout army and Wagner at Tinzaouaten", actors="csp fama wagner")


@pytest.mark.parametrize(
    "item",
    [
        told("Mali: l'armée défaite près de l'Algérie", actors="csp fama wagner", hours=3, killed=47),
        told("متمردو الطوارق يعلنون مقتل العشرات", actors="csp wagner", hours=5),
        told("Dozens of Russian mercenaries dead", "ML.Kidal", "africa-corps fla", hours=4, killed=84),
        told("Tuareg rebels rout army and Wagner at Tinzaouaten - agency", None, hours=1),
        told("Wagner admits losses", actors="wagner", hours=40, day=date(2024, 7, 27)),
    ],
)
def test_other_tellings_of_an_event_join_its_story(item: Item) -> None:
    folder = Folder(kin)
    assert folder.fold(BATTLE).story == folder.fold(item).story


@pytest.mark.parametrize(
    "item",
    [
        told("Gunmen attack school and airport", "ML.Bamako", "jnim", hours=3),
        told("Village raided", "ML.Gao.Gao", "isgs", hours=3, kind=EventType.CIVILIANS),
        told("Drone strikes kill civilians in Tin Zaouatine", actors="fama", hours=720, kind=EventType.EXPLOSIONS),
        told("Clash at Tin Zaouatine", actors="jnim", hours=24, day=date(2024, 7, 29), killed=3),
        told("Gold output to rise", None, hours=2, kind=EventType.ECONOMY),
        told("A year after the defeat, families still wait", hours=24, day=date(2023, 7, 27)),
    ],
)
def test_what_happened_elsewhere_later_or_to_others_opens_its_own_story(item: Item) -> None:
    dated = replace(
        BATTLE,
        tags=replace(
            BATTLE.tags, events=(replace(BATTLE.tags.events[0], date=date(2024, 7, 27), date_precision="day"),)
        ),
    )
    folder = Folder(kin)
    assert folder.fold(dated).story != folder.fold(item).story


def test_one_town_hit_three_days_running_is_three_stories() -> None:
    folder = Folder(kin)
    days = [
        told(title, hours=24 * day, kind=EventType.EXPLOSIONS)
        for day, title in enumerate(
            ("Drones hit airport of Tinzaouaten", "Drones set fuel depot ablaze", "Drone slams into hotel")
        )
    ]
    assert len({folder.fold(item).story for item in days}) == 3


def test_what_came_of_an_event_joins_it_late_and_does_not_draw_the_next_one_in() -> None:
    folder = Folder(kin)
    first = folder.fold(told("Rockets hit station", actors="csp", killed=40, kind=EventType.EXPLOSIONS)).story
    toll = told("Death toll of station attack rises to 52", hours=34, killed=52, kind=EventType.EXPLOSIONS)
    assert folder.fold(toll).story == first
    shells = told("Shells land on outskirts overnight", actors="csp", hours=46, kind=EventType.EXPLOSIONS)
    assert folder.fold(shells).story != first


@pytest.mark.parametrize(("killed", "same"), [(60, True), (75, True), (2, False)])
def test_a_toll_that_falls_is_of_another_event(killed: int, same: bool) -> None:
    folder = Folder(kin)
    blast = folder.fold(told("Sixty dead in bomb blast", killed=60, kind=EventType.EXPLOSIONS)).story
    later = told("Officials count the dead", hours=15, killed=killed, kind=EventType.EXPLOSIONS)
    assert (folder.fold(later).story == blast) is same


def test_the_name_of_a_town_is_no_thing_that_was_hit() -> None:
    text = "Drones hit Port Sudan"
    mention = Mention("title", text.index("Port"), len(text), "Port Sudan", "SD.Red-Sea.Port-Sudan", "name")
    port = RegionTag("SD.Red-Sea.Port-Sudan", "Port Sudan", "place", "SD", 19.6, 37.2, 0.9, (mention,))
    item = factories.item(text, tags=Tags(("SD",), (port,)))
    assert profile.of(item, kin).targets == set()


@pytest.mark.parametrize("day", [date(2023, 7, 27), date(2024, 6, 1)])
def test_a_look_back_at_an_older_event_does_not_join_what_happens_there_now(day: date) -> None:
    folder = Folder(kin)
    back = told("Families remember those who fell at Tinzaouaten", actors="csp wagner", hours=5, day=day)
    assert folder.fold(BATTLE).story != folder.fold(back).story


def test_a_report_that_names_the_day_joins_the_story_of_that_day() -> None:
    folder = Folder(kin)
    later = told("What happened at Tinzaouaten on Saturday", actors="csp wagner", hours=44, day=date(2024, 7, 27))
    assert folder.fold(BATTLE).story == folder.fold(later).story


def test_an_item_dated_in_the_future_opens_no_story() -> None:
    folder = Folder()
    assert folder.fold(replace(BATTLE, published_note="future")).story is None
    assert folder.fold(BATTLE).opened


def test_the_same_items_in_the_same_order_give_the_same_stories() -> None:
    items = [
        told(f"Report {n}", ["ML.Kidal", "ML.Bamako", None][n % 3], "jnim" if n % 2 else "csp", hours=n)
        for n in range(40)
    ]
    first, second = Folder(kin), Folder(kin)
    assert [first.fold(item) for item in items] == [second.fold(item) for item in items]


def second_thoughts(folder: Folder) -> tuple[Item, str, str]:
    """An early report, the story that told more of it, and their ids; a day later comes a new item."""
    early = told("Grenade attack leaves nine dead", "ML", item_id="early", killed=9, kind=EventType.EXPLOSIONS)
    told_more = (
        told("Bridge in Gao closed to traffic, market shut", "ML.Gao.Gao", hours=20, kind=EventType.ECONOMY),
        told(
            "Gao: bridge closed after grenade thrown at market",
            "ML.Gao.Gao",
            hours=21,
            killed=9,
            kind=EventType.EXPLOSIONS,
        ),
    )
    first = folder.fold(early).story or ""
    story, same = [folder.fold(item).story or "" for item in told_more]
    assert first != story == same
    folder.fold(told("Talks open in capital", "ML.Bamako", hours=26, kind=EventType.DIPLOMACY))
    return early, first, story


def test_an_item_that_stayed_alone_is_weighed_again_a_day_later() -> None:
    folder = Folder(kin)
    early, first, story = second_thoughts(folder)
    assert folder.moved() == {early.id: (first, story)}
    assert folder.moved() == {}
    assert folder.home(early.id) == story == folder.final(first)
    assert early.id in folder.story(first).items  # type: ignore[union-attr]


def test_second_thoughts_leave_alone_what_an_officer_rated() -> None:
    folder = Folder(kin)
    rated = Folder(kin).fold(told("Grenade", item_id="early")).story or ""
    folder.decide(Decisions(credibility=((rated, 2),)))
    early, first, _ = second_thoughts(folder)
    assert folder.moved() == {}
    assert folder.home(early.id) == first == rated


def test_an_officer_splits_off_again_what_second_thoughts_moved() -> None:
    folder = Folder(kin)
    early, _, story = second_thoughts(folder)
    moved = folder.decide(Decisions(splits=(("e1", (early.id,)),)))
    assert moved[early.id][0] == story
    folder.fold(told("Talks go on", "ML.Bamako", hours=60, kind=EventType.DIPLOMACY))
    assert folder.home(early.id) == moved[early.id][1] != story


def test_second_thoughts_bring_nothing_back_to_what_an_officer_took_out_of_it() -> None:
    folder = Folder(kin)
    one, two = told("Grenade thrown at market", "ML.Gao.Gao"), told("Grenade at market kills", "ML.Gao.Gao", hours=1)
    story = folder.fold(one).story
    assert folder.fold(two).story == story
    folder.decide(Decisions(splits=(("e1", (two.id,)),)))
    folder.fold(told("Talks open in capital", "ML.Bamako", hours=30, kind=EventType.DIPLOMACY))
    assert folder.moved() == {}
    assert folder.home(one.id) == story != folder.home(two.id)


def test_another_process_follows_second_thoughts_by_what_is_stored() -> None:
    folder, desk = Folder(kin), Folder(kin)
    early, first, story = second_thoughts(folder)
    desk.fold(replace(early, story=first))
    assert desk.follow(replace(early, story=story)) == (first, story)
    assert desk.home(early.id) == desk.final(first) == story
    assert desk.follow(replace(early, story=story)) is None


def test_a_story_without_news_is_sealed_and_forgotten() -> None:
    folder = Folder()
    story = folder.fold(BATTLE).story or ""
    folder.fold(told("Talks in Bamako", "ML.Bamako", hours=24 * 8, kind=EventType.DIPLOMACY))
    assert folder.story(story) is None


def test_a_folder_filled_from_stored_items_goes_on_as_before() -> None:
    before = Folder(kin)
    story = before.fold(BATTLE).story
    after = Folder(kin)
    assert after.fold(replace(BATTLE, story=story)).story == story
    later = told("Wagner confirms losses at Tinzaouaten", actors="wagner", hours=30)
    assert after.fold(later).story == before.fold(later).story == story


def test_new_items_join_the_same_stories_whether_the_earlier_ones_were_stored_or_folded() -> None:
    places = [place for place in POINTS if place.count(".") > 1]
    items = [
        told(f"{n} killed in a raid, report {n}", places[n % 3], "csp", hours=3 * n + n // 20 * 200, item_id=f"i{n}")
        for n in range(80)
    ]
    whole, half = Folder(kin), Folder(kin)
    for item in items[:50]:
        half.fold(replace(item, story=whole.fold(item).story))
    for folder in (whole, half):
        folder.fold(replace(items[49], title="Edited"))
    joined = [whole.fold(item) for item in items[50:]]
    assert [half.fold(item) for item in items[50:]] == joined
    assert {one.opened for one in joined} == {True, False}


def test_an_edited_item_stays_in_its_story_and_counts_once() -> None:
    folder = Folder(kin)
    story = folder.fold(BATTLE).story or ""
    folder.fold(told("At least 10 dead at Tinzaouaten", actors="csp wagner", hours=2, killed=10, item_id="x"))
    folder.fold(told("At least 47 dead at Tinzaouaten", actors="csp wagner", hours=2, killed=47, item_id="x"))
    found = folder.story(story)
    assert found is not None
    assert (len(found.items), [toll.count.high for toll in found.tolls]) == (2, [47])


# ---------------------------------------------------------------- officers


def world_of_two() -> tuple[Folder, Item, Item, str, str]:
    folder = Folder(kin)
    bamako = told("Gunmen attack school", "ML.Bamako", "jnim", hours=1)
    one, two = folder.fold(BATTLE).story, folder.fold(bamako).story
    assert one and two and one != two
    return folder, BATTLE, bamako, one, two


def test_a_merge_holds_for_what_is_there_and_for_what_comes() -> None:
    folder, _, bamako, one, two = world_of_two()
    assert folder.decide(Decisions(merges=((two, one),))) == {bamako.id: (two, one)}
    assert folder.story(two) == folder.story(one)
    assert folder.fold(told("JNIM claims Bamako attack", "ML.Bamako", "jnim", hours=4)).story == one


def test_a_split_takes_items_out_for_good() -> None:
    folder = Folder(kin)
    other = told("Helicopter down at Tinzaouaten", actors="csp wagner", hours=2)
    story = folder.fold(BATTLE).story or ""
    assert folder.fold(other).story == story
    decisions = Decisions(splits=((story, (other.id,)),))
    left, apart = folder.decide(decisions)[other.id]
    assert left == story != apart == folder.home(other.id)
    assert folder.fold(replace(other, title="Helicopter shot down at Tinzaouaten")).story == apart
    restarted = Folder(kin)
    restarted.decide(decisions)
    assert [restarted.fold(replace(item, story=story)).story for item in (BATTLE, other)] == [story, apart]


def test_a_split_that_is_undone_gives_its_items_back_and_what_joined_them() -> None:
    folder = Folder(kin)
    other = told("Helicopter down at Tinzaouaten", actors="csp wagner", hours=2)
    story = folder.fold(BATTLE).story or ""
    folder.fold(other)
    folder.decide(Decisions(splits=(("e-1", (other.id,)),)))
    apart = folder.home(other.id) or ""
    later = folder.fold(replace(other, id="later", title="Helicopter down", story=apart))
    assert later.story == apart != story
    moved = folder.decide(Decisions(rejoined=(("e-1", story),)))
    assert moved == {other.id: (apart, story), "later": (apart, story)}
    assert folder.fold(replace(other, id="latest", story=apart)).story == story


def test_a_merge_that_is_undone_parts_what_was_there_before_it() -> None:
    folder, battle, bamako, one, two = world_of_two()
    folder.decide(Decisions(merges=((two, one),)))
    folder.fold(told("JNIM claims Bamako attack", "ML.Bamako", "jnim", hours=4))
    assert folder.decide(Decisions(parted=((two, (bamako.id,)),))) == {bamako.id: (one, two)}
    assert (folder.home(battle.id), folder.home(bamako.id)) == (one, two)
    restarted = Folder(kin)
    restarted.decide(Decisions(parted=((two, (bamako.id,)),)))
    assert restarted.fold(replace(bamako, story=one)).story == two


def test_merges_in_a_circle_end() -> None:
    folder, _, _, one, two = world_of_two()
    folder.decide(Decisions(merges=((one, two), (two, one))))
    assert folder.story(one) is not None or folder.story(two) is not None


def test_the_officers_digit_goes_before_the_proposed_one() -> None:
    folder = Folder(kin, {"wire": ("Agency", "B")})
    story = folder.fold(BATTLE).story or ""
    assert rated(folder, story) == "B3"
    folder.decide(Decisions(credibility=((story, 5),)))
    assert rated(folder, story) == "B5"


def rated(folder: Folder, story: str) -> str:
    found = folder.story(story)
    assert found is not None
    return found.rating


# ---------------------------------------------------------------- what a story shows


def story_of(*items: Item, sources: dict[str, tuple[str, str]] | None = None) -> Story:
    return tell("s-1", items, sources or {})


SOURCES = {"wire": ("Agency", "B"), "paper": ("Paper", "C"), "blog": ("Blog", "F"), "wire-fr": ("Agency", "B")}


def test_independent_owners_are_counted_without_their_feeds_and_copies() -> None:
    long = "Rebels said on Saturday that they had ambushed a column of soldiers and mercenaries near the border town."
    found = story_of(
        replace(BATTLE, summary=long),
        told("Nord du Mali : une colonne décimée", actors="csp", feed="wire-fr", hours=1),
        replace(told(BATTLE.title, actors="csp", feed="blog", hours=2), summary=long + " Read more on our site."),
        told("Paper's own man in Gao on the rout of an army column", actors="csp", feed="paper", hours=3),
        sources=SOURCES,
    )
    assert found.owners == ("Agency", "Paper")
    assert set(found.feeds) == {"wire", "wire-fr", "blog", "paper"}


@pytest.mark.parametrize(
    ("feeds", "expected"),
    [
        ("blog", "F6"),
        ("wire", "B3"),
        ("wire wire-fr", "B3"),
        ("wire blog", "B2"),
        ("blog other", "F3"),
        ("wire paper blog", "B1"),
        ("paper blog", "C2"),
    ],
)
def test_the_rating_is_the_best_letter_and_a_digit_for_how_many_agree(feeds: str, expected: str) -> None:
    titles = ("Rebels rout army column", "Dozens of mercenaries feared dead", "Soldiers flee the border town")
    items = [
        told(title, feed=feed, hours=n) for n, (title, feed) in enumerate(zip(titles, feeds.split(), strict=False))
    ]
    assert story_of(*items, sources=SOURCES).rating == expected


def test_what_the_latest_item_adds_is_said() -> None:
    folder = Folder(kin, SOURCES)
    story = folder.fold(told("At least 10 dead at Tinzaouaten", actors="csp", killed=10)).story or ""
    later = told("CSP says 84 Wagner men died at Tinzaouaten", actors="csp wagner", killed=84, hours=4, feed="paper")
    folder.fold(later)
    found = folder.story(story)
    assert found is not None
    assert found.news == "actor WAGNER; 84 killed (was 10); independent source Paper"
    folder.fold(replace(later, id="again", title=later.title + "."))
    found = folder.story(story)
    assert found is not None
    assert found.news == ""


def test_a_story_is_named_by_its_most_telling_headline_and_knows_its_days() -> None:
    found = story_of(
        told("Fighting reported", hours=0),
        told(
            "At least 47 soldiers killed as rebels rout army column at Tinzaouaten",
            killed=47,
            hours=5,
            day=date(2024, 7, 27),
        ),
    )
    assert found.title.startswith("At least 47")
    assert (found.first, found.latest) == (START, START + timedelta(hours=5))
    assert found.event_date == date(2024, 7, 27)
    assert found.items[0].endswith("Tinzaouaten")


def test_tolls_are_summed_up_with_their_spread_their_claims_and_who_is_silent() -> None:
    found = story_of(
        told("47 dead", killed=(Count(47, 47),)),
        told("CSP: 84 dead", killed=(Count(84, 84, "csp"),), hours=2),
        told("At least 20 hurt, says the army", hours=3, killed=()),
    )
    names = {"csp": "CSP", "fama": "army"}
    assert summary(found.tolls, names, ("fama",)) == "47–84 killed; CSP claims 84; army silent"
    assert summary(found.tolls, names, ("csp",)) == "47–84 killed; CSP claims 84"
    assert summary((), names, ("fama",)) == ""


def test_two_figures_of_one_claim_are_added() -> None:
    found = story_of(told("84 and 47", killed=(Count(84, 84, "csp", "mercenaries"), Count(47, 47, "csp", "soldiers"))))
    assert summary(found.tolls, {}) == "131 killed; csp claims 131"


@pytest.mark.parametrize(
    "words", ["New attack on Tinzaouaten kills 7", "Convoy near Tinzaouaten ambushed again, 7 killed"]
)
def test_what_says_that_it_is_another_one_the_next_day_is_another_story(words: str) -> None:
    folder = Folder(kin)
    first = {
        folder.fold(told(f"Attack on Tinzaouaten kills {12 + n}", actors="csp", hours=n, killed=12)).story
        for n in (0, 1)
    }
    other = folder.fold(told(words, actors="csp", hours=26, killed=7)).story
    report = folder.fold(told("Seven dead in second attack on Tinzaouaten", actors="csp", hours=28, killed=7)).story
    assert len(first) == 1
    assert other not in first
    assert report == other
