"""Secrets taken out of what a server answers. Pure.

A feed's address with a secret is what relative links hang on, and a server may say back what it was told: in a
redirect, a title, a validator. So what leaves `fetch` has `***` in its place, however it is written.
"""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from functools import lru_cache
from html import escape
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from sitmon.answer import Answer, Failed, Moved, NotModified
from sitmon.model import Feed

HIDDEN: Final = "***"
TELLING: Final = 8
"""Characters of a value that is looked for in a body: a shorter one, as a language or a user, stands in every other
word, and is no secret that holds."""
_PLACE: Final = re.compile(r"[a-z]+://[^/?#]*", re.IGNORECASE)


def hidden(answer: Answer, feed: Feed) -> Answer:
    """The answer as it may be read, stored and shown."""
    if not feed.secrets or isinstance(answer, Failed):
        return answer
    etag, modified = _validator(answer.etag, feed), _validator(answer.last_modified, feed)
    answer = replace(answer, etag=etag, last_modified=modified, moved=_moved(answer.moved, feed))
    if isinstance(answer, NotModified):
        return answer
    data = answer.data
    for form in _telling(feed):
        data = data.replace(form.encode(), HIDDEN.encode())
    return replace(answer, data=data, url=_url(answer.url, feed))


def _url(address: str, feed: Feed) -> str:
    """An address without secrets in its path and query. A host is none: every name server hears it."""
    place = _PLACE.match(address)
    host = place[0] if place else ""
    path = address[len(host) :]
    for form in _forms(feed.secrets):
        path = path.replace(form, HIDDEN)
    if any(value in unquote(path) for value in feed.secrets):  # written in a way that we do not know
        path = "/"
    return host + path


def _moved(to: Moved | None, feed: Feed) -> Moved | None:
    """A place with a secret in it is followed and never suggested: feeds.yaml must not hold it."""
    if to is None or _url(to.url, feed) == to.url:
        return to
    return Moved(_url(to.url, feed), permanent=False)


def _validator(said: str | None, feed: Feed) -> str | None:
    """None for one with a secret in it: states are stored and shown."""
    return None if said is not None and any(form in said for form in _telling(feed)) else said


def _telling(feed: Feed) -> tuple[str, ...]:
    """What is looked for in a body, the longest first; nothing that is part of a host, as links are full of those."""
    host = urlsplit(feed.address).netloc if feed.address else ""
    values = [value for value in feed.secrets if len(value) >= TELLING and "://" not in value and value not in host]
    auth = dict(feed.auth)
    if auth.get("type") == "basic":
        values.append(base64.b64encode(f"{auth.get('user')}:{auth.get('password')}".encode()).decode())
    return _forms(tuple(values))


@lru_cache(maxsize=1024)
def _forms(secrets: tuple[str, ...]) -> tuple[str, ...]:
    """How the secrets may be written: as they are, in an address, in markup."""
    forms = {form for value in secrets for form in (value, quote(value), quote(value, safe=""), escape(value))}
    return tuple(sorted(forms, key=len, reverse=True))
