"""Small worlds for tests: nouns with everything but the point of the test filled in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sitmon.model import ActorTag, Feed, Item, RegionTag, Tags

NOW = datetime(2024, 9, 19, 12, 0, tzinfo=UTC)
"""The exercise's turning point: noon of the day the second convoy reached Kidal."""


def region_tag(region: str, name: str | None = None) -> RegionTag:
    """A tag for `ML`, `ML.Kidal`, `ML.Kidal.Aguelhok` or the slug of an area."""
    depth = region.count(".")
    kind: Any = "area" if region.islower() else ("country", "admin1", "place")[min(depth, 2)]
    country = None if kind == "area" else region[:2]
    return RegionTag(region, name or region.rpartition(".")[2], kind, country, None, None, 0.9)


def actor_tag(actor: str, kind: str = "armed_group") -> ActorTag:
    return ActorTag(actor, actor.upper(), kind, None)


def item(
    title: str = "Shelling near Kidal",
    *,
    item_id: str | None = None,
    feed: str = "wire",
    minutes_ago: float = 0,
    regions: tuple[str, ...] = (),
    actors: tuple[str, ...] = (),
    now: datetime = NOW,
    **more: Any,
) -> Item:
    """An item published `minutes_ago`; `regions` are ids, and the countries follow from them."""
    tags = more.pop("tags", None) or Tags(
        countries=tuple(dict.fromkeys(r[:2] for r in regions if not r.islower())),
        regions=tuple(region_tag(r) for r in regions),
        actors=tuple(actor_tag(a) for a in actors),
    )
    published = now - timedelta(minutes=minutes_ago)
    return Item(
        id=item_id or f"{feed}-{title[:24]}-{minutes_ago:g}",
        feed=feed,
        guid=None,
        title=title,
        summary=more.pop("summary", ""),
        content=more.pop("content", ""),
        link=None,
        published=published,
        published_note=None,
        first_seen=published,
        tags=tags,
        **more,
    )


def feed(feed_id: str = "wire", **more: Any) -> Feed:
    return Feed(id=feed_id, url=more.pop("url", f"https://{feed_id}.example/rss"), **more)
