"""What ties tellings together where no tag does: names across scripts, things across languages, copied texts."""

from __future__ import annotations

import re
from random import Random

import pytest

from sitmon.story import copies, phrases, spelling, word
from sitmon.story.index import Index
from sitmon.story.lore import MOST, UNSEEN, Lore


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Okhmatdyt", "Охматдит"),
        ("Majdal", "مجدل"),
        ("Belgorod", "Белгороде"),
        ("Magdeburg", "ماغديبورغ"),
        ("Nuseirat", "النصيرات"),
        ("Nousseirat", "Nuseirat"),
        ("Hezbollah", "Hezbolá"),
    ],
)
def test_a_name_has_the_same_skeleton_in_every_script(one: str, two: str) -> None:
    assert word.read(one)[0].name == word.read(two)[0].name != ""


@pytest.mark.parametrize(
    ("said", "stem"), [("l'armée", "w:armee"), ("Mali's", "w:mali"), ("soldiers", "w:soldi"), ("47", "")]
)
def test_a_stem_is_the_beginning_of_the_word_that_matters(said: str, stem: str) -> None:
    assert word.read(said)[0].stem == stem


@pytest.mark.parametrize(
    ("concept", "titles"),
    [
        (
            "church",
            ["attack on a church", "attaque d'une église", "ataque a igreja", "هجوم على كنيسة", "удар по церкви"],
        ),
        ("drone", ["drone attack", "Drohnenangriff", "ataque con dron", "هجوم بطائرة مسيرة", "атака беспилотника"]),
        (
            "earthquake",
            ["quake", "séisme", "terremoto", "sismo", "землетрясение", "землетрус", "زلزال", "Erdbebentoten"],
        ),
        ("christmas", ["Christmas market", "marché de Noël", "Weihnachtsmarkt", "рождественской ярмарке"]),
    ],
)
def test_a_thing_is_the_same_in_every_language(concept: str, titles: list[str]) -> None:
    assert [title for title in titles if f"t:{concept}" not in word.things(word.read(title))] == []


def test_a_copy_is_known_with_another_head_and_a_shorter_end() -> None:
    text = "At least ten people were killed when shells hit a school and a bus stop in the city, officials said."
    whole = runs("UPDATE 2-Ten killed as shells hit school in Donetsk", text)
    assert copies.is_copy(whole, runs("Ten killed as shells hit school in Donetsk", text[:70]))
    own = "Our reporter saw two ambulances leave the yard of the school while parents waited behind a police line."
    assert not copies.is_copy(whole, runs("Ten dead at Donetsk school", own))


def test_no_copy_is_passed_over_for_its_sketch() -> None:
    chance = Random(5)
    for _ in range(3000):
        one = {chance.randrange(2**32) for _ in range(chance.randrange(1, 50))}
        kept = chance.sample(sorted(one), chance.randrange(len(one) + 1))
        two = {*kept, *(chance.randrange(2**32) for _ in range(chance.randrange(50)))}
        may_be = copies.may_be_copy(copies.sketch(one), copies.sketch(two), len(one), len(two))
        assert may_be or not copies.is_copy(one, two)


def test_texts_that_share_little_are_told_apart_by_their_sketches() -> None:
    chance = Random(5)
    for _ in range(100):
        one, two = set(chance.sample(range(2**32), 48)), set(chance.sample(range(2**32), 48))
        assert not copies.may_be_copy(copies.sketch(one), copies.sketch(two), 48, 48)


@pytest.mark.parametrize("text", ["47 dead, 3 hurt", "it's 'the' end", "a_b C-4 (U.N.)", " — naïve café ", ""])
def test_words_are_letters_and_digits_with_apostrophes_inside(text: str) -> None:
    assert spelling.words(text) == re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)


def runs(title: str, summary: str) -> set[int]:
    return copies.runs(title, word.read(f"{title} {summary}"))


def test_rare_keys_lead_to_a_story_past_a_crowd_under_common_ones() -> None:
    index = Index()
    for number in range(500):
        index.lore.open()
        index.post(number, {"w:common", f"n:rare-{number}"})
        index.lore.tell({"w:common", f"n:rare-{number}"})
    keys = {"w:common", "n:rare-7"}
    assert index.candidates(keys, index.lore.rarities(keys))[0] == 7
    index.drop(7, {"w:common", "n:rare-7"})
    assert 7 not in index.candidates(keys, index.lore.rarities(keys))


def test_a_word_that_many_stories_told_stays_common_when_they_are_closed() -> None:
    lore = Lore()
    for number in range(50):
        lore.open()
        lore.tell({"w:killed", f"w:{number}"})
    rarity = lore.rarities({"w:killed", "w:7", "w:never"})
    assert rarity["w:killed"] < rarity["w:7"] < rarity["w:never"]


def test_what_was_told_long_ago_fades() -> None:
    lore = Lore()
    lore.tell({"w:once"})
    for _ in range(MOST - UNSEEN + 1):
        lore.open()
    rarity = lore.rarities({"w:once", "w:never"})
    assert rarity["w:once"] == rarity["w:never"]


@pytest.mark.parametrize(
    "title",
    [
        "death toll in kramatorsk station attack rises to 52",
        "number of dead rises to 14 after market bombing",
        "attentat de nairobi : le bilan s'alourdit à 67 morts",
        "sube a 31 la cifra de presos muertos",
        "la onu condena el ataque contra el hospital",
        "número de mortos sobe para 18",
        "zahl der toten steigt auf 16",
        "число погибших выросло до 16",
        "кількість загиблих під завалами зросла до восьми",
        "ارتفاع حصيلة القتلى إلى أكثر من 800",
        "families bury the victims",
        "islamic state claims responsibility for the blast",
    ],
)
def test_a_title_that_tells_what_came_of_an_event_says_so(title: str) -> None:
    assert phrases.is_after(title, signs(title))


@pytest.mark.parametrize(
    "title",
    [
        "dozens killed as rockets hit crowded train station",
        "trois morts dans une attaque de drones",
        "при обстреле погибли восемь человек",
        "drones rise over the city",
    ],
)
def test_a_fresh_report_does_not_read_like_what_came_of_it(title: str) -> None:
    assert not phrases.is_after(title, signs(title))


@pytest.mark.parametrize(
    "title",
    [
        "second wave of blasts hits lebanon",
        "third night of strikes on the port",
        "airport attacked again",
        "nouvelle attaque de drones",
        "nuevo ataque contra la base",
        "zweite explosionswelle im libanon",
        "вторая волна взрывов",
        "موجة ثانية من التفجيرات",
        "обстрел вторую ночь подряд",
    ],
)
def test_a_title_may_say_that_it_tells_of_another_event(title: str) -> None:
    assert phrases.is_another(title, signs(title))


def signs(title: str) -> int:
    return word.signs(word.read(title))


def test_what_gets_hit_is_told_from_how_it_is_hit() -> None:
    said = word.things(word.read("Drones hit fuel depot and hospital near the market"))
    assert said & word.targets() == {"t:refinery", "t:hospital", "t:market"}
    assert "t:drone" in said - word.targets()
