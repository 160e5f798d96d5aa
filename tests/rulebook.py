"""The rules that ship in feeds.yaml: tests hold them against the exercise, benchmarks against a made-up world."""

from __future__ import annotations

from datetime import timedelta

from sitmon.model import Priority
from sitmon.rules import Escalation, Hazard, Match, Movement, Rule, Silence, Surge

DAY = timedelta(days=1)
VIOLENCE = "type:battles,explosions,violence_against_civilians,riots"
COLUMNS = (
    "(convoy* or convoi* or konvoi* or column* or colonne* or kolonne* or reinforc* or renfort* or refuerzo*"
    " or reforço* or troop* or troupe* or tropas or truppen or véhicules or vehículos or колонн* or конвой*"
    " or قافلة or رتل or تعزيزات)"
)
FORCES = (
    "(army or armée or ejército or exército or soldier* or soldat* or soldado* or militar* or militair* or fama"
    " or wagner or mercenar* or mercenair* or rebel* or rebelle* or jihadist* or djihadiste* or арми* or войск*"
    " or الجيش or قوات)"
)
CAPITALS = "title:Bamako,Niamey,Ouagadougou,Djamena,Nouakchott,Бамако,Ниамей,باماكو,نيامي,واغادوغو"
SHOTS = (
    "(attack* or attaque* or ataque* or assault* or gunfire or shooting or tirs or blast* or explosion* or détonation*"
    " or strike* or frappe* or bomb* or coup or putsch or mutin* or атак* or взрыв* or هجوم or انفجار)"
)
STRIKES = "(drone* or airstrike* or strike* or frappe* or bombard* or bombing* or raid* or удар* or غارة or غارات)"
POWER = (
    '("coup attempt" or "attempted coup" or "coup plot" or "military takeover" or "seize power" or "seized power"'
    ' or "tentative de coup" or "prise du pouvoir" or "pris le pouvoir" or "golpe de estado" or putsch or mutiny'
    " or mutinerie)"
)

RULES: tuple[Rule, ...] = (
    Match(id="mass-casualties", query=f"(killed>=50 or injured>=500) {VIOLENCE}", priority=Priority.P1),
    Match(
        id="attack-on-capital",
        query=f"({CAPITALS} or airport or aéroport or aeropuerto or aeroporto) {VIOLENCE} {SHOTS}",
        priority=Priority.P1,
        regions=("sahel",),
        cooldown=2 * DAY,
    ),
    Match(id="deadly-attack", query=f"(killed>=15 or injured>=100) {VIOLENCE}", priority=Priority.P2, cooldown=DAY),
    Match(
        id="mass-disaster",
        query="(killed>=100 or missing>=100) type:disaster,accident,health",
        priority=Priority.P2,
        cooldown=DAY,
    ),
    Match(id="mass-abduction", query="abducted>=20", priority=Priority.P2, cooldown=DAY),
    Match(id="power-grab", query=f"{POWER} type:strategic,battles,riots", priority=Priority.P2, cooldown=DAY),
    Match(
        id="forces-move",
        query=f"{COLUMNS} {FORCES}",
        priority=Priority.P2,
        regions=("kidal",),
        cooldown=timedelta(hours=12),
    ),
    Match(
        id="air-strike",
        query=f"{STRIKES} type:explosions,violence_against_civilians,battles",
        priority=Priority.P2,
        regions=("sahel",),
        cooldown=DAY,
    ),
    Match(
        id="fighting-in-watched-places",
        query="type:battles,explosions",
        priority=Priority.P2,
        regions=("kidal",),
        cooldown=DAY,
    ),
    Match(
        id="forces-move-sahel",
        query=f"{COLUMNS} {FORCES} type:strategic",
        priority=Priority.P3,
        regions=("sahel",),
        cooldown=DAY,
    ),
    Match(id="mass-displacement", query="displaced>=50000", priority=Priority.P3, cooldown=7 * DAY),
    Match(
        id="do-not-travel",
        query='kind:advisory title:"level 4","do not travel","all travel"',
        priority=Priority.P3,
        cooldown=30 * DAY,
    ),
    Escalation(id="toll-rises", harm="killed", factor=2.0, step=15, priority=Priority.P2),
    Movement(id="newcomers", regions=("sahel",), query="type:strategic", priority=Priority.P3, cooldown=DAY),
    Hazard(id="hazards"),
    Surge(id="surge-country", by="country", priority=Priority.P3),
    Surge(id="surge-actor", by="actor", priority=Priority.P3),
    Silence(id="feed-silent", priority=Priority.P3),
    Match(id="watched-actors", query="actor:jnim,fla,wagner,africa-corps", priority=Priority.FLAG),
)
