"""Alert rules: one module per kind, each a frozen dataclass whose fields are its keys in feeds.yaml.

`KINDS` lists them. `engine.Engine` runs them over items as they come; `replay` over what is stored.
"""

from __future__ import annotations

from sitmon.rules.escalation import Escalation
from sitmon.rules.hazard import Hazard
from sitmon.rules.match import Match
from sitmon.rules.movement import Movement
from sitmon.rules.rehearsal import Replay, replay
from sitmon.rules.rule import Rule, RuleError
from sitmon.rules.silence import Silence
from sitmon.rules.surge import Surge

KINDS: tuple[type[Rule], ...] = (Match, Surge, Escalation, Silence, Movement, Hazard)
"""Every kind of rule; `kind:` in feeds.yaml is one of their `kind`s."""

__all__ = [
    "KINDS",
    "Escalation",
    "Hazard",
    "Match",
    "Movement",
    "Replay",
    "Rule",
    "RuleError",
    "Silence",
    "Surge",
    "replay",
]
