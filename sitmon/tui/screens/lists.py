"""A list on the whole screen: what a search found, all regions, all feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.message import Message
from textual.widget import Widget

from sitmon.picture import FromDesk, Page, Row, Situation
from sitmon.tui.panes.feeds import Feeds
from sitmon.tui.panes.regions import Regions
from sitmon.tui.panes.timeline import Timeline
from sitmon.tui.screens.view import View


class SearchView(View):
    """What is stored and answers a query."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        self._version = -1

    def body(self) -> Iterable[Widget]:
        results = Timeline(self._question, id="results")
        results.NAME = "SEARCH"
        yield results

    def on_mount(self) -> None:
        self.query_one(Timeline).focus()

    def show(self, situation: Situation) -> None:
        self.query_one(Timeline).now = situation.as_of
        if situation.version != self._version:
            self._version = situation.version
            self.query_one(Timeline).renew()

    def ask_again(self) -> None:
        self.query_one(Timeline).renew()

    def hear(self, answer: FromDesk) -> None:
        if isinstance(answer, Page):
            self.query_one(Timeline).hear(answer)


class MergeView(SearchView):
    """The items that a query finds, of which Enter takes one for `taken`."""

    def __init__(self, question: str, taken: Callable[[Row], None]) -> None:
        super().__init__(question)
        self._taken = taken

    def body(self) -> Iterable[Widget]:
        yield Choice(self._question, id="results")

    def on_choice_taken(self, message: Choice.Taken) -> None:
        self.dismiss()
        self.app.call_later(self._taken, message.row)  # this screen is closing, and hears no more answers


class Choice(Timeline):
    """A timeline of which Enter takes a row."""

    NAME = "ENTER: MERGE INTO THE STORY OF"

    class Taken(Message):
        """The officer's choice."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def action_open(self) -> None:
        if self.row:
            self.post_message(self.Taken(self.row))


class RegionsView(View):
    """All regions, with what drives them."""

    def body(self) -> Iterable[Widget]:
        yield Regions(id="all-regions")

    def show(self, situation: Situation) -> None:
        self.query_one(Regions).take(situation)

    def on_mount(self) -> None:
        self.query_one(Regions).focus()


class FeedsView(View):
    """The health of every feed."""

    def body(self) -> Iterable[Widget]:
        yield Feeds(id="all-feeds")

    def show(self, situation: Situation) -> None:
        self.query_one(Feeds).take(situation)

    def on_mount(self) -> None:
        self.query_one(Feeds).focus()
