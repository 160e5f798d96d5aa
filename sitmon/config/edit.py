"""Changes feeds.yaml where it stands: blocks more, or one value of a feed. All else stays byte for byte.

ruamel says where everything stands (`splice`), and the text is changed there. Its own round trip would pull columns
together and fold anew: 44 lines of the feeds.yaml that ships. Every change is read back before it is kept and must give
just the configuration that was meant, so that no way of writing YAML can make it go wrong unseen.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sitmon.config import Config, Draft, check, config_of, draft_of, splice, stamp
from sitmon.config.written import Keys
from sitmon.errors import ConfigError, SitmonError
from sitmon.model import Source

BACKUP = ".bak"
"""The file as it was before stands beside it under its name and this."""
BOM = "\ufeff"


@dataclass(slots=True)
class _Text:
    """What stands in a file, without its mark and lines ending in `\\n`, and how to write it as it was written."""

    text: str
    bom: bool
    newline: str

    @staticmethod
    def read(file: Path) -> _Text:
        text = file.read_bytes().decode("utf-8")
        bare = text.removeprefix(BOM)
        dos = bare.count("\r\n") == bare.count("\n") > 0
        return _Text(bare.replace("\r\n", "\n") if dos else bare, bare != text, "\r\n" if dos else "\n")

    def data(self) -> bytes:
        text = self.text.replace("\n", "\r\n") if self.newline == "\r\n" else self.text
        return (self.bom * BOM + text).encode("utf-8")


@dataclass(frozen=True, slots=True)
class _Found:
    """A change that was read back, and is yet to be kept."""

    file: Path
    files: dict[Path, _Text]
    draft: Draft
    config: Config


class Editor:
    """Changes to feeds.yaml and what it includes; nothing is on the disk before `save`. Raises ConfigError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.draft: Draft = draft_of(path)
        self._files = {file: _Text.read(file) for file in self.draft.files}
        self._stamps = {file: stamp(file) for file in self.draft.files}
        self._changed: list[Path] = []

    @property
    def config(self) -> Config:
        return config_of(self.draft, self.path)

    def add(self, feeds: Sequence[Keys]) -> tuple[Source, ...]:
        """Put feeds at the end of `feeds:` in the main file; where they stand now.

        Raises ConfigError that names both lines where an id or a URL is there already.
        """
        before, ids = self.config, [str(keys["id"]) for keys in feeds]
        found = self._read(self.path, splice.with_feeds(self._files[self.path].text, self.path, feeds))
        added = {feed.id: feed for feed in found.config.feeds if feed.id in ids}
        others = tuple(feed for feed in found.config.feeds if feed.id not in added)
        if len(added) != len(feeds) or _meant(before) != _meant(replace(found.config, feeds=others)):
            raise _by_hand(Source(str(self.path), 1, 1))
        self._keep(found)
        return tuple(added[name].source or Source(str(self.path), 1, 1) for name in ids)

    def set(self, feed: str, key: str, value: str) -> Source:
        """Give one key of a feed another value; where the feed stands."""
        before = self.config
        entry = next(entry for entry, known in self.draft.feeds if known.id == feed)
        file = Path(entry.file)
        found = self._read(file, splice.with_value(self._files[file].text, entry, key, value))
        after = {known.id: known for known in found.config.feeds}
        changes = {name: getattr(after.get(feed), name, None) for name in (key, "address")}
        wanted = tuple(check.replaced(known, **changes) if known.id == feed else known for known in before.feeds)
        if _meant(replace(before, feeds=wanted)) != _meant(found.config):
            raise _by_hand(entry.source)
        self._keep(found)
        return entry.source

    def save(self) -> None:
        """Write what was changed. Raises SitmonError; a file is then as it was, or as it was to be."""
        for file in self._changed:
            if stamp(file) != self._stamps[file]:
                raise SitmonError(f"{file}: somebody has just changed it; nothing was written to it, run this again")
            _put(file.resolve(), self._files[file].data())  # a link stays one
            self._stamps[file] = stamp(file)
        self._changed.clear()

    def _read(self, file: Path, text: str) -> _Found:
        """What there would be. Raises ConfigError where it could not be used."""
        files = {**self._files, file: replace(self._files[file], text=text)}
        draft = draft_of(self.path, {name: content.text for name, content in files.items()})
        return _Found(file, files, draft, config_of(draft, self.path))

    def _keep(self, found: _Found) -> None:
        self._files, self.draft = found.files, found.draft
        self._changed = [*(name for name in self._changed if name != found.file), found.file]


def _by_hand(source: Source) -> ConfigError:
    return ConfigError((f"{source}: written in a way that cannot be changed safely here; change it by hand",))


def _meant(config: Config) -> tuple[Any, ...]:
    """All that the configuration means, wherever in the file it stands."""
    lists = (config.feeds, config.regions, config.rules, config.places, config.actors, config.notify)
    return (config.settings, config.keys, *([replace(each, source=None) for each in nouns] for nouns in lists))


def _put(file: Path, data: bytes) -> None:
    """All of it or nothing: beside the file, durable, then in its place, with its mode and owner."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", suffix=".new", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            with suppress(
                OSError, AttributeError
            ):  # root may have to keep an operator's file his; Windows has no owners
                os.chown(name, file.stat().st_uid, file.stat().st_gid)
            shutil.copymode(file, name)
            backup = file.with_name(file.name + BACKUP)
            shutil.copyfile(file, backup)
            shutil.copystat(file, backup)
            Path(name).replace(file)
        except OSError:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise SitmonError(f"{file}: cannot be written: {error.strerror or error}") from error
