"""Feeds that lie, stall, explode and attack, each with what must come of it.

`case` names what a table's line holds. `transport`, `documents` and `words` hold the lines; tests/test_hostile.py asks
all of them at once, among good feeds, through the real collector.
"""
