"""What the screen costs: `python -m tests.bench.screen [ROWS]` prints a table.

In process, on a virtual terminal of 120 columns and 40 rows: filling a list, inserting above, moving. In a pseudo-
terminal (Linux): bytes and cpu a second when idle, and with a row arriving each second.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import resource
import select
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from textual.app import App, ComposeResult
from textual.strip import Strip

from sitmon.picture import Row
from sitmon.tui.panes.timeline import Found
from sitmon.tui.themes import THEMES
from tests.desk_double import row

KEYS = 200
SECONDS = 20


class Probe(Found):
    """Tells when its last line is drawn."""

    drawn: asyncio.Event

    def render_line(self, y: int) -> Strip:
        if y == self.size.height - 1:
            self.drawn.set()
        return super().render_line(y)


class Bench(App[None]):
    """One list alone."""

    def compose(self) -> ComposeResult:
        yield Probe()

    def on_mount(self) -> None:
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"
        self.query_one(Probe).drawn = asyncio.Event()
        self.query_one(Probe).focus()


async def painted(found: Probe, rows: Sequence[Row]) -> float:
    """Seconds from giving the rows to the last line drawn."""
    found.drawn = asyncio.Event()
    began = time.perf_counter()
    found.show(rows)
    await found.drawn.wait()
    return time.perf_counter() - began


async def lists(count: int) -> Sequence[tuple[str, str]]:
    rows: list[Row] = [row(number) for number in range(count, 0, -1)]
    app = Bench()
    async with app.run_test(size=(120, 40)) as pilot:
        found = app.query_one(Probe)
        await pilot.pause()
        fill = await painted(found, rows)
        await pilot.press("j", "j", "j")
        inserts = []
        for turn in range(10):
            rows = [row(count + 50 * turn + n) for n in range(50, 0, -1)] + rows
            inserts.append(await painted(found, rows))
    return (
        (f"fill {count:,} rows to paint", f"{fill * 1000:.0f} ms"),
        ("insert 50 rows at the top", f"{statistics.median(inserts) * 1000:.0f} ms"),
        ("memory, rows and all", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"),
    )


def start(*options: str) -> tuple[subprocess.Popen[bytes], int, float]:
    """The dashboard on the desk double, in a pseudo-terminal; and the seconds until its first paint."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    environ = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    began = time.perf_counter()
    argv = [sys.executable, "-m", "tests.desk_double", *options]
    process = subprocess.Popen(argv, stdin=slave, stdout=slave, stderr=slave, env=environ)
    return process, master, _until(master, b"TIMELINE") - began


def watching(*options: str) -> tuple[str, str, str]:
    """First paint, then bytes a second and cpu per cent, while nobody presses a key."""
    process, master, first = start(*options)
    _count(master, 3)
    cpu = _cpu(process.pid)
    size = _count(master, SECONDS)
    share = (_cpu(process.pid) - cpu) / SECONDS
    process.kill()
    process.wait()
    return f"{first * 1000:.0f} ms", f"{size / SECONDS / 1000:.2f} kB/s", f"{share * 100:.1f} %"


def pressing(count: int) -> tuple[str, str, str]:
    """From a key in the timeline of `count` rows to the first byte of its repaint: p50, p99; and bytes a key."""
    process, master, _ = start("--rows", str(count))
    os.write(master, b"2")
    _count(master, 1)
    times, size = [], 0
    for turn in range(KEYS):
        began = time.perf_counter()
        os.write(master, b"\x04" if turn % 10 == 9 else b"j")
        select.select([master], [], [], 2)
        times.append((time.perf_counter() - began) * 1000)
        size += _count(master, 0.05)
    process.kill()
    process.wait()
    times.sort()
    return f"{times[KEYS // 2]:.1f} ms", f"{times[KEYS * 99 // 100]:.1f} ms", f"{size / KEYS:.0f} B"


def _until(master: int, words: bytes) -> float:
    seen = b""
    while words not in seen:
        seen += os.read(master, 65536)
    return time.perf_counter()


def _count(master: int, seconds: float) -> int:
    end, size = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        if select.select([master], [], [], left)[0]:
            size += len(os.read(master, 65536))
    return size


def _cpu(pid: int) -> float:
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    table = list(asyncio.run(lists(count)))
    keys = ("key to first byte, p50", "key to first byte, p99", "bytes a key")
    table += zip(keys, pressing(count), strict=True)
    for name, options in (("idle", ()), ("a row a second", ("--live", "--every", "1"))):
        table += zip((f"{name}: first paint", f"{name}: bytes", f"{name}: cpu"), watching(*options), strict=True)
    for name, figure in table:
        print(f"{name:<32} {figure:>12}")


if __name__ == "__main__":
    main()
