"""Normalise raw entries into Items. Pure.

Everything after this module may assume: plain text that a terminal may show, aware UTC or None with a reason, a link
that is http, https or mailto or none, and an id that stays the same while the publisher edits the wording.
An item is known by its feed and its guid; where it has none by its link, else by its content.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Final
from urllib.parse import quote, urljoin

from sitmon.model import Feed, Item, Revision, TextRule
from sitmon.normalise import clean, hazard
from sitmon.parse import dates
from sitmon.parse.raw import RawEntry, RawFeed

TITLE: Final = 300
SUMMARY: Final = 1000
CONTENT: Final = 20_000
"""Characters kept. A headline has 60 to 120; a summary is what a pane can show; content is what tagging reads."""
_NAME: Final = 200
_LINK: Final = 2000
_CATEGORIES: Final = 50
_SCHEMES: Final = ("http", "https", "mailto")
_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_UNPRINTABLE: Final = re.compile(
    r"[\x00-\x20\x7f-\xa0\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\U000e0000-\U000e0fff]"
)
_TRACKING: Final = re.compile(r"(?<=[?&])(?:utm_\w+|fbclid|gclid|xtor|at_(?:medium|campaign)|mc_[ce]id)=[^&#]*&?")
_LANG: Final = re.compile(r"[a-zA-Z]{2,3}(?![a-zA-Z])")


@dataclass(frozen=True, slots=True)
class Normalised:
    """The items of one answer, and how many were left out by which reason."""

    items: tuple[Item, ...]
    dropped: tuple[tuple[str, int], ...]


def feed(raw: RawFeed, source: Feed, now: datetime) -> Normalised:
    """All entries of an answer: those that say nothing, repeat another or are not wanted are left out and counted."""
    dropped: Counter[str] = Counter()
    entries = _newest(raw.entries, source, now)
    dropped["max_items"] = len(raw.entries) - len(entries)
    items: dict[str, Item] = {}
    shared = _shared_guids(entries)
    for raw_entry in entries:
        if raw_entry.guid in shared:
            told_by = (raw_entry.link if shared[raw_entry.guid] else "") or raw_entry.title
            raw_entry = replace(raw_entry, guid=f"{raw_entry.guid} {told_by}")
        item = entry(raw_entry, source, now, raw.lang)
        if raw_entry.link and item.link is None:
            dropped["link"] += 1
        reason = "repeated" if item.id in items else unwanted(item, source)
        if reason:
            dropped[reason] += 1
        else:
            items[item.id] = item
    return Normalised(tuple(items.values()), tuple(sorted((+dropped).items())))


def entry(raw: RawEntry, source: Feed, now: datetime, lang: str = "") -> Item:
    """One entry. `lang` is what the document says of itself, used where neither entry nor operator says."""
    title = clean.line(raw.title, TITLE)
    summary, content = _texts(raw, title)
    published, note = dates.read(raw.published, source.timezone, now)
    guid = raw.guid.strip()
    return Item(
        id=identity(raw, source.id),
        feed=source.id,
        guid=clean.token(guid, _LINK) or None,
        title=title or clean.shortened(summary, 120),
        summary=summary,
        content=content,
        link=link(raw.link, raw.base),
        published=published,
        published_note=note,
        first_seen=now,
        lang=_language(raw.lang) or source.lang or _language(lang),
        author=clean.line(raw.author, _NAME) or None,
        categories=tuple([c for text in raw.categories[:_CATEGORIES] if (c := clean.line(text, _NAME))]),
        points=hazard.points(raw.elements) if raw.elements else (),
        hazard=hazard.hazard(raw.elements, guid, title, summary, now),
    )


def feed_title(foreign: str) -> str:
    """A feed's own name for itself, in one line."""
    return clean.line(foreign, _NAME)


def revised(old: Item, new: Item, now: datetime) -> Item | None:
    """The item as the publisher edited it, its earlier wording kept; None when nothing that can be read changed.

    A date that moved alone is no news, and the first publication date stays.
    """
    if (old.title, old.summary, old.content, old.hazard) == (new.title, new.summary, new.content, new.hazard):
        return None
    earlier = Revision(old.revised or old.first_seen, old.title, old.summary)
    return replace(
        new,
        first_seen=old.first_seen,
        published=old.published or new.published,
        published_note=old.published_note if old.published else new.published_note,
        revised=now,
        revisions=(*old.revisions, earlier)[-_REVISIONS:],
        story=old.story,
    )


_REVISIONS: Final = 20
"""Earlier wordings kept: a live page edits its one entry every few minutes for days."""


def identity(raw: RawEntry, feed_id: str) -> str:
    """20 hexadecimal digits: of feed and guid, else link but for what tracks its reader, else content."""
    if name := raw.guid.strip():
        kind = "guid"
    elif name := _TRACKING.sub("", raw.link.strip()):
        kind = "link"
    else:
        kind, name = "text", f"{raw.title}\0{raw.summary}\0{raw.content}"
    return blake2b(f"{feed_id}\0{kind}\0{name}".encode("utf-8", "replace"), digest_size=10).hexdigest()


def link(foreign: str, base: str) -> str | None:
    """An absolute http, https or mailto link as it came, or None. Relative ones are resolved against `base`."""
    foreign = foreign.strip()
    if not foreign or len(foreign) > _LINK:
        return None
    plain = _UNPRINTABLE.sub("", foreign)
    scheme = _SCHEME.match(plain)
    if scheme is None:
        try:
            foreign = plain = urljoin(base, plain)
        except ValueError:
            return None
        scheme = _SCHEME.match(plain)
    if scheme is None or scheme[1].lower() not in _SCHEMES:
        return None
    return foreign if plain == foreign else _UNPRINTABLE.sub(_percent, foreign)


def unwanted(item: Item, source: Feed) -> str | None:
    """Why the item is left out, or None: it says nothing, or the feed's `keep` and `drop` lines say so."""
    if not (item.title or item.link):
        return "nothing said"
    if source.keep and not any(_applies(rule, item) for rule in source.keep):
        return "keep"
    if any(_applies(rule, item) for rule in source.drop):
        return "drop"
    return None


# ---------------------------------------------------------------- parts


def _percent(found: re.Match[str]) -> str:
    return quote(found[0], safe="", errors="replace")


def _texts(raw: RawEntry, title: str) -> tuple[str, str]:
    """Summary in one line and content in paragraphs; no content where the summary says it all."""
    short = _summary(raw.summary, title)
    long = raw.content or (raw.summary if len(raw.summary) >= SUMMARY else "")
    if not long:
        return short, ""
    content = _without_credit(clean.text(long, CONTENT), title)
    flat = " ".join(content.split())
    short = short or clean.shortened(flat, SUMMARY)
    return short, "" if flat == short else content


def _summary(foreign: str, title: str) -> str:
    if "</a>" not in foreign:
        return clean.line(foreign, SUMMARY) if foreign else ""
    return clean.shortened(" ".join(_without_credit(clean.text(foreign, CONTENT), title).split()), SUMMARY)


def _without_credit(paragraphs: str, title: str) -> str:
    """Without a last paragraph that only names the item and its publisher, as blog software adds in every language.

    The publisher's name is no news, and often a country's: "The post … appeared first on Mali Actualités".
    """
    before, _, last = paragraphs.rpartition("\n")
    is_credit = before and title and title in last and len(last) - len(title) <= _CREDIT
    return before if is_credit else paragraphs


_CREDIT: Final = 120
"""Characters of a credit beyond the title: "L'article … est apparu en premier sur" and a long name."""


def _newest(entries: tuple[RawEntry, ...], source: Feed, now: datetime) -> tuple[RawEntry, ...]:
    """At most `max_items`: the first ones, or the last of a feed that runs from old to new."""
    if len(entries) <= source.max_items:
        return entries
    first, last = (dates.read(entries[at].published, source.timezone, now)[0] for at in (0, -1))
    oldest_first = first is not None and last is not None and first < last
    return entries[-source.max_items :] if oldest_first else entries[: source.max_items]


def _shared_guids(entries: tuple[RawEntry, ...]) -> dict[str, bool]:
    """Guids that are a template's constant and identify nothing; True where links tell their entries apart, not titles.

    Two titles with one guid and one link are an entry listed twice, edited between; three are news of one home page.
    """
    alike: dict[str, list[RawEntry]] = {}
    for raw in entries:
        if raw.guid:
            alike.setdefault(raw.guid, []).append(raw)
    shared = {}
    for guid, those in alike.items() if len(alike) < len(entries) else ():
        by_link = len({raw.link for raw in those}) > 1
        if by_link or len({raw.title for raw in those}) > (2 if those[0].link else 1):
            shared[guid] = by_link
    return shared


def _language(tag: str) -> str | None:
    """`fr-FR` is `fr`."""
    found = _LANG.match(tag.strip())
    return found[0].lower() if found else None


def _applies(rule: TextRule, item: Item) -> bool:
    texts = item.categories if rule.field == "category" else (_field(item, rule.field),)
    return any(_pattern(rule).search(text) for text in texts)


def _field(item: Item, name: str) -> str:
    return {"title": item.title, "summary": item.summary, "content": item.content, "link": item.link or ""}[name]


@lru_cache(maxsize=1024)
def _pattern(rule: TextRule) -> re.Pattern[str]:
    """Whole words, in any case; `attaqu*` is the beginning of one. `config` has checked that the regex compiles."""
    if rule.regex is not None:
        return re.compile(rule.regex)
    words = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in rule.any)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) if rule.any else re.compile(r"(?!)")
