"""The command line without a screen, on a data folder that the exercise filled."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon.cli import main, parse
from sitmon.headless import arriving, opening
from sitmon.headless.officer import act
from sitmon.headless.output import json_line
from sitmon.model import Alert, Commit, Priority
from sitmon.options import Options
from tests import exercise
from tests.factories import item

NOON = datetime(2024, 9, 19, 12, tzinfo=UTC)

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Polled three times: before the second convoy left, before it arrived, and after."""
    path = tmp_path_factory.mktemp("data")
    for days in (6, 1, 0):
        assert exercise.poll(path, NOON - timedelta(days=days)) == 0
    return path


@pytest.fixture
def ask(folder: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a verb with --json and gives its objects."""

    def run(verb: str, *words: str) -> list[dict[str, Any]]:
        capsys.readouterr()
        code = main([verb, "--json", "--config", exercise.CONFIG, "--data", str(folder), *words])
        assert code == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def stdin(text: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")


AS_OF = ("--as-of", "2024-09-19T12:00Z", "--limit", "0")


def test_a_round_is_one_line_a_feed_and_one_at_the_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exercise.poll(tmp_path, NOON) == 0
    *feeds, finished = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert {tuple(line) for line in feeds} == {("feed", "status", "items", "new", "ms", "error")}
    assert finished["event"] == "finished"
    assert finished["feeds"] == finished["ok"] == len(feeds)
    assert finished["new"] == sum(line["new"] for line in feeds) > 30


def test_a_second_round_brings_nothing_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise.poll(tmp_path, NOON)
    capsys.readouterr()
    exercise.poll(tmp_path, NOON)
    finished = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (finished["new"], finished["not_modified"]) == (0, finished["feeds"])


def test_a_search_finds_newest_first(ask: Ask) -> None:
    found = ask("search", "kidal", *AS_OF)
    assert len(found) >= 5
    assert [item["published"] for item in found] == sorted((item["published"] for item in found), reverse=True)
    assert all("kidal" in (item["title"] + item["summary"]).lower() for item in found)


def test_an_item_has_every_key_of_the_contract(ask: Ask) -> None:
    keys = (
        "id feed guid title summary link published published_note first_seen revised lang "
        "countries regions actors events type severity story"
    )
    (item,) = ask("search", "kidal", "--as-of", "2024-09-19T12:00Z", "--limit", "1")
    assert set(keys.split()) <= set(item)


def test_words_may_stand_before_and_behind_flags(ask: Ask) -> None:
    (item,) = ask("search", "kidal", "--as-of", "2024-09-19T12:00Z", "--limit", "1", "convoy")
    assert (
        "kidal" in (item["title"] + item["summary"]).lower() and "convoy" in (item["title"] + item["summary"]).lower()
    )


def test_a_query_may_begin_with_what_it_leaves_out(ask: Ask) -> None:
    everything, without = ask("search", "", *AS_OF), ask("search", "-kidal", "-region:NE", *AS_OF)
    assert 0 < len(without) < len(everything)
    assert not any("kidal" in (item["title"] + item["summary"]).lower() for item in without)


def test_a_search_without_a_find_says_which_name_is_unknown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "actor:jnmi", "--config", exercise.CONFIG, "--data", str(folder)]) == 0
    told = capsys.readouterr()
    assert (told.out, "no actor is called 'jnmi'" in told.err) == ("", True)


def test_a_rule_that_asks_for_an_unknown_name_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text("version: 1\nrules:\n  - {id: r, kind: match, query: 'x actor:jnmi'}\n", encoding="utf-8")
    assert main(["check", str(file)]) == 1
    assert f"{file}:3:36: rules[0].query: no actor is called 'jnmi'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "subject", "text"),
    [
        (["rules", "test", "--json", "deadly"], "deadly", ()),
        (["ack", "--by", "KJ", "deadly-1", "seen", "it"], "deadly-1", ("seen", "it")),
        (["ack", "deadly-1", "--by", "KJ", "seen", "it"], "deadly-1", ("seen", "it")),
        (["tags", "add", "--json", "i1", "ML.Kidal"], "i1", ("ML.Kidal",)),
    ],
)
def test_flags_may_stand_between_the_words_of_a_verb(words: list[str], subject: str, text: tuple[str, ...]) -> None:
    options = parse(words)
    assert (options.subject, tuple(options.text)) == (subject, text)


@pytest.mark.parametrize("words", [["search", "kidal", "--bogus"], ["poll", "--once", "word"], ["log", "word"]])
def test_words_and_flags_that_nothing_takes_are_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2


def test_looking_back_shows_nothing_of_what_came_later(ask: Ask) -> None:
    now, then = ask("timeline", *AS_OF), ask("timeline", "--as-of", "131200ZSEP24", "--limit", "0")
    assert 0 < len(then) < len(now)
    assert {item["id"] for item in then} < {item["id"] for item in now}


def test_an_alert_of_the_past_has_no_item_that_came_later(tmp_path: Path) -> None:
    early, late = item(item_id="early", now=NOON - timedelta(hours=2)), item(item_id="late", now=NOON)
    told = Alert("a1", "clash", Priority.P2, "Clash", early.first_seen, NOON, items=("late", "early"), count=2)
    with opening.store(Options("poll", data=str(tmp_path)), "collector") as store:
        store.commit(Commit(items=(early, late), alerts=(told,)))
    for then, items in ((NOON - timedelta(hours=1), ("early",)), (NOON, ("late", "early"))):
        options = Options("alerts", config=exercise.CONFIG, data=str(tmp_path), as_of=then.isoformat())
        with opening.room(options, "reader") as room:
            (found,) = room.alerts("")
            assert (found.items, found.count, found.updated <= then) == (items, len(items), True)


def test_kidal_stands_above_normal_and_says_why(ask: Ask) -> None:
    (kidal,) = [region for region in ask("regions", *AS_OF) if region["id"] == "kidal"]
    assert kidal["level"] in {"elevated", "high", "severe"}
    assert kidal["drivers"] and kidal["formula"]
    assert kidal["sources_alive"] == kidal["sources_total"] > 0


def test_stories_name_their_items_and_independent_owners(ask: Ask) -> None:
    told = ask("stories", "bamako", *AS_OF)
    assert max(len(story["owners"]) for story in told) >= 3


def test_a_story_in_full_has_its_sources_tolls_and_rating(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["stories", "--full", "bamako killed>=10", "--as-of", "2024-09-19T12:00Z", "--limit", "1"]
    assert main([*words, "--config", exercise.CONFIG, "--data", str(folder)]) == 0
    _, *lines = capsys.readouterr().out.splitlines()
    labels = [line.split()[0] for line in lines if line[4] != " "]
    assert (labels[:4], labels[-1]) == (["sources", "first", "latest", "adds"], "rating")
    assert " killed" in next(line for line in lines if line.split()[0] == "toll")


def test_feeds_tell_their_health(ask: Ask) -> None:
    assert {feed["state"]["health"] for feed in ask("feeds")} <= {"OK", "QUIET", "STALE"}


def test_an_export_of_a_query_has_just_its_items(ask: Ask) -> None:
    exported = ask("export", "source:radio-azalai")
    assert exported and {item["feed"] for item in exported} == {"radio-azalai"}


@pytest.mark.parametrize("form", ["csv", "geojson", "md"])
def test_other_forms_of_export_are_not_empty(form: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", form, "--config", exercise.CONFIG, "--data", str(folder), "bamako"]) == 0
    assert "Bamako" in capsys.readouterr().out


def test_the_sheet_for_programs_is_one_object_that_names_what_waits(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["handover", "ME", "--by", "KJ", "--json", "--config", exercise.CONFIG, "--data", str(folder)]
    capsys.readouterr()
    code = main([*words, "--as-of", "2024-09-19T12:00Z"])
    (told,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (told["outgoing"], told["incoming"], code) == ("KJ", "ME", 1 if told["unanswered"] else 0)
    assert told["sheet"].startswith("WATCH HANDOVER 191200ZSEP24 KJ -> ME")


def test_what_was_compacted_is_told_to_programs(folder: Path, ask: Ask) -> None:
    del folder
    assert {"file", "before", "after"} == set(ask("store", "compact")[0])


def test_an_acknowledgement_without_a_screen_is_seen_by_everybody(ask: Ask, folder: Path) -> None:
    first = next(alert for alert in ask("alerts", "--limit", "0") if alert["state"] == "new")
    assert main(["ack", first["id"], "--by", "KJ", "--config", exercise.CONFIG, "--data", str(folder)]) == 0
    (alert,) = [alert for alert in ask("alerts", "--limit", "0") if alert["id"] == first["id"]]
    assert alert["by"] == "KJ" and alert["state"] in {"acknowledged", "closed"}


def test_a_rule_out_of_service_holds_its_alerts_until_it_is_put_back(
    ask: Ask, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--config", exercise.CONFIG, "--data", str(folder)]
    rule = next(alert["rule"] for alert in ask("alerts", "--limit", "0") if alert["state"] == "new")

    def states() -> set[str]:
        return {alert["state"] for alert in ask("alerts", "--limit", "0") if alert["rule"] == rule}

    assert main(["service", "out", rule, "works", "at", "the", "source", *where]) == 0
    assert states() == {"out_of_service"}
    assert main(["handover", "ME", *where]) in {0, 1}
    assert f"out of service {rule} by" in capsys.readouterr().out
    assert main(["service", "in", rule, "over", *where]) == 0
    assert "new" in states()


def test_a_line_of_the_log_is_undone_by_its_number(ask: Ask, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--config", exercise.CONFIG, "--data", str(folder)]
    first = next(alert for alert in ask("alerts", "--limit", "0") if alert["state"] == "new")
    assert main(["watch", first["id"], "by", "mistake", *where]) == 0
    capsys.readouterr()
    assert main(["log", *where]) == 0
    number = capsys.readouterr().out.splitlines()[-1].split()[0]
    assert main(["undo", number, "wrong", "one", *where]) == 0
    assert "undone: watch by" in capsys.readouterr().out
    (alert,) = [alert for alert in ask("alerts", "--limit", "0") if alert["id"] == first["id"]]
    assert alert["state"] == "new"


def test_a_split_is_undone_without_a_screen(folder: Path) -> None:
    options = Options("undo", config=exercise.CONFIG, data=str(folder), clock=exercise.at(NOON + timedelta(hours=1)))
    with opening.room(options, "seat") as room:
        room.fill()
        told = next(story for story in room.stories("") if len(story.items) > 2)
        room.act("split", told.id, "another event", data=(("items", told.items[0]),))
        assert room.story(told.id) != told
    assert act(replace(options, subject=told.items[0], text=("no",))) == 0
    with opening.room(options, "reader") as room:
        after = room.story(told.id)
        assert after and set(after.items) == set(told.items)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["undo", "9999"], 2, "nothing stands here"),
        (["shelve", "any", "--until", "4h"], 2, "why is it put away?"),
        (["close", "any"], 2, "why is it closed?"),
        (["shelve", "any", "why", "--until", "9999999999d"], 2, "longer than can be counted"),
        (["shelve", "any", "why", "--until", "soon"], 2, "a span as 90m"),
        (["service", "out", "nosuch"], 2, "no rule or feed"),
        (["search", "killed>=many"], 2, "^"),
        (["ack", "no-such-alert"], 2, "no such alert"),
        (["timeline", "--as-of", "soon"], 2, "no time"),
        (["timeline", "--limit", "-1"], 2, "--limit"),
        (["--config", "gone.yaml", "timeline"], 2, "gone.yaml"),
    ],
)
def test_wrong_usage_is_told_and_exits_with_2(
    words: list[str], code: int, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--data", str(folder)]
    if "--config" not in words:
        where += ["--config", exercise.CONFIG]
    assert main([*words, *where]) == code
    assert told in capsys.readouterr().err


def test_tagging_answers_line_by_line_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = '{"id": 1, "title": "Fighting in Kidal"}\n\nnot json\n{"id": "2", "title": "Rain in Paris"}\n{"id": 3}\n'
    monkeypatch.setattr("sys.stdin", stdin(lines))
    assert main(["tag", "--json", "--config", exercise.CONFIG]) == 1
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["id"] for each in out] == [1, None, "2", 3]
    assert out[0]["countries"] == ["ML"] and out[2]["countries"] == ["FR"]
    assert "stdin:3:1" in out[1]["error"]


def test_who_sends_a_line_and_waits_gets_its_answer_before_the_next() -> None:
    argv = [sys.executable, "-m", "sitmon", "tag", "--json", "--config", exercise.CONFIG]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        for name in ("first", "second"):
            process.stdin.write(json.dumps({"id": name, "title": "Fighting in Kidal"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.write(b'{"id": "without a line\'s end"}')
        process.stdin.close()
        assert json.loads(process.stdout.readline())["id"] == "without a line's end"
    assert process.returncode == 0


@pytest.mark.parametrize("most", [1, 7, 1000])
def test_lines_are_the_same_however_they_arrive(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "_MOST", most)
    text = "first\n\nКидаль\nlast, without an end"
    assert [line for line in arriving.lines(stdin(text)) if line] == ["first", "Кидаль", "last, without an end"]


def test_tagging_for_people_marks_the_words_and_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", stdin("Malian army enters Kidal\nTwo soldiers were killed."))
    assert main(["tag", "--config", exercise.CONFIG]) == 0
    out = capsys.readouterr().out
    assert "[Kidal]" in out and "ML.Kidal" in out


def test_the_headless_program_never_imports_the_toolkit() -> None:
    code = "import sitmon.headless.polling, sitmon.headless.listing, sys; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def run(folder: Path, *words: str) -> int:
    return main([*words, "--config", exercise.CONFIG, "--data", str(folder)])


def test_the_store_checks_sound(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "store", "check") == 0
    assert "items-2024-09.journal" in capsys.readouterr().out


def test_everything_goes_out_and_comes_back_in(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(folder, "export", "--everything") == 0
    exported = capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", stdin(exported))
    assert run(tmp_path, "import") == 0
    capsys.readouterr()
    assert run(tmp_path, "export", "--everything") == 0
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(exported.splitlines())


def test_a_rules_test_tells_how_often_it_fired(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "rules", "test", "forces-move", "--replay", "8d", "--as-of", "2024-09-19T12:00Z") == 0
    assert "12-hour watch" in capsys.readouterr().out
    assert run(folder, "rules", "test", "no-such-rule") == 2
    assert "forces-move" in capsys.readouterr().err


def test_reports_of_the_watch_are_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    as_of = ("--as-of", "2024-09-19T12:00Z")
    assert run(folder, "alarms", "report", *as_of) == 0
    assert run(folder, "log", *as_of) == 0
    assert run(folder, "handover", "ME", "--by", "KJ", *as_of) in {0, 1}
    out = capsys.readouterr().out
    assert "ALARMS" in out and "KJ -> ME" in out


def test_what_was_set_aside_or_passed_over_is_named_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise.poll(tmp_path, NOON)
    journal = next(tmp_path.glob("items-*.journal"))
    journal.write_text("my shopping list")
    ask = ["--config", exercise.CONFIG, "--data", str(tmp_path)]
    for verb in (["feeds"], ["search", "kidal"], ["export", "--everything"]):
        capsys.readouterr()
        assert main([*verb, *ask]) == 0
        assert f"{journal.name}: not a journal of sitmon; passed over" in capsys.readouterr().err
    exercise.poll(tmp_path, NOON)
    assert f"set aside as {journal.name}.damaged-1" in capsys.readouterr().err
    assert (tmp_path / f"{journal.name}.damaged-1").read_text() == "my shopping list"


def test_json_holds_nothing_that_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    json_line({"etag": "\x9b31mé"})
    said = capsys.readouterr().out
    assert said == '{"etag": "\\u009b31mé"}\n'
    assert json.loads(said) == {"etag": "\x9b31mé"}


def test_a_sitrep_is_the_same_for_the_same_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("sitrep", "--as-of", "191200ZSEP24", "--since", "3d")
    assert run(folder, *words) == 0
    first = capsys.readouterr().out
    assert "(as of 191200ZSEP24)" in first and "P1 " in first and "killed 70" in first
    assert run(folder, *words) == 0
    assert capsys.readouterr().out == first
    assert run(folder, *words, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["since"] == "2024-09-16T12:00:00Z" and told["tlp"] == "CLEAR"
    assert told["alerts"][0].startswith("P1 ") and told["blind"] == []


def test_a_sitrep_of_now_has_one_now(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "sitrep", "--json", "--since", "12h") == 0
    told = json.loads(capsys.readouterr().out)
    times = [datetime.fromisoformat(told[name]) for name in ("since", "as_of", "due")]
    assert times[1] - times[0] == times[2] - times[1] == timedelta(hours=12)


def test_a_sitrep_of_one_region_has_nothing_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("sitrep", "--as-of", "191200ZSEP24", "--since", "161200ZSEP24", "--format", "mil")
    assert run(folder, *words, "--region", "Mali") == 0
    out = capsys.readouterr().out
    assert "SUBJECT SITUATION REPORT MALI" in out and "Bamako" in out and "Lebanon" not in out
    assert run(folder, *words, "--region", "Atlantis") == 2
    assert run(folder, *words, "--since", "201200ZSEP24") == 2
    assert "--since" in capsys.readouterr().err


def test_tags_of_what_is_stored_stay_when_nothing_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "tag", "--retag") == 0
    assert capsys.readouterr().out.startswith("0 of ")


def test_a_correction_shows_and_becomes_a_proposal(ask: Ask, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (item,) = ask("search", "title:kidal", "country:ML", "--as-of", "2024-09-19T12:00Z", "--limit", "1")
    wrong = next(region for region in item["regions"] if region["name"] == "Kidal")["id"]
    assert run(folder, "tags", "remove", item["id"], wrong, "--reason", "a name", "--by", "KJ") == 0
    (after,) = [found for found in ask("search", "title:kidal", "--limit", "0") if found["id"] == item["id"]]
    assert wrong not in [region["id"] for region in after["regions"]]
    assert run(folder, "tags", "review") == 0
    assert f"{{id: {wrong}, block: [Kidal]}}" in capsys.readouterr().out


def test_a_feed_that_is_off_says_so_and_since_when(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text("version: 1\nfeeds: [{id: a, url: 'https://a.example/', enabled: false}]")
    ask = ["--json", "--config", str(file), "--data", str(tmp_path / "data")]
    assert main(["poll", "--once", *ask]) == 0
    capsys.readouterr()
    assert main(["feeds", *ask]) == 0
    state = json.loads(capsys.readouterr().out)["state"]
    assert (state["health"], state["reason"], state["next_due"]) == ("OFF", "switched off in feeds.yaml", None)
    assert state["since"] is not None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
@pytest.mark.parametrize("words", [["export", "--everything"], ["feeds"], ["export", "--format", "tinydb"]])
def test_an_output_that_cannot_be_written_is_said_in_a_line(folder: Path, words: list[str]) -> None:
    argv = [sys.executable, "-m", "sitmon", *words, "--config", exercise.CONFIG, "--data", str(folder)]
    if "tinydb" in words:
        argv += ["--output", "/nowhere/at/all.json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(argv, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("sitmon: ") and done.stderr.count("\n") == 1
