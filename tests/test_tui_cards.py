"""What the views say of one thing, as text."""

from __future__ import annotations

from datetime import timedelta

from sitmon.model import Alert, Entry, Priority, Turn
from sitmon.picture import Record
from sitmon.tui.cards import alert as alert_card
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
