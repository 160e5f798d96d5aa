"""What a process and all below it take of the machine. Linux only: it reads /proc."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

NOT_OURS: set[int] = set()
"""Children that belong to the measurement."""


def tree_memory() -> int:
    """MiB that this process and all below it hold in memory, shared pages counted once (PSS)."""
    return sum(_pss(pid) for pid in _tree(os.getpid())) // 1024


def tree_cpu() -> float:
    """CPU seconds of all processes below this one that still run."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for pid in _tree(os.getpid())[1:]:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def adopt() -> None:
    """What a command leaves behind at its end, such as a fork server, becomes ours to wait for."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)


def children() -> set[int]:
    return set(map(int, Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()))


def bury(left: Iterable[int]) -> None:
    """Wait for what ends by itself, so that its CPU time counts."""
    for child in left:
        os.waitpid(child, 0)


_SET_CHILD_SUBREAPER = 36
"""prctl(2), linux/prctl.h."""


def _tree(root: int) -> list[int]:
    """The process and its descendants, but for the feed farm."""
    found = [root]
    for child in Path(f"/proc/{root}/task/{root}/children").read_text().split():
        if int(child) not in NOT_OURS:
            found += _tree(int(child))
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
