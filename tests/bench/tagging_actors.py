"""How well actors are found: `python -m tests.bench.tagging_actors DIR` prints a table.

DIR holds `re3d.jsonl` (spans of organisations and persons), `ucdp_headlines.jsonl` (the sides and the country of the
event behind each headline), `crossner_politics.jsonl` (parties, politicians and organisations), `ag_news.jsonl`
(mostly off topic). The last lines are of the situations in `tests/tagging`.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sitmon.model import Document, Mention, Tags
from sitmon.tag import Tagger
from sitmon.tag.roster import Roster, shipped
from sitmon.tag.text import key
from tests.tagging import score

Doc = dict[str, Any]

_PRONOUNS = frozenset(
    ("i", "we", "he", "she", "it", "they", "you", "our", "their", "his", "her", "its", "us", "them", "me", "my", "your")
)


def lines(folder: Path, name: str) -> Iterator[Doc]:
    path = folder / name
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def is_named(text: str) -> bool:
    """Whether a span is a name: capitals beyond the article, and no pronoun."""
    words = [w for w in text.split() if w.lower() not in {"the", "a", "an"}]
    return bool(words) and words[0][0].isupper() and words[0].lower() not in _PRONOUNS


def mentions(tags: Tags) -> list[Mention]:
    return [m for actor in tags.actors for m in actor.mentions]


def overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)


def spans(tagger: Tagger, docs: list[Doc], types: frozenset[str]) -> tuple[float, float, Counter[str], Counter[str]]:
    """Recall of named gold spans and precision of mentions, by overlap; what was missed and what was wrong."""
    gold = hit = said = right = 0
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for doc in docs:
        found = mentions(tagger.tags(Document(doc.get("id", ""), "", content=doc["text"])))
        places = [(m.start, m.end) for m in found]
        wanted = [e for e in doc["entities"] if e["type"] in types]
        for entity in wanted:
            if is_named(entity["value"]):
                gold += 1
                ok = overlaps(entity["start"], entity["end"], places)
                hit += ok
                missed[entity["value"]] += not ok
        truth = [(e["start"], e["end"]) for e in wanted]
        for m in found:
            said += 1
            ok = overlaps(m.start, m.end, truth)
            right += ok
            wrong[f"{m.text} <{m.rule}>"] += not ok
    return hit / max(gold, 1), right / max(said, 1), +missed, +wrong


_STATE = frozenset({"state", "military", "police"})


def has_side(side: str, tags: Tags, ids: dict[str, set[str]], homes: set[str | None]) -> bool:
    """Whether one of the actors tagged is that side of a conflict, under the name that UCDP gives it."""
    found = {actor.id for actor in tags.actors}
    if any(ids.get(key(part), set()) & found for part in side.split(", ")):
        return True
    if side.startswith("Government of "):
        return any(a.kind in _STATE and a.country in homes for a in tags.actors)
    return any(i.startswith("rebels:") and i[7:] in homes for i in found)


def home_of(tagger: Tagger, side: str, doc: Doc) -> set[str | None]:
    """The country of a government by its name, of anybody else that of the event."""
    name = side.removeprefix("Government of ").partition(" (")[0]
    return set(tagger.tags(Document("", name)).countries) if name != side else {doc["country"]}


def ucdp(tagger: Tagger, docs: list[Doc]) -> tuple[float, float, list[Doc]]:
    """Share of events whose country is tagged (places or actors' homes), and of those of which one side is."""
    ids: dict[str, set[str]] = defaultdict(set)
    for actor in Roster(shipped()).values():
        for alias in (actor.name, *actor.aliases):
            ids[key(alias)].add(actor.id)
    countries = sides = 0
    lost = []
    for doc in docs:
        tags = tagger.tags(Document(doc["id"], doc["headlines"][0], content="\n".join(doc["headlines"][1:])))
        homes = set(tags.countries) | {a.country for a in tags.actors}
        countries += doc["country"] in homes
        wanted = [doc[s] for s in ("side_a", "side_b") if doc[s] != "Civilians"]
        found = any(has_side(side, tags, ids, home_of(tagger, side, doc)) for side in wanted)
        sides += found
        if not found:
            lost.append(doc)
    return countries / len(docs), sides / len(docs), lost


def situations(tagger: Tagger) -> None:
    """Recall and precision of actors on the project's own labelled situations, by language."""
    golds = score.situations()
    for lang in sorted({gold["lang"] for gold in golds}):
        share = score.total(score.results(tagger.tags, [g for g in golds if g["lang"] == lang]), "actors")
        print(f"situations, {lang}              recall {share.recall:.3f}  precision {share.precision:.3f}")


def main(folder: Path, verbose: bool) -> None:
    tagger = Tagger.load()
    named = frozenset({"Organisation", "Person"})
    recall, precision, missed, wrong = spans(tagger, list(lines(folder, "re3d.jsonl")), named)
    print(f"re3d organisations, persons recall {recall:.3f}  precision {precision:.3f}")
    political = frozenset({"politicalparty", "politician", "organisation", "person"})
    crossner = spans(tagger, list(lines(folder, "crossner_politics.jsonl")), political)
    print(f"crossner politics           recall {crossner[0]:.3f}  precision {crossner[1]:.3f}")
    country, side, lost = ucdp(tagger, list(lines(folder, "ucdp_headlines.jsonl")))
    print(f"UCDP headlines              country {country:.3f}  a side {side:.3f}")
    news = list(lines(folder, "ag_news.jsonl"))
    start = time.perf_counter()
    tagged = [tagger.tags(Document("", doc["text"])) for doc in news]
    rate, actors = len(news) / (time.perf_counter() - start), sum(len(t.actors) for t in tagged)
    print(f"AG news: {rate:,.0f} items/s, {actors / max(len(news), 1):.2f} actors an item")
    situations(tagger)
    if verbose:
        print("missed", missed.most_common(150))
        print("wrong", wrong.most_common(150))
        print("crossner wrong", crossner[3].most_common(120))
        for doc in lost:
            print(doc["side_a"], "|", doc["side_b"], "|", doc["headlines"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), "-v" in sys.argv)
