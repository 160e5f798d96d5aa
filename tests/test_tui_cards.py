"""What the views say of one thing, as text."""

from __future__ import annotations

from datetime import timedelta

from sitmon.model import Alert, Driver, Entry, Level, Priority, RegionStatus, Trend, Turn
from sitmon.picture import Record
from sitmon.tui.cards import alert as alert_card
from sitmon.tui.cards import region as region_card
from sitmon.tui.panes.regions import Regions
from tests.factories import NOW

HOUR = timedelta(hours=1)


def test_an_alerts_history_has_what_became_of_it_among_what_officers_did() -> None:
    turns = (Turn(NOW, "source", "2 independent sources, 1 before"), Turn(NOW + 2 * HOUR, "toll", "50 killed"))
    raised = Alert("deadly-1", "deadly", Priority.P2, "Attack", NOW - HOUR, NOW, turns=turns)
    log = (Entry("e", "seat", "KJ", NOW + HOUR, "ack", "deadly-1", "called DO"),)
    shown = alert_card.show(raised, Record("deadly-1", entries=log, told=(("toll", "50 killed"),))).plain
    steps = [shown.index(words) for words in ("new: 2 independent", "called DO", "new: 50 killed")]
    assert steps == sorted(steps)
    assert "ITS STORY\ntoll    50 killed" in shown


def test_a_list_shows_the_set_level_beside_the_computed_one_and_that_a_region_is_blind() -> None:
    status = RegionStatus(
        "kidal", "Kidal", "board", Level.HIGH, Level.UNKNOWN, 12.0, Trend.STEADY, (0.0,) * 7,
        (Driver("Convoy leaves Gao", 1.0),), 1, 8, True, "1", note="BLIND: 1 of 8 sources speak", set_by="KJ",
    )  # fmt: skip
    text = "".join(words for words, *_ in Regions().paint(status, 120))
    assert text.endswith("computed UNKNOWN, set by KJ; BLIND: 1 of 8 sources speak; Convoy l…")
    assert "HIGH set by KJ, computed UNKNOWN" in "\n".join(line.plain for line in region_card.brief(status))
