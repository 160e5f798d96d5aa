"""Makes `places.bin`, the packed gazetteer, from pinned packages and the tables beside this file.

    python -m sitmon.data.build FOLDER      where FOLDER holds the files that `inputs.PINS` names

Deterministic: the same inputs give the same bytes. It prints what it counted, and fails when a name that must be
there leads nowhere. The result is in the repository; nothing that is read here is needed at run time.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import log10
from pathlib import Path

from sitmon.data import names, pack, tables
from sitmon.data.inputs import Inputs, Town
from sitmon.tag.gazetteer import NOTHING, slug
from sitmon.tag.text import key

HERE = Path(__file__).parent
OUTPUT = HERE / "places.bin"
DIVISIONS = OUTPUT.with_name("divisions.tsv")


def codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONFLICT = codes(
    """
    AF AM AZ BF BI BJ BY CD CF CI CM CO CU DJ DZ EC EG EH ER ET GE GN GT GW HN HT IQ IR IL JO KE KG KH KP LB LR
    LY MD ML MM MR MZ NE NG NI PG PK PS RW SA SD SL SN SO SS SV SY TD TG TJ TN TR TW UA UG VE XK YE ZW
    """
)
"""Where every settlement counts, with its spellings; elsewhere those of a thousand inhabitants and more."""

AT_WAR = codes("AF AM AZ BF BI CD CF CM ET HT IL IQ LB LY ML MM MR MZ NE NG PK PS SD SO SS SY TD UA YE ER EH")
"""Where spellings of the smallest settlements are kept as well, and all are in the news four times as often."""

CYRILLIC = codes("RU UA BY KZ KG TJ UZ TM AM AZ GE MD BG RS MK")
ARABIC = codes("DZ BH TD KM DJ EG IR IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE EH ML NE IL AF PK")
HAN = codes("CN TW HK MO SG JP KP KR")

SENTINELS = """
Kidal, Aguelhok, Tin Zaouatine, Tinzawaten, Gao, Bamako, Mali, malienne, Burkina Faso, El Fasher, Port Sudan, Goma,
Kiev, Kyiv, Bakhmut, Artyomovsk, Kherson, Avdiivka, Rafah, Kerem Shalom, Khmeimim, Air Base 101, Astana, New York,
South China Sea, Тин-Зауатен, Киев, Київ, малийской, باماكو, المالية, 巴马科, 马里
"""
"""Names that must be in the result."""


@dataclass(slots=True)
class Row:
    """A place on its way into the gazetteer."""

    name: str
    kind: str
    country: str = ""
    admin1: str = ""
    """Code, as `ML.10`."""
    lat: float = 0.0
    lon: float = 0.0
    weight: float = 0.0
    seat: str = ""
    geoname: int = 0
    id: str = ""
    aliases: list[names.Alias] = field(default_factory=list)

    def called(self, text: str, form: str = "name", flags: int = 0, risk: int = 0) -> None:
        self.aliases.append(names.Alias(text, form, flags, risk))


# ---------------------------------------------------------------- rows


def country_rows(inputs: Inputs, table: dict[str, tables.Country]) -> dict[str, Row]:
    rows = {}
    for iso, facts in sorted(inputs.countries.items()):
        row = Row(facts["name"], "country", iso, weight=log10(max(facts["population"], 1000)) + 2, id=iso)
        for alias in names.country_aliases(iso, facts["name"], table.get(iso), inputs.words):
            row.aliases.append(alias)
        rows[iso] = row
    return rows


def division_rows(inputs: Inputs, override: tables.Override, towns: list[Town]) -> dict[str, Row]:
    """First-level divisions, at the middle of their towns."""
    inside = defaultdict(list)
    for town in towns:
        inside[f"{town.country}.{town.admin1}"].append(town)
    rows = {}
    for division in inputs.divisions(1):
        country, there = division.code.split(".")[0], inside[division.code]
        row = Row(override.divisions.get(division.code, division.name), "admin1", country, division.code)
        row.lat, row.lon = middle(there)
        row.weight = log10(max(sum(t.population for t in there), 1000))
        own = key(inputs.countries[country]["name"]) if country in inputs.countries else ""
        for alias in names.division_names(row.name, (division.name, *division.spellings)):
            if key(alias.text) != own:  # Taiwan is the country, before it is its province
                row.aliases.append(alias)
        rows[division.code] = row
    name_divisions(rows)
    return rows


def middle(towns: list[Town]) -> tuple[float, float]:
    if not towns:
        return 0.0, 0.0
    return sum(t.lat for t in towns) / len(towns), sum(t.lon for t in towns) / len(towns)


def name_divisions(rows: dict[str, Row]) -> None:
    """Ids without `Oblast`, `Region` … where that leaves them apart."""
    short = Counter((row.country, slug(names.bare(row.name))) for row in rows.values())
    for row in rows.values():
        bare = slug(names.bare(row.name))
        unique = short[row.country, bare] == 1 and True
        row.id = f"{row.country}.{bare if unique else slug(row.name)}"


def district_rows(
    inputs: Inputs, towns: list[Town], known: set[tuple[str, str]], divisions: dict[str, Row]
) -> list[Row]:
    """Second-level divisions of 20,000 inhabitants and more, and all where there is war, by their full names."""
    inside = defaultdict(list)
    for town in towns:
        if town.admin2:
            inside[f"{town.country}.{town.admin1}.{town.admin2}"].append(town)
    rows = []
    for division in inputs.divisions(2):
        there = inside.get(division.code, [])
        people = sum(t.population for t in there)
        country, admin1, _ = division.code.split(".")
        least, bare = 5_000 if country == "US" else 20_000, names.bare(division.name)
        if division.name.isdigit() or (people < least and (country not in AT_WAR or (country, key(bare)) in known)):
            continue
        weight = log10(max(people, least)) - 1 + (0.6 if country in AT_WAR else 0.0)
        row = Row(division.name, "place", country, f"{country}.{admin1}", seat="district", weight=weight)
        around = divisions.get(row.admin1)
        row.lat, row.lon = middle(there) if there or around is None else (around.lat, around.lon)
        row.called(division.name)
        if (country, key(bare)) not in known and len(bare) > 4:
            row.called(bare)
        rows.append(row)
    return rows


def is_kept(town: Town) -> bool:
    if not town.name.isdigit() and town.feature in {"PPLC", "PPLA", "PPLA2"}:
        return True
    least = 1 if town.country in CONFLICT else 1000
    return town.population >= least or (town.country in CONFLICT and town.country != "CO")


def town_row(town: Town, capitals: dict[str, str], zones: dict[tuple[str, str], set[str]]) -> Row:
    row = Row(town.name, "place", town.country, f"{town.country}.{town.admin1}", town.lat, town.lon)
    row.geoname = town.geoname
    capital = town.feature == "PPLC" or key(town.name) == key(capitals.get(town.country, "")) != ""
    row.seat = "capital" if capital else "seat" if town.feature == "PPLA" else "town"
    bonus = {"PPLC": 1.0, "PPLA": 0.5, "PPLA2": 0.2, "PPLX": -0.7}.get(town.feature, 1.0 if capital else 0.0)
    row.weight = log10(max(town.population, 300)) + bonus + (0.6 if town.country in AT_WAR else 0.0)
    spelled = row.weight >= (3.0 if town.country in AT_WAR else 4.0 if town.country in CONFLICT else 4.7)
    for alias in names.town_names(town, spelled, scripts(town, row.weight)):
        row.aliases.append(alias)
    if row.weight >= 4.5:
        for text in sorted(zones.get((town.zone, key(town.name)), ())):
            row.aliases.extend(names.marked(text))
    return row


def scripts(town: Town, weight: float) -> set[str]:
    """The scripts besides Latin in which texts are expected to name the town."""
    found = set()
    if weight >= 4.7 or town.country == "UA" or (town.country in CYRILLIC and weight >= 4):
        found.add("cyrillic")
    if weight >= 4.9 or (town.country in ARABIC and weight >= 3):
        found.add("arabic")
    if weight >= 5.5 or (town.country in HAN and weight >= 5) or (town.country in CONFLICT and weight >= 5):
        found.add("han")
    return found


def check_areas(areas: dict[str, tables.Area], by_id: dict[str, Row]) -> None:
    """ValueError where an area holds what does not exist."""
    wrong = []
    for name, area in areas.items():
        parts = (*area.countries, *area.admin1, *filter(None, (area.home, area.of)))
        lost = [part for part in parts if part not in by_id] + [part for part in area.areas if part not in areas]
        wrong += [f"{name}: {part}" for part in lost]
    if wrong:
        raise ValueError(f"regions.toml: no such place: {'; '.join(wrong)}")


def area_rows(areas: dict[str, tables.Area], by_id: dict[str, Row]) -> list[Row]:
    rows = []
    for slug_, area in areas.items():
        row = by_id.get(area.of)
        if row is None:
            row = Row(area.name, "area", area.home, lat=area.point[0], lon=area.point[1], weight=7.0, id=slug_)
            rows.append(row)
        elif area.of:
            row.weight = 7.0
        for text in (area.name, *area.names):
            row.aliases.extend(names.marked(text))
        for text in area.demonyms:
            row.aliases.extend(names.marked(text, "demonym"))
    return rows


def override_rows(override: tables.Override, by_id: dict[str, Row], divisions: dict[str, Row]) -> list[Row]:
    rows = []
    for place in override.places:
        row = by_id.get(place.id)
        if row is None:
            country = place.id.split(".")[0]
            admin = next((d.admin1 for d in divisions.values() if place.id.startswith(d.id + ".")), "")
            row = by_id[place.id] = Row(
                place.name, "place", country, admin, place.lat, place.lon, place.weight, place.seat, id=place.id
            )
            row.called(place.name, risk=place.risk)
            rows.append(row)
        row.weight = max(row.weight, place.weight + (1.5 if place.weight >= 4 else 0.0))
        for text in place.aliases:
            row.aliases.extend(alias._replace(form=tables.KNOWN) for alias in names.marked(text))
    lost = [name for name in (*override.spellings, *override.demonyms, *override.abbreviations) if name not in by_id]
    if lost:
        raise ValueError(f"places_override.toml: no such division: {', '.join(lost)}")
    for name, texts in override.spellings.items():
        hers = (alias._replace(form=tables.KNOWN) for text in texts for alias in names.marked(text))
        by_id[name].aliases.extend(hers)
    for name, texts in override.demonyms.items():
        by_id[name].aliases.extend(alias for text in texts for alias in names.marked(text, "demonym"))
    for name, texts in override.abbreviations.items():
        for text in texts:
            by_id[name].called(text, "abbreviation", pack.CASED_BIT if text.isupper() else 0)
    return rows


def name_rows(rows: list[Row], divisions: dict[str, Row]) -> None:
    """Ids `ML.Kidal.Aguelhok`; of several places with one path the largest has it bare, the others with a number."""
    taken = {row.id for row in (*rows, *divisions.values()) if row.id}
    for row in sorted(rows, key=lambda r: (-r.weight, r.geoname, r.name)):
        if row.id:
            continue
        parent = divisions[row.admin1].id if row.admin1 in divisions else row.country
        path = f"{parent}.{slug(row.name) or row.geoname}"
        row.id = path if path not in taken else f"{path}-{row.geoname or 'district'}"
        while row.id in taken:
            row.id += "x"
        taken.add(row.id)


# ---------------------------------------------------------------- columns


def columns(rows: list[Row], risks: names.Risks, drop: tuple[str, ...]) -> dict[str, pack.Column]:
    """The rows, in order of kind and name, and the table of their aliases."""
    order = {"country": 0, "admin1": 1, "area": 2, "place": 3}
    rows.sort(key=lambda r: (order[r.kind], r.country, key(r.name) if r.kind == "place" else "", r.id))
    rows.sort(key=lambda r: (order[r.kind], key(r.name) if r.kind == "place" else r.id, r.id))
    countries = {key(alias.text) for row in rows if row.kind == "country" for alias in row.aliases}
    people: dict[str, pack.Column] = {
        "given": sorted((risks.given - countries - set(map(key, drop))) | set(map(key, tables.read_given(HERE)))),
        "surnames": sorted(risks.surnames - risks.words),
        "words": pack.bloom(risks.words, 8 * 80_000),
    }
    return {**tables.place_columns(rows), **tables.alias_columns(rows, risks, frozenset(map(key, drop))), **people}


def main(folder: Path) -> int:
    inputs = Inputs(folder)
    override, areas = tables.read_override(HERE), tables.read_areas(HERE)
    towns = list(inputs.towns())
    countries = country_rows(inputs, tables.read_countries(HERE))
    divisions = division_rows(inputs, override, towns)
    capitals = {iso: facts["capital"] for iso, facts in inputs.countries.items()}
    zones = names.zone_names()
    places = [town_row(town, capitals, zones) for town in towns if is_kept(town)]
    known = {(row.country, key(alias.text)) for row in places for alias in row.aliases}
    places += district_rows(inputs, towns, known, divisions)
    name_rows(places, divisions)
    for iso, row in countries.items():
        row.lat, row.lon = middle(
            [t for t in towns if t.country == iso and t.feature == "PPLA"] or [t for t in towns if t.country == iso]
        )
    rows = [*countries.values(), *divisions.values(), *places]
    by_id = {row.id: row for row in rows}
    check_areas(areas, by_id)
    rows += area_rows(areas, by_id)
    rows += override_rows(override, by_id, divisions)
    nothing = [alias for text in override.nothing for alias in names.marked(text)]
    rows.append(Row("", "area", id=NOTHING, aliases=nothing))
    made = columns(rows, names.Risks.of(inputs, override.block), override.drop)
    known_keys = set(made["keys"])
    missing = [name for name in SENTINELS.replace("\n", " ").split(",") if key(name) not in known_keys]
    if missing:
        print("names that lead nowhere:", ", ".join(missing), file=sys.stderr)
        return 1
    data = pack.packed(made)
    OUTPUT.write_bytes(data)
    named = sorted((row.id, row.name) for row in (*countries.values(), *divisions.values()))
    DIVISIONS.write_text("".join(f"{region}\t{name}\n" for region, name in named), encoding="utf-8")
    print(f"{len(rows)} places, {len(known_keys)} names, {len(data) / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
