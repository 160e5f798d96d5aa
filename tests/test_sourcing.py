"""`sitmon feeds add, enable, disable, fix, import, export`: on a feeds.yaml of its own and feeds on loopback."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sitmon import schedule
from sitmon.cli import main
from sitmon.config import load, written
from sitmon.headless.proposing import feed_id
from sitmon.model import Commit, FeedState
from sitmon.store import open_store
from tests.serving import Server, answer, moved, ok

RSS = """<rss version="2.0"><channel><title>Radio &amp; Kidal ${{cmd:touch {0}}}</title><language>fr</language>
<item><title>Une attaque à Kidal</title><guid>1</guid><pubDate>Thu, 19 Sep 2024 09:00:00 GMT</pubDate></item>
<item><title>Avant</title><guid>2</guid><pubDate>Wed, 18 Sep 2024 09:00:00 GMT</pubDate></item></channel></rss>"""
PAGE = """<!doctype html><html><head><title>Radio</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="alternate" type="application/rss+xml"
href="/comments.xml"></head><body>Radio</body></html>"""
HEAD = """# ours
version: 1
defaults: {allow_http: true, allow_private: true, reliability: C}
feeds:
  # the first
  - id: wire
    url: https://wire.example/rss   # kept
"""
LOCAL = ("--set", "max_items=50", "--set", "countries=[ML]")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.yaml"
    path.write_text(HEAD, encoding="utf-8")
    return path


@pytest.fixture
def radio(tmp_path: Path) -> Any:
    rss = RSS.format(tmp_path / "ran")
    says = {"/feed.xml": ok(rss), "/": ok(PAGE, content_type="text/html"), "/old": moved("/feed.xml")}
    with Server({**says, "/empty": ok("<rss><channel/></rss>"), "/gone": answer("404 Not Found")}) as server:
        yield server


def run(file: Path, *words: str) -> int:
    return main(["feeds", *words, "--config", str(file), "--data", str(file.parent / "data")])


def test_a_page_leads_to_its_feed_which_is_shown_and_written(
    file: Path, radio: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, "add", *LOCAL, radio.url("/")) == 0
    out, err = capsys.readouterr()
    assert '"Radio & Kidal' in out and "2 items, fr" in out and "Une attaque à Kidal" in out
    assert "/comments.xml" in err
    added = file.read_text(encoding="utf-8").removeprefix(HEAD)
    assert added.startswith("  - id: radio-kidal-cmd-touch-")
    assert f"    url: {radio.url('/feed.xml')}\n" in added
    assert added.endswith("    lang: fr\n    max_items: 50\n    countries: [ML]\n")
    assert f"{file}:8: added" in out
    load(file)
    assert not (file.parent / "ran").exists()  # a title is no reference


def test_a_dry_run_prints_the_block_alone_and_writes_nothing(
    file: Path, radio: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, "add", radio.url("/feed.xml"), "--id", "radio", "--name", "Radio", "--dry-run") == 0
    out, err = capsys.readouterr()
    assert out == f"- id: radio\n  url: {radio.url('/feed.xml')}\n  name: Radio\n  lang: fr\n"
    assert "2 items, fr" in err
    assert file.read_text(encoding="utf-8") == HEAD


def test_json_tells_what_it_is_and_where_it_stands(
    file: Path, radio: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, "add", radio.url("/old"), "--json", "--id", "radio") == 0
    (told,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (told["feed"], told["items"], told["lang"], told["line"], told["written"]) == ("radio", 2, "fr", 8, True)
    assert told["url"] == radio.url("/feed.xml")  # moved for good
    assert told["published"] == "2024-09-19T09:00:00Z"


@pytest.mark.parametrize(
    ("path", "flags", "code", "told"),
    [
        ("/gone", (), 1, "404"),
        ("/feed.xml", ("--id", "wire"), 2, "feeds.yaml:8:9: feeds[1].id: 'wire' stands at"),
        ("/feed.xml", ("--id", "Bad Id"), 2, "use a-z"),
        ("/feed.xml", ("--set", "relability=B"), 2, 'did you mean "reliability"'),
        ("/feed.xml", ("--set", "reliability"), 2, "KEY=VALUE"),
        ("/feed.xml", ("--set", "allow_http=false"), 1, "allow_http"),
        ("/feed.xml", ("--set", "allow_private=false"), 1, "allow_private"),
        ("/feed.xml", ("second",), 2, "one URL"),
    ],
)
def test_what_cannot_be_added_is_told_and_nothing_is_written(
    path: str,
    flags: tuple[str, ...],
    code: int,
    told: str,
    file: Path,
    radio: Server,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(file, "add", radio.url(path), *flags) == code
    out, err = capsys.readouterr()
    assert told in err and out == ""
    assert file.read_text(encoding="utf-8") == HEAD


def test_a_url_that_is_there_is_refused_before_it_is_asked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "add", "http://www.wire.example/rss/") == 2
    assert f"{file}:6:5: 'wire' has this URL already" in capsys.readouterr().err


def test_secrets_do_not_follow_a_page_to_another_host(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = '<html><link rel="alternate" type="application/rss+xml" href="http://localhost:1/feed"></html>'
    with Server({"/": ok(page, content_type="text/html")}) as server:
        assert run(file, "add", server.url("/"), "--set", "auth={type: bearer, token: x}") == 2
    assert "secrets" in capsys.readouterr().err


def test_ids_are_made_of_titles_and_never_taken() -> None:
    assert feed_id("L'Écho du Nord – À la une", "https://x.example", ()) == "l-echo-du-nord-a-la-une"
    assert feed_id("Радио", "https://www.radio.example/rss", ("radio-example",)) == "radio-example-2"
    assert len(feed_id("word " * 40, "https://x.example", ())) <= 40


def test_feeds_are_switched_off_and_on_where_they_stand(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "disable", "wire") == 0
    assert not load(file).feeds[0].enabled
    assert f"{file}:6:5: wire: enabled: false" in capsys.readouterr().out
    assert run(file, "--json", "enable", "wire") == 0
    assert json.loads(capsys.readouterr().out)["written"] is True
    assert file.read_text(encoding="utf-8") == HEAD + "    enabled: true\n"
    assert run(file, "disable", "wirre") == 2
    assert 'did you mean "wire"' in capsys.readouterr().err


def states(file: Path, *known: FeedState) -> None:
    store = open_store(file.parent / "data", role="collector")
    store.commit(Commit(feeds=known))
    store.close()


def test_a_feed_that_moved_for_good_gets_its_new_address(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (wire,) = load(file).feeds
    state = replace(schedule.current(wire, None), redirect="https://new.example/rss", redirects=3)
    states(file, state)
    assert run(file, "fix", "--dry-run") == 0
    assert file.read_text(encoding="utf-8") == HEAD
    assert run(file, "fix") == 0
    assert file.read_text(encoding="utf-8") == HEAD.replace("https://wire.example/rss", "https://new.example/rss")
    capsys.readouterr()
    assert run(file, "fix") == 0  # it is known of the old address alone
    assert "no feed has moved" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "count", "more", "code"),
    [
        ("https://new.example/rss", 2, "", 0),
        ("https://new.example/?a=${env:HOME}", 3, "", 1),
        ("https://new.example/rss", 3, "    headers: {X: y}\n", 1),
        ("https://two.example/rss", 3, "  - {id: two, url: 'https://two.example/rss'}\n", 1),
    ],
)
def test_an_address_that_needs_a_look_is_not_taken_over(
    address: str, count: int, more: str, code: int, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(HEAD + more, encoding="utf-8")
    states(file, replace(schedule.current(load(file).feeds[0], None), redirect=address, redirects=count))
    assert run(file, "fix") == code
    assert capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == HEAD + more


# ---------------------------------------------------------------- lists


RICH = """
  - id: partner
    url: https://partner.example/ops?k=${env:SITMON_K}
    auth: {type: bearer, token: '${env:SITMON_K}'}
    headers: {Accept-Language: fr, X-Token: literal}
    keep: [{field: title, any: [attaque, "a, b"]}]
    regions: [sahel]
    tags: [radio]
    tlp: AMBER
    stale_after: 36h
    enabled: false
    note: "two\\nlines"
"""


def test_a_list_goes_out_and_comes_in_with_every_key_but_secrets(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITMON_K", "s3cret")
    file.write_text(HEAD + RICH, encoding="utf-8")
    assert run(file, "export", "--opml") == 0
    out, err = capsys.readouterr()
    assert "s3cret" not in out and "literal" not in out and "${env:SITMON_K}" in out
    assert "partner: headers.X-Token: left out" in err
    opml, other = tmp_path / "x.opml", tmp_path / "other.yaml"
    opml.write_text(out, encoding="utf-8")
    other.write_text("version: 1\n", encoding="utf-8")
    assert run(other, "import", str(opml), "--trust") == 0
    before = {w.feed.id: written.shareable(w.keys)[0] for w in written.feeds(file)}
    assert {w.feed.id: w.keys for w in written.feeds(other)} == before
    assert run(other, "import", str(opml), "--trust") == 0
    assert "0 added, 2 there already, 0 not usable" in capsys.readouterr().err


def test_an_export_as_yaml_is_a_file_to_include(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "export") == 0
    (tmp_path / "more.yaml").write_text(capsys.readouterr().out, encoding="utf-8")
    (tmp_path / "main.yaml").write_text("version: 1\ninclude: [more.yaml]\n", encoding="utf-8")
    assert [(feed.id, feed.reliability) for feed in load(tmp_path / "main.yaml").feeds] == [("wire", "C")]


OPML = """<opml version="2.0"><body>
<outline text="Mali"><outline type="rss" text="Studio" xmlUrl="https://studio.example/rss"/>
<outline type="rss" text="Wire again" xmlUrl="http://wire.example/rss/"/>
<outline type="rss" text="Studio" xmlUrl="https://studio2.example/rss"/>
<outline type="rss" text="Twice" xmlUrl="https://studio.example/rss/"/>
<outline type="rss" text="No address"/>
<outline type="rss" text="Not a feed" xmlUrl="ftp://x.example/"/>
<outline type="rss" text="Thief ${env:HOME}" xmlUrl="https://thief.example/${env:HOME}"/>
<outline type="rss" text="Inside" xmlns:s="urn:sitmon:feeds:1" xmlUrl="https://in.example/" s:allow_private="true"/>
<outline type="rss" text="Far" xmlns:s="urn:sitmon:feeds:1" xmlUrl="https://far.example/" s:regions='["moon", "ML"]'/>
<outline type="rss" text="Clash" xmlns:s="urn:sitmon:feeds:1" xmlUrl="https://clash.example/" s:id="wire"/>
</outline></body></opml>"""


def test_a_strangers_list_adds_what_is_new_and_names_what_is_not(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opml = tmp_path / "x.opml"
    opml.write_text(OPML, encoding="utf-8")
    assert run(file, "import", str(opml)) == 1
    out, err = capsys.readouterr()
    added = "  - id: {0}\n    url: https://{0}.example/rss\n    name: Studio\n    tags: [Mali]\n"
    second = added.format("studio2").replace("id: studio2", "id: studio-2")
    far = "  - id: far\n    url: https://far.example/\n    name: Far\n    tags: [Mali]\n    regions: [ML]\n"
    assert file.read_text(encoding="utf-8") == HEAD + added.format("studio") + second + far
    assert [line.partition(": ")[0] for line in out.splitlines()] == [f"{file}:{n}" for n in (8, 12, 16)]
    assert f"{opml}:10:1: Far: added without its regions moon" in err
    assert f"{opml}:3:1: Wire again: skipped: its URL stands at {file}:6:5 already" in err
    assert f"{opml}:5:1: Twice: skipped: its URL stands at line 2 of the list already" in err
    assert f"{opml}:6:1: No address: skipped: it has no xmlUrl" in err
    assert "Not a feed: skipped: url: ftp scheme" in err
    assert "Thief ${env:HOME}: skipped: it holds a ${…} reference" in err
    assert "Inside: skipped: it sets allow_private" in err
    assert f"Clash: skipped: its id 'wire' stands at {file}:6:5 already, with another URL" in err
    assert "3 added, 2 there already, 5 not usable" in err


def test_a_list_that_cannot_be_read_says_where(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "x.opml"
    bad.write_text("<opml>\n<outline></opml>", encoding="utf-8")
    assert run(file, "import", str(bad)) == 1
    assert f"{bad}:2:12: not XML" in capsys.readouterr().err
    assert run(file, "import", str(tmp_path / "none.opml")) == 1
    assert run(file, "import") == 2
    assert file.read_text(encoding="utf-8") == HEAD


def test_words_that_are_no_action_still_filter_the_list(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--json", "wir") == 0
    assert json.loads(capsys.readouterr().out)["id"] == "wire"
    assert run(file, "--json", "nothing") == 0
    assert capsys.readouterr().out == ""
