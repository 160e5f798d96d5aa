"""Feeds beside the items that must come of them: `full.rss` and `full.rss.expected.json`, reviewed by eye.

`SITMON_GOLDEN=write pytest tests/test_parse_golden.py` writes the expectations anew; then read the diff.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sitmon import codec, normalise, parse
from sitmon.answer import Body, Failed
from tests.factories import feed

NOW = datetime(2024, 9, 19, 12, 0, tzinfo=UTC)
FEEDS = Path(__file__).parent / "feeds"
NAMES = sorted(p.name for p in FEEDS.iterdir() if not p.name.endswith(".expected.json"))


def outcome(name: str) -> dict[str, Any]:
    """What a reader of the feed is told, without keys that are empty."""
    found = parse.body(Body((FEEDS / name).read_bytes(), f"https://{name}.example/feed"))
    assert not isinstance(found, Failed), found
    result = normalise.feed(found.feed, feed(), NOW)
    return {
        "title": found.feed.title,
        "total": found.total,
        "notice": found.feed.notice,
        "rhythm": [found.feed.ttl_minutes, list(found.feed.skip_hours), list(found.feed.skip_days)],
        "dropped": dict(result.dropped),
        "items": [codec.item_doc(item) for item in result.items],
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_brings_the_items_beside_it(name: str) -> None:
    expected = FEEDS / f"{name}.expected.json"
    found = outcome(name)
    for item in found["items"]:
        for key in ("countries", "regions", "actors", "events", "type", "severity", "first_seen", "feed"):
            item.pop(key, None)
    if os.environ.get("SITMON_GOLDEN") == "write":
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(json.dumps(found)) == json.loads(expected.read_text(encoding="utf-8"))
