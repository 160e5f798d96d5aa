"""The way to the desk: messages of `picture`, whole and in order, or LinkLost with the reason.

On the wire each message is a pickle behind its length in four bytes, big end first. Both ends are sitmon on one
machine, parent and child: nobody else can write to the pipe.
"""

from __future__ import annotations

import asyncio
import contextlib
import pickle
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, cast

from sitmon.picture import FromDesk, ToDesk
from sitmon.wire import frame

PATIENCE = 5.0
"""Seconds that the desk has to end by itself, after Leave."""


class LinkLost(Exception):  # noqa: N818 - a state of the world that the screen shows, not a fault
    """The desk is gone; the text says why, for the officer."""


class Link(Protocol):
    """A connection to one desk."""

    async def send(self, message: ToDesk) -> None:
        """Raises LinkLost."""

    async def receive(self) -> FromDesk:
        """The next message. Raises LinkLost when the desk is gone."""

    async def close(self) -> None:
        """End the desk, which was told to Leave; kill it if it stays."""


Connect = Callable[[], Awaitable[Link]]
"""Opens a link; raises LinkLost or OSError when it cannot."""


class PipeLink:
    """A desk that runs as a child process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._last_words = b""
        self._errors = asyncio.create_task(self._hear_errors())

    async def send(self, message: ToDesk) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(frame(message))
            await self._process.stdin.drain()
        except (ConnectionError, RuntimeError) as error:
            raise LinkLost(await self._why()) from error

    async def receive(self) -> FromDesk:
        assert self._process.stdout is not None
        try:
            size = int.from_bytes(await self._process.stdout.readexactly(4), "big")
            body = await self._process.stdout.readexactly(size)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise LinkLost(await self._why()) from error
        return cast(FromDesk, pickle.loads(body))

    async def close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), PATIENCE)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        self._errors.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._errors

    async def _hear_errors(self) -> None:
        """Keep the last words: written straight to the terminal they would tear the screen."""
        assert self._process.stderr is not None
        while chunk := await self._process.stderr.read(4096):
            self._last_words = (self._last_words + chunk)[-2000:]

    async def _why(self) -> str:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._errors), 1)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), 1)
        lines = self._last_words.decode(errors="replace").strip().splitlines()
        return f"the desk ended (code {self._process.returncode})" + (f": {lines[-1]}" if lines else "")


def to_desk(argv: Sequence[str]) -> Connect:
    """Starts `argv` as the desk, each time it is called."""

    async def connect() -> Link:
        return PipeLink(await asyncio.create_subprocess_exec(*argv, stdin=PIPE, stdout=PIPE, stderr=PIPE))

    return connect
