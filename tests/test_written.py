"""What workers write of an item is what the store would have written."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sitmon import terms
from sitmon.codec import item_doc
from sitmon.model import Commit, Item, Select
from sitmon.store import open_store
from sitmon.written import Written, written
from tests.factories import NOW, item


def hostile() -> Item:
    """Everything in it that JSON or a line of terms could stumble over."""
    made = item('"Kidal"\\ \u2028 é 北京 \ud800', regions=("ML.Kidal.Aguelhok",), minutes_ago=5)
    return replace(made, published=NOW + timedelta(days=2), published_note="future", guid="a b%")


def test_a_written_item_is_its_document() -> None:
    for made in (item("Shelling near Kharkiv"), hostile()):
        assert dict(written(made)) == item_doc(made)


def test_a_written_item_is_found_under_the_terms_of_its_document() -> None:
    for made in (item("Shelling near Kharkiv"), hostile()):
        assert set(written(made).terms) == terms.of(item_doc(made))
        assert written(made).when == terms.when(item_doc(made))
        assert written(made).first_seen == terms.first_seen(item_doc(made))


def test_the_story_comes_later_and_changes_nothing_else() -> None:
    made = replace(hostile(), story=None)
    told = replace(made, story='s "1"')
    assert dict(written(made).telling(told.story)) == item_doc(told)
    assert set(written(made).telling(told.story).terms) == terms.of(item_doc(told))
    assert written(made).telling(None) == written(made)


def test_a_written_item_crosses_to_another_process() -> None:
    made = written(hostile())
    assert pickle.loads(pickle.dumps(made)) == made


def test_the_store_gives_back_an_item_that_was_written_elsewhere(tmp_path: Path) -> None:
    made = replace(item("Shelling near Kharkiv", regions=("UA.Kharkiv",)), story="s1")
    document: Written = written(replace(made, story=None)).telling("s1")
    store = open_store(tmp_path, role="collector")
    store.commit(Commit((made,), documents={made.id: document}))
    for words in (("shelling",), ()):
        found = store.ids(Select(words=words, regions=("UA",), stories=("s1",)))
        assert list(store.items(list(found))) == [made]
    store.close()
    again = open_store(tmp_path, role="reader")
    assert again.item(made.id) == made
    assert list(again.ids(Select(stories=("s1",)))) == [made.id]
    again.close()
