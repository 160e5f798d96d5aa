"""A feed as it is written: its keys with the words that stand there, `${…}` references unfilled, and as YAML again.

What is exported and imported is this, not the `Feed` that was made of it: that one holds the secrets.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from sitmon.config import Draft, check, draft_of, read_feed
from sitmon.config.document import Problems, Value, read
from sitmon.config.secrets import has_reference
from sitmon.model import Feed, Source

Raw = str | list["Raw"] | dict[str, "Raw"]
Keys = dict[str, Raw]
"""A mapping of the file: scalars as their text, lists and mappings of them."""

_BARE = {"true": True, "false": False}
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_UNFOLDED = 1 << 20
"""Width of lines: a long note stays on one."""


@dataclass(frozen=True, slots=True)
class Written:
    """One feed of the file. `keys` are its own, then those of `defaults:` that it does not say otherwise."""

    keys: Keys
    feed: Feed
    source: Source


def feeds(path: Path) -> tuple[Written, ...]:
    """Every feed of feeds.yaml and what it includes. Raises ConfigError."""
    draft = draft_of(path)
    shared = defaults(draft)
    return tuple(Written(over(shared, mapping(value)), feed, value.source) for value, feed in draft.feeds)


def over(shared: Keys, own: Keys) -> Keys:
    return own | {key: raw for key, raw in shared.items() if key not in own}


def defaults(draft: Draft) -> Keys:
    return mapping(draft.written_defaults) if draft.written_defaults else {}


def mapping(value: Value) -> Keys:
    """Its keys that hold anything."""
    entries = value.mapping(Problems()) or {}
    return {name: plain(entry) for name, (_, entry) in entries.items() if not entry.is_null}


def plain(value: Value) -> Raw:
    if (members := value.items()) is not None:
        return [plain(member) for member in members]
    return value.text if value.text is not None else mapping(value)


def texts(raw: Raw) -> list[str]:
    """Every scalar in it."""
    if isinstance(raw, str):
        return [raw]
    return [text for part in (raw.values() if isinstance(raw, dict) else raw) for text in texts(part)]


def is_mapping(raw: Raw | None) -> TypeGuard[Keys]:
    return isinstance(raw, dict)


# ---------------------------------------------------------------- to YAML


def block(keys: Keys) -> str:
    """`- id: …` and a line for each further key, the values of lists in brackets; ends with a newline."""
    entry = CommentedMap({key: _flow(raw) for key, raw in keys.items()})
    return _dumped(CommentedSeq([entry]))


def flow(raw: Raw) -> str:
    """The same on one line: `{id: …, url: …}`, or a scalar as it may stand in any place."""
    return _dumped(CommentedSeq([_flow(raw)]), flat=True).strip()[1:-1]


def _flow(raw: Raw) -> object:
    if isinstance(raw, str):
        return _BARE[raw] if raw in _BARE else int(raw) if _NUMBER.fullmatch(raw) else raw  # else it is quoted
    if isinstance(raw, dict):
        entries = CommentedMap({key: _flow(part) for key, part in raw.items()})
        entries.fa.set_flow_style()
        return entries
    members = CommentedSeq([_flow(part) for part in raw])
    members.fa.set_flow_style()
    return members


def _dumped(value: CommentedSeq, *, flat: bool = False) -> str:
    if flat:
        value.fa.set_flow_style()
    yaml, out = YAML(), io.StringIO()
    yaml.width = _UNFOLDED
    yaml.allow_unicode = True
    yaml.dump(value, out)
    return out.getvalue()


# ---------------------------------------------------------------- from words


def value_of(text: str) -> Raw | None:
    """What `[ML, BF]` or `true` is in YAML; None where it is no value."""
    root = read(Path("value"), problems := Problems(), text)
    return None if root is None or problems.errors or root.is_null else plain(root)


def tried(keys: Keys, draft: Draft) -> Feed | tuple[str, ...]:
    """The feed that such a block would make beside what `draft` holds, or all that is wrong with it."""
    problems = Problems()
    root = read(Path("feed"), problems, block(keys))
    members = list(root.items() or ()) if root else []
    if not members:
        return tuple(_bare(problem) for problem in problems.errors)
    alone = Draft(problems, defaults=draft.defaults)
    feed = read_feed(members[0], alone)
    if feed is not None:
        board = {region.id for _, region in draft.regions}
        check.check_feed(members[0], feed, draft.settings, board, problems)
    found = tuple(_bare(alone.secrets.hidden(problem)) for problem in problems.errors)
    return feed if feed is not None and not found else found


def _bare(problem: str) -> str:
    """Without the place: it stands nowhere yet."""
    return re.sub(r"^feed:\d+:\d+: (\[0\]\.?)?", "", problem)


# ---------------------------------------------------------------- secrets

_SECRET_NAMES = re.compile(r"auth|cookie|token|secret|pass|key|session|credential", re.IGNORECASE)
_USER_INFO = re.compile(r"//[^/\s]*@")


def shareable(keys: Keys) -> tuple[Keys, tuple[str, ...]]:
    """The keys without secrets that are written out, and the names of those left out; references are no secrets."""
    kept: Keys = {}
    left: list[str] = []
    for key, raw in keys.items():
        if key in {"auth", "headers"} and is_mapping(raw):
            inner = {name: part for name, part in raw.items() if not _is_secret(key, name, part)}
            left += [f"{key}.{name}" for name in raw if name not in inner]
            if inner:
                kept[key] = inner
        elif key == "proxy" and isinstance(raw, str) and _USER_INFO.search(raw) and not has_reference(raw):
            left.append(key)
        else:
            kept[key] = raw
    return kept, tuple(left)


def _is_secret(key: str, name: str, raw: Raw) -> bool:
    if not isinstance(raw, str) or has_reference(raw):
        return False
    return name not in {"type", "user"} if key == "auth" else bool(_SECRET_NAMES.search(name))
