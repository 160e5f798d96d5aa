"""All about one item: its text with the words that caused tags marked, and why each tag stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.content import Content

from sitmon.model import HARMS, Count, Entry, Event, FieldName, Item, Mention
from sitmon.picture import Card
from sitmon.tui.cards.text import BLANK, head, line, page, telling, time
from sitmon.tui.marks import PRIORITIES, SEVERITIES, STATES

FIELDS: tuple[FieldName, ...] = ("title", "summary", "content")
WHY = "WHY: TAGS AND THE WORDS THAT CAUSED THEM"


def show(card: Card) -> Content:
    """The whole card, but for the other items of its story: what it says and tells together with others, then why."""
    return page(
        [
            *above(card),
            *why(card.item, dict(card.names), card.corrected),
            *amended(card),
        ]
    )


def above(card: Card) -> Iterator[Content]:
    """What stands over the reasons: the item, its story, and the alerts."""
    yield from (*top(card), BLANK, *body(card.item), *around(card), BLANK)


def top(card: Card) -> Iterator[Content]:
    """Title, source, times, link."""
    item, feed = card.item, card.feed
    yield marked(item, "title", "bold")
    name = f" ({feed.name})" if feed and feed.name and feed.name != item.feed else ""
    owner = f", owner {feed.owner}" if feed and feed.owner and feed.owner != item.feed else ""
    yield line(
        (item.feed, "bold"), name, owner, "  rated ", (card.rating, "bold"), f"  {item.author}" if item.author else ""
    )
    doubt = (f"  DOUBTFUL DATE: {item.published_note}", "bold") if item.published_note else ""
    yield line(
        ("published ", "$ink-quiet"),
        time(item.published),
        ("  first seen ", "$ink-quiet"),
        time(item.first_seen),
        doubt,
    )
    if item.revised:
        yield line(("revised ", "$ink-quiet"), f"{time(item.revised)}, {len(item.revisions)} earlier wordings")
        yield from (line((f"  {time(old.seen)} ", "$ink-quiet"), old.title) for old in item.revisions)
    yield line(("link ", "$ink-quiet"), item.link or "none given")


def words_of(item: Item, field: FieldName) -> str:
    return {"title": item.title, "summary": item.summary, "content": item.content}[field]


def body(item: Item) -> Iterator[Content]:
    """The text; the summary is left out where the content begins with it."""
    if item.summary and not item.content.startswith(item.summary.rstrip("….")):
        yield marked(item, "summary")
    if item.content:
        yield marked(item, "content")
    if not (item.summary or item.content):
        yield Content.styled("The feed gives no text beyond the title.", "$ink-quiet")


def marked(item: Item, field: FieldName, base: str = "") -> Content:
    """One field with its tagged words underlined, coloured by region, actor and casualty."""
    text = Content.styled(words_of(item, field), base)
    for event in item.tags.events:
        if event.span[0] == field and any(getattr(event, harm) for harm in HARMS):
            text = text.stylize("bold underline $ink-harm", event.span[1], event.span[2])
    for style, tags in (
        ("underline $ink-region", item.tags.regions),
        ("italic underline $ink-actor", item.tags.actors),
    ):
        for tag in tags:
            for mention in tag.mentions:
                if mention.field == field:
                    text = text.stylize(style, mention.start, mention.end)
    return text


def why(item: Item, names: Mapping[str, str], corrected: tuple[Entry, ...] = ()) -> Iterator[Content]:
    """Each tag with its words, alias and rule; each event with its figures."""
    tags = item.tags
    yield head(WHY)
    glyph, style = SEVERITIES[tags.severity]
    yield line(
        ("type ", "$ink-quiet"),
        tags.type.value,
        ("  severity ", "$ink-quiet"),
        (f"{glyph} {tags.severity.name}", style),
    )
    for region in tags.regions:
        yield line(
            ("region ", "$ink-region"),
            (region.name, "bold"),
            f" {region.id} {region.kind} {region.score:.2f}",
            _by(region.id, corrected),
        )
        yield from map(_mention, dict.fromkeys(region.mentions))
    for actor in tags.actors:
        yield line(
            ("actor  ", "$ink-actor"), (actor.name, "bold"), f" {actor.id} {actor.kind}", _by(actor.id, corrected)
        )
        yield from map(_mention, dict.fromkeys(actor.mentions))
    yield from (_event(item, event, names) for event in tags.events)
    if not (tags.regions or tags.actors or tags.events):
        yield Content.styled("Nothing in it is a place, an actor or an event that sitmon knows.", "$ink-quiet")


def amended(card: Card) -> Iterator[Content]:
    """What officers corrected in the tags: who, when, why."""
    if card.corrected:
        yield BLANK
        yield head("TAGS CORRECTED BY OFFICERS")
    names = dict(card.names)
    for entry in card.corrected:
        said = dict(entry.data)
        tag, to = (f"{names.get(one, '')} {one}".strip() for one in (said.get("id", ""), said.get("to", "")))
        yield line(
            (f"{said.get('op', '')} {said.get('what', '')} ", "$ink-quiet"),
            (f"{tag} to {to}" if to else tag, "bold"),
            (f"  by {entry.by} {time(entry.at)}", "$ink-quiet"),
            f": {entry.text}" if entry.text else "",
        )


def _by(tag: str, corrected: tuple[Entry, ...]) -> tuple[str, str]:
    """Who put a tag there, if an officer did."""
    put = [e.by for e in corrected if tag in {dict(e.data).get("id"), dict(e.data).get("to")}]
    return (f"  CORRECTED by {put[-1]}" if put else "", "bold $ink-accent")


def _mention(mention: Mention) -> Content:
    return line(
        f'         "{mention.text}" in {mention.field} ',
        (f"alias {mention.alias}, rule {mention.rule}", "$ink-quiet"),
    )


def _event(item: Item, event: Event, names: Mapping[str, str]) -> Content:
    field, start, end = event.span
    when = (
        f" {event.date.isoformat()[: {'day': 10, 'month': 7, 'year': 4}[event.date_precision or 'day']]}"
        if event.date
        else ""
    )
    where = f" at {names.get(event.place, event.place)}" if event.place else ""
    actors = "".join(f" {names.get(actor, actor)}" for actor in event.actors)
    harms = "; ".join(f"{_counts(getattr(event, harm), names)} {harm}" for harm in HARMS if getattr(event, harm))
    claim = f", claimed by {names.get(event.claimed_by, event.claimed_by)}" if event.claimed_by else ""
    words = words_of(item, field)[start:end]
    return line(
        ("event  ", "$ink-harm"),
        (event.type.value, "bold"),
        f"{when}{where}{actors}",
        (f": {event.qualifier + ' ' if event.qualifier else ''}{harms}" if harms else "", "$ink-harm"),
        claim,
        (f'\n         "{words}" in {field}' if words else "", "$ink-quiet"),
    )


def _counts(counts: tuple[Count, ...], names: Mapping[str, str]) -> str:
    return " and ".join(
        (f"{count.low}" if count.low == count.high else f"{count.low}-{count.high}")
        + (f" {names.get(count.of, count.of)}" if count.of else "")
        + (f" (says {names.get(count.by, count.by)})" if count.by else "")
        for count in counts
    )


def around(card: Card) -> Iterator[Content]:
    """The story it belongs to, and the alerts it raised."""
    if story := card.story:
        yield BLANK
        items, owners = (
            f"{n} {word}{'S' * (n != 1)}"
            for n, word in ((len(story.items), "ITEM"), (len(story.owners), "INDEPENDENT SOURCE"))
        )
        yield head(f"STORY {story.rating}: {items}, {owners}")
        yield line((story.title, "bold"), (f"  {story.id}", "$ink-quiet"))
        yield from telling(card.told)
    if card.alerts:
        yield BLANK
        yield head("ALERTS IT RAISED")
    for alert in card.alerts:
        code, style = PRIORITIES[alert.priority]
        yield line((code, style), f" {STATES[alert.state][1]} {time(alert.raised)} {alert.rule}: {alert.title}")


def cite(card: Card) -> str:
    """One line that cites the item: time, source, rating, title, link."""
    item = card.item
    return f'{time(item.when)} {item.feed} {card.rating} "{item.title}" {item.link or ""}'.rstrip()
