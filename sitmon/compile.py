"""Compile the stages that do most of the work with mypyc, where the machine has a C compiler.

The same code runs either way, up to five times as fast compiled (`python -m tests.bench.tagging` says which it
measured). hatchling calls `Compiled` when a wheel is built, and for an editable install, where the libraries lie beside
their sources: install again after a change to a compiled file, which tests/conftest.py reminds of. Where compiling
fails, the install says so and goes on in plain Python; SITMON_PURE=1 asks for that, and takes away what was compiled
before.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STAGES = {
    "sitmon_model": [f"sitmon/model/{nouns}.py" for nouns in ("vocabulary", "tags", "items", "polls", "situation")],
    "sitmon_tag": ["sitmon/tag/*.py"],
    "sitmon_story": [
        *(f"sitmon/{stage}/*.py" for stage in ("story", "status")),
        *(f"sitmon/{noun}.py" for noun in ("codec", "jsontext", "times", "dtg", "terms")),
    ],
    "sitmon_rules": [
        *(f"sitmon/query/{part}.py" for part in ("compare", "match", "words")),
        *(f"sitmon/rules/{part}.py" for part in ("book", "case", "engine", "ground", "news")),
        *(f"sitmon/rules/{part}.py" for part in ("sampled", "sight", "tally")),
    ],
    "sitmon_normalise": ["sitmon/normalise/*.py", "sitmon/parse/*.py"],
}
"""Library -> the files in it. Several, so that two processors have something to do. Classes that are read from
feeds.yaml are not among them: config reads their type hints, which mypyc does not keep."""

_SUFFIX = EXTENSION_SUFFIXES[0]
_FLAGS = ["--ignore-missing-imports", "--follow-imports=silent", "--cache-dir=/dev/null"]
"""The code is checked where it is written; here mypy only has to know its types."""


class Compiled(BuildHookInterface):  # type: ignore[misc]
    """What hatchling asks before it packs: adds the libraries to the wheel, or lays them beside their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        self._goal = Path(tempfile.mkdtemp(prefix="sitmon-"))
        made = () if os.environ.get("SITMON_PURE") else self._made()
        if version == "editable":
            root = Path(self.root)
            for old in (*root.glob(f"*__mypyc{_SUFFIX}"), *root.glob(f"sitmon/**/*{_SUFFIX}")):
                old.unlink()
            for library in made:
                shutil.copy(library, root / library.relative_to(self._goal))
        elif made:
            build_data["force_include"] |= {str(library): str(library.relative_to(self._goal)) for library in made}
            build_data |= {"pure_python": False, "infer_tag": True}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        shutil.rmtree(self._goal)

    def _made(self) -> tuple[Path, ...]:
        """The libraries, in a process of its own: mypyc ends the one it cannot work in."""
        command = [sys.executable, "-m", "sitmon.compile", str(self._goal)]
        done = subprocess.run(command, cwd=self.root, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            why = " ".join((done.stdout + done.stderr).strip().splitlines()[-1:])
            self.app.display_warning(f"not compiled, sitmon will run at half its speed or less: {why}")
            return ()
        return tuple(self._goal.glob(f"**/*{_SUFFIX}"))


def build(goal: Path) -> None:
    """Compile the stages of the source tree that is the working directory, and lay the libraries under `goal`."""
    from mypyc.build import mypycify
    from setuptools import Distribution

    from sitmon.shadows import shadows

    groups: list[tuple[list[str], str | None]] = [
        ([str(f) for p in globs for f in sorted(Path().glob(p))], name) for name, globs in STAGES.items()
    ]
    files = [file for group, _ in groups for file in group]
    # Each file of a library names the others' exports, and calls them directly: no other library may take their place.
    os.environ["CFLAGS"] = f"-fcommon -fno-semantic-interposition {os.environ.get('CFLAGS', '')}"
    with tempfile.TemporaryDirectory() as scratch:
        libraries = mypycify(
            [*_FLAGS, *shadows(files, Path(scratch)), *files],
            separate=groups,
            opt_level="2",  # a tenth faster than 1; as fast as 3, and compiled in four fifths of the time
            debug_level="0",
            multi_file=True,
            target_dir=scratch,
        )
        command = Distribution({"name": "sitmon", "ext_modules": libraries}).get_command_obj("build_ext")
        command.build_lib, command.build_temp, command.parallel = str(goal), scratch, os.cpu_count()
        command.ensure_finalized()
        command.run()


if __name__ == "__main__":
    build(Path(sys.argv[1]))
