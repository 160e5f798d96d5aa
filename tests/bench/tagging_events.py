"""Scores what happened on labelled data: `python -m tests.bench.tagging_events DIR`.

Prints, for those that are there: recall of numbers of dead in MUC-4 (`muc4_casualties.jsonl`), event types of CASE 2021
task 2 folded to ACLED's six (`case2021_task2.jsonl`), dead in UCDP headlines (`ucdp_headlines.jsonl`), and throughput.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sitmon.model import Event, EventType, FieldName
from sitmon.tag.events import happened
from sitmon.tag.text import read

SIX = frozenset(list(EventType)[:6])
_TYPES = {
    "battles": "ARMED_CLASH GOV_REGAINS_TERIT NON_STATE_ACTOR_OVERTAKES_TER",
    "explosions": "AIR_STRIKE SUIC_BOMB REM_EXPLOS ART_MISS_ATTACK GRENADE CHEM_WEAP",
    "violence_against_civilians": "ATTACK ABDUCT_DISSAP SEX_VIOL",
    "protests": "PEACE_PROTEST PROTEST_WITH_INTER FORCE_AGAINST_PROTEST",
    "riots": "VIOL_DEMONSTR MOB_VIOL",
    "strategic": "PROPERTY_DISTRUCT AGREEMENT ARREST CHANGE_TO_GROUP_ACT DISR_WEAP HQ_ESTABLISHED"
    " NON_VIOL_TERRIT_TRANSFER OTHER",
}
ACLED = {name: EventType(kind) for kind, names in _TYPES.items() for name in names.split()}
"""ACLED's type of each sub-type of the set; those not named are none of the six."""


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def tell(text: str, field: FieldName = "content", published: date | None = None) -> tuple[tuple[Event, ...], EventType]:
    return happened([read(text, field)], (), (), published, "en")


def weighted_f1(gold: Sequence[EventType], told: Sequence[EventType], among: frozenset[EventType]) -> float:
    """F1 of each class, weighted by how often it is expected."""
    expected, found = Counter(gold), Counter(told)
    right = Counter(g for g, t in zip(gold, told, strict=True) if g == t)
    size = sum(expected[kind] for kind in among)
    return sum(2 * right[k] / (expected[k] + found[k]) * expected[k] / size for k in among if expected[k])


def muc4(path: Path) -> Iterator[str]:
    expected = found = told = right = 0
    for row in rows(path):
        gold = Counter(c["n"] for c in row["casualties"] if c["effect"] == "DEATH" and c["n"] > 1)
        numbers = {c.low for event in tell(row["text"])[0] for c in event.killed if c.low > 1}
        expected += sum(gold.values())
        found += sum(n for number, n in gold.items() if number in numbers)
        told += len(numbers)
        right += len(numbers & set(gold))
    yield f"MUC-4 numbers of dead      recall {found / expected:.3f}   of those told {right / told:.3f} are in the key"


def case2021(path: Path) -> Iterator[str]:
    data = rows(path)
    gold = [ACLED.get(row["event_type"], EventType.OTHER) for row in data]
    fields: tuple[FieldName, ...] = ("title", "content")
    for field in fields:
        told = [tell(row["text"], field)[1] for row in data]
        folded = [kind if kind in SIX else EventType.OTHER for kind in told]
        inside = [(g, t) for g, t in zip(gold, told, strict=True) if g in SIX]
        six = weighted_f1([g for g, _ in inside], [t for _, t in inside], SIX)
        rest = weighted_f1(gold, folded, SIX | {EventType.OTHER})
        yield f"CASE 2021, text as {field:8} weighted F1 {six:.3f} within the six, {rest:.3f} with the rest as one"


def ucdp(path: Path) -> Iterator[str]:
    told = inside = 0
    data = rows(path)
    for row in data:
        deaths = row["deaths"]
        lowest, highest = deaths["low"], max(deaths["high"], deaths["best"])
        counts = [
            [c for event in tell(line, "title", date.fromisoformat(row["date"]))[0] for c in event.killed]
            for line in row["headlines"]
        ]
        ranges = [(c.low, c.high) for each in counts for c in each]
        ranges += [(sum(c.low for c in each), sum(c.high for c in each)) for each in counts if len(each) > 1]
        told += bool(ranges)
        inside += any(low <= highest and high >= lowest for low, high in ranges)
    yield f"UCDP dead                  {told} of {len(data)} events have a figure, {inside / told:.3f} within low..high"


def speed(folder: Path) -> Iterator[str]:
    texts = [row["text"] for path in sorted(folder.glob("*.jsonl")) for row in rows(path)[:150] if row.get("text")]
    pieces = [read(text[:400], "summary") for text in texts]
    started = time.process_time()
    for words in pieces:
        happened([words], (), (), date(2024, 9, 24), "en")
    took = time.process_time() - started
    yield f"throughput                 {took / len(pieces) * 1e6:.0f} µs for 400 characters, {len(pieces)} texts"


def main(folder: Path) -> None:
    for name, measure in (("muc4_casualties", muc4), ("case2021_task2", case2021), ("ucdp_headlines", ucdp)):
        if (path := folder / f"{name}.jsonl").exists():
            print(*measure(path), sep="\n")
    print(*speed(folder), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
