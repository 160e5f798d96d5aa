"""`sitmon feeds import` and `export`: whole lists of feeds, as OPML for other readers or as YAML for other watches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitmon import opml, paths
from sitmon.config import check
from sitmon.config.edit import Editor
from sitmon.config.secrets import has_reference
from sitmon.config.written import Keys, Raw, block, defaults, feeds, shareable, texts, tried
from sitmon.errors import SitmonError, UsageError
from sitmon.headless.output import json_line, line, tell
from sitmon.headless.proposing import proposed
from sitmon.opml import Outline
from sitmon.options import Options
from sitmon.tag import areas

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
class Taken:
    """A subscription and the block that it becomes."""

    outline: Outline
    keys: Keys
    unknown: tuple[str, ...] = ()
    """Regions of another board, which it is taken over without."""


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
    found = list(sorted_out(opml.read(content(name), name), editor, trust=options.trust))
    taken = [each for each in found if isinstance(each, Taken)]
    places = editor.add([each.keys for each in taken]) if taken else ()
    if not options.dry_run:
        editor.save()
    for each, source in zip(taken, places, strict=True):
        if options.json:
            json_line({"feed": each.keys["id"], "url": each.keys["url"], "file": source.file, "line": source.line})
        else:
            line(f"{source.file}:{source.line}: {each.keys['id']}: {each.keys['url']}")
    return told(name, found, "would be added" if options.dry_run else "added")


def told(name: str, found: list[Taken | Skipped], verb: str) -> int:
    """Says what became of each subscription that was not taken over whole; the exit code."""
    for each in found:
        what = f"{name}:{each.outline.line}:{each.outline.column}: {each.outline.title or each.outline.url}"
        if isinstance(each, Skipped):
            tell(f"{what}: skipped: {each.why}")
        elif each.unknown:
            tell(f"{what}: {verb} without its regions {', '.join(each.unknown)}, which are not on this board")
    skipped = [each for each in found if isinstance(each, Skipped)]
    known = sum(each.duplicate for each in skipped)
    tell(f"{len(found) - len(skipped)} {verb}, {known} there already, {len(skipped) - known} not usable")
    return 1 if len(skipped) > known else 0


def content(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(opml.MOST + 1)
    except OSError as error:
        raise SitmonError(f"{name}: cannot be read: {error.strerror or error}") from error


def sorted_out(outlines: tuple[Outline, ...], editor: Editor, *, trust: bool) -> Iterator[Taken | Skipped]:
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
        unknown = unknown_regions(keys, editor)
        keys = without({key: raw for key, raw in keys.items() if shared.get(key) != raw}, unknown)
        feed = tried(keys, editor.draft)
        if isinstance(feed, tuple):
            yield Skipped(outline, "; ".join(feed))
        elif (url := check.same_url(feed)) in urls:
            yield Skipped(outline, f"its URL stands at {urls[url]} already", duplicate=True)
        elif feed.id in ids:
            yield Skipped(outline, f"its id {feed.id!r} stands at {ids[feed.id]} already, with another URL")
        else:
            ids[feed.id] = urls[url] = f"line {outline.line} of the list"
            yield Taken(outline, keys, unknown)


def unknown_regions(keys: Keys, editor: Editor) -> tuple[str, ...]:
    """Regions that it names and nothing here is called."""
    regions = keys.get("regions")
    named = regions if isinstance(regions, list) else []
    board = {region.id for region in editor.config.regions}
    return tuple(str(name) for name in named if name not in board and not areas.is_region(str(name)))


def without(keys: Keys, regions: tuple[str, ...]) -> Keys:
    named = keys.get("regions")
    if not regions or not isinstance(named, list):
        return keys
    left: list[Raw] = [name for name in named if name not in regions]
    rest = {key: raw for key, raw in keys.items() if key != "regions"}
    return rest | {"regions": left} if left else rest


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
