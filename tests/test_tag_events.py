"""Events of whole documents: what, when, where, who, by whose word."""

from __future__ import annotations

from datetime import date

import pytest

from sitmon.model import ActorTag, Event, EventType, FieldName, Mention, RegionTag, Severity
from sitmon.tag import severity
from sitmon.tag.events import happened
from sitmon.tag.text import read

PUBLISHED = date(2024, 9, 24)


def mentions(texts: dict[FieldName, str], *aliases: str) -> tuple[Mention, ...]:
    found = []
    for name, text in texts.items():
        for alias in aliases:
            start = text.find(alias)
            while start >= 0:
                found.append(Mention(name, start, start + len(alias), alias, alias, "name"))
                start = text.find(alias, start + 1)
    return tuple(found)


def events(title: str = "", content: str = "", lang: str = "en", **names: str) -> tuple[Event, ...]:
    """`names` are ids of actors with their alias, and of places as `ML__Kidal`."""
    texts: dict[FieldName, str] = {"title": title, "content": content}
    passages = [read(text, name) for name, text in texts.items() if text]
    regions = tuple(
        RegionTag(key.replace("__", "."), alias, "place", key[:2], None, None, 1.0, mentions(texts, alias))
        for key, alias in names.items()
        if "__" in key
    )
    actors = tuple(
        ActorTag(key, alias, "armed_group", None, mentions(texts, alias))
        for key, alias in names.items()
        if "__" not in key
    )
    return happened(passages, regions, actors, PUBLISHED, lang)[0]


def kind(title: str, lang: str = "en") -> EventType:
    return happened([read(title, "title")], (), (), PUBLISHED, lang)[1]


@pytest.mark.parametrize(
    ("lang", "title", "expected"),
    [
        ("en", "Air strike on market kills 12", EventType.EXPLOSIONS),
        ("en", "Rebels and army clash near Kidal", EventType.BATTLES),
        ("en", "Gunmen kill 38 villagers in night attack", EventType.CIVILIANS),
        ("en", "Teachers on strike march to parliament", EventType.PROTESTS),
        ("en", "Rioters torch police station and hurl stones", EventType.RIOTS),
        ("en", "Soldiers seize power in coup", EventType.STRATEGIC),
        ("en", "Flood washes away bridge", EventType.DISASTER),
        ("en", "Cholera outbreak spreads", EventType.HEALTH),
        ("en", "Ferry capsizes on lake", EventType.ACCIDENT),
        ("en", "Foreign ministers meet over sanctions", EventType.DIPLOMACY),
        ("en", "Inflation rises as currency falls", EventType.ECONOMY),
        ("en", "Ransomware hits hospital network", EventType.CYBER),
        ("fr", "Frappe aérienne sur un marché", EventType.EXPLOSIONS),
        ("es", "Secuestran a doce trabajadores", EventType.CIVILIANS),
        ("pt", "Militares anunciam golpe de Estado", EventType.STRATEGIC),
        ("ar", "غارة جوية على سوق", EventType.EXPLOSIONS),
        ("ru", "Столкновения армии и повстанцев", EventType.BATTLES),
        ("de", "Tausende protestieren in Berlin", EventType.PROTESTS),
        ("uk", "Ракетний удар по Києву", EventType.EXPLOSIONS),
        ("zh", "地震造成多人死亡", EventType.DISASTER),
    ],
)
def test_a_headline_tells_its_kind(lang: str, title: str, expected: EventType) -> None:
    assert kind(title, lang) is expected


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Mali edge Chad 2-1 in battle for top spot"),
        ("en", "Singer dies of heart attack at 66"),
        ("en", "War film bombs at box office"),
        ("en", "City marks 79 years since atomic bomb that killed 140,000"),
        ("fr", "Il y a 80 ans, le Débarquement en Normandie"),
        ("es", "El equipo gana la batalla y es campeón de liga"),
        ("ru", "Актёр взорвал кинофестиваль новым фильмом"),
    ],
)
def test_games_films_and_memories_are_no_events(lang: str, title: str) -> None:
    assert happened([read(title, "title")], (), (), PUBLISHED, lang) == ((), EventType.OTHER)


def test_two_figures_with_one_claimant() -> None:
    (event,) = events(
        "At least 47 Malian soldiers and 84 Wagner mercenaries were killed in an ambush, according to a CSP statement",
        csp="CSP",
        wagner="Wagner",
    )
    assert [(c.low, c.by, c.of) for c in event.killed] == [(47, "csp", "soldiers"), (84, "csp", "wagner")]
    assert (event.claimed_by, event.qualifier) == ("csp", "at least")


@pytest.mark.parametrize(
    ("title", "claimant"),
    [
        ("Air strike kills 12, police said", "police"),
        ("Gunmen kill 38 villagers: officials", "officials"),
        ("According to witnesses, 12 people were killed in the attack", "witnesses"),
        ("Attack kills 12 soldiers, CSP says", "csp"),
        ("Attack kills 12 soldiers", None),
    ],
)
def test_a_figure_has_the_word_of_who_tells_it(title: str, claimant: str | None) -> None:
    (event,) = events(title, csp="CSP")
    assert event.killed[0].by == claimant == event.claimed_by


def test_the_lead_dates_and_counts_what_the_title_tells() -> None:
    (event,) = events(
        "Double attack in Bamako",
        "Jihadists attacked a gendarmerie school on 17 September, killing at least 70 people.",
        ML__Bamako="Bamako",
    )
    assert (event.date, event.date_precision, event.place) == (date(2024, 9, 17), "day", "ML.Bamako")
    assert [c.low for c in event.killed] == [70]


def test_news_without_a_date_is_of_the_day_of_publication() -> None:
    (event,) = events("Gunmen kill 38 in attack on convoy")
    assert (event.date, event.date_precision) == (PUBLISHED, "day")


def test_each_dated_clause_is_an_event_of_its_own() -> None:
    told = events(
        content="After the reconquest of Kidal in November 2023, soldiers remember the coup in 2020.", ML__Kidal="Kidal"
    )
    assert {(e.type, e.date) for e in told} == {
        (EventType.BATTLES, date(2023, 11, 1)),
        (EventType.STRATEGIC, date(2020, 1, 1)),
    }


def test_what_goes_on_about_an_event_takes_its_date() -> None:
    told = events(
        "Army convoys move north",
        "The army suffered a defeat at the end of July. The toll was bloody: 47 soldiers were killed.",
    )
    assert [e.date for e in told if e.killed] == [date(2024, 7, 1)]


def test_a_meeting_ahead_is_no_past_event() -> None:
    told = events("Ministers to discuss the ceasefire", "They will meet next Friday in Accra.")
    assert all(e.date is None or e.date <= PUBLISHED for e in told)


def test_severity_follows_the_dead_and_the_kind() -> None:
    bad, worse = events("Air strike kills 12")[0], events("Earthquake kills 2,000")[0]
    assert (severity.of_event(bad), severity.of_event(worse)) == (Severity.SEVERE, Severity.EXTREME)
    assert severity.worst(()) is Severity.UNKNOWN


@pytest.mark.parametrize(
    "text", ["", "x" * 5000, "12 " * 100_000, "killed and " * 100_000, "3 to 4 march " * 20_000, "\u0301 killed 12"]
)
def test_hostile_text_gets_an_answer(text: str) -> None:
    assert len(happened([read(text)], (), (), PUBLISHED)[0]) <= 24


@pytest.mark.parametrize("published", [date.min, date.max, None])
def test_a_broken_clock_gives_no_error(published: date | None) -> None:
    told = happened([read("Attack last week killed 12 on Thursday and next Friday, ten days ago")], (), (), published)
    assert [c.low for c in told[0][0].killed] == [12]


def test_a_german_ordinal_ends_no_sentence() -> None:
    (event,) = events("Elf Menschen wurden laut Polizei am 2. September getötet.", lang="de")
    assert [count.low for count in event.killed] == [11]


def test_the_day_of_a_statement_dates_nothing_beside_that_of_the_event() -> None:
    told = events(
        "Attack kills 54 soldiers", "A spokesman said on Wednesday that the assault of 17 September was the worst."
    )
    assert told[0].date == date(2024, 9, 17)
    told = events("Attack kills 54 soldiers", "A spokesman said on Wednesday that the assault was the worst.")
    assert told[0].date == date(2024, 9, 18)


def test_on_a_day_of_march_nobody_marches() -> None:
    told = events("Soldiers clash with gunmen", "The operation took place on the night of 4 March.")
    assert {event.type for event in told} == {EventType.BATTLES}


def test_a_headline_that_denies_what_it_asks_counts_nobody() -> None:
    assert not any(event.killed for event in events("40 killed in Recife flood? No, the video is old"))
    assert events("40 killed in Recife flood")[0].killed[0].low == 40
