"""`sitmon tag --retag`: what is stored, tagged anew after names or code changed. Shows first; `--apply` stores it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from sitmon.codec import item_json, tags_json
from sitmon.config import Config
from sitmon.headless import opening
from sitmon.headless.output import json_line, line, tell
from sitmon.model import Commit, Item, Select, Tags
from sitmon.options import Options
from sitmon.store import Store
from sitmon.tag import Tagger
from sitmon.workers.reading import document

BATCH = 500
"""Items of one transaction."""

EXAMPLES = 20


@dataclass(slots=True)
class Changes:
    """What the new tags would add and take away, by id, and titles to judge it by."""

    items: int = 0
    changed: int = 0
    added: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def count(self, before: Item, after: Item) -> None:
        old, new = ids(before.tags), ids(after.tags)
        self.changed += 1
        self.added.update(new - old)
        self.removed.update(old - new)
        if new != old and len(self.examples) < EXAMPLES:
            marks = [f"+{name}" for name in sorted(new - old)] + [f"-{name}" for name in sorted(old - new)]
            self.examples.append(f"{before.title}: {' '.join(marks)}")


def retag(options: Options) -> int:
    """Tag every stored item again. Officers' corrections lie over the tags and stay as they are."""
    config = options.load()
    with opening.store(options, "collector" if options.apply else "reader") as store:
        changes = Changes()
        found = differing(store, config, changes)
        while batch := list(islice(found, BATCH)):
            if options.apply:
                store.commit(Commit(items=tuple(batch)))
            elif options.json:
                for item in batch:
                    json_line(item_json(item))
        opening.tell_notices(store)
    show(options, changes)
    return 0


def differing(store: Store, config: Config, changes: Changes) -> Iterator[Item]:
    """Items whose tags are now others, with those."""
    tagger = Tagger.load(config.places, config.actors)
    feeds = {feed.id: feed for feed in config.feeds}
    ids_ = store.ids(Select())
    for start in range(0, len(ids_), BATCH):
        for item in store.items(ids_[start : start + BATCH]):
            changes.items += 1
            feed = feeds.get(item.feed)
            tags = tagger.tags(document(item, feed)) if feed else item.tags
            if tags_json(tags) != tags_json(item.tags):  # as stored, where scores are rounded
                after = item.tagged(tags)
                changes.count(item, after)
                yield after


def ids(tags: Tags) -> set[str]:
    return {tag.id for tag in tags.regions} | {tag.id for tag in tags.actors}


def show(options: Options, changes: Changes) -> None:
    say = tell if options.json else line
    say(f"{changes.changed} of {changes.items} items {'have' if options.apply else 'would have'} other tags")
    for word, counts in (("added", changes.added), ("removed", changes.removed)):
        if counts:
            say(f"{word}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common(12)))
    for example in changes.examples:
        say(f"  {example}")
    if changes.changed and not options.apply:
        say("nothing is stored yet; --apply stores it")
