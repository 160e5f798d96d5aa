"""Keeps a desk at hand: starts it, passes messages both ways, starts it again when it died.

It promises that an officer's act is never lost without a word: what cannot be sent is refused at once, and what a
dying desk left unconfirmed is named.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from sitmon.picture import Act, Done, FromDesk, Leave, Refused, ToDesk
from sitmon.tui.link import Connect, Link, LinkLost

RETRY = 3.0
"""Seconds before a desk that ended is started again."""


class Exchange:
    """`heard` gets what the desk says; `changed` gets why there is none, or an empty string when there is one again."""

    def __init__(self, connect: Connect, heard: Callable[[FromDesk], object], changed: Callable[[str], object]) -> None:
        self._connect, self._heard, self._changed = connect, heard, changed
        self._link: Link | None = None
        self._outbox: asyncio.Queue[ToDesk] = asyncio.Queue()
        self._leaving = False
        self.unconfirmed: list[Act] = []
        """Acts that the desk has neither done nor refused yet, oldest first."""

    @property
    def is_idle(self) -> bool:
        """Whether all that was told is on its way."""
        return self._outbox.empty()

    def tell(self, message: ToDesk) -> bool:
        """Send it; False when there is no desk to send it to."""
        if self._link is None:
            return False
        if isinstance(message, Act):
            self.unconfirmed.append(message)
        self._outbox.put_nowait(message)
        return True

    async def keep(self) -> None:
        """Run until `leave`."""
        while not self._leaving:
            try:
                self._link = link = await self._connect()
            except (LinkLost, OSError) as error:
                self._changed(str(error))
                await asyncio.sleep(RETRY)
                continue
            await self._listen(link)

    async def _listen(self, link: Link) -> None:
        """Pass on what this desk says, until it ends."""
        sender = asyncio.create_task(self._send_all(link))
        speaks = False
        try:
            while True:
                message = await link.receive()
                if not speaks:
                    speaks = True
                    self._changed("")  # not before: until it speaks, what is on the screen may be old
                if isinstance(message, Done | Refused):
                    self._confirm(message.verb, message.subject)
                self._heard(message)
        except LinkLost as error:
            self._link = None
            if self._leaving:
                return
            self._outbox = asyncio.Queue()  # its questions are asked again, and its acts are named as unconfirmed
            self._changed(str(error))
            self.unconfirmed.clear()
            await link.close()
            await asyncio.sleep(RETRY)
        finally:
            sender.cancel()

    def _confirm(self, verb: str, subject: str) -> None:
        for act in self.unconfirmed:
            if (act.verb, act.subject) == (verb, subject):
                self.unconfirmed.remove(act)
                return

    async def _send_all(self, link: Link) -> None:
        with contextlib.suppress(LinkLost):  # the listener hears of it too, and tells
            while True:
                await link.send(await self._outbox.get())

    async def leave(self) -> None:
        """Let the desk end by itself; what was told before is told first."""
        self._leaving = True
        if (link := self._link) is None:
            return
        while not self._outbox.empty():
            await asyncio.sleep(0.01)
        with contextlib.suppress(LinkLost):
            await link.send(Leave())
        await link.close()
