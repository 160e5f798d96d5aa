"""Places in situations of the years 2022 to 2026, and what only looks like one. All sentences were written for this."""

from __future__ import annotations

import pytest

from sitmon.model import Document, PlaceEntry, Tags
from sitmon.tag import Tagger


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def tags(tagger: Tagger, title: str, *home: str, body: str = "") -> Tags:
    return tagger.tags(Document("x", title, "", body, feed_countries=home))


def places(found: Tags) -> set[str]:
    """Ids of what is smaller than a country, without areas."""
    return {region.id for region in found.regions if "." in region.id}


SITUATIONS = [
    # English
    ("Convoy of Malian soldiers leaves Gao for Kidal, rebels say", "ML", "Gao Kidal"),
    ("Drone strikes kill civilians in Tin Zaouatine, on the border with Algeria", "ML DZ", "Tin-Zaouatine"),
    ("Army retakes Aguelhok after two days of fighting", "ML", "Aguelhok"),
    ("RSF shells Zamzam camp outside El Fasher in North Darfur", "SD", "Zamzam El-Fasher North-Darfur"),
    ("Sudanese army says it broke the siege of El Obeid", "SD", "El-Obeid"),
    ("M23 rebels enter Goma as Congolese troops fall back towards Sake", "CD", "Goma Sake"),
    ("Fighting spreads from Bukavu to Uvira in South Kivu", "CD", "Bukavu Uvira South-Kivu"),
    ("Russian forces close in on Pokrovsk and Myrnohrad, Ukrainian general staff says", "RU UA", "Pokrovsk Myrnohrad"),
    ("Drones hit an oil depot in Russia's Belgorod region", "RU", "Belgorod"),
    ("Ukraine withdraws from Vuhledar", "UA", "Vuhledar"),
    ("Israeli air strike on a school in Khan Younis kills 12", "IL PS", "Khan-Yunis"),
    ("Aid trucks wait at Kerem Shalom while the Rafah crossing stays shut", "IL PS", "Kerem-Shalom Rafah-Crossing"),
    ("Rockets fired from southern Lebanon land near Kiryat Shmona", "LB IL", "Qiryat-Shmona"),
    ("Houthi drone boat hits tanker off Hodeidah in the Red Sea", "YE", "Hodeidah"),
    ("Gangs burn houses in Kenscoff above Port-au-Prince", "HT", "Kenscoff Port-au-Prince"),
    ("Junta jets bomb market town in Myanmar's Sagaing region", "MM", "Sagaing"),
    ("Al-Shabaab mortars land near Halane base camp in Mogadishu", "SO", "Mogadishu Halane"),
    ("Gunmen abduct dozens from a village in Zamfara, northwest Nigeria", "NG", "Zamfara"),
    ("Tehran says uranium stock at Natanz is untouched", "IR", "Tehran Natanz"),
    ("Chinese coast guard rams Philippine boat at Second Thomas Shoal in the South China Sea", "CN PH", ""),
    ("Thai and Cambodian troops exchange fire near Preah Vihear", "TH KH", "Preah-Vihear"),
    ("Armed men storm prison in Guayaquil, Ecuador", "EC", "Guayaquil"),
    ("Strike on convoy near Djibo, Burkina Faso, kills 40 militiamen", "BF", "Djibo"),
    ("Bus plunges into ravine in Peru's Ayacucho region", "PE", "Ayacucho"),
    ("MAGNITUDE 6.8 EARTHQUAKE HITS WESTERN TURKEY, DAMAGE IN IZMIR", "TR", "Izmir"),
    ("Floods Cut Off Villages In Eastern Pakistan As Rivers Rise", "PK", ""),
    ("Explosion at refinery in Houston, Texas, injures eight", "US", "Houston Texas"),
    ("Protesters return to the streets of Tbilisi as Georgia halts EU talks", "GE", "Tbilisi"),
    ("Storm leaves thousands without power in Atlanta and across Georgia", "US", "Atlanta Georgia"),
    # French
    ("Mali : l'armée annonce avoir repris Kidal aux rebelles", "ML", "Kidal"),
    ("Une attaque jihadiste fait quinze morts près de Djibo, dans le nord du Burkina Faso", "BF", "Djibo"),
    ("Les rebelles du M23 aux portes de Bukavu, dans l'est de la RDC", "CD", "Bukavu"),
    ("Frappe russe sur un immeuble à Kharkiv", "RU UA", "Kharkiv"),
    ("Les soldats nigériens tombés à Tillabéri ont été inhumés à Niamey", "NE", "Tillaberi Niamey"),
    ("Haïti : la police reprend un quartier de Port-au-Prince", "HT", "Port-au-Prince"),
    ("L'Algérie ferme son espace aérien aux avions maliens", "DZ ML", ""),
    # Spanish
    ("El ELN ataca un cuartel en Tibú, en el Catatumbo", "CO", "Tibu"),
    ("Ucrania denuncia un bombardeo ruso contra Járkov", "UA RU", "Kharkiv"),
    ("Ejército israelí ordena evacuar Jan Yunis, en el sur de la Franja de Gaza", "IL PS", "Khan-Yunis Gaza-Strip"),
    ("Motín en una cárcel de Guayaquil deja trece muertos en Ecuador", "EC", "Guayaquil"),
    ("Las autoridades de Malí cierran la frontera con Mauritania", "ML MR", ""),
    # Portuguese
    ("Ataque armado mata sete pessoas em Macomia, Cabo Delgado", "MZ", "Macomia Cabo-Delgado"),
    ("Exército ucraniano recua de Avdiivka", "UA", "Avdiivka"),
    ("Forças israelenses bombardeiam a Faixa de Gaza", "IL PS", "Gaza-Strip"),
    ("Moçambique: manifestantes bloqueiam estradas em Maputo", "MZ", "Maputo"),
    # German
    ("Russische Truppen rücken auf Pokrowsk vor", "RU UA", "Pokrovsk"),
    ("Bundeswehr zieht letzte Soldaten aus Gao in Mali ab", "ML", "Gao"),
    ("Israelische Luftangriffe treffen Vororte von Beirut", "IL LB", "Beirut"),
    ("Schwere Kämpfe in der sudanesischen Hauptstadt Khartum", "SD", "Khartoum"),
    # Arabic
    ("مقتل جنود ماليين في هجوم قرب كيدال شمال مالي", "ML", "Kidal"),
    ("الجيش السوداني يستعيد مواقع في الفاشر والأبيض", "SD", "El-Fasher El-Obeid"),
    ("غارات إسرائيلية على خان يونس ورفح جنوب قطاع غزة", "IL PS", "Khan-Yunis Rafah Gaza-Strip"),
    ("قصف روسي على مدينة خاركيف الأوكرانية", "RU UA", "Kharkiv"),
    ("انفجار في العاصمة الصومالية مقديشو", "SO", "Mogadishu"),
    ("مسلحون يهاجمون قرية في ولاية كادونا", "NG", "Kaduna"),
    # Russian
    ("Под Бахмутом продолжаются бои, сообщили в Киеве", "UA", "Bakhmut Kyiv"),
    ("Малийская армия и наёмники понесли потери у Тин-Зауатена", "ML", "Tin-Zaouatine"),
    ("Израильская авиация нанесла удар по Рафаху", "IL PS", "Rafah"),
    ("В Курской области объявлена эвакуация жителей Суджи", "RU", "Kursk Sudzha"),
    ("Суданские повстанцы обстреляли Эль-Фашер", "SD", "El-Fasher"),
    # Ukrainian
    ("Російські війська обстріляли Харків та Нікополь", "RU UA", "Kharkiv Nikopol"),
    ("Бої тривають біля Покровська та в Торецьку", "UA", "Pokrovsk Toretsk"),
    ("У Києві пролунали вибухи", "UA", "Kyiv"),
    ("Вибух на складі у Бєлгородській області", "RU", "Belgorod"),
    ("У Рівному посилили охорону кордону з Білоруссю", "UA BY", "Rivne"),
    # Chinese
    ("马里军队与图阿雷格叛军在基达尔交火", "ML", "Kidal"),
    ("俄罗斯军队袭击乌克兰哈尔科夫", "RU UA", "Kharkiv"),
    ("以色列空袭加沙地带南部汗尤尼斯", "IL PS", "Khan-Yunis Gaza-Strip"),
    ("刚果(金)东部城市戈马发生激战", "CD", "Goma"),
    # States that are no more
    ("Serbia and Montenegro were one state until 2006", "RS ME", ""),
    ("Сербия и Черногория подписали соглашение", "RS ME", ""),
]


@pytest.mark.parametrize(("title", "countries", "names"), SITUATIONS)
def test_a_situation_is_put_where_it_is(tagger: Tagger, title: str, countries: str, names: str) -> None:
    found = tags(tagger, title)
    assert set(found.countries) == set(countries.split())
    assert {region.rpartition(".")[2] for region in places(found)} >= set(names.split())


def test_a_state_that_fell_apart_is_the_area_of_its_parts(tagger: Tagger) -> None:
    found = tags(tagger, "Les Antilles néerlandaises ont été dissoutes en 2010")
    assert [region.id for region in found.regions] == ["dutch-caribbean"]


DECOYS = [
    "Chad Smith scores twice as Rovers win",
    "Michael Jordan sells his last shares",
    "Jordan Henderson returns to training",
    "Georgia Stanway signs new contract",
    "Roast turkey prices rise before Thanksgiving",
    "Guinea pig and guinea fowl breeders meet",
    "Paris Hilton opens a new shop",
    "Mali Davies to star in a new drama",
    "Israel Adesanya keeps his belt",
    "Kenya Moore leaves the show",
    "Lincoln Riley names his staff",
    "Tom Holland injures his hand on set",
    "Nice weather for a Sunday walk",
    "Reading books helps children sleep",
    "Male voters prefer the early hours",
    "The Mobile app crashed for many",
    "Manoeuvres, ambassadors, towards, dating, ambush: words that hide words",
    "The Guardian and the New York Times won prizes",
    "Mr Houston told the court he was asleep",
    "Sofia Coppola and Austin Butler at the gala",
    "Он сказал, что было мало времени",
    "Dans le cadre de la réforme, les agents de la ville ont fait grève",
    "Die Preise für Essen und Regenjacken steigen",
    "La paz del hogar y la victoria del equipo",
]


@pytest.mark.parametrize("title", DECOYS)
def test_what_only_looks_like_a_place_is_none(tagger: Tagger, title: str) -> None:
    assert tags(tagger, title).countries == ()


def test_the_name_behind_the_comma_says_which_town(tagger: Tagger) -> None:
    assert "US.Texas.Paris" in places(tags(tagger, "Fire destroys courthouse in Paris, Texas"))
    assert "FR.Ile-de-France.Paris" in places(tags(tagger, "Fire destroys archive in Paris"))


def test_one_name_means_one_place_in_a_document(tagger: Tagger) -> None:
    found = tags(tagger, "Flood in Vienna, Virginia", body="Residents of Vienna spent the night in a school.")
    assert places(found) == {"US.Virginia", "US.Virginia.Vienna"}


def test_the_feeds_country_decides_between_towns_of_a_name(tagger: Tagger) -> None:
    title = "Council in Cambridge votes on bus lanes"
    assert tags(tagger, title, "GB").countries == ("GB",)
    assert "GB.England.Cambridge" in places(tags(tagger, title, "GB"))


def test_countries_stand_in_the_order_of_their_weight(tagger: Tagger) -> None:
    found = tags(tagger, "Mali and Niger", body="Niger closed the border. Niamey, the capital of Niger, was calm.")
    assert found.countries == ("NE", "ML")


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Чад Гровс сыграет вора", ()),
        ("Президент Чада Махамат Деби прибыл", ("TD",)),
        ("Майкл Лондон поёт", ()),
        ("خالد المصري يغني", ()),
        ("عاد الجيش المصري", ("EG",)),
    ],
)
def test_a_given_name_makes_a_person_of_a_place_in_every_script(
    tagger: Tagger, text: str, countries: tuple[str, ...]
) -> None:
    assert tags(tagger, text).countries == countries


def test_every_mention_stands_where_it_says(tagger: Tagger) -> None:
    document = Document(
        "x", "Gao falls", "Rebels in northern Mali hold Gao.", "It is the third town after Kidal and Ménaka."
    )
    found = tagger.tags(document)
    mentions = [mention for region in found.regions for mention in region.mentions]
    assert {m.field for m in mentions} == {"title", "summary", "content"}
    assert all(document.text(m.field)[m.start : m.end] == m.text for m in mentions)
    assert all(0 < region.score <= 1 for region in found.regions)
    assert all(m.rule for m in mentions)


def test_an_operators_place_is_found_and_may_be_blocked() -> None:
    camp = PlaceEntry("ML.Gao.Camp-Firhoun", "Camp Firhoun", ("Firhoun",), lat=16.27, lon=-0.03)
    blocked = PlaceEntry("ML.Gao.Gao", block=("Gao",))
    tagger = Tagger.load(places=(camp, blocked))
    assert places(tags(tagger, "Shells land on Camp Firhoun in Mali")) == {"ML.Gao.Camp-Firhoun"}
    assert "ML.Gao.Gao" not in places(tags(tagger, "Shells land on Gao in Mali"))


ODD = (
    "",
    " ",
    "x" * 5000,
    "Mali " * 1000,
    "Ма" * 2500,
    "مالي" * 2500,
    "é\u0301👍🏽" * 2000,
    "MALI! " * 1000,
    "马里" * 2000,
)


def test_an_operators_alias_extends_a_shipped_place() -> None:
    tagger = Tagger.load(places=(PlaceEntry("ML.Kidal.Aguelhok", aliases=("Aguel Oc",)),))
    region = next(r for r in tags(tagger, "Shells land on Aguel Oc in Mali").regions if r.kind == "place")
    assert (region.id, region.name, region.lat) == ("ML.Kidal.Aguelhok", "Aguelhok", 19.46)


@pytest.mark.parametrize("text", ODD)
def test_any_text_gets_an_answer(tagger: Tagger, text: str) -> None:
    found = tagger.tags(Document("x", text, text, text))
    assert all(mention.end <= len(text) for region in found.regions for mention in region.mentions)


def test_a_megabyte_is_read_to_its_end(tagger: Tagger) -> None:
    found = tagger.tags(Document("x", "", "", "Nothing of note. " * 60_000 + "Shells fall on Gao in Mali."))
    assert "ML" in found.countries


def test_a_french_preposition_places_a_small_town(tagger: Tagger) -> None:
    assert places(tags(tagger, "Un incendie à Nanterre fait trois blessés")) == {"FR.Ile-de-France.Nanterre"}


def test_an_acronym_in_cyrillic_is_a_country(tagger: Tagger) -> None:
    assert tags(tagger, "КНДР випробувала ракету").countries == ("KP",)


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Le Mali rompt avec ses voisins", "ML"),
        ("Le Niger ferme sa frontière", "NE"),
        ("США нанесли удары", "US"),
        ("Kenya Grace sings tonight", None),
        ("سيول في المدينة", None),
    ],
)
def test_no_article_is_a_given_name_and_no_flood_a_city(tagger: Tagger, title: str, country: str | None) -> None:
    assert tags(tagger, title).countries == ((country,) if country else ())


@pytest.mark.parametrize(
    ("title", "country", "place"),
    [
        ("PALMA, Mozambique (AFP) - Insurgents raid a fishing village", "MZ", "MZ.Cabo-Delgado.Palma"),
        ("Une patrouille attaquée à hauteur de Téra (région de Tillabéri)", "NE", "NE.Tillaberi.Tera"),
        ("The senior grew up in Lebanon, Ohio", "US", "US.Ohio.Lebanon"),
        ("Mayotte : la barge Dzaoudzi-Mamoudzou à l'arrêt", "YT", "YT.Mamoudzou.Mamoudzou"),
        ("Soldiers burned the village of Pazigyi in Myanmar", "MM", "MM.Sagaing.Pazigyi"),
    ],
)
def test_what_stands_beside_a_town_says_which_one_it_is(tagger: Tagger, title: str, country: str, place: str) -> None:
    found = tags(tagger, title)
    assert country in found.countries
    assert place in places(found)


def test_a_towns_name_that_a_ship_bears_is_no_place(tagger: Tagger) -> None:
    assert places(tags(tagger, "An attack on the frigate Hamburg was repelled")) == set()
    assert places(tags(tagger, "An attack on Hamburg was repelled")) != set()


@pytest.mark.parametrize(("lang", "country"), [("es", "ES"), ("pt", "BR")])
def test_of_two_towns_that_of_the_texts_language_is_meant(tagger: Tagger, lang: str, country: str) -> None:
    assert tagger.tags(Document("x", "Protesta en Vitoria", lang=lang)).countries == (country,)


def test_the_english_name_of_a_country_is_a_persons_in_a_language_with_another(tagger: Tagger) -> None:
    title = "Dann führte Jordan das Orchester durch den Abend"
    assert tagger.tags(Document("x", title, lang="de")).countries == ()
    closed = tagger.tags(Document("x", "Then Jordan closed the border with Syria", lang="en"))
    assert set(closed.countries) == {"JO", "SY"}


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Вибух у Південній Кореї", "KR"),
        ("Протести в Об'єднаних Арабських Еміратах", "AE"),
        ("Взрыв в Китае", "CN"),
        ("Протесты в Молдове", "MD"),
        ("Вибух у Косові", "XK"),
        ("Наводнение в Папуа-Новой Гвинее", "PG"),
        ("Землетрясение на Соломоновых островах", "SB"),
    ],
)
def test_countries_are_known_in_every_case(tagger: Tagger, title: str, country: str) -> None:
    assert tags(tagger, title).countries == (country,)


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Обстріл Нікопольщини", "UA.Dnipropetrovsk.Nikopol"),
        ("Бої на Куп'янському напрямку", "UA.Kharkiv.Kupiansk"),
        ("Удари по Марганцю", "UA.Dnipropetrovsk.Marhanets"),
        ("Бої під Роботиним", "UA.Zaporizhzhia.Robotyne"),
    ],
)
def test_what_is_made_of_a_towns_name_leads_to_the_town(tagger: Tagger, title: str, place: str) -> None:
    assert place in places(tags(tagger, title))


def test_an_adjective_that_is_a_surname_is_no_town(tagger: Tagger) -> None:
    assert places(tags(tagger, "Петровский заявил о победе")) == set()


def test_a_name_with_an_age_is_a_persons(tagger: Tagger) -> None:
    assert tags(tagger, "Kenya, 34, opens up on heartbreak").countries == ()


def test_a_french_town_is_no_english_word_in_french(tagger: Tagger) -> None:
    title = "Un mort à Lens dans un accident"
    assert tagger.tags(Document("x", title, lang="fr")).countries == ("FR",)


def test_a_town_has_its_people_behind_an_article(tagger: Tagger) -> None:
    assert places(tags(tagger, "A Regina teenager is facing a charge")) == {"CA.Saskatchewan.Regina"}
    assert places(tags(tagger, "The Kennedy family gathered at home")) == set()


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Засідка в Мічоакані", "MX.Michoacan"),
        ("Бои в штате Ракхайн", "MM.Rakhine"),
        ("Combats au Darfour-Ouest", "SD.West-Darfur"),
        ("هجوم في مانيبور", "IN.Manipur"),
        ("Взрыв в Кауке", "CO.Cauca"),
    ],
)
def test_divisions_at_war_are_known_in_other_tongues(tagger: Tagger, title: str, place: str) -> None:
    assert place in places(tags(tagger, title))
