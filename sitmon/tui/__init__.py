"""The dashboard in a terminal: a process that shows what the desk says. Imports textual, `model` and `picture` only.

`run` is what the command line calls; READ app.py FIRST, then screens/watch.py and widgets/lines.py.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from sitmon.tui.link import Connect, Link, LinkLost, to_desk

__all__ = ["Connect", "Link", "LinkLost", "run", "to_desk"]


def run(
    connect: Connect,
    *,
    zone: str | None = None,
    theme: str | None = None,
    ascii: bool = False,  # noqa: A002 - the command line's word
    mouse: bool = True,
    keys: Mapping[str, str] | None = None,
    exercise: bool = False,
) -> int:
    """Show the watch until the officer leaves; the exit code.

    `connect` opens the link to a desk, as `to_desk(argv)` makes one. `zone` is the IANA name of the second clock,
    `theme` a name of `themes.NAMES`, `keys` maps ids of `keys.KEYS` to other keys. ASCII is chosen by the locale, too.
    """
    os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")  # read when textual is imported: hence before the next line
    from sitmon.tui.app import SitmonApp
    from sitmon.tui.guard import needs_ascii

    app = SitmonApp(connect, zone=zone, theme=theme, ascii_only=ascii or needs_ascii(), rebound=keys, exercise=exercise)
    code = app.run(mouse=mouse)
    return (app.return_code or 0) if code is None else code
