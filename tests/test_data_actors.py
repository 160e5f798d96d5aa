"""The tables of actors: well formed, of honest dates, and with those in them that conflicts need."""

from __future__ import annotations

from collections import Counter

import pytest

from sitmon.tag.roster import Actor, Roster, parsed, shipped
from sitmon.tag.text import key

KINDS = {"state", "military", "police", "armed_group", "pmc", "coalition", "party", "igo", "ngo", "person", "company"}
KINDS |= {"media", "other"}

ACTORS = tuple(shipped())
ROSTER = Roster(ACTORS)


def names(actor: Actor) -> set[str]:
    return {key(alias) for alias in (actor.name, *actor.aliases)}


def test_there_are_at_least_seven_hundred_actors_of_thirteen_kinds() -> None:
    assert len(ACTORS) >= 700
    assert {actor.kind for actor in ACTORS} == KINDS


def test_ids_are_unique() -> None:
    assert [i for i, n in Counter(a.id for a in ACTORS).items() if n > 1] == []


def test_every_actor_has_a_source() -> None:
    assert [a.id for a in ACTORS if not a.source] == []


def test_parents_and_successors_exist() -> None:
    kin = {other for a in ACTORS for other in (a.parent, a.successor) if other}
    assert kin - set(ROSTER) - {f"gov:{a.country}" for a in ACTORS} == set()


def test_homes_are_countries_by_code() -> None:
    assert [a.id for a in ACTORS if a.country and not (len(a.country) == 2 and a.country.isupper())] == []


def test_an_office_says_when_it_was_last_known() -> None:
    assert [a.id for a in ACTORS if a.office and not a.as_of] == []


def test_dates_are_months_or_years_in_order() -> None:
    dated = [a for a in ACTORS if a.since and a.until]
    assert [a.id for a in dated if a.since > a.until] == []
    assert all(len(text) in {0, 4, 7} for a in ACTORS for text in (a.since, a.until, a.as_of))


def test_an_alias_that_needs_context_has_something_to_vouch_for_it() -> None:
    doubtful = (a for a in ACTORS if any(alias.startswith("?") for alias in a.aliases))
    assert [a.id for a in doubtful if not (a.context or a.country or len(a.aliases) > 1)] == []


def test_a_line_with_a_fact_that_nothing_reads_is_an_error() -> None:
    with pytest.raises(ValueError, match="colour"):
        parsed("x\tparty\tML\tX\t\tcolour=red\tmade up")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("JNIM", "jnim"),
        ("GSIM", "jnim"),
        ("Taleban", "taliban"),
        ("Hizbullah", "hezbollah"),
        ("Al-Shabaab", "alshabaab"),
        ("ZSU", "mil:UA"),
        ("ЦАХАЛ", "mil:IL"),
        ("قوات الدعم السريع", "rsf"),
        ("FAMa", "mil:ML"),
        ("ДНР", "dpr"),
        ("Ansarallah", "houthis"),
        ("SPLM/A - IO", "splm-io"),
        ("Kurdistan Workers' Party", "pkk"),
        ("Tren de Aragua", "tda"),
        ("Africa Corps", "africa-corps"),
        ("Viv Ansanm", "viv-ansanm"),
        ("MINUSMA", "minusma"),
        ("CEDEAO", "ecowas"),
    ],
)
def test_a_name_leads_to_its_actor(name: str, id_: str) -> None:
    assert key(name) in names(ROSTER[id_])


def test_coalitions_that_changed_their_name_are_chained() -> None:
    assert (ROSTER["csp"].successor, ROSTER["csp"].until) == ("fla", "2024-11")
    assert (ROSTER["wagner"].successor, ROSTER["mujao"].successor) == ("africa-corps", "al-murabitun")
