"""`sitmon feeds …`: the list of feeds, and the actions on feeds.yaml that a person else does in an editor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from sitmon import paths
from sitmon.config.document import nearest
from sitmon.config.edit import Editor
from sitmon.errors import ConfigError, SitmonError, UsageError
from sitmon.headless import late, opening
from sitmon.headless.output import json_line, line, tell
from sitmon.headless.proposing import is_safe
from sitmon.model import Feed, FeedState
from sitmon.options import Options
from sitmon.schedule import PATIENCE, current


def feeds(options: Options) -> int:
    """An action where the first word names one; else the list of feeds that hold the words."""
    action = ACTIONS.get(options.query[0]) if options.query else None
    if action is None:
        return late("listing", "feeds")(options)
    return action(replace(options, query=tuple(options.query[1:])))


def enable(options: Options) -> int:
    return switch(options, "true")


def disable(options: Options) -> int:
    return switch(options, "false")


def switch(options: Options, enabled: str) -> int:
    """All the feeds named, or none of them."""
    editor = Editor(paths.config_file(options.config))
    named = chosen(editor, options.query)
    if not named:
        raise UsageError("give the id of a feed; `sitmon feeds` lists them")
    for feed in named:
        if feed.enabled != (enabled == "true"):
            editor.set(feed.id, "enabled", enabled)
    if not options.dry_run:
        editor.save()
    for feed in named:
        changed = feed.enabled != (enabled == "true")
        say(options, feed, "enabled", enabled, changed=changed)
    return 0


def fix(options: Options) -> int:
    """Take over the addresses to which feeds have moved for good; exit 1 where one cannot be taken over."""
    editor = Editor(paths.config_file(options.config))
    named = chosen(editor, options.query) or editor.config.feeds
    with opening.store(options, "reader") as store:
        states = store.feeds()
        opening.tell_notices(store)
    moved = [(feed, state) for feed in named if has_moved(state := current(feed, states.get(feed.id)))]
    refused = 0
    fixed = []
    for feed, state in moved:
        try:
            editor.set(feed.id, "url", new_address(feed, state))
            fixed.append((feed, state.redirect or ""))
        except SitmonError as error:
            refused += 1
            tell(str(error))
    if not options.dry_run:
        editor.save()
    for feed, address in fixed:
        say(options, feed, "url", address, changed=True)
    if not moved:
        tell("no feed has moved for good")
    return 1 if refused else 0


def has_moved(state: FeedState) -> bool:
    """The collector has seen the same permanent redirect often enough to believe it."""
    return state.redirect is not None and state.redirects >= PATIENCE


def new_address(feed: Feed, state: FeedState) -> str:
    """Raises ConfigError where the operator must look first."""
    address = state.redirect or ""
    elsewhere = urlsplit(address).hostname != urlsplit(feed.url).hostname
    why = ""
    if not is_safe(address):
        why = "which holds a reference to be filled in"
    elif elsewhere and (feed.auth or feed.headers):
        why = "another host, to which its headers would be sent"
    if why:
        raise ConfigError((f"{feed.source}: {feed.id}: moved to {address}, {why}: change it by hand",))
    return address


def chosen(editor: Editor, ids: Iterable[str]) -> tuple[Feed, ...]:
    """The feeds of these ids, in their order. Raises UsageError that names the nearest."""
    known = {feed.id: feed for feed in editor.config.feeds}
    for name in ids:
        if name not in known:
            raise UsageError(f"{name!r}: no such feed{nearest(name, tuple(known))}")
    return tuple(known[name] for name in ids)


def say(options: Options, feed: Feed, key: str, value: str, *, changed: bool) -> None:
    if options.json:
        place = {"file": feed.source.file, "line": feed.source.line} if feed.source else {}
        change = {"feed": feed.id, "key": key, "value": value, **place}
        json_line({**change, "written": changed and not options.dry_run})
    else:
        line(f"{feed.source}: {feed.id}: {key}: {value}" + ("" if changed else " (as it was)"))


ACTIONS: dict[str, Callable[[Options], int]] = {
    "add": late("adding", "add"),
    "import": late("subscribing", "bring"),
    "export": late("subscribing", "give"),
    "enable": enable,
    "disable": disable,
    "fix": fix,
}
