"""The rules that ship in feeds.yaml, as the tests hold them against the exercise."""

from __future__ import annotations

from sitmon.model import Priority
from sitmon.rules import Escalation, Hazard, Match, Movement, Rule, Silence, Surge

VIOLENCE = "type:battles,explosions,violence_against_civilians,riots"
CAPITALS = (
    "title:Bamako,Niamey,Ouagadougou,Khartoum,Kyiv,Kiev,Beirut,Damascus,Tehran,Baghdad,Kabul,Mogadishu,Sanaa,Kinshasa"
)

RULES: tuple[Rule, ...] = (
    Match(id="mass-casualties", query=f"killed>=50 ({VIOLENCE})", priority=Priority.P1),
    Match(id="deadly-attack", query=f"killed>=15 ({VIOLENCE})", priority=Priority.P2),
    Match(id="mass-disaster", query="killed>=100 type:disaster,accident,health", priority=Priority.P2),
    Match(
        id="capital-or-airport",
        query=f"({CAPITALS} or airport or aéroport or aeropuerto) {VIOLENCE} "
        "(attack* or attaque* or gunfire or tirs or blast* or explosion* or strike* or frappe*)",
        priority=Priority.P1,
        regions=("sahel",),
    ),
    Match(
        id="forces-move",
        query="(convoy or convoi or column or colonne or reinforcement* or renfort* or troops or véhicules)"
        " (army or armée or soldiers or soldats or fama or wagner or military or militaires or mercenaries)",
        priority=Priority.P2,
        regions=("ML.Kidal", "kidal"),
    ),
    Match(
        id="air-strike",
        query="(drone* or airstrike* or strike* or frappe* or bombard*) type:explosions,violence_against_civilians",
        priority=Priority.P2,
        regions=("sahel",),
    ),
    Escalation(id="toll-rises", harm="killed", factor=2.0, step=15, priority=Priority.P2),
    Movement(id="newcomers", regions=("sahel",), priority=Priority.P3),
    Hazard(id="hazards"),
    Surge(id="surge", by="country", priority=Priority.P3),
    Silence(id="silence", priority=Priority.P3),
)
