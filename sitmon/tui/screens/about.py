"""All about one thing: a text, and the items behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from sitmon.model import Alert, Entry, RegionStatus
from sitmon.picture import Act, AskCard, AskRecord, Card, FeedLine, FromDesk, Record, Situation
from sitmon.tui import keys
from sitmon.tui.cards import alert as alert_card
from sitmon.tui.cards import feed as feed_card
from sitmon.tui.cards import item as item_card
from sitmon.tui.cards import region as region_card
from sitmon.tui.cards import text
from sitmon.tui.editing import CardVerbs
from sitmon.tui.messages import Say, Tell
from sitmon.tui.panes.detail import Scroll, Title
from sitmon.tui.panes.timeline import Found, Siblings
from sitmon.tui.screens.view import View
from sitmon.tui.verbs import AlertVerbs, ItemVerbs, RegionVerbs

WAITING = Content.styled("asking the desk ...", "$ink-quiet")


class About(View):
    """All about `subject`: a text, and the items behind it as a list to open them from."""

    NAME = ""
    ITEMS = "ITEMS"
    LIST: type[Found] = Found
    READS = False
    """Whether the keys go to the text first, not to the items."""

    def __init__(self, subject: str) -> None:
        super().__init__(classes="about")
        self.subject = subject
        self.record: Record | None = None
        self._version = -1

    def body(self) -> Iterable[Widget]:
        yield Title(self.NAME, self.subject)
        yield Scroll()
        found = self.LIST(id="found")
        found.NAME = self.ITEMS
        yield found

    def on_mount(self) -> None:
        self.query_one(Scroll).put(WAITING)
        self.query_one(Scroll if self.READS else Found).focus()

    def ask_again(self) -> None:
        self.post_message(Tell(AskRecord(self.subject)))

    def show(self, situation: Situation) -> None:
        self.query_one(Found).now = situation.as_of
        if situation.version != self._version and self.is_current:
            self._version = situation.version
            self.ask_again()
        if (content := self.content(situation)) is not None:
            self.query_one(Scroll).put(content)
        self.refresh_bindings()

    def hear(self, answer: FromDesk) -> None:
        if isinstance(answer, Record) and answer.subject == self.subject:
            self.record = answer
            self.query_one(Found).show(answer.rows)
            self.show(self.desk.situation)

    def content(self, situation: Situation) -> Content | None:
        """The text; None to leave what is there."""
        raise NotImplementedError


class AlertView(AlertVerbs, About):
    """Why an alert fired, on what, and what was done about it."""

    NAME = "ALERT"
    ITEMS = "ON WHAT"

    @property
    def alert(self) -> Alert | None:
        return next((alert for alert in self.desk.situation.alerts if alert.id == self.subject), None)

    @property
    def out(self) -> tuple[Entry, ...]:
        return self.desk.situation.out

    def content(self, situation: Situation) -> Content | None:  # noqa: ARG002
        return (
            alert_card.show(self.alert, self.record)
            if self.alert
            else Content("This alert is closed or out of service: it is not among the open ones any more.")
        )


class RegionView(RegionVerbs, About):
    """How a region stands, why, and its latest items."""

    NAME = "REGION"
    ITEMS = "LATEST"

    @property
    def status(self) -> RegionStatus | None:
        return next((status for status in self.desk.situation.regions if status.id == self.subject), None)

    def content(self, situation: Situation) -> Content | None:  # noqa: ARG002
        return (
            region_card.show(self.status, self.record) if self.status else Content("Nothing is known of this region.")
        )


class FeedView(About):
    """A feed's health, and what it brought last."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("feed")
    NAME = "FEED"
    ITEMS = "LATEST"

    def content(self, situation: Situation) -> Content | None:
        feed: FeedLine | None = next((feed for feed in situation.feeds if feed.id == self.subject), None)
        return feed_card.show(feed, self.record) if feed else Content("This feed is not in feeds.yaml.")

    def action_poll_feed(self) -> None:
        self.post_message(Tell(Act("poll", self.subject)))


class LogView(About):
    """The watch log of the last day."""

    NAME = "WATCH LOG"
    READS = True

    def __init__(self) -> None:
        super().__init__("")

    def content(self, situation: Situation) -> Content | None:  # noqa: ARG002
        if self.record is None:
            return None
        lines = [text.line(("TROUBLE ", "bold"), words) for words, _ in self.desk.banners]
        lines += text.entries(self.record.entries) or [
            Content.styled("Nobody has entered anything in the last day; `sitmon log` has all.", "$ink-quiet")
        ]
        return text.page(lines)


class ItemView(CardVerbs, ItemVerbs, About):
    """An item with its text, its tags and why they stand, and the others of its story."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("card")
    NAME = "ITEM"
    ITEMS = "SAME STORY"
    LIST = Siblings
    READS = True

    def __init__(self, subject: str, *, explain: bool = False) -> None:
        super().__init__(subject)
        self._explain = explain
        self.card: Card | None = None

    @property
    def item_id(self) -> str | None:
        return self.subject

    @property
    def marked(self) -> tuple[str, ...]:
        return self.query_one(Siblings).marked

    def ask_again(self) -> None:
        self.post_message(Tell(AskCard(self.subject)))

    def hear(self, answer: FromDesk) -> None:
        if isinstance(answer, Card) and answer.item.id == self.subject:
            self.card = answer
            self.query_one(Found).show(answer.others)
            self.show(self.desk.situation)
            if self._explain:
                self._explain = False
                self.call_after_refresh(self.action_explain)

    def content(self, situation: Situation) -> Content | None:  # noqa: ARG002
        return item_card.show(self.card) if self.card else None

    def action_explain(self) -> None:
        """Scroll to the reasons."""
        if self.card is None:
            return
        above = text.page(item_card.above(self.card))
        width = max(1, self.query_one(Scroll).size.width - 2)
        self.query_one(Scroll).scroll_to(y=len(above.wrap(width)), animate=False)

    def action_credibility(self, digit: int) -> None:
        """The officer's digit goes to the story: that is what sources confirm or not."""
        if self.card:
            story = self.card.story.id if self.card.story else self.card.item.story
            if story is None:
                self.post_message(Say("This item is in no story yet; nothing to rate.", warn=True))
            else:
                self.post_message(Tell(Act("credibility", story, data=(("digit", str(digit)),))))
