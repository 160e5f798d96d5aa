"""The desk: a seat's second process, which owns store and folds so that the screen never waits for them.

It follows what the collector and other seats append, sends a new Situation at most once a second when something
changed, and answers the screen's questions in between. It is plain and synchronous: one loop, one inbox.
"""

from __future__ import annotations

import gc
import queue
import sys
import threading
import time
from dataclasses import replace
from typing import BinaryIO

from sitmon import config as configuring
from sitmon import wire
from sitmon.desk.attach import Attachment
from sitmon.errors import ConfigError, SitmonError, StoreError
from sitmon.options import Options
from sitmon.picture import (
    Act,
    AskCard,
    AskPage,
    AskRecord,
    AskSheet,
    Done,
    FromDesk,
    Leave,
    LookBack,
    Page,
    Refused,
    Situation,
)
from sitmon.room import Room, open_room
from sitmon.room.showing import Showing

TICK = 1.0
"""Seconds between two looks at what others appended, and so between two Situations."""

FILLING = 0.25
"""Seconds of reading at the start between two looks at the inbox: the timeline answers while stories are folded."""

REASSESS = 30.0
"""Seconds after which levels and ages are worked out anew though nothing arrived: they decay with time."""


def run(options: Options) -> int:
    """Serve one screen over stdin and stdout until it leaves or dies."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not tear a message
    inbox: queue.SimpleQueue[object | None] = queue.SimpleQueue()
    threading.Thread(target=hear, args=(sys.stdin.buffer, inbox), daemon=True).start()
    room = open_room(options, role="seat")
    attachment = Attachment(options.folder, collector_arguments(options))
    try:
        Desk(room, attachment, inbox, out).serve()
    except BrokenPipeError:
        return 0  # the screen died; there is nobody left to tell
    finally:
        attachment.end()
        room.close()
    return 0


def hear(pipe: BinaryIO, inbox: queue.SimpleQueue[object | None]) -> None:
    """Messages into the inbox; None when the screen is gone."""
    while (message := wire.read(pipe)) is not None:
        inbox.put(message)
    inbox.put(None)


def collector_arguments(options: Options) -> list[str]:
    arguments = ["--config", str(options.config), "--data", str(options.folder)]
    return [*arguments, "--clock", options.clock] if options.clock else arguments


class Desk:
    """One screen's questions, and what is sent without being asked."""

    def __init__(
        self, room: Room, attachment: Attachment, inbox: queue.SimpleQueue[object | None], out: BinaryIO
    ) -> None:
        self._room = room
        self._showing = Showing(room)
        self._attachment = attachment
        self._inbox = inbox
        self._out = out
        self._sent: Situation | None = None
        self._settled = 0.0
        self._stamps = room.config.stamps()
        self._bad_config: str | None = None

    def serve(self) -> None:
        """Until the screen leaves."""
        next_look = time.monotonic()
        while True:
            wait = max(next_look - time.monotonic(), 0.0) if self._room.is_filled else 0.0
            try:
                message = self._inbox.get(timeout=wait)
            except queue.Empty:
                self._look()
                next_look = time.monotonic() + TICK
                continue
            if message is None or isinstance(message, Leave):
                return
            try:
                self._send(self._answer(message))
            except StoreError as error:
                self._send(Page(message.query, 0, 0, (), error=str(error)) if isinstance(message, AskPage) else None)
            if isinstance(message, Act | LookBack):
                next_look = time.monotonic()

    def _look(self) -> None:
        """Take in what others did; tell the screen when the picture is another one."""
        self._attachment.keep()
        self._reload()
        try:
            situation = self._situation()
        except StoreError as error:
            if self._sent is None:
                raise
            situation = replace(self._sent, trouble=(str(error),))
        if self._sent is None or differs(self._sent, situation):
            self._sent = situation
            self._send(situation)

    def _situation(self) -> Situation:
        """The picture with all that arrived, and as time wears on. Raises StoreError."""
        changed = self._room.follow()
        if not self._room.is_filled:
            self._room.fill(FILLING)
            changed = True
            if self._room.is_filled:
                gc.freeze()  # what was read stays: to look through 30,000 items for garbage took 0.9 s each time
        due = time.monotonic() - self._settled > REASSESS
        if due and not changed:
            self._room.settle()
        if changed or due:
            self._settled = time.monotonic()
            self._showing.anew()
        trouble = tuple(words for words in (self._attachment.trouble, self._bad_config) if words)
        return self._showing.situation(self._doing(), trouble, exercise=self._room.clock.is_exercise)

    def _doing(self) -> str:
        """What goes on, for the clock line."""
        if not self._room.is_filled:
            return "reading what is stored"
        if self._room.clock.is_over:
            return "exercise over: demo --restart"
        return self._attachment.doing

    def _reload(self) -> None:
        """Another feeds.yaml takes effect at once; one that cannot be used is told, and the last good one stays."""
        stamps = self._room.config.stamps()
        if stamps == self._stamps:
            return
        self._stamps = stamps
        try:
            config = configuring.load(self._room.config.path)
        except ConfigError as error:
            self._bad_config = f"feeds.yaml cannot be used, the last good one stays: {error.problems[0]}"
            return
        self._bad_config = None
        self._stamps = config.stamps()
        self._room.configure(config)
        self._showing.begin()

    def _answer(self, message: object) -> FromDesk | None:
        match message:
            case AskPage(query, offset, limit):
                return self._showing.page(query, offset, limit)
            case AskCard(item):
                return self._showing.card(item)
            case AskRecord(subject):
                return self._showing.record(subject)
            case AskSheet():
                return self._showing.sheet()
            case LookBack(as_of):
                self._room.look_back(as_of)
                self._showing.begin()
                return None
            case Act():
                return self._act(message)
        raise TypeError(f"no message of a screen: {message!r}")

    def _act(self, act: Act) -> Done | Refused:
        """Into the watch log first: the screen is told once it is durable."""
        try:
            note = self._room.act(act.verb, act.subject, act.text, act.until, act.data)
        except SitmonError as error:
            return Refused(act.verb, act.subject, str(error))
        self._showing.anew()
        return Done(act.verb, act.subject, note)

    def _send(self, message: FromDesk | None) -> None:
        if message is not None:
            self._out.write(wire.frame(message))
            self._out.flush()


def differs(before: Situation, after: Situation) -> bool:
    """Something shown is another, the clock aside."""
    return replace(after, as_of=before.as_of) != before
