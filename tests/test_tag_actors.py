"""Who acts: names in context, forces and authorities of states, persons and bodies that no table knows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sitmon.model import ActorEntry, Document, Tags
from sitmon.tag import Tagger

TAGGER = Tagger.load()


def tags(text: str, title: str = "", tagger: Tagger = TAGGER) -> Tags:
    return tagger.tags(Document("x", title, content=text, published=datetime(2025, 6, 1, tzinfo=UTC)))


def ids(text: str, title: str = "") -> list[str]:
    return [actor.id for actor in tags(text, title).actors]


def rules(text: str, id_: str) -> list[str]:
    return [m.rule for actor in tags(text).actors if actor.id == id_ for m in actor.mentions]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Three Malian soldiers died near the well.", "mil:ML"),
        ("L'armée malienne a repris la ville.", "mil:ML"),
        ("El ejército maliense retomó la ciudad.", "mil:ML"),
        ("O exército do Mali retomou a cidade.", "mil:ML"),
        ("Малийская армия вошла в город.", "mil:ML"),
        ("دخل الجيش المالي المدينة", "mil:ML"),
        ("Ukrainische Truppen zogen sich zurück.", "mil:UA"),
        ("Українські військові збили дрон.", "mil:UA"),
        ("Chadian police opened fire.", "police:TD"),
        ("The government of Niger denied it.", "gov:NE"),
        ("Le gouvernement tchadien a réagi.", "gov:TD"),
        ("Burundian rebels crossed the river.", "rebels:BI"),
        ("Syrian government forces advanced.", "mil:SY"),
    ],
)
def test_a_country_beside_a_word_for_its_forces_is_that_states_actor(text: str, id_: str) -> None:
    assert id_ in ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "PSF gained two percent on Friday.",
        "The CSP header blocks scripts.",
        "IS this the end? Nobody knows.",
        "Our PDF guide is out.",
        "AA batteries are on sale.",
        "The city of Hamm in Germany",
        "Daniel Harris opened a bakery on Wagner Street.",
    ],
)
def test_an_acronym_without_a_witness_is_nobody(text: str) -> None:
    assert [i for i in ids(text) if not i.startswith(("gov:", "daniel"))] == []


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("The Permanent Strategic Framework (PSF) left Gao. The PSF said so.", "csp"),
        ("Le CSP affirme avoir repris Kidal.", "csp"),
        ("In Myanmar the AA took a base in Rakhine.", "arakan-army"),
        ("RSF shelled El Fasher in Darfur.", "rsf"),
        ("Kurdish-led SDF fighters left Raqqa.", "sdf"),
    ],
)
def test_an_acronym_is_believed_with_a_witness(text: str, id_: str) -> None:
    assert id_ in ids(text)


def test_what_a_text_defines_its_acronym_to_mean_it_means_there() -> None:
    found = tags("Reporters Without Borders (RSF) criticised Sudan. RSF said a journalist was held in Khartoum.")
    assert [(a.id, len(a.mentions)) for a in found.actors if a.id in {"rsf", "rsf-media"}] == [("rsf-media", 3)]


def test_every_mention_says_where_it_stands_and_why() -> None:
    text = "Fighters of the Azawad Liberation Front (FLA) met Malian soldiers. FLA losses were light."
    for actor in tags(text).actors:
        for m in actor.mentions:
            assert text[m.start : m.end] == m.text and m.rule and m.alias
    assert rules(text, "fla") == ["name", "defined as Azawad Liberation Front", "defined as Azawad Liberation Front"]


def test_the_home_of_an_actor_is_no_country_of_the_text() -> None:
    found = tags("Hamas rejected the offer.")
    assert (found.countries, [(a.id, a.country) for a in found.actors]) == ((), [("hamas", "PS")])


def test_of_two_actors_of_one_name_the_one_of_the_texts_time_is_meant() -> None:
    assert ids("Fighters of Jabhat al-Nusra and Hezbollah fought.")[:2] == ["jfs", "hezbollah"]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("ВСУ и Вооружённых сил Украины", "mil:UA"),
        ("бойцы Исламского государства", "is"),
        ("наступление Талибана", "taliban"),
        ("переговоры с Владимиром Зеленским", "zelensky"),
        ("قال نتنياهو إن العملية مستمرة", "netanyahu"),
        ("مقاتلو حزب الله", "hezbollah"),
        ("los hutíes atacaron un buque", "houthis"),
        ("les talibans ont fermé", "taliban"),
    ],
)
def test_names_are_found_in_their_grammatical_forms(text: str, id_: str) -> None:
    assert id_ in ids(text)


def test_a_person_with_a_title_is_a_person_and_so_is_the_surname_that_follows() -> None:
    found = tags("Colonel David Lyons arrived. The airmen met Lyons at the base.").actors
    assert [(a.id, a.kind, len(a.mentions)) for a in found] == [("david-lyons", "person", 2)]


def test_what_opens_a_sentence_behind_a_title_is_no_name_of_its_bearer() -> None:
    assert ids("Two were killed, said the governor. Residents fled.") == []
    assert ids("The order came from Adm. Jones.") == ["jones"]


def test_strikes_and_defenders_of_a_match_are_no_army() -> None:
    assert ids("Brazil attack: the striker scored two goals as German defenders slept in the cup match.") == []


def test_an_operators_entry_adds_an_actor_and_extends_a_shipped_one() -> None:
    own = (
        ActorEntry("dogs", "Desert Dogs", "armed_group", "ML", ("DDogs",)),
        ActorEntry("jnim", aliases=("the Caravan",), block=("GSIM",)),
        ActorEntry("lion", "Black Lion", "armed_group", aliases=("BLX",), context=("Menaka",)),
    )
    tagger = Tagger.load(actors=own)
    assert [a.id for a in tags("The Desert Dogs met.", tagger=tagger).actors] == ["dogs"]
    assert [a.id for a in tags("Men of the Caravan and of GSIM", tagger=tagger).actors] == ["jnim"]
    assert [len(tags(t, tagger=tagger).actors) for t in ("BLX moved.", "BLX moved on Menaka.")] == [0, 1]


@pytest.mark.parametrize(
    "text", ["", "(" * 5000, "JNIM " * 20000, "President " * 5000, "A" * 5000, "م" * 5000, "🦊 MALI ARMY"]
)
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(tags(text), Tags)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kyiv said it had shot down forty drones.", {"gov:UA"}),
        ("L'Algérie a rappelé son ambassadeur.", {"gov:DZ"}),
        ("Угорщина заблокувала допомогу.", {"gov:HU"}),
        ("Rebels backed by Rwanda crossed the lake.", {"gov:RW"}),
        ("The minister accused Eritrea of sending arms.", {"gov:ER"}),
        ("A truce between Israel and Hamas began.", {"gov:IL", "hamas"}),
        ("Thai and Cambodian troops exchanged fire.", {"mil:TH", "mil:KH"}),
        ("Five soldiers were killed in northern Togo.", {"mil:TG"}),
        ("Serbian President Aleksandar Vucic resigned.", {"vucic"}),
        ("Floods hit Niger; the Interior Ministry counted forty dead.", {"gov:NE"}),
    ],
)
def test_who_acts_is_told_from_who_suffers(text: str, expected: set[str]) -> None:
    assert set(ids(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The road from Mali to Algeria is closed.",
        "Dozens died in the attack on Nairobi.",
        "An earthquake shook eastern Turkey.",
        "BAGHDAD (Reuters) - Rain fell on the river.",
        "Chad Michaels opened a bakery in Ohio.",
    ],
)
def test_where_something_happens_does_not_act(text: str) -> None:
    assert ids(text) == []


def test_an_acronym_that_the_text_gives_another_meaning_is_nobody() -> None:
    assert ids("Myanmar hosts the Asian Accord (AA). The AA meets in Mandalay.") == []


def test_an_organisation_of_no_table_is_named_by_its_head_word() -> None:
    found = tags("Fighters of the Northern Falcon Brigade (NFB) left. The NFB said nothing.").actors
    assert [(a.id, a.kind, len(a.mentions)) for a in found] == [("northern-falcon-brigade", "armed_group", 3)]


def test_a_description_of_an_actor_that_has_ended_may_be_of_another() -> None:
    text = "Shells of the regime forces fell near the market."
    then = TAGGER.tags(Document("x", "", content=text, published=datetime(2016, 5, 1, tzinfo=UTC)))
    assert ([a.id for a in then.actors], ids(text)) == (["sy-regime-forces"], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine dead as heavy fighting shakes the Yemen coast", ["mil:YE"]),
        ("Nine dead as heavy fighting shakes the Belgian coast", []),
        ("Heavy fighting in Yemen between Houthis and tribesmen", ["houthis"]),
        ("Talks on a Yemen truce begin", ["gov:YE"]),
    ],
)
def test_the_state_is_a_side_of_fighting_where_it_is_at_war_and_no_other_is_named(
    text: str, expected: list[str]
) -> None:
    assert ids("", text) == expected


def test_people_of_a_country_who_attack_are_its_forces() -> None:
    assert ids("Росіяни обстріляли Херсон.") == ["mil:RU"]
    assert ids("Two Russians killed in a crash near Antalya.") == []


def test_a_german_noun_of_several_parts_is_known_by_its_last() -> None:
    assert ids("Ukrainische Marinedrohnen versenkten ein Schiff.") == ["mil:UA"]


def test_a_plural_verb_is_that_of_several_countries() -> None:
    assert ids("France and Germany strike the port.") == ["gov:FR", "gov:DE"]
    assert ids("A Germany strike stops the trains.") == []


def test_a_country_in_a_case_is_no_subject() -> None:
    assert ids("Китай начал учения.") == ["gov:CN"]
    assert ids("Население Китая начало стареть.") == []


def test_the_last_stop_of_a_countrys_acronym_does_not_part_it_from_its_forces() -> None:
    assert ids("Three died in a U.S. drone strike on the village.") == ["mil:US"]


def test_a_source_behind_a_dash_is_not_what_stands_before_it() -> None:
    assert rules("Two die in Russian attack - official", "mil:RU") == ["demonym + attack"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("روسيا تقصف كييف", ["gov:RU"]),
        ("Двоє загинули, уточнив Ісламабад.", ["gov:PK"]),
        ("The American attacked the climb.", []),
        ("The Americans attacked a convoy.", ["mil:US"]),
    ],
)
def test_who_acts_stands_where_the_language_puts_it(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Опозиція звинуватила Грузію в узурпації влади.",
        "Оппозиция в Грузии говорит об узурпации власти.",
        "El ministro de Gobierno de Bolivia renunció.",
    ],
)
def test_power_and_an_office_are_no_government(text: str) -> None:
    assert not any(m.text.casefold() in {"влади", "власти", "gobierno"} for a in tags(text).actors for m in a.mentions)


def test_a_persons_office_may_stand_between_title_and_name() -> None:
    text = "El ministro de Gobierno, Roberto Ríos, responsabilizó a los bloqueadores."
    assert "roberto-rios" in ids(text)


def test_an_agencys_representative_in_german_is_no_person() -> None:
    assert ids("Das sagte ein Behördenvertreter der Nachrichtenagentur AFP.") in ([], ["afp"])


def test_a_street_named_after_a_person_is_nobody() -> None:
    assert "macron" in ids("Emmanuel Macron ordered the troops home.")
    assert "macron" not in ids("The fire broke out near avenue Emmanuel Macron.")
