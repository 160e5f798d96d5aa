"""`notify:`: who is called, with which words, and that nothing which becomes of it stops the collector."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sitmon import config
from sitmon.config import Notify
from sitmon.errors import ConfigError
from sitmon.headless.notifying import PARALLEL, WAITING, Notifier, rings, told
from sitmon.model import Alert, Entry, Priority, Turn
from tests import exercise
from tests.factories import NOW

WRITE = "import os, sys; open(sys.argv[1], 'a').write(os.environ['SITMON_ALERT'] + '|' + sys.stdin.read())"
SECOND = timedelta(seconds=1)


def alert(name: str = "a", priority: Priority = Priority.P1, **more: object) -> Alert:
    made = Alert(name, "clash", priority, "Clash near Gao", NOW - SECOND, NOW, region="ML.Gao")
    return replace(made, **more)  # type: ignore[arg-type]


def entry(verb: str, subject: str = "a") -> Entry:
    return Entry("e", "s", "KJ", NOW, verb, subject)


WORSE = alert(turns=(Turn(NOW + SECOND, "toll", "70 killed"),), news="70 killed")


@pytest.mark.parametrize(
    ("before", "after", "entries", "wanted"),
    [
        (None, alert(), (), True),
        (None, alert(), (entry("shelve", "clash"),), False),  # its rule is shelved
        (None, alert(returned=NOW), (), False),
        (alert(), alert(count=2), (), False),
        (alert(), WORSE, (), False),  # nobody has seen it yet: one call is enough
        (alert(), WORSE, (entry("ack"),), True),
        (alert(), alert(count=2), (entry("ack"),), False),
        (alert(), WORSE, (entry("close"),), True),
        (alert(priority=Priority.P2), alert(priority=Priority.P1), (), True),
        (alert(returned=NOW), alert(turns=(Turn(NOW + SECOND, "again", "again"),)), (), True),
    ],
)
def test_it_rings_when_an_officer_has_not_seen_it_as_it_is(
    before: Alert | None, after: Alert, entries: tuple[Entry, ...], wanted: bool
) -> None:
    assert rings(before, after, entries, NOW + 2 * SECOND) is wanted


def test_the_line_is_one_line_of_clean_text() -> None:
    line = told(alert(title="Clash\x1b]52;c;x\x07 \u202egaG\n$(rm -rf /)", news="70 killed"))
    assert line == "P1 191200ZSEP24 ML.Gao clash: Clash gaG $(rm -rf /) (70 killed)"
    assert len(told(alert(title="word " * 500))) <= 500


def run(orders: Iterable[Notify], alerts: Iterable[Alert], known: Iterable[Alert] = ()) -> list[str]:
    """Tells of the alerts and waits; what was complained of."""
    heard: list[str] = []

    async def go() -> None:
        notifier = Notifier(tuple(orders), known, tuple, heard.append)
        notifier.take(alerts, NOW)
        await notifier.drain()
        await notifier.close()

    asyncio.run(go())
    return heard


def test_a_command_gets_the_words_on_its_input_and_in_its_environment(tmp_path: Path) -> None:
    out = tmp_path / "out with space;$(x)"
    order = Notify((sys.executable, "-c", WRITE, str(out)))
    assert run([order], [alert(title="$(touch x) `y` ; z")]) == []
    line = "P1 191200ZSEP24 ML.Gao clash: $(touch x) `y` ; z"
    assert out.read_text(encoding="utf-8") == f"{line}|{line}\n"


def test_only_its_priorities_and_nothing_of_before_the_start(tmp_path: Path) -> None:
    out = tmp_path / "out"
    order = Notify((sys.executable, "-c", WRITE, str(out)), (Priority.P1, Priority.P2))
    alerts = [alert("a"), alert("b", Priority.P2, title="Second"), alert("c", Priority.P3), alert("d", Priority.FLAG)]
    assert run([order], alerts, known=[alert("a")]) == []
    assert "Second" in out.read_text(encoding="utf-8") and out.read_text(encoding="utf-8").count("|") == 1


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (Notify(("/nowhere/at/all",)), "cannot be run: No such file"),
        (Notify((sys.executable, "-c", "raise SystemExit(3)")), "ended with 3"),
        (Notify((sys.executable, "-c", "import time; time.sleep(60)"), timeout=SECOND / 5), "did not end within 0.2 s"),
        (Notify(("nul\0",)), "cannot be run"),
    ],
)
def test_what_fails_is_told_and_counted(order: Notify, told: str) -> None:
    (complaint,) = run([order], [alert()])
    assert complaint.startswith("notify[0] (") and told in complaint and complaint.endswith("1 failed since the start")


def test_a_success_after_a_failure_clears_it() -> None:
    heard: list[str] = []

    async def go() -> None:
        orders = (Notify(("/nowhere",)), Notify((sys.executable, "-c", ""), (Priority.P2,)))
        notifier = Notifier(orders, (), tuple, heard.append)
        notifier.take([alert("a")], NOW)
        await notifier.drain()
        notifier.take([alert("b", Priority.P2)], NOW)
        await notifier.drain()

    asyncio.run(go())
    assert len(heard) == 2 and heard[1] == ""


def test_a_flood_of_alerts_does_not_start_a_flood_of_commands() -> None:
    heard: list[str] = []

    async def go() -> None:
        notifier = Notifier((Notify((sys.executable, "-c", "input()")),), (), tuple, heard.append)
        notifier.take([alert(f"a{n}") for n in range(PARALLEL + WAITING + 7)], NOW)
        assert len(heard) == notifier.failures == 7
        for task in notifier._tasks:
            task.cancel()

    asyncio.run(go())
    assert "are under way already" in heard[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[{command: notify-send x}]", "2:20: notify[0].command: expected a list"),
        ("[{command: []}]", "2:20: notify[0].command: needs a program"),
        ("[{priorities: [P1]}]", "2:10: notify[0]: 'command' is missing"),
        ("[{command: [ls], priorities: [P9]}]", "2:39: notify[0].priorities[0]: 'P9' cannot stand here; valid: P1"),
        ("[{command: [ls], priorities: []}]", "2:38: notify[0].priorities: needs one"),
        ("[{command: [ls], timeout: 2h}]", "2:35: notify[0].timeout: longer than nothing, and at most 1m"),
        ("[{command: [ls], shell: true}]", "2:26: notify[0].shell: unknown key"),
        ("{command: [ls]}", "2:9: notify: expected a list"),
    ],
)
def test_a_mistake_in_notify_is_told_where_it_stands(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text(f"version: 1\nnotify: {text}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        config.load(file)
    assert told in "\n".join(raised.value.problems)


def test_it_is_off_unless_asked_for_and_a_program_that_is_missing_is_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text("version: 1\n", encoding="utf-8")
    assert config.load(file).notify == ()
    file.write_text("version: 1\nnotify: [{command: [no-such-program-here]}]\n", encoding="utf-8")
    loaded = config.load(file)
    assert "no program 'no-such-program-here'" in loaded.warnings[0]
    assert loaded.notify[0].priorities == (Priority.P1,)


def test_a_collector_calls_once_for_what_it_raises_and_never_for_what_is_stored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, file = tmp_path / "out", tmp_path / "feeds.yaml"
    bundled = Path(exercise.CONFIG).read_text(encoding="utf-8")
    command = json.dumps([sys.executable, "-c", WRITE, str(out)])
    file.write_text(f"{bundled}\nnotify: [{{command: {command}, priorities: [P1]}}]\n", encoding="utf-8")
    monkeypatch.setattr(exercise, "CONFIG", str(file))
    for days in (3, 2, 2, 1.9):
        assert exercise.poll(tmp_path / "data", NOW - timedelta(days=days)) == 0
    assert out.read_text(encoding="utf-8").count("attack-on-capital") == 2  # the same words on input and in environment
    assert "notify" not in capsys.readouterr().err
