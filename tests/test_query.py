"""The query language: what it reads, what it finds, what it says when it cannot be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon import query
from sitmon.model import (
    ActorTag,
    AlertState,
    Count,
    Event,
    EventType,
    Item,
    Level,
    Mention,
    Severity,
    Story,
    Tags,
)
from tests import factories
from tests.factories import NOW


def parsed(text: str, world: query.World | None = None) -> query.Query:
    found = query.parse(text, world) if world else query.parse(text)
    assert isinstance(found, query.Query), found
    return found


def finds(text: str, item: Item, story: Story | None = None, world: query.World | None = None) -> bool:
    return query.matches(parsed(text, world), item, story, NOW)


def story(owners: int = 1, items: int = 1) -> Story:
    return Story(
        id="s-1",
        title="Convoy",
        items=tuple(f"i{n}" for n in range(items)),
        feeds=("wire",),
        owners=tuple(f"o{n}" for n in range(owners)),
        first=NOW,
        latest=NOW,
        type=EventType.BATTLES,
        severity=Severity.SEVERE,
        countries=("ML",),
        regions=("ML.Kidal",),
        actors=("jnim",),
    )


CONVOY = factories.item(
    "Second convoy reaches Kidal: Wagner, army",
    feed="studio-tamani",
    minutes_ago=90,
    summary="Après l’école de gendarmerie, des familles déplacées à Tin-Zaouatine",
    lang="fr",
    categories=("Sécurité",),
    tags=Tags(
        countries=("ML",),
        regions=(factories.region_tag("ML.Kidal.Tin-Zaouatine", "Tin Zaouatine"), factories.region_tag("ML", "Mali")),
        actors=(
            ActorTag(
                "wagner",
                "Wagner Group",
                "pmc",
                "RU",
                (Mention("title", 29, 35, "Wagner", "Wagner", "name"),),
            ),
        ),
        events=(
            Event(
                EventType.BATTLES,
                killed=(Count(47, 47, "csp", "soldiers"), Count(84, 84, "csp", "mercenaries"), Count(20, 30, "army")),
                injured=(Count(5, 5),),
                span=("title", 0, 13),
            ),
        ),
        type=EventType.STRATEGIC,
        severity=Severity.SEVERE,
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("convoy", True),
        ("CONVOY kidal", True),
        ("convoy bamako", False),
        ("convoys", False),
        ("conv*", True),
        ("ecole", True),
        ("déplacees", True),
        ('"tin zaouatine"', True),
        ('"zaouatine tin"', False),
        ("tin-zaouatine", True),
        ("convoy or bamako", True),
        ("convoy and -bamako", True),
        ("not convoy", False),
        ("(bamako or kidal) -(sport or film)", True),
        ("convoy NEAR/2 kidal", True),
        ("kidal near/2 convoy", True),
        ("convoy NEAR/1 kidal", False),
        ('"reaches kidal" NEAR/1 wagner', True),
        ("conv* NEAR/2 kid*", True),
        ("army NEAR/9 gendarmerie", False),
        ("region:ML", True),
        ("region:ml.kidal", True),
        ("region:ML.Kidal", True),
        ("region:ML.Kid", False),
        ("region:ML.Gao", False),
        ("region:kidal", True),
        ('region:"tin zaouatine"', True),
        ("region:gao,kidal", True),
        ("country:ml", True),
        ("country:Mali", True),
        ("country:BF,NE", False),
        ("actor:wagner", True),
        ('actor:"wagner group"', True),
        ("actor:jnim", False),
        ("type:battles", True),
        ("type:strategic", True),
        ("type:protests", False),
        ("source:studio-tamani", True),
        ("source:studio", False),
        ("lang:fr", True),
        ("lang:en,FR", True),
        ("severity:severe", True),
        ("severity>=moderate", True),
        ("severity>severe", False),
        ("severity<extreme", True),
        ("tag:securite", True),
        ("title:gendarmerie", False),
        ("text:gendarmerie", True),
        ("title:gendarm*", False),
        ("text:gendarm*", True),
        ('text:"la gendarm*"', False),
        ('"tin zaou*"', True),
        ('"tin kid*"', False),
        ("killed>=131", True),
        ("killed>131", False),
        ("killed:25", True),
        ("killed<21", True),
        ("killed<20", False),
        ("killed=131", True),
        ("injured<=5", True),
        ("displaced>0", False),
        ("since:2h", True),
        ("since:1h", False),
        ("before:1h", True),
        ("on:2024-09-19", True),
        ("on:2024-09", True),
        ("on:2024-09-18", False),
        ("since:2024-09-19", True),
        ("after:2024-09-19", False),
        ("after:2024-09-18", True),
        ("before:2024-09-19", False),
        ("since:191030ZSEP24", True),
        ("after:191030ZSEP24", False),
        ("since:191031ZSEP24", False),
        ("since:191130ASEP24", True),
        ("since:191030z", True),
        ("since:2024-09-19T10:30Z", True),
        ('since:"2024-09-19T12:31+02:00"', False),
        ("sources>=2", False),
        ("items:1", True),
        ("status:new", False),
        ("level>=guarded", False),
        ("story:s-1", False),
    ],
)
def test_a_query_finds_what_its_words_and_fields_say(text: str, expected: bool) -> None:
    assert finds(text, CONVOY) is expected


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("قُتل جنودٌ في كيدال", "قتل"),
        ("Обстрел Харькова: ёлка", "елка"),
        ("马里北部发生战斗", "北部"),
        ("ＫＩＤＡＬ", "kidal"),
        ("Kidal’s garrison", "kidal"),
        ("Łódź, Ørsta", "lodz orsta"),
        ("किदाल में हमला", "हमला"),
    ],
)
def test_words_are_found_whatever_their_script_case_and_accents(written: str, searched: str) -> None:
    assert finds(searched, factories.item(written))


def test_numbers_of_a_story_come_from_the_story() -> None:
    assert finds("sources>=3 items>=5", CONVOY, story(owners=3, items=5))
    assert not finds("sources>=3", CONVOY, story(owners=2, items=5))
    assert finds("story:s-1", CONVOY, story())


def test_areas_names_feeds_levels_and_alert_states_come_from_the_world() -> None:
    world = query.World(
        contains=lambda region, wanted: wanted == "sahel" and region.startswith("ML"),
        actors=lambda name: frozenset({"wagner"} if name == "Вагнер" else ()),
        countries=lambda name: frozenset({"ML"} if name.lower() == "мали" else ()),
        feeds={
            "studio-tamani": factories.feed(
                "studio-tamani", owner="Fondation Hirondelle", kind="radio", tags=("sahel-desk",), tlp="GREEN"
            )
        },
        level=lambda region: Level.HIGH if region.startswith("ML.Kidal") else Level.NORMAL,
        states=lambda _item, _story: frozenset({AlertState.NEW}),
    )
    true = (
        "region:sahel",
        "actor:Вагнер",
        "country:Мали",
        "region:Мали",
        'source:"fondation hirondelle"',
        "kind:radio",
        "tag:sahel-desk",
        "tlp:green",
        "level>=high",
        "status:new",
    )
    assert [text for text in true if not finds(text, CONVOY, world=world)] == []
    false = ("region:maghreb", "kind:hazard", "tlp:amber", "level:severe", "status:closed", "tag:sahel")
    assert [text for text in false if finds(text, CONVOY, world=world)] == []


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("regin:ML", 0, "did you mean region?"),
        ("convoy regin:ML", 7, "did you mean region?"),
        ("killed>=ten", 8, "whole number"),
        ("region>=ML", 6, "compared with :"),
        ("type:battle", 5, "did you mean battles?"),
        ("severity>=bad", 10, "one of unknown, minor"),
        ('convoy "tin zaou', 7, "never closed"),
        ("(convoy or", 10, "the query ends"),
        ("(convoy", 0, "never closed"),
        ("convoy)", 6, "no parenthesis is open"),
        ("or convoy", 0, '"or" stands'),
        ("convoy NEAR/5", 13, "two words"),
        ("convoy near kidal", 7, "distance"),
        ("since:yesterdy", 6, "no time"),
        ("since:311200ZFEB26", 6, "no time"),
        ("on:24h", 3, "a day or a month"),
        ("!!!", 0, "nothing to look for"),
        ("region:", 7, "needs a value"),
        ("killed >=10", 7, "without a space"),
        ("killed!=10", 6, "write -killed:10 instead"),
        ("con*oy", 3, "at the end alone"),
        ("army *oy", 5, "at the end alone"),
        ('"con* kidal"', 4, "at the end alone"),
        ("title:*oy", 6, "at the end alone"),
        ("actor:jni*", 9, "at the end alone"),
        ("since:24h,48h", 9, "one value"),
        ("(" * 60 + "a" + ")" * 60, 40, "deep"),
        ("a " * 3000, 4000, "too long"),
    ],
)
def test_an_error_points_at_the_character_and_says_what_may_stand_there(text: str, position: int, message: str) -> None:
    error = query.parse(text)
    assert isinstance(error, query.QueryError)
    assert (error.position, message in error.message) == (position, True), error.message


def test_an_error_shows_the_text_with_a_caret() -> None:
    assert str(query.parse("convoy regin:ML")).splitlines()[:2] == ["convoy regin:ML", "       ^"]


def test_of_a_long_text_the_part_around_the_mistake_is_shown() -> None:
    error = query.parse("convoy or " * 300 + "regin:ML" + " or kidal" * 30)
    assert isinstance(error, query.QueryError)
    line, mark = error.caret.splitlines()
    assert (len(line), line[0], line[-1]) == (78, "…", "…")
    assert line[mark.index("^") :].startswith("regin:ML")


WORDS = st.sampled_from(
    ["convoy", "Kidal", "tin-zaouatine", "école", "or", "and", "not", "near/3", "12:30", "a*b", "-", "北"]
)
LEAF = st.one_of(
    WORDS.map(lambda word: f'"{word}"'),
    st.text(alphabet="ab \"'(*-:,<éß北«»“", max_size=12),
    st.sampled_from([field.example for field in query.FIELDS]),
    st.sampled_from([example for example, _ in query.SYNTAX]),
    st.sampled_from(
        ['region:"Tin Zaouatine",gao', "killed:1,2", "conv* NEAR/3 kid*", "since:24H", "tag:a-b", "kind:«a»"]
    ),
)
TEXTS = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        inner.map(lambda text: f"-({text})"),
        inner.map(lambda text: f"not {text}"),
        st.tuples(inner, st.sampled_from([" or ", " and ", " ", " NEAR/4 "]), inner).map("".join),
        inner.map(lambda text: f"({text})"),
    ),
    max_leaves=8,
)


@given(TEXTS)
def test_the_canonical_text_reads_back_as_the_same_query(text: str) -> None:
    first = query.parse(text)
    if isinstance(first, query.Query):
        again = query.parse(first.text)
        assert isinstance(again, query.Query), again
        assert (again, again.text) == (first, first.text)


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_an_error_that_points_into_it(text: str) -> None:
    found = query.parse(text)
    assert isinstance(found, query.Query) or 0 <= found.position <= len(text)


def test_every_example_of_the_table_can_be_asked() -> None:
    for _, example, _ in query.table():
        parsed(example)


def test_the_readme_table_has_a_row_for_every_field() -> None:
    rows = query.markdown().splitlines()
    assert len(rows) == 2 + len(query.table())
    assert any(row.startswith("| `killed : >= <= > < =` | `killed>=10` |") for row in rows)


# ---------------------------------------------------------------- narrowing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("convoy Kidal", {"words": ("convoy", "kidal")}),
        ('"tin zaouatine" conv*', {"words": ("tin", "zaouatine")}),
        ('"tin zaou*"', {"words": ("tin",)}),
        ("title:conv*", {}),
        ("convoy or kidal", {}),
        ("(convoy kidal) or kidal", {"words": ("kidal",)}),
        ("-convoy", {}),
        ("country:ML or country:BF", {"countries": ("ML", "BF")}),
        ("country:ML or actor:jnim", {}),
        ("country:ml", {"countries": ("ML",)}),
        ("country:Mali", {}),
        ("region:ML.Kidal", {"regions": ("ML.Kidal",)}),
        ("region:kidal", {}),
        ("region:ML.kidal", {}),
        ("since:24h", {"since": NOW - timedelta(hours=24)}),
        ("before:2024-09-17", {"until": datetime(2024, 9, 17, tzinfo=UTC)}),
        (
            "on:2024-09-17",
            {"since": datetime(2024, 9, 17, tzinfo=UTC), "until": datetime(2024, 9, 18, tzinfo=UTC)},
        ),
        ("since:24h or since:48h", {"since": NOW - timedelta(hours=48)}),
        ("story:s-1", {"stories": ("s-1",)}),
        ("source:wire", {"feeds": ("wire",)}),
    ],
)
def test_the_indexes_are_asked_for_all_that_can_match_and_little_more(text: str, expected: dict[str, object]) -> None:
    found = query.narrow(parsed(text), NOW)
    assert {name: getattr(found, name) for name in found.__slots__ if getattr(found, name)} == expected


# ---------------------------------------------------------------- explaining


def test_an_alert_can_say_which_words_and_tags_made_it_match() -> None:
    found = query.explain(parsed("convoy (actor:wagner or bamako) killed>=10 -sport"), CONVOY, None, NOW)
    assert query.because(found) == "convoy; actor:wagner (Wagner); killed>=10 (131, 20-30)"
    assert [(hit.field, CONVOY.title[hit.start : hit.end]) for hit in found[:2]] == [
        ("title", "convoy"),
        ("title", "Wagner"),
    ]


def test_a_phrase_is_shown_as_it_stands_in_the_text() -> None:
    found = query.explain(parsed('"tin zaouatine" ecole'), CONVOY, None, NOW)
    assert [CONVOY.summary[hit.start : hit.end] for hit in found] == ["Tin-Zaouatine", "école"]


def test_what_does_not_match_is_not_explained() -> None:
    assert query.explain(parsed("bamako"), CONVOY, None, NOW) == ()


def test_only_the_tag_that_matches_is_the_reason() -> None:
    tags = replace(CONVOY.tags, actors=(*CONVOY.tags.actors, factories.actor_tag("jnim")))
    found = query.explain(parsed("region:ML.Kidal"), replace(CONVOY, tags=tags), None, NOW)
    assert [hit.text for hit in found] == ["Tin Zaouatine"]
