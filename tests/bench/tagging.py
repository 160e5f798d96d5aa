"""How well and how fast sitmon tags: python -m tests.bench.tagging DIR

Places, countries and speed are measured here; actors and events in `tagging_actors` and `tagging_events`, where DIR
has a folder `actors`. DIR holds `geo/*.jsonl`, one document a line with its labelled places: {corpus, hash, title,
text, places: [{start, end, kind, country, lat, lon}], countries: [ISO2]}. Printed are, per corpus and pooled,
precision, recall and F1 of place mentions (overlap, one to one) and of the documents' countries, and how often a place
lies within 161 km of the truth. `news3` pools TR-News, GeoWebNews and GeoVirus; `lead` is their first 400 characters;
`home` gives LGL's documents the commonest country of the others, as a feed would.
"""

from __future__ import annotations

import gc
import json
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from sitmon import build
from sitmon.model import Document, Tags
from sitmon.tag import Tagger
from tests.bench import tagging_actors, tagging_events

Doc = dict[str, Any]
NEWS3 = ("TR-News", "GeoWebNews", "GeoVirus")


def read(path: Path) -> list[Doc]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b = math.radians(lat1), math.radians(lat2)
    x = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(x)))


def prf(hit: int, extra: int, missed: int) -> tuple[float, float, float]:
    precision = hit / (hit + extra) if hit + extra else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def gold_places(doc: Doc, limit: int) -> list[Doc]:
    """The labelled places, without those inside another."""
    found, last = [], -1
    for place in sorted(doc["places"], key=lambda p: (p["start"], -p["end"])):
        if place["start"] >= last and place["end"] <= limit:
            found.append(place)
            last = place["end"]
    return found


def is_right(gold: Doc, tag: tuple[Any, ...]) -> bool:
    _, _, country, lat, lon, kind = tag
    if gold["kind"] == "country" and country == gold.get("country"):
        return True
    if lat is not None and km(gold["lat"], gold["lon"], lat, lon) <= 161:
        return True
    return bool(gold["kind"] == "other" and kind == "admin1" and country and country == gold.get("country"))


def score(doc: Doc, tags: Tags, limit: int) -> Counter[str]:
    """What one document adds to the sums."""
    found = sorted(
        (m.start, m.end, r.country, r.lat, r.lon, r.kind)
        for r in tags.regions
        for m in r.mentions
        if m.field == "content"
    )
    used: set[int] = set()
    sums: Counter[str] = Counter()
    for gold in gold_places(doc, limit):
        match = next(
            (i for i, t in enumerate(found) if i not in used and t[0] < gold["end"] and t[1] > gold["start"]), None
        )
        placed = gold.get("lat") is not None
        sums["all"] += placed
        if match is None:
            sums["missed"] += 1
            continue
        used.add(match)
        sums["hit"] += 1
        sums["judged"] += placed
        right = placed and is_right(gold, found[match])
        sums["right"] += right
        if gold.get("kind") == "city":
            sums["towns"] += placed
            sums["town right"] += right
    sums["extra"] += len(found) - len(used)
    truth = (
        set(doc["countries"])
        if limit >= len(doc["text"])
        else {p["country"] for p in gold_places(doc, limit) if p.get("country")}
    )
    said = set(tags.countries)
    sums["country hit"] += len(truth & said)
    sums["country extra"] += len(said - truth)
    sums["country missed"] += len(truth - said)
    return sums


def line(name: str, sums: Counter[str]) -> str:
    mention = prf(sums["hit"], sums["extra"], sums["missed"])
    country = prf(sums["country hit"], sums["country extra"], sums["country missed"])
    near = sums["right"] / sums["judged"] if sums["judged"] else 0.0
    towns = sums["town right"] / sums["towns"] if sums["towns"] else 0.0
    return (
        f"{name:12} mention P {mention[0]:.3f} R {mention[1]:.3f} F {mention[2]:.3f} | country P {country[0]:.3f} "
        f"R {country[1]:.3f} F {country[2]:.3f} | acc161 {near:.3f} e2e {sums['right'] / max(1, sums['all']):.3f} "
        f"| towns {towns:.3f}"
    )


def documents(doc: Doc, limit: int, home: tuple[str, ...] = ()) -> Document:
    return Document(doc["hash"], "", "", doc["text"][:limit], feed_countries=home)


def homes(docs: list[Doc]) -> dict[str, tuple[str, ...]]:
    """The commonest country of the other documents of the same newspaper; where papers are not told, of all others."""
    papers: dict[str, Counter[str]] = defaultdict(Counter)
    for doc in docs:
        papers[doc.get("domain", "")].update(doc["countries"])
    found = {}
    for doc in docs:
        others = papers[doc.get("domain", "")] - Counter(doc["countries"])
        found[doc["hash"]] = tuple(country for country, _ in others.most_common(1))
    return found


def geo_table(tagger: Tagger, folder: Path) -> Iterable[str]:
    corpora = {docs[0]["corpus"]: docs for docs in map(read, sorted(folder.glob("*.jsonl")))}
    pooled: dict[str, Counter[str]] = defaultdict(Counter)
    for name, docs in corpora.items():
        runs: list[tuple[str, int, dict[str, tuple[str, ...]]]] = [(name, 1 << 30, {})]
        if name in NEWS3:
            runs.append(("lead", 400, {}))
        if name == "LGL":
            runs.append(("LGL home", 1 << 30, homes(docs)))
        for label, limit, home in runs:
            for doc in docs:
                sums = score(
                    doc, tagger.tags(documents(doc, limit, home.get(doc["hash"], ()))), min(limit, len(doc["text"]))
                )
                pooled[label] += sums
                if name in NEWS3 and label == name:
                    pooled["news3"] += sums
    return [line(name, sums) for name, sums in pooled.items()]


def cost_table(tagger: Tagger, folder: Path) -> Iterable[str]:
    gc.freeze()  # as workers and `sitmon tag` do
    gc.set_threshold(50_000, 20, 20)
    texts = [doc["text"] for path in sorted(folder.glob("*.jsonl")) for doc in read(path) if len(doc["text"]) >= 400]
    for label, size in (("items of 400 characters", 400), ("headlines of 80 characters", 80)):
        sample = [Document(str(n), t[:80], "", t[80:size]) for n, t in enumerate(texts * 3)]
        start = time.process_time()
        for document in sample:
            tagger.tags(document)
        yield f"{len(sample) / (time.process_time() - start):8.0f} {label} a second on one core"


def memory() -> float:
    """Resident megabytes of this process; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(entry.split()[1]) / 1024 for entry in lines if entry.startswith("VmRSS")), 0.0)


def main(folder: Path) -> None:
    before = memory()
    start = time.perf_counter()
    tagger = Tagger.load()
    loading = time.perf_counter() - start
    packaged = sum(
        f.stat().st_size
        for f in (Path(str(resources.files("sitmon.data")))).iterdir()
        if f.suffix in {".bin", ".toml", ".tsv"}
    )
    print(f"{build()}: loading {loading:.2f} s, {memory() - before:.0f} MB, packaged {packaged / 1e6:.2f} MB")
    for row in (*geo_table(tagger, folder / "geo"), *cost_table(tagger, folder / "geo")):
        print(row)
    if (folder / "actors").exists():
        tagging_actors.main(folder / "actors", verbose=False)
        tagging_events.main(folder / "actors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
