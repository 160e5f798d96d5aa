"""Errors that reach a person: each says what is wrong, where, and what to do."""

from __future__ import annotations


class SitmonError(Exception):
    """Something the user can mend; its text is shown as it stands. `exit_code` follows the command line's contract."""

    exit_code = 1


class ConfigError(SitmonError):
    """feeds.yaml cannot be used. `problems` holds every one found, each as `file:line:column: what`."""

    exit_code = 2

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UsageError(SitmonError):
    """The command line asks for something that does not exist."""

    exit_code = 2


class StoreError(SitmonError):
    """The data folder or a journal in it cannot be read or written."""
