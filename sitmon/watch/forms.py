"""The situation report as text: OCHA's heads, military numbered paragraphs, or an intelligence summary by country.

The traffic light stands above and below; a head with nothing under it says NIL, regions that stand as they stood say
NO CHANGE. OCHA and INTSUM are Markdown, in which no word of a source is markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sitmon import watch
from sitmon.codec import Doc, time_text
from sitmon.dtg import dtg, short
from sitmon.model import Story
from sitmon.watch import sitrep
from sitmon.watch.sections import NIL, blind, listed
from sitmon.watch.sitrep import Sitrep

MOST = 15
"""Lines of one head."""
MARKDOWN = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|#"})
UNCHANGED = "NO CHANGE"
UNSIGNED = "____"
NOBODY = "no actor named"


def text(given: Sitrep, form: str) -> str:
    """`form` is one of `FORMS`."""
    label = f"TLP:{given.tlp}"
    return "\n".join([label, "", *FORMS[form](given), "", label])


def doc(given: Sitrep) -> Doc:
    """The report for programs: its head, and the lines under each of its heads."""
    times = {"as_of": given.now, "since": given.since, "due": given.due}
    head = {name: getattr(given, name) for name in ("number", "by", "region", "tlp", "items", "late")}
    lines = {key: list(told) for key, told in sections(given)}
    return {**{name: time_text(at) for name, at in times.items()}, **head, **lines}


def sections(given: Sitrep) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The heads that every form has in its own words, by key."""
    yield "alerts", tuple(sitrep.alerts(given))
    yield "others", tuple(sitrep.others(given))
    yield "highlights", tuple(sitrep.highlights(given))
    yield "figures", tuple(sitrep.figures(given))
    unchanged = (UNCHANGED,) if given.regions and sitrep.is_unchanged(given) else ()
    yield "regions", (*unchanged, *sitrep.regions(given))
    yield "deeds", tuple(sitrep.deeds(given))
    yield "speakers", tuple(sitrep.speakers(given))
    yield "blind", tuple(blind(given.feeds, given.regions, given.now))


# ---------------------------------------------------------------- OCHA


OCHA = (
    ("Highlights", "highlights"),
    ("Figures", "figures"),
    ("Situation overview", "regions"),
    ("Actions of the watch", "deeds"),
    ("Sources", "speakers"),
    ("Feeds down and blind regions", "blind"),
)


def ocha(given: Sitrep) -> Iterator[str]:
    yield f"# SITUATION REPORT No. {given.number} (as of {dtg(given.now)})"
    yield ""
    yield escaped(head(given))
    found = dict(sections(given))
    for title, key in OCHA:
        yield from ("", f"## {title}", "", *bullets(found[key]))


def head(given: Sitrep) -> str:
    about = f" Region: {given.region}." if given.region else ""
    by = f" By {given.by}." if given.by else ""
    told = f"Items: {given.items}. Stories: {len(given.stories)}."
    return f"Period {dtg(given.since)} to {dtg(given.now)}.{about}{by} Next {dtg(given.due)}. {told}"


def bullets(lines: Sequence[str], most: int = MOST) -> Iterator[str]:
    yield from (f"- {escaped(line)}" for line in listed(lines, most=most))


def escaped(line: str) -> str:
    return line.translate(MARKDOWN)


# ---------------------------------------------------------------- military


MILITARY = (
    ("SITUATION: ALERTS", "alerts"),
    ("SITUATION: OTHER REPORTS", "others"),
    ("CASUALTIES", "figures"),
    ("REGION STATUS", "regions"),
    ("OWN ACTIVITY", "deeds"),
    ("SOURCES", "speakers"),
    ("COLLECTION GAPS", "blind"),
)


def military(given: Sitrep) -> Iterator[str]:
    yield f"SITREP {given.number:03}"
    yield f"FROM    {given.by or UNSIGNED}"
    yield f"DTG     {dtg(given.now)}"
    yield f"PERIOD  {dtg(given.since)} TO {dtg(given.now)}"
    yield f"SUBJECT SITUATION REPORT{' ' + given.region.upper() if given.region else ''}"
    found = dict(sections(given))
    for number, (title, key) in enumerate(MILITARY, 1):
        yield ""
        yield f"{number}. {title}"
        numbered = (f"   {number}.{n} {line}" for n, line in enumerate(listed(found[key], most=MOST), 1))
        yield from numbered if found[key] else (f"   {NIL}",)


# ---------------------------------------------------------------- intelligence summary


def intsum(given: Sitrep) -> Iterator[str]:
    """By country, then by the actor that each story is about; what is told, noted and judged kept apart."""
    yield f"# INTSUM No. {given.number} (as of {dtg(given.now)})"
    yield ""
    yield escaped(head(given))
    grouped = by_country(given.stories)
    for country, actors in grouped.items():
        yield from ("", f"## {escaped(given.name(country))}")
        for actor, stories in actors.items():
            yield from ("", f"### {escaped(given.name(actor))}", "", "FACT", "")
            yield from bullets([sitrep.story_line(given, story) for story in stories], 5)
            yield from ("", "COMMENT", "", *bullets(comments(given, stories)))
        yield from ("", "ASSESSMENT", "", *bullets(assessment(given, country)))
    if not grouped:
        yield from ("", NIL)
    found = dict(sections(given))
    outlook = [f"{dtg(s.review_by)} review of {s.name}, {s.level.name}" for s in given.regions if s.review_by]
    for title, lines in (("Regions", found["regions"]), ("Outlook", outlook), ("Gaps", found["blind"])):
        yield from ("", f"## {title}", "", *bullets(lines))


def by_country(stories: Iterable[Story]) -> Mapping[str, Mapping[str, list[Story]]]:
    grouped: dict[str, dict[str, list[Story]]] = {}
    for story in stories:
        country = story.countries[0] if story.countries else "no country"
        actor = story.actors[0] if story.actors else NOBODY
        grouped.setdefault(country, {}).setdefault(actor, []).append(story)
    return grouped


def comments(given: Sitrep, stories: Sequence[Story]) -> list[str]:
    """Officers' notes on these stories, their items and alerts."""
    about = {name for story in stories for name in (story.id, *story.items)}
    about |= {alert.id for alert in given.alerts if alert.story in about}
    notes = (entry for entry in watch.effective(given.entries) if entry.verb == "note" and entry.subject in about)
    return [f"{short(entry.at)} {entry.by}: {entry.text}" for entry in notes]


def assessment(given: Sitrep, country: str) -> list[str]:
    return [sitrep.status_line(given, status) for status in given.regions if status.id == country]


FORMS: Mapping[str, Callable[[Sitrep], Iterator[str]]] = {"ocha": ocha, "mil": military, "intsum": intsum}
