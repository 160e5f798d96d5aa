"""What a text says of itself: that it tallies one day, tells of another event than before, or of what came of one.

Each is a pattern in the eight languages that are read, behind signs: a pattern of single words of which all that it can
match has one. Few texts have any, and words are asked for theirs once, whichever text says them (`word.read`).
"""

from __future__ import annotations

import re
from typing import Final

_DAILY: Final = re.compile(
    r"\b24[ -]?(?:hours?|hrs?|h\b|heures|horas|stunden|час|годин|ساع)|\b(?:past|last) day\b|"
    r"за (?:сутки|добу|минулу добу)|derni\w+ jour|último día|último dia|letzten tag"
)
_DAY: Final = re.compile(r"24|\b(?:day|jour|día|dia|tag)|сутки|добу")

_ATTACK: Final = (
    r"\w*?(?:attack|strike|raid|bombing|ambush|clash|shelling|massacre|blast|wave|night of|attaque|frappe|attentat|"
    r"embuscade|combat|vague|nuit de|ataque|bombardeo|atentado|emboscada|motín|oleada|onda|angriff|anschlag|welle|"
    r"explosi|атак|удар|обстрел|обстріл|нападени|напад|взрыв|вибух|волн|хвил|هجوم|قصف|غار)"
)
_AGAIN: Final = re.compile(
    rf"\b(?:new|another|second|third|fourth|fresh|nouve(?:au|l|lle)|autre|deuxième|troisième|nuev[oa]|otr[oa]|"
    rf"segund[oa]|tercer[oa]?|nov[oa]|outr[oa]|terceir[oa]|(?:neu|weiter|zweit|dritt|erneut)e[mnrs]?|"
    rf"нов(?:ая|ый|ое)|ещё (?:один|одна)|очередн\w+|втор\w+|трет\w+|нов(?:а|ий)|ще (?:один|одна)|чергов\w+|друг[аеу]) "
    rf"(?:\w+ )?{_ATTACK}|"
    rf"{_ATTACK}\w* (?:\w+ ){{0,4}}(?:again|à nouveau|de nouveau|de nuevo|novamente|erneut|снова|вновь|знову)\b|"
    r"(?:هجوم|قصف|موجة|غارة) (?:جديد|آخر|أخرى|ثان)|"
    r"\b(?:in a row|consecutive|consécuti\w+|consecutiv\w+|in folge|подряд|поспіль)\b|على التوالي"
)
_NEW: Final = re.compile(
    r"again|(?:new|another|second|third|fourth|fresh|autre|ещё|ще)$|\b(?:row|folge)\b|consecuti|consécuti|nouve|deuxième|"
    r"troisième|nuev|otr|segund|tercer|nov|outr|terceir|neue|weiter|zweit|dritt|erneut|нов|очередн|втор|трет|подряд|"
    r"чергов|друг|поспіль|снова|вновь|знову|جديد|آخر|أخرى|ثان|التوالي"
)

_AFTER: Final = re.compile(
    r"\btoll\b.{0,60}\b(?:ris|rose|climb|reach|jump|grow|grew|now\b|hits|surpass|stands)|\b(?:ris|climb)\w* to \d|"
    r"(?:bilan|nombre de morts)\b.{0,60}(?:alourdit|monte|passe|grimpe|atteint|porté)|"
    r"\b(?:sube|asciende|aumenta|eleva|sobe|chega)\w* (?:a|para) (?:\w+ ){0,4}\d|"
    r"(?:zahl der (?:toten|opfer)|opferzahl|todesopfer)\b.{0,60}(?:steigt|gestiegen|erhöht)|"
    r"(?:погибших|жертв|загиблих|пострадавших|постраждалих)\b.{0,60}(?:вырос|возрос|увелич|достиг|зросл|збільш|сягнул)|"
    r"(?:вырос|возрос|увелич|зросл|збільш)\w* (?:число|количество|кількість)|ارتفا?ع.{0,20}(?:حصيلة|عدد)|"
    r"\b(?:funeral|mourn|buried|buries|bury|condemn|claims? responsib|identified|investigat|obsèques|deuil|enterr|"
    r"condamne|revendiqu|condena|entierr|reivindic|trauer|verurteil|bekennt|beigesetzt)|"
    r"траур|похорон|осуди|осужда|засуд|ответственность|відповідальність|жалоб|تشييع|حداد|تدين|يدين|تتبنى|يتبنى"
)
_CAME: Final = re.compile(
    r"toll|\b(?:ris|climb)|bilan|nombre|sube|ascien|aument|eleva|sobe|chega|toten|opfer|погибших|жертв|загиблих|постра|число|"
    r"количество|кількість|ارتف|funeral|mourn|bur|conde[mn]|respons|identif|investig|obsèques|deuil|enterr|condam|revendi|"
    r"entierr|reivindic|trauer|verurteil|bekennt|beigesetzt|траур|похорон|осуди|осужда|засуд|ответств|відпов|жалоб|تشييع|"
    r"حداد|دين|تبنى"
)
DAILY: Final = 1
ANOTHER: Final = 2
AFTER: Final = 4


def signs(word: str) -> int:
    """Which of the three a text may say that holds the lower-case word, added up."""
    found = DAILY if _DAY.search(word) else 0
    found |= ANOTHER if _NEW.search(word) else 0
    return found | (AFTER if _CAME.search(word) else 0)


def is_daily(title: str, signs: int) -> bool:
    """`Three killed in past 24 hours`: a tally of one day is of that day, however like yesterday's it reads."""
    return signs & DAILY != 0 and _DAILY.search(title.lower()) is not None


def is_another(text: str, signs: int) -> bool:
    """`A new attack`, `attacked again`, `for the third night in a row`."""
    return signs & ANOTHER != 0 and _AGAIN.search(text.lower()) is not None


def is_after(title: str, signs: int) -> bool:
    """`Death toll rises to 52`, `buried`, `claims responsibility`: no report of a fresh event, however late it is."""
    return signs & AFTER != 0 and _AFTER.search(title.lower()) is not None
