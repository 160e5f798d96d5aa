"""What a poll reports while it runs: one outcome a feed, then the end of the round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FeedPolled:
    """The feed answered, and what it brought is durable."""

    feed: str
    status: Literal["ok", "not_modified"]
    items: int
    new: int
    ms: int


@dataclass(frozen=True, slots=True)
class FeedFailed:
    """The feed could not be read this time; nothing of it was lost."""

    feed: str
    kind: str
    """dns connect timeout tls http redirect too_large refused parse blocked gone worker internal"""
    message: str
    ms: int


@dataclass(frozen=True, slots=True)
class FeedSkipped:
    """Not asked this round, and why: in back-off, or stopped."""

    feed: str
    reason: str


@dataclass(frozen=True, slots=True)
class NetworkLost:
    """Not one of `feeds` feeds, on several hosts, could be reached: this machine is offline, no feed is to blame."""

    feeds: int
    message: str


@dataclass(frozen=True, slots=True)
class PollStarted:
    """A round begins, of so many feeds."""

    feeds: int


@dataclass(frozen=True, slots=True)
class PollFinished:
    """The round is over. `feeds` counts those that were asked."""

    feeds: int
    ok: int
    not_modified: int
    failed: int
    new: int
    ms: int


PollEvent = PollStarted | FeedPolled | FeedFailed | FeedSkipped | NetworkLost | PollFinished
