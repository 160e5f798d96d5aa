"""The README's tables are those of the program. `python -m tests.test_readme` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitmon import query
from sitmon.arguments import parser
from sitmon.config import FEED_KEYS, KEYS
from sitmon.tui import keys

README = Path(__file__).parent.parent / "README.md"

TABLES = {"keys": keys.markdown(), "queries": query.markdown()}


def section(name: str, text: str) -> str:
    found = re.search(rf"(<!-- {name}: [^\n]*-->\n)(.*?)(<!-- /{name} -->)", text, re.DOTALL)
    assert found, f"the README has no place for the table of {name}"
    return found[2]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_is_the_programs(name: str) -> None:
    assert section(name, README.read_text(encoding="utf-8")).strip() == TABLES[name].strip()


def test_every_key_of_feeds_yaml_is_told() -> None:
    text = README.read_text(encoding="utf-8")
    missing = [key for key in (*KEYS, *FEED_KEYS) if f"`{key}`" not in text and f"`{key}:" not in text]
    assert not missing


def test_every_verb_is_told() -> None:
    text = README.read_text(encoding="utf-8")
    verbs = re.findall(r"^    ([a-z]+) ", parser().format_help(), re.MULTILINE)
    assert len(verbs) > 10
    assert [verb for verb in verbs if f"`{verb}" not in text and f"sitmon {verb}" not in text] == []


def write() -> None:
    text = README.read_text(encoding="utf-8")
    for name, table in TABLES.items():
        before, _, rest = text.partition(f"<!-- {name}:")
        head, _, _ = rest.partition("\n")
        after = rest[rest.index(f"<!-- /{name} -->") :]
        text = f"{before}<!-- {name}:{head}\n{table.strip()}\n{after}"
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
