"""`sitmon feeds import` and `export`: whole lists of feeds, as OPML for other readers or as YAML for other watches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitmon import opml, paths
from sitmon.config import check
from sitmon.config.edit import Editor
from sitmon.config.secrets import has_reference
from sitmon.config.written import Keys, block, defaults, feeds, shareable, texts, tried
from sitmon.errors import SitmonError, UsageError
from sitmon.headless.output import json_line, line, tell
from sitmon.headless.proposing import proposed
from sitmon.opml import Outline
from sitmon.options import Options

REACHING = frozenset({"allow_private", "proxy", "tls"})
"""Keys that reach into this machine or its network: a list that somebody sent does not set them."""


def give(options: Options) -> int:
    """Every feed with all of its keys, those of `defaults:` too. A secret that is written out is left out, and told."""
    shared = []
    for written in feeds(paths.config_file(options.config)):
        keys, left = shareable(written.keys)
        shared.append(keys)
        for name in left:
            tell(f"{written.source}: {written.feed.id}: {name}: left out, a secret; write ${{env:NAME}} instead")
    if options.opml:
        line(opml.write(shared).rstrip())
    elif options.json:
        for keys in shared:
            json_line(dict(keys))
    else:
        line("feeds:")
        for keys in shared:
            line("\n".join(f"  {text}" for text in block(keys).splitlines()))
    return 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A subscription that was not taken over."""

    outline: Outline
    why: str
    duplicate: bool = False
    """It is there already: no fault."""


def bring(options: Options) -> int:
    """Add a list's feeds; exit 1 when some could not be taken over, those that are there already aside."""
    if len(options.query) != 1:
        raise UsageError("feeds import: give one OPML file")
    name = options.query[0]
    editor = Editor(paths.config_file(options.config))
    taken: list[Keys] = []
    skipped: list[Skipped] = []
    for found in sorted_out(opml.read(content(name), name), editor, trust=options.trust):
        skipped.append(found) if isinstance(found, Skipped) else taken.append(found)
    places = editor.add(taken) if taken else ()
    if not options.dry_run:
        editor.save()
    for keys, source in zip(taken, places, strict=True):
        if options.json:
            json_line({"feed": keys["id"], "url": keys["url"], "file": source.file, "line": source.line})
        else:
            line(f"{source.file}:{source.line}: {keys['id']}: {keys['url']}")
    for each in skipped:
        outline = each.outline
        tell(f"{name}:{outline.line}:{outline.column}: {outline.title or outline.url}: skipped: {each.why}")
    known = sum(each.duplicate for each in skipped)
    verb = "would be added" if options.dry_run else "added"
    tell(f"{len(taken)} {verb}, {known} there already, {len(skipped) - known} not usable")
    return 1 if len(skipped) > known else 0


def content(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(opml.MOST + 1)
    except OSError as error:
        raise SitmonError(f"{name}: cannot be read: {error.strerror or error}") from error


def sorted_out(outlines: tuple[Outline, ...], editor: Editor, *, trust: bool) -> Iterator[Keys | Skipped]:
    """For each subscription its block, or why there is none."""
    config = editor.config
    ids = {feed.id: str(feed.source) for feed in config.feeds}
    urls = {check.same_url(feed): str(feed.source) for feed in config.feeds}
    shared = defaults(editor.draft)
    for outline in outlines:
        title = "" if "id" in outline.keys else outline.title  # of our own lists, where it may be the id
        keys = proposed(outline.url, title, None, own(outline), ids)
        why = refused(keys, trust=trust)
        if why or not outline.url:
            yield Skipped(outline, why or "it has no xmlUrl")
            continue
        if (name := str(keys["id"])) in ids:
            yield Skipped(outline, f"its id {name!r} stands at {ids[name]} already", duplicate=True)
            continue
        keys = {key: raw for key, raw in keys.items() if shared.get(key) != raw}
        feed = tried(keys, editor.draft)
        if isinstance(feed, tuple):
            yield Skipped(outline, "; ".join(feed))
        elif (url := check.same_url(feed)) in urls:
            yield Skipped(outline, f"its URL stands at {urls[url]} already", duplicate=True)
        else:
            ids[feed.id] = urls[url] = f"line {outline.line} of the list"
            yield keys


def own(outline: Outline) -> Keys:
    """Its own keys, and its folders and categories as tags where it has none of its own."""
    tags: Keys = {"tags": list(outline.tags)} if outline.tags and "id" not in outline.keys else {}
    return {key: raw for key, raw in {**tags, **outline.keys}.items() if key != "url"}


def refused(keys: Keys, *, trust: bool) -> str:
    """Why a list that somebody else may have written cannot set this; empty where it can."""
    if trust:
        return ""
    if any(has_reference(text) for text in texts(keys)):
        return "it holds a ${…} reference, which would be filled in here; --trust takes it over from a list of your own"
    if reaching := sorted(REACHING & keys.keys()):
        return f"it sets {', '.join(reaching)}; --trust takes it over from a list of your own"
    return ""
