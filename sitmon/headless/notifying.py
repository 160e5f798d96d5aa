"""`notify:` of feeds.yaml: a command of the operator's own is run when an alert rings that nobody has seen yet.

It rings when it is raised, when it comes back after an officer had seen it, and when it becomes more urgent; never at
a start, and never again for the same. No shell is in between: the words of the alert are foreign, and reach the
command as its standard input and as `SITMON_ALERT`, never among its arguments.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from sitmon import watch
from sitmon.config import Notify
from sitmon.dtg import dtg
from sitmon.model import Alert, AlertState, Entry
from sitmon.normalise import clean

PARALLEL = 4
"""Commands that run at a time."""
WAITING = 100
"""Commands that wait for a place; what comes on top is counted as failed, for a flood of alerts helps nobody."""
CHARS = 500
"""Of the line that is passed on: what a pager or a short message takes."""
GRACE = 2.0
"""Seconds that commands under way have left when the collector ends."""


class Notifier:
    """Runs the commands. Nothing that becomes of them ever reaches who tells it of alerts."""

    def __init__(
        self,
        orders: Sequence[Notify],
        alerts: Iterable[Alert],
        entries: Callable[[], tuple[Entry, ...]],
        complain: Callable[[str], None],
    ) -> None:
        """`alerts` are those that rang before; `entries` gives the watch log; `complain` hears of failures, and an
        empty text when all is well again."""
        self._orders = tuple(orders)
        self._known = {alert.id: alert for alert in alerts}
        self._entries, self._complain = entries, complain
        self._places = asyncio.Semaphore(PARALLEL)
        self._tasks: set[asyncio.Task[None]] = set()
        self.failures = 0
        """Since the start."""
        self._is_troubled = False

    def take(self, alerts: Iterable[Alert], now: datetime) -> None:
        """Alerts that were stored just now. To be called on the event loop."""
        for alert in alerts:
            before = self._known.get(alert.id)
            self._known[alert.id] = alert
            wanted = [(n, order) for n, order in enumerate(self._orders) if alert.priority in order.priorities]
            if wanted and rings(before, alert, self._entries(), now):
                for number, order in wanted:
                    self._start(number, order, alert)

    async def drain(self) -> None:
        """Wait for all that was started; each has a time limit."""
        await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """End what does not end by itself."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _start(self, number: int, order: Notify, alert: Alert) -> None:
        if len(self._tasks) >= PARALLEL + WAITING:
            self._fail(number, order, f"{len(self._tasks)} are under way already")
            return
        task = asyncio.create_task(self._run(number, order, alert))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, number: int, order: Notify, alert: Alert) -> None:
        async with self._places:
            wrong = await ran(order, told(alert), alert.priority.name)
        if wrong:
            self._fail(number, order, wrong)
        elif self._is_troubled:
            self._is_troubled = False
            self._complain("")

    def _fail(self, number: int, order: Notify, why: str) -> None:
        self.failures += 1
        self._is_troubled = True
        self._complain(f"notify[{number}] ({order.command[0]}): {why}; {self.failures} failed since the start")


def rings(before: Alert | None, alert: Alert, entries: Sequence[Entry], now: datetime) -> bool:
    """It is new to the officers now, and was not when it was last looked at, or less urgently."""
    if state(alert, entries, now) is not AlertState.NEW:  # shelved with its rule, returned or closed: nobody is called
        return False
    if before is None or alert.priority < before.priority:
        return True
    return state(before, entries, now) is not AlertState.NEW


def state(alert: Alert, entries: Sequence[Entry], now: datetime) -> AlertState | None:
    return next((folded.state for folded in watch.fold((alert,), entries, now)), None)


def told(alert: Alert) -> str:
    """One line of clean text."""
    where = alert.region or ",".join(alert.countries) or "--"
    news = f" ({alert.news})" if alert.news else ""
    line = f"{alert.priority.name} {dtg(alert.updated)} {where} {alert.rule}: {alert.title}{news}"
    return clean.shortened(clean.token(line, 10 * CHARS), CHARS)


async def ran(order: Notify, line: str, priority: str) -> str:
    """Runs the command once; what went wrong, empty for nothing."""
    environment = {**os.environ, "SITMON_ALERT": line, "SITMON_PRIORITY": priority}
    try:
        process = await started(order.command, environment)
    except (OSError, ValueError) as error:
        return f"cannot be run: {getattr(error, 'strerror', None) or error}"
    try:
        async with asyncio.timeout(order.timeout.total_seconds()):
            await process.communicate((line + "\n").encode())
    except TimeoutError:
        return f"did not end within {order.timeout.total_seconds():g} s"
    finally:
        await ended(process)
    return f"ended with {process.returncode}" if process.returncode else ""


async def started(command: Sequence[str], environment: Mapping[str, str]) -> asyncio.subprocess.Process:
    nowhere = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=nowhere,
        stderr=nowhere,
        env=dict(environment),
        start_new_session=True,  # so that what it starts can be ended with it
    )


async def ended(process: asyncio.subprocess.Process) -> None:
    """With all that it started, if it still runs."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    await process.wait()
