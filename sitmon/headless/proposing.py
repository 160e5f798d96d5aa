"""The block of a feed that is new: its id made of its title, and nothing filled in that a stranger wrote.

A title or an address that says `${cmd:…}` would be filled in when feeds.yaml is read; so no foreign word keeps one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from urllib.parse import urlsplit

from sitmon.config.secrets import has_reference, unreferenced
from sitmon.config.written import Keys

LONGEST = 40
"""Characters of an id that is made of a title."""


def proposed(url: str, title: str, lang: str | None, given: Keys, taken: Collection[str]) -> Keys:
    """Keys in the order in which a person would write them; `given` is what the operator wants, whatever the feed says.

    `url` comes from the operator, or passed `is_safe`.
    """
    keys: Keys = {"id": given.get("id") or feed_id(title, url, taken), "url": url}
    if title:
        keys["name"] = unreferenced(title)
    if lang:
        keys["lang"] = unreferenced(lang)
    return keys | given


def is_safe(address: str) -> bool:
    """A foreign address in which feeds.yaml would fill in nothing."""
    return not has_reference(address)


def feed_id(title: str, url: str, taken: Collection[str]) -> str:
    """`radio-okapi` of the title, of the host where the title has no Latin letters; with a number where it is taken."""
    host = (urlsplit(url).hostname or "feed").removeprefix("www.")
    name = slug(title) or slug(host) or "feed"
    names = [name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))]
    return next(free for free in names if free not in taken)


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words if len(words) <= LONGEST else words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]
