"""feeds.yaml -> Config: every error of every file in one run, each with `file:line:column`.

After this module everything may assume: ids are unique, references lead somewhere, values are in range, defaults are
filled in. A file that does not give that raises ConfigError and leaves whatever ran before untouched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from sitmon.config import check
from sitmon.config.build import build, read_value
from sitmon.config.document import Problems, Value, nearest, read
from sitmon.config.secrets import Secrets
from sitmon.errors import ConfigError
from sitmon.model import ActorEntry, Feed, PlaceEntry, Priority, Region, Source
from sitmon.rules import KINDS, Rule

VERSION = "1"

FEED_KEYS = tuple(f.name for f in fields(Feed) if f.name not in {"source", "address", "secrets"})

LISTS = ("feeds", "rules", "places", "actors")
INCLUDED = ("regions", *LISTS)
"""What an included file may hold: settings and defaults stand in the main file alone, so that there is one answer."""
KEYS = ("version", "settings", "defaults", "include", *INCLUDED, "keys", "notify")


@dataclass(frozen=True, slots=True)
class Settings:
    """How sitmon as a whole behaves."""

    keep: timedelta = timedelta(days=400)
    """How long items are kept; whole months go when their last day is older."""
    parallel: int = 128
    """How many feeds are fetched at a time: 50 would take 3 s for 500 answers of 300 ms, which two processors read in
    as long. Each holds a socket, of which macOS gives a process 256. What spares publishers are `per_host` and
    `host_gap`."""
    per_host: int = 1
    host_gap: timedelta = timedelta(seconds=2)
    """Least time between two requests to one host."""
    min_interval: timedelta = timedelta(minutes=5)
    contact: str = ""
    """Mail address or page that publishers can turn to; it goes into the User-Agent."""
    local_zone: str | None = None
    """IANA zone of the second clock."""
    initials: str = ""
    """Of the officer, for the watch log; the login name when empty."""


@dataclass(frozen=True, slots=True)
class Notify:
    """A command to run when an alert rings; see `headless.notifying`."""

    command: tuple[str, ...]
    """The program and its arguments, as they are: there is no shell."""
    priorities: tuple[Priority, ...] = (Priority.P1,)
    timeout: timedelta = timedelta(seconds=10)
    """After which it is ended."""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """What the operator wrote, whole and checked."""

    path: Path
    settings: Settings = Settings()
    feeds: tuple[Feed, ...] = ()
    regions: tuple[Region, ...] = ()
    """The board, in the order of the file."""
    rules: tuple[Rule, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
    actors: tuple[ActorEntry, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    """Action id to key, for keys that the officer wants elsewhere."""
    notify: tuple[Notify, ...] = ()
    files: tuple[Path, ...] = ()
    """The file and all that it includes: what to watch for changes."""
    warnings: tuple[str, ...] = ()
    """What can be used but will not do what it seems to, each with `file:line:column`."""

    def stamps(self) -> tuple[tuple[int, int], ...]:
        """Time and size of every file, (0, 0) for one that is gone: another value means that somebody edited one."""
        return tuple(stamp(file) for file in self.files)

    @property
    def enabled(self) -> tuple[Feed, ...]:
        return tuple(feed for feed in self.feeds if feed.enabled)


def stamp(file: Path) -> tuple[int, int]:
    try:
        stat = file.stat()
    except OSError:
        return 0, 0  # an editor may just be putting the new one in its place
    return stat.st_mtime_ns, stat.st_size


@dataclass(slots=True)
class Draft:
    """What has been read so far, over all files."""

    problems: Problems = field(default_factory=Problems)
    secrets: Secrets = field(default_factory=Secrets)
    defaults: Feed = field(default_factory=lambda: Feed("", ""))
    feeds: list[tuple[Value, Feed]] = field(default_factory=list)
    regions: list[tuple[Value, Region]] = field(default_factory=list)
    rules: list[tuple[Value, Rule]] = field(default_factory=list)
    places: list[tuple[Value, PlaceEntry]] = field(default_factory=list)
    actors: list[tuple[Value, ActorEntry]] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    settings: Settings = Settings()
    keys: tuple[tuple[str, str], ...] = ()
    notify: list[tuple[Value, Notify]] = field(default_factory=list)
    written_defaults: Value | None = None
    written_settings: Value | None = None
    instead: Mapping[Path, str] = field(default_factory=dict)
    """Texts that are to stand in files, to be read in the place of what stands there."""


def load(path: Path) -> Config:
    """The configuration in `path` and what it includes. Raises ConfigError with every problem of all of them."""
    return config_of(draft_of(path), path)


def draft_of(path: Path, instead: Mapping[Path, str] | None = None) -> Draft:
    """All that is read, with where it stands. Raises ConfigError."""
    draft = Draft(instead=instead or {})
    root = read(path, draft.problems, draft.instead.get(path))
    if root is not None:
        read_main(root, path, draft)
    check.all_of(draft, draft.settings)
    if draft.problems.errors:
        raise ConfigError(tuple(map(draft.secrets.hidden, draft.problems.errors)))
    return draft


def config_of(draft: Draft, path: Path) -> Config:
    return Config(
        path=path,
        settings=draft.settings,
        feeds=tuple(feed for _, feed in draft.feeds),
        regions=tuple(region for _, region in draft.regions),
        rules=tuple(rule for _, rule in draft.rules),
        places=tuple(place for _, place in draft.places),
        actors=tuple(actor for _, actor in draft.actors),
        keys=draft.keys,
        notify=tuple(order for _, order in draft.notify),
        files=tuple(draft.files),
        warnings=tuple(map(draft.secrets.hidden, draft.problems.warnings)),
    )


def read_main(root: Value, path: Path, draft: Draft) -> None:
    draft.files.append(path)
    problems = draft.problems
    entries = top_level(root, KEYS, problems)
    check_version(root, entries, problems)
    if value := entries.get("settings"):
        draft.written_settings = value
        draft.settings = build(Settings, value, problems, draft.secrets.expand) or draft.settings
    if value := entries.get("defaults"):
        draft.written_defaults = value
        draft.defaults = read_defaults(value, draft) or draft.defaults
    read_lists(entries, draft)
    if value := entries.get("include"):
        read_includes(value, path, draft)
    for value in members(entries, "notify", problems):
        if order := build(Notify, value, problems, draft.secrets.expand):
            draft.notify.append((value, order))
    if value := entries.get("keys"):
        draft.keys = read_value(tuple[tuple[str, str], ...], value, problems, draft.secrets.expand)


def top_level(root: Value, valid: tuple[str, ...], problems: Problems) -> dict[str, Value]:
    """The file's own keys that hold anything; unknown ones are problems."""
    entries = root.mapping(problems)
    if entries is None:
        problems.error(root, "expected keys such as `version:` and `feeds:` at the top of the file")
        return {}
    for name, (key, _) in entries.items():
        if name not in valid:
            problems.error(key, f"{name}: unknown key{nearest(name, valid)}")
    return {name: value for name, (_, value) in entries.items() if name in valid and not value.is_null}


def check_version(root: Value, entries: dict[str, Value], problems: Problems) -> None:
    version = entries.get("version")
    if version is None:
        problems.error(root, "version: missing; write `version: 1` as the first line")
    elif version.text != VERSION:
        problems.error(version, f"version: {version.text!r} is not known to this sitmon, which reads version 1")


def read_defaults(value: Value, draft: Draft) -> Feed | None:
    """Any key of a feed but its id and url, as a feed that every other is based on."""
    problems = draft.problems
    entries = value.mapping(problems) or {}
    for name in ("id", "url"):
        if name in entries:
            problems.error(entries[name][0], f"defaults.{name}: cannot be the same for every feed")
    return build(Feed, value, problems, draft.secrets.expand, base=Feed("", ""))


def read_lists(entries: dict[str, Value], draft: Draft) -> None:
    problems = draft.problems
    for value in members(entries, "feeds", problems):
        if feed := read_feed(value, draft):
            draft.feeds.append((value, feed))
    for value in members(entries, "rules", problems):
        if rule := read_rule(value, draft):
            draft.rules.append((value, rule))
    for value in members(entries, "places", problems):
        if place := build(PlaceEntry, value, problems, draft.secrets.expand):
            draft.places.append((value, place))
    for value in members(entries, "actors", problems):
        if actor := build(ActorEntry, value, problems, draft.secrets.expand):
            draft.actors.append((value, actor))
    if "regions" in entries:
        read_regions(entries["regions"], draft)


def members(entries: dict[str, Value], name: str, problems: Problems) -> list[Value]:
    if name not in entries:
        return []
    found = entries[name].items()
    if found is None:
        problems.error(entries[name], f"{name}: expected a list; start each entry with `- `")
        return []
    return list(found)


def read_feed(value: Value, draft: Draft) -> Feed | None:
    """A feed; where its url holds a `${…}`, the url shown keeps it and only the address has the secret."""
    problems = draft.problems
    before = len(problems.errors)
    missing = {"id", "url"} - set(value.mapping(Problems()) or {"id", "url"})
    for name in sorted(missing):
        problems.error(value, f"{value.path}: {name!r} is missing")
    feed = build(Feed, value, problems, draft.secrets.expand, base=draft.defaults)
    if feed is None or len(problems.errors) > before:
        return None
    entries = value.mapping(Problems()) or {}
    written = entries["url"][1].text or ""
    if written != feed.url:
        feed = check.replaced(feed, url=written, address=feed.url)
    secrets = draft.secrets.within((feed.address, *(said for _, said in (*feed.headers, *feed.auth))))
    return check.replaced(feed, secrets=secrets) if secrets else feed


def read_rule(value: Value, draft: Draft) -> Rule | None:
    """A rule of the kind it names; the kind's own fields are its keys."""
    problems = draft.problems
    entries = value.mapping(problems)
    kinds = {kind.kind: kind for kind in KINDS}
    if entries is None or "kind" not in entries:
        problems.error(value, f"{value.path}: 'kind' is missing{nearest('', tuple(kinds))}")
        return None
    name = entries["kind"][1].text or ""
    if name not in kinds:
        problems.error(entries["kind"][1], f"{value.path}.kind: {name!r} is not a kind{nearest(name, tuple(kinds))}")
        return None
    return build(kinds[name], value.without("kind"), problems, draft.secrets.expand)


def read_regions(value: Value, draft: Draft) -> None:
    entries: dict[str, tuple[Value, Value]] | None = value.mapping(draft.problems)
    if entries is None:
        draft.problems.error(value, "regions: expected a mapping, as `sahel: {name: Sahel, countries: [ML, BF, NE]}`")
        return
    for name, (_, entry) in entries.items():
        if region := build(Region, entry, draft.problems, draft.secrets.expand, base=Region(name, name)):
            draft.regions.append((entry, region))


def read_includes(value: Value, path: Path, draft: Draft) -> None:
    patterns: Any = read_value(tuple[str, ...], value, draft.problems, draft.secrets.expand)
    for pattern in patterns:
        if "://" in pattern or Path(pattern).is_absolute():
            draft.problems.error(value, f"include: {pattern!r}: only paths relative to this file")
            continue
        found = sorted(path.parent.glob(pattern))
        if not found and "*" not in pattern:
            draft.problems.error(value, f"include: {pattern!r}: no such file beside {path}")
        for file in found:
            read_included(file, value, draft)


def read_included(file: Path, value: Value, draft: Draft) -> None:
    if any(file.samefile(seen) for seen in draft.files):
        draft.problems.error(value, f"include: {file} is included twice, or by itself")
        return
    draft.files.append(file)
    root = read(file, draft.problems, draft.instead.get(file))
    if root is not None:
        read_lists(top_level(root, INCLUDED, draft.problems), draft)
