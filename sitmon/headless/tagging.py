"""`sitmon tag`: tags what stands on stdin, as JSON lines for programs or as marked text for people."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sitmon import paths, story
from sitmon.codec import Doc, tags_json, time_of
from sitmon.config import Config, load
from sitmon.errors import ConfigError, UsageError
from sitmon.headless import arriving
from sitmon.headless.output import json_line, tell
from sitmon.model import Document, Item
from sitmon.options import Options
from sitmon.tag import Tagger
from sitmon.world import cast_of


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that holds no document, and why."""

    line: int
    reason: str


def tag(options: Options) -> int:
    """Exit 1 when a line could not be read; every other one is answered."""
    if options.retag:
        from sitmon.headless.retagging import retag  # the store, which stdin needs not

        return retag(options)
    tagger = load_tagger(options)
    if options.stories and not options.json:
        raise UsageError("--stories goes with --json")
    if not options.json:
        return show(tagger, sys.stdin.read())
    if options.stories:
        return with_stories(tagger, list(documents(sys.stdin)))
    failed = 0
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # tags are many objects and no cycles
    for document in documents(arriving.lines(sys.stdin)):
        if isinstance(document, Unread):
            failed += complain(document)
        else:
            json_line({"id": json.loads(document.id), **tags_json(tagger.tags(document))}, flush=False)
    return 1 if failed else 0


def load_tagger(options: Options) -> Tagger:
    """The tagger with the operator's own names, where a feeds.yaml is at hand; without one, the shipped names."""
    config = config_at_hand(options)
    return Tagger.load(config.places, config.actors) if config else Tagger.load()


def config_at_hand(options: Options) -> Config | None:
    if options.config is not None:
        return options.load()
    try:
        path = paths.config_file(None)
    except ConfigError:
        return None
    return load(path)


def documents(lines: Iterable[str]) -> Iterator[Document | Unread]:
    """One for each line that is not blank."""
    for number, text in enumerate(lines, 1):
        if text.strip():
            yield document(number, text)


def document(number: int, text: str) -> Document | Unread:
    try:
        return document_of(json.loads(text))
    except json.JSONDecodeError as error:
        return Unread(number, f"stdin:{number}:{error.colno}: not JSON: {error.msg}")
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        return Unread(number, f"stdin:{number}:1: not a document: {error}")


def document_of(doc: Any) -> Document:
    """Its id is JSON, to be given back as it came. KeyError, TypeError or ValueError say what is wrong with it."""
    if not isinstance(doc, dict):
        raise TypeError("expected an object with id and title")
    texts = {name: text(doc, name) for name in ("title", "summary", "content")}
    published = time_of(doc["published"]) if doc.get("published") else None
    countries = tuple(str(code) for code in doc.get("feed_countries") or ())
    return Document(json.dumps(doc["id"]), **texts, published=published, lang=doc.get("lang"), feed_countries=countries)


def text(doc: Doc, name: str) -> str:
    value = doc.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected text")
    return value


def complain(unread: Unread) -> int:
    """Says so on stderr, and on stdout in the line's place, so that lines in and lines out still pair."""
    tell(unread.reason)
    json_line({"id": None, "error": unread.reason})
    return 1


# ---------------------------------------------------------------- with stories


def with_stories(tagger: Tagger, found: list[Document | Unread]) -> int:
    """Each object also names its story; the input is folded in the order of `published`, undated ones last."""
    items = {n: item_of(d, tagger) for n, d in enumerate(found) if isinstance(d, Document)}
    latest = max((item.when for item in items.values() if item.published), default=datetime.now(UTC))
    folder, stories = story.Folder(cast_of().kin), {}
    for number in sorted(items, key=lambda n: items[n].published or latest):
        item = items[number]
        item = item if item.published else replace(item, first_seen=latest)
        stories[number] = folder.fold(item).story
    for number, each in enumerate(found):
        if isinstance(each, Unread):
            complain(each)
        else:
            told = stories[number]  # which second thoughts may have merged into another since
            json_line(
                {"id": json.loads(each.id), **tags_json(items[number].tags), "story": told and folder.final(told)}
            )
    return 1 if len(items) < len(found) else 0


def item_of(document: Document, tagger: Tagger) -> Item:
    seen = document.published or datetime.now(UTC)
    return Item(
        id=document.id,
        feed=f"stdin-{document.id}",
        guid=None,
        title=document.title,
        summary=document.summary,
        content=document.content,
        link=None,
        published=document.published,
        published_note=None if document.published else "missing",
        first_seen=seen,
        lang=document.lang,
        tags=tagger.tags(document),
    )


# ---------------------------------------------------------------- for people


def show(tagger: Tagger, whole: str) -> int:
    """The first line is the title, the rest the text: as somebody pastes an article."""
    from sitmon.headless import marking  # and the store with it, which takes a quarter of a second to import

    title, _, rest = whole.strip().partition("\n")
    pasted = Document("stdin", title, content=rest.strip(), published=datetime.now(UTC))
    marking.show(pasted, tagger.tags(pasted))
    return 0
