"""`${env:X}`, `${file:/path}` and `${cmd:words}` in values, so that no secret stands in feeds.yaml.

What comes out is used and never shown: errors name the reference, not the value (`Secrets.hidden`).
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sitmon.config.build import UnreadableError

REFERENCE = re.compile(r"\$\{([^}]*)\}")
SECONDS = 10
"""How long a `cmd` may take: a password manager that waits for a person must not hold up the start for ever."""


SHORTEST = 4
"""Characters of a value that is hidden: a shorter one is no secret, and stands in every other word."""


@dataclass(slots=True)
class Secrets:
    """What the references of one configuration stand for."""

    values: dict[str, str] = field(default_factory=dict)
    """Value to reference."""

    def expand(self, text: str) -> str:
        """`text` with every reference filled in. Raises UnreadableError where one cannot be."""
        return REFERENCE.sub(self._filled, text)

    def hidden(self, problem: str) -> str:
        """A problem as it may be shown: with references in place of what they stand for."""
        for value, reference in self.values.items():
            problem = problem.replace(value, reference).replace(repr(value)[1:-1], reference)
        return problem

    def within(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Those that stand in any of the texts."""
        told = tuple(texts)
        return tuple(value for value in self.values if any(value in text for text in told))

    def _filled(self, found: re.Match[str]) -> str:
        value = resolve(found[1])
        if len(value) >= SHORTEST:
            self.values[value] = found[0]
        return value


def has_reference(text: str) -> bool:
    return "${" in text


def unreferenced(foreign: str) -> str:
    """Foreign text in which nothing is filled in: a feed's title that says `${cmd:…}` must never run."""
    return foreign.replace("${", "$ {")


def resolve(reference: str) -> str:
    kind, _, name = reference.partition(":")
    if kind == "env":
        value = os.environ.get(name)
        if value is None:
            raise UnreadableError(f"${{{reference}}}: the environment variable {name} is not set")
        return value
    if kind == "file":
        return from_file(reference, name)
    if kind == "cmd":
        return from_command(reference, name)
    raise UnreadableError(f"${{{reference}}}: write ${{env:NAME}}, ${{file:/path}} or ${{cmd:command}}")


def from_file(reference: str, name: str) -> str:
    try:
        return Path(name).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"${{{reference}}}: {type(error).__name__}: the file cannot be read") from None


def from_command(reference: str, line: str) -> str:
    try:
        done = subprocess.run(
            shlex.split(line), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS, check=True
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise UnreadableError(f"${{{reference}}}: the command failed ({type(error).__name__})") from None
    return done.stdout.strip()
