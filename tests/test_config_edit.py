"""feeds.yaml changed by the program: what was meant and nothing else, in whatever style the operator writes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from sitmon.config import edit, load, written
from sitmon.config.written import Keys
from sitmon.errors import ConfigError, SitmonError

NEW: Keys = {"id": "new", "url": "https://new.example/rss", "name": "New: one", "tags": ["a", "b c"]}
BLOCK = "  - id: new\n    url: https://new.example/rss\n    name: 'New: one'\n    tags: [a, b c]\n"
HEAD = "# ours\nversion: 1\n"
WIRE = "  - id: wire\n    url: https://wire.example/rss  # the wire\n"


def added(folder: Path, text: str) -> str:
    file = folder / "feeds.yaml"
    file.write_text(text, encoding="utf-8")
    editor = edit.Editor(file)
    editor.add([NEW])
    editor.save()
    assert load(file).feeds[-1].tags == ("a", "b c")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD, HEAD + "\nfeeds:\n" + BLOCK),
        (HEAD + "feeds:\n", HEAD + "feeds:\n" + BLOCK),
        (HEAD + "feeds: []  # none yet\n", HEAD + "feeds:  # none yet\n" + BLOCK),
        (HEAD + "feeds:\n" + WIRE, HEAD + "feeds:\n" + WIRE + BLOCK),
        (HEAD + "feeds:\n" + WIRE.rstrip(), HEAD + "feeds:\n" + WIRE.rstrip() + "\n" + BLOCK),
        (HEAD + "feeds:\n" + WIRE + "\n# Rules\nrules:\n", HEAD + "feeds:\n" + WIRE + BLOCK + "\n# Rules\nrules:\n"),
        (
            HEAD + "feeds:\n" + WIRE + "    # deeper: of the wire\n  # not\nrules:\n",
            HEAD + "feeds:\n" + WIRE + "    # deeper: of the wire\n" + BLOCK + "  # not\nrules:\n",
        ),
        (
            HEAD + "feeds:\n" + WIRE + "    note: >-\n      folded\n      words\n\n# end\n",
            HEAD + "feeds:\n" + WIRE + "    note: >-\n      folded\n      words\n" + BLOCK + "\n# end\n",
        ),
    ],
)
def test_a_block_goes_behind_the_last_and_all_else_stays(tmp_path: Path, before: str, after: str) -> None:
    assert added(tmp_path, before) == after


def test_a_block_takes_the_indent_that_the_list_has(tmp_path: Path) -> None:
    flush = HEAD + "feeds:\n- id: wire\n  url: https://wire.example/rss\n  note:\n"
    assert added(tmp_path, flush) == flush + "".join(line[2:] + "\n" for line in BLOCK.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nfeeds: [{id: wire, url: 'https://wire.example/rss'}, ]  # all\nrules: []\n",
        "{version: 1, feeds: []}\n",
        "{version: 1, rules: []}\n",
        "version: 1\nfeeds: [\n  {id: wire, url: 'https://wire.example/rss'},  # the wire\n]\n",
    ],
)
def test_a_list_in_brackets_stays_in_brackets(tmp_path: Path, text: str) -> None:
    after = added(tmp_path, text)
    assert "{id: new, url: https://new.example/rss, name: 'New: one'" in after
    assert all(word in after for word in text.split() if "[" not in word and "]" not in word and "}" not in word)


def test_the_feeds_yaml_that_ships_gains_a_block_and_loses_nothing(tmp_path: Path) -> None:
    shipped = (Path(__file__).parent.parent / "feeds.yaml").read_text(encoding="utf-8")
    assert added(tmp_path, shipped).replace(BLOCK, "") == shipped


def test_line_ends_mode_and_links_stay_and_there_is_one_backup(tmp_path: Path) -> None:
    file, link = tmp_path / "real.yaml", tmp_path / "feeds.yaml"
    before = ("\ufeff" + HEAD + "feeds:\n" + WIRE).replace("\n", "\r\n").encode()
    file.write_bytes(before)
    file.chmod(0o640)
    link.symlink_to(file)
    editor = edit.Editor(link)
    editor.add([NEW])
    editor.save()
    assert file.read_bytes() == before + BLOCK.replace("\n", "\r\n").encode()
    assert link.is_symlink() and stat.S_IMODE(file.stat().st_mode) == 0o640
    assert (tmp_path / "real.yaml.bak").read_bytes() == before
    assert {each.name for each in tmp_path.iterdir()} == {"real.yaml", "feeds.yaml", "real.yaml.bak"}


def test_a_feed_that_is_there_is_refused_with_both_lines(tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text(HEAD + "feeds:\n" + WIRE, encoding="utf-8")
    editor = edit.Editor(file)
    with pytest.raises(ConfigError) as raised:
        editor.add([{"id": "wire", "url": "http://www.wire.example/rss/"}])
    told = "\n".join(raised.value.problems)
    assert f"{file}:6:9: feeds[1].id: 'wire' stands at {file}:4 already" in told
    assert f"{file}:7:10: feeds[1].url: 'wire.example/rss' stands at {file}:4 already" in told
    editor.save()
    assert file.read_text(encoding="utf-8") == HEAD + "feeds:\n" + WIRE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WIRE, WIRE + "    enabled: false\n"),
        (
            "  - url: https://wire.example/rss\n    id: wire\n",
            "  - url: https://wire.example/rss\n    enabled: false\n    id: wire\n",
        ),
        (WIRE + "    enabled: true   # for now\n", WIRE + "    enabled: false   # for now\n"),
        (WIRE + "    enabled:\n    lang: fr\n", WIRE + "    enabled: false\n    lang: fr\n"),
        (
            "  - {id: wire, url: 'https://wire.example/rss', lang: fr}\n",
            "  - {id: wire, url: 'https://wire.example/rss', enabled: false, lang: fr}\n",
        ),
    ],
)
def test_a_feed_is_switched_off_where_it_stands(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text(HEAD + "feeds:\n" + before, encoding="utf-8")
    editor = edit.Editor(file)
    editor.set("wire", "enabled", "false")
    editor.save()
    assert file.read_text(encoding="utf-8") == HEAD + "feeds:\n" + after


def test_a_feed_of_an_included_file_is_changed_there(tmp_path: Path) -> None:
    main, more = tmp_path / "feeds.yaml", tmp_path / "more.yaml"
    main.write_text("version: 1\ninclude: [more.yaml]\n", encoding="utf-8")
    more.write_text("feeds:\n" + WIRE, encoding="utf-8")
    editor = edit.Editor(main)
    editor.set("wire", "url", "https://wire.example/new")
    editor.save()
    assert more.read_text(encoding="utf-8") == "feeds:\n" + WIRE.replace("/rss", "/new")
    assert not (tmp_path / "feeds.yaml.bak").exists()


def test_what_an_alias_shares_is_not_changed_for_both(tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    text = "version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', enabled: &on true}\n"
    text += "  - {id: b, url: 'https://b.example', enabled: *on}\n"
    file.write_text(text, encoding="utf-8")
    editor = edit.Editor(file)
    for feed in ("a", "b"):
        with pytest.raises(ConfigError):
            editor.set(feed, "enabled", "false")
    editor.save()
    assert file.read_text(encoding="utf-8") == text


def test_what_somebody_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text(HEAD, encoding="utf-8")
    editor = edit.Editor(file)
    editor.add([NEW])
    file.write_text(HEAD + "# mine\n", encoding="utf-8")
    with pytest.raises(SitmonError, match="somebody"):
        editor.save()
    assert file.read_text(encoding="utf-8") == HEAD + "# mine\n"


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text(HEAD, encoding="utf-8")
    editor = edit.Editor(file)
    editor.add([NEW])
    (tmp_path / "feeds.yaml.bak").mkdir()  # no file can be put there, for root neither
    with pytest.raises(SitmonError, match="cannot be written"):
        editor.save()
    assert file.read_text(encoding="utf-8") == HEAD
    assert {each.name for each in tmp_path.iterdir()} == {"feeds.yaml", "feeds.yaml.bak"}


WORDS: Keys = {
    "id": "x",
    "url": "https://a.example/?a=[1],2&b={c}#d",
    "name": "Foo: bar # no",
    "lang": "no",
    "note": 'two\nlines\tand "q" \x07 é',
    "tags": ["a b", "true", "null", "1", "007", "", "- x", "*y"],
    "keep": [{"field": "title", "any": ["x, y", "Кидаль"]}],
    "auth": {"type": "bearer", "token": "${env:T}"},
    "max_items": "50",
    "enabled": "false",
}


def test_any_words_survive_being_written_as_block_and_in_brackets() -> None:
    block, line = written.block(WORDS), written.flow(WORDS)
    assert written.value_of(block) == [WORDS] and written.value_of(line) == WORDS
    assert "  enabled: false\n" in block and "  max_items: 50\n" in block and "\n" not in line


def test_secrets_that_are_written_out_are_not_shared_and_references_are() -> None:
    keys: Keys = {
        "auth": {"type": "basic", "user": "us", "password": "pw"},
        "headers": {"Accept-Language": "fr", "X-Api-Key": "k", "Cookie": "${env:C}"},
        "proxy": "http://us:pw@proxy.example",
    }
    kept, left = written.shareable(keys)
    assert kept == {
        "auth": {"type": "basic", "user": "us"},
        "headers": {"Accept-Language": "fr", "Cookie": "${env:C}"},
    }
    assert left == ("auth.password", "headers.X-Api-Key", "proxy")
