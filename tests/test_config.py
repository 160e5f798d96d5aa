"""feeds.yaml: what it gives, and what each mistake is told as."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sitmon import config, paths
from sitmon.config import Config
from sitmon.errors import ConfigError
from sitmon.model import Priority

RULE = "version: 1\nrules:\n  - {id: r, kind: "
FEED = "  - {id: wire, url: 'https://wire.example/rss'}\n"


def load(folder: Path, text: str) -> Config:
    file = folder / "feeds.yaml"
    file.write_text(text, encoding="utf-8")
    return config.load(file)


def problems(folder: Path, text: str) -> list[str]:
    """Each as `line:column: message`."""
    with pytest.raises(ConfigError) as raised:
        load(folder, text)
    return [problem.removeprefix(f"{folder / 'feeds.yaml'}:") for problem in raised.value.problems]


def test_a_block_and_a_flow_style_feed_read_the_same(tmp_path: Path) -> None:
    block = "version: 1\nfeeds:\n  - id: a\n    url: https://a.example/\n    interval: 2h\n    countries: [ML]\n"
    flow = "version: 1\nfeeds: [{id: a, url: 'https://a.example/', interval: 2h, countries: [ML]}]\n"
    (one,), (two,) = load(tmp_path, block).feeds, load(tmp_path, flow).feeds
    assert (one.id, one.interval, one.countries) == (two.id, two.interval, two.countries)
    assert one.interval == timedelta(hours=2)


def test_defaults_fill_what_a_feed_does_not_say(tmp_path: Path) -> None:
    text = "version: 1\ndefaults: {reliability: B, interval: 1h}\nfeeds:\n" + FEED
    (feed,) = load(tmp_path, text).feeds
    assert (feed.reliability, feed.interval) == ("B", timedelta(hours=1))


def test_words_that_yaml_would_twist_stay_words(tmp_path: Path) -> None:
    (feed,) = load(tmp_path, "version: 1\nfeeds: [{id: no, url: 'https://a.example/', lang: no, name: 22:30}]").feeds
    assert (feed.id, feed.lang, feed.name) == ("no", "no", "22:30")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1:1: empty"),
        ("feeds: []", "1:1: version: missing"),
        ("version: 2", "1:10: version: '2' is not known"),
        ("version: 1\nfeed: []", '2:1: feed: unknown key; did you mean "feeds"?'),
        ("version: 1\n---\nversion: 1", "2:1: a second document"),
        ("version: 1\nfeeds: [", "not YAML"),
        ("version: 1\nfeeds: {}", "2:8: feeds: expected a list"),
        ("version: 1\nfeeds:\n  - {id: a}", "'url' is missing"),
        ("version: 1\nfeeds:\n  - {url: 'https://a.example'}", "'id' is missing"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', intervall: 5m}", "3:39: feeds[0].intervall:"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', interval: soon}", "3:49: feeds[0].interval:"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', interval: 10s}", "shorter than settings"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'ftp://a.example'}", "3:18: feeds[0].url: ftp scheme"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://u:p@a.example'}", "holds a user or password"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', reliability: G}", "'G' is not valid"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', countries: [XX]}", "'XX' is no ISO 3166"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', regions: [sahell]}", 'did you mean "sahel"?'),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', timezone: Mars}", "'Mars' is no IANA zone"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', drop: [{regex: '('}]}", "regex"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', auth: {type: bearer}}", "needs token"),
        ("version: 1\nfeeds:\n  - {id: a, url: 'https://a.example', name: '${env:SITMON_UNSET}'}", "is not set"),
        ("version: 1\nfeeds:\n  - {id: a, id: b, url: 'https://a.example'}", "given twice"),
        ("version: 1\nrules:\n  - {id: r, kind: matsch, query: x}", 'did you mean "match"?'),
        ("version: 1\nrules:\n  - {id: r, kind: surge, facter: 3}", '3:26: rules[0].facter: unknown key; did you'),
        ("version: 1\nrules:\n  - {id: r, kind: match}", "needs a query"),
        (RULE + "match, query: 'killed>=many'}", "3:42: rules[0].query"),
        (RULE + "match, query: x, priority: P9}", "'P9' cannot stand here; valid: P1, P2"),
        ("version: 1\nrules:\n- id: r\n  kind: match\n  query: >\n   a or\n   b\n\n   killed>x", "9:11: "),
        ("version: 1\nrules:\n  - id: r\n    kind: match\n    query: |\n      a\n      foo:b\n    note: x", "7:7: "),
        (RULE + "match, query: 'l''eau  foo:b'}", "3:42: rules[0].query"),
        ('version: 1\nrules:\n  - {id: r, kind: match, query: "\\"a b\\" foo:b"}', "3:42: rules[0].query"),
        ("version: 1\nrules:\n  - id: r\n    kind: match\n    query: a\n      foo:b\n", "6:7: "),
        (RULE + "match, query: a or}", "3:37: rules[0].query: the query ends"),
        (RULE + "match, query: 'x level:high'}", "3:36: rules[0].query: level: is known after"),
        (RULE + "match, query: 'status:new'}", "3:34: rules[0].query: status: is known after"),
        ("version: 1\nrules:\n  - {id: r, kind: match, query: x, regions: [sahell]}", 'did you mean "sahel"?'),
        ("version: 1\nrules:\n  - {id: r, kind: silence, regions: [ML.Kidal, nowhere]}", "'nowhere' is no region"),
        ("version: 1\nrules:\n  - {id: r, kind: silence, feeds: [wier]}\nfeeds:\n" + FEED, 'did you mean "wire"?'),
        ("version: 1\nfeeds:\n\t- {id: a}", "3:1: not YAML: a tab stands here; indent with spaces"),
        ("version: 1\nname: a\x00b", "2:8: not YAML: control character U+0000; delete it"),
        ("version: 1\nfeeds: " + "[" * 3000, "too deeply"),
        ("version: 1\nsettings: {keep: 99999999d}", "2:18: settings.keep: '99999999d' is longer than a hundred years"),
        ("version: 1\nsettings: {local_zone: Europe/Olso}", "2:24: settings.local_zone: 'Europe/Olso' is no IANA"),
        ("version: 1\nregions: {x: {countries: [ML, XX]}}", "2:31: regions.x.countries: 'XX' is no ISO 3166"),
        ("version: 1\nregions: {x: {admin1: [ML.Gao, ML.Kidall]}}", '2:32: regions.x.admin1: \'ML.Kidall\' is no div'),
        ("version: 1\nregions: {x: {admin1: [ML.Kidall]}}", 'did you mean "ML.Kidal"?'),
        ("version: 1\nregions: {nowhere: {name: Nowhere}}", "needs countries, admin1, areas"),
        ("version: 1\nregions: {x: {point: [99, 0], radius_km: 5}}", "[latitude, longitude]"),
        ("version: 1\ninclude: [gone.yaml]", "2:10: include: 'gone.yaml': no such file"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    assert any(told in problem for problem in problems(tmp_path, text)), problems(tmp_path, text)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("version: 1\nfeeds:\n  - {id: a, name: Café}".encode("latin-1"), "3:22: byte 0xe9 is no UTF-8: save the file"),
        ("version: 1\n".encode("utf-16"), "1:1: byte 0xff is no UTF-8"),
        (b"\xef\xbb\xbfversion: 1\r\nfeedz: []\r\n", "2:1: feedz: unknown key"),
    ],
)
def test_a_file_of_another_encoding_is_told_with_the_place_of_the_first_byte(
    tmp_path: Path, data: bytes, told: str
) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_bytes(data)
    with pytest.raises(ConfigError) as raised:
        config.load(file)
    assert told in "\n".join(raised.value.problems)


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is no file"):
        paths.config_file(str(tmp_path))


def test_every_mistake_is_told_in_one_run(tmp_path: Path) -> None:
    text = "version: 1\nfeeds:\n  - {id: A!, url: 'https://a.example'}\n  - {id: b, url: x, lang: french}\nrulez: []\n"
    assert len(problems(tmp_path, text)) >= 4


@pytest.mark.parametrize(
    "second", ["{id: wire, url: 'https://other.example'}", "{id: b, url: 'http://www.wire.example/rss/'}"]
)
def test_a_feed_given_twice_names_the_line_of_the_first(tmp_path: Path, second: str) -> None:
    (problem,) = problems(tmp_path, "version: 1\nfeeds:\n" + FEED + f"  - {second}\n")
    assert problem.startswith("4:") and problem.endswith("feeds.yaml:3 already")


def test_a_secret_is_filled_in_and_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "s3cret")
    (tmp_path / "key").write_text("from-file\n")
    text = (
        "version: 1\nfeeds:\n  - id: a\n    url: https://a.example/?k=${env:TOKEN}\n"
        f"    auth: {{type: bearer, token: '${{file:{(tmp_path / 'key').as_posix()}}}'}}\n"
    )
    (feed,) = load(tmp_path, text).feeds
    assert feed.address == "https://a.example/?k=s3cret"
    assert dict(feed.auth)["token"] == "from-file"
    assert feed.url == "https://a.example/?k=${env:TOKEN}"
    assert feed.secrets == ("s3cret", "from-file")
    assert "s3cret" not in repr(feed) and "from-file" not in repr(feed)


WRONG = (
    "{id: b, url: 'https://a.example/${env:TOKEN}'}",
    "{id: b, url: 'https://b.example:${env:TOKEN}/'}",
    "{id: b, url: '${env:TOKEN}://b.example/'}",
    "{id: b, url: 'https://[${env:TOKEN}/'}",
    "{id: b, url: 'https://b.example/', interval: '${env:TOKEN}'}",
    "{id: b, url: 'https://b.example/', lang: '${env:TOKEN}'}",
    "{id: b, url: 'https://b.example/', auth: {type: '${env:TOKEN}'}}",
    "{id: b, url: 'https://b.example/', headers: {X-Key: \"${env:TOKEN}\\n\"}}",
    "{id: b, url: 'https://b.example/', headers: {'not a name': x}}",
    "{id: b, url: 'https://b.example/', proxy: '${env:TOKEN}'}",
    "{id: b, url: 'https://b.example/', proxy: 'socks5://u:${env:TOKEN}@b.example'}",
    "{id: b, url: 'https://b.example/', tls: {ca_file: '${env:TOKEN}'}}",
    "{id: b, url: 'https://b.example/', tls: {verify: 'false'}}",
)


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_asked_is_an_error_that_holds_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("TOKEN", "S3cret-S3cret")
    first = "  - {id: a, url: 'https://a.example/${env:TOKEN}'}\n"
    (problem,) = problems(tmp_path, f"version: 1\nfeeds:\n{first}  - {wrong}\n")
    assert problem.startswith("4:")
    assert "s3cret" not in problem.lower()


def test_included_files_add_feeds_and_errors_name_them(tmp_path: Path) -> None:
    (tmp_path / "feeds.d").mkdir()
    extra = tmp_path / "feeds.d" / "more.yaml"
    extra.write_text("feeds: [{id: b, url: 'https://b.example'}]")
    main = "version: 1\ninclude: [feeds.d/*.yaml]\nfeeds:\n" + FEED
    assert [feed.id for feed in load(tmp_path, main).feeds] == ["wire", "b"]
    extra.write_text("feeds: [{id: b}]")
    with pytest.raises(ConfigError) as raised:
        load(tmp_path, main)
    assert str(raised.value).startswith(f"{extra}:1:9")


def test_a_file_that_includes_itself_is_told(tmp_path: Path) -> None:
    assert "by itself" in problems(tmp_path, "version: 1\ninclude: [feeds.yaml]")[0]


@pytest.mark.parametrize(
    ("host", "refused"),
    [("127.0.0.1", True), ("10.1.2.3:8080", True), ("[::1]", True), ("localhost", True), ("8.8.8.8", False)],
)
def test_an_address_inside_without_leave_is_a_warning(tmp_path: Path, host: str, refused: bool) -> None:
    text = f"version: 1\nfeeds: [{{id: a, url: 'https://{host}/rss'%s}}]\n"
    assert [("no public address" in warning) for warning in load(tmp_path, text % "").warnings] == [True] * refused
    assert load(tmp_path, text % ", allow_private: true").warnings == ()


def test_http_without_leave_is_a_warning_with_its_place(tmp_path: Path) -> None:
    loaded = load(tmp_path, "version: 1\nfeeds: [{id: a, url: 'http://a.example'}]")
    assert loaded.warnings == (f"{tmp_path / 'feeds.yaml'}:2:22: feeds[0].url: http is refused; "
                               "use https, or set allow_http: true",)  # fmt: skip


def test_a_rule_has_its_kinds_own_keys(tmp_path: Path) -> None:
    text = "version: 1\nrules:\n  - {id: r, kind: match, query: killed>=10, priority: P1, cooldown: 2h}\n"
    (rule,) = load(tmp_path, text).rules
    assert (rule.id, rule.query, rule.priority, rule.cooldown) == ("r", "killed>=10", Priority.P1, timedelta(hours=2))


def test_the_shipped_file_is_valid_and_has_something_of_everything() -> None:
    shipped = config.load(Path(__file__).parent.parent / "feeds.yaml")
    assert not shipped.warnings
    assert len(shipped.feeds) >= 100 and len(shipped.enabled) >= 80
    assert shipped.regions and shipped.rules
