"""What an officer does to an alert, an item, a region: mixed into the panes and views that have one at hand."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from sitmon.model import Alert, AlertState, Entry, Level, RegionStatus
from sitmon.picture import Act
from sitmon.tui import keys
from sitmon.tui.cards.alert import cite
from sitmon.tui.marks import LEVELS
from sitmon.tui.messages import Copy, Open, Tell, Use
from sitmon.tui.screens.ask import Ask, Choose
from sitmon.watch import subjects

SPANS = (
    ("15 minutes", timedelta(minutes=15)),
    ("1 hour", timedelta(hours=1)),
    ("4 hours", timedelta(hours=4)),
    ("12 hours, a shift", timedelta(hours=12)),
)
ALERT_ACTIONS = frozenset({"acknowledge", "shelve", "close", "watch", "cite", "note", "undo"})
ITEM_ACTIONS = frozenset({"explain", "cite", "copy_url", "show_url", "note", "credibility"})


class AlertVerbs(Widget):
    """For who has `alert`."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("alert")

    @property
    def alert(self) -> Alert | None:
        raise NotImplementedError

    @property
    def out(self) -> tuple[Entry, ...]:
        """What is out of service."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ALERT_ACTIONS and self.alert is None:
            return False
        if action == "service":
            return self.alert is not None or bool(self.out)
        if action == "acknowledge" and self.alert is not None:
            return self.alert.is_unseen
        return super().check_action(action, parameters)

    def action_acknowledge(self) -> None:
        if self.alert:
            self.post_message(Tell(Act("ack", self.alert.id)))

    def action_watch(self) -> None:
        if self.alert:
            self.post_message(Tell(Act("watch", self.alert.id)))

    def action_cite(self) -> None:
        if self.alert:
            self.post_message(Copy(cite(self.alert)))

    def action_close(self) -> None:
        self._ask("close", "Close: why?", "reason")

    def action_note(self) -> None:
        self._ask("note", "Note", "what the watch log should say")

    def action_undo(self) -> None:
        self._ask("undo", "Take back what was done last: why?", "reason")

    def _ask(self, verb: str, title: str, hint: str) -> None:
        if (alert := self.alert) is None:
            return

        def done(text: str | None) -> None:
            if text:
                self.post_message(Tell(Act(verb, alert.id, text)))

        self.app.push_screen(Ask(title, alert.title, hint=hint), done)

    def action_shelve(self) -> None:
        if (alert := self.alert) is None:
            return
        if alert.state is AlertState.SHELVED:
            self.post_message(Tell(Act("unshelve", alert.id)))
            return

        def done(text: str | None, span: timedelta) -> None:
            if text:
                self.post_message(Tell(Act("shelve", alert.id, text), lasting=span))

        def chosen(index: int | None) -> None:
            if index is not None:
                words, span = SPANS[index]
                ask = Ask(f"Shelve for {words}: why?", alert.title, hint="reason")
                self.app.push_screen(ask, lambda text: done(text, span))

        self.app.push_screen(Choose("Shelve for how long?", [words for words, _ in SPANS]), chosen)

    def action_service(self) -> None:
        """Choose what goes out of service, or what comes back; then for how long, and why."""
        named = subjects(self.alert) if self.alert else ()
        rest = [one for one in named if one not in {order.subject for order in self.out}]
        words = [f"take out of service: {one}" for one in rest]
        words += [f"put back in service: {order.subject} (out by {order.by}: {order.text})" for order in self.out]

        def tell(subject: str, state: str, text: str | None, span: timedelta | None = None) -> None:
            if text:
                act = Act("service", subject, text, data=(("state", state),))
                self.post_message(Tell(act, lasting=span))

        def lasting(subject: str, index: int | None) -> None:
            if index is not None:
                span = SPANS[index][1] if index < len(SPANS) else None
                ask = Ask(f"{subject} out of service: why?", hint="reason")
                self.app.push_screen(ask, lambda text: tell(subject, "out", text, span))

        def chosen(index: int | None) -> None:
            if index is None:
                return
            if index >= len(rest):
                subject = self.out[index - len(rest)].subject
                ask = Ask(f"{subject} back in service: why?", hint="reason")
                self.app.push_screen(ask, lambda text: tell(subject, "in", text))
                return
            spans = [*(span for span, _ in SPANS), "until it is put back"]
            self.app.push_screen(Choose("Out of service for how long?", spans), lambda at: lasting(rest[index], at))

        self.app.push_screen(Choose("Out of service", words), chosen)


class ItemVerbs(Widget):
    """For who has `item_id`."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("item")

    @property
    def item_id(self) -> str | None:
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ITEM_ACTIONS and self.item_id is None:
            return False
        return super().check_action(action, parameters)

    def action_explain(self) -> None:
        if self.item_id:
            self.post_message(Open("item", self.item_id, explain=True))

    def action_cite(self) -> None:
        if self.item_id:
            self.post_message(Use(self.item_id, "cite"))

    def action_copy_url(self) -> None:
        if self.item_id:
            self.post_message(Use(self.item_id, "url"))

    def action_show_url(self) -> None:
        if self.item_id:
            self.post_message(Use(self.item_id, "link"))

    def action_note(self) -> None:
        note_on(self, self.item_id)


class RegionVerbs(Widget):
    """For who has `status`."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("region")

    @property
    def status(self) -> RegionStatus | None:
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"set_level", "note", "undo"} and self.status is None:
            return False
        return super().check_action(action, parameters)

    def action_note(self) -> None:
        note_on(self, self.status.id if self.status else None)

    def action_undo(self) -> None:
        if status := self.status:
            undo_on(self, status.id, status.name)

    def action_set_level(self) -> None:
        if (status := self.status) is None:
            return
        levels = [level for level in reversed(Level) if level is not Level.UNKNOWN]
        words = [
            *(f"{LEVELS[level][0]} {LEVELS[level][1]}" for level in levels),
            "as computed: give it back to the formula",
        ]

        def explained(level: str, span: timedelta, text: str | None) -> None:
            if text:
                self.post_message(Tell(Act("level", status.id, text, data=(("level", level),)), lasting=span))

        def reviewed(level: str, index: int | None) -> None:
            if index is not None:
                ask = Ask(f"{status.name} {level}: why?", hint="reason")
                self.app.push_screen(ask, lambda text: explained(level, SPANS[index][1], text))

        def chosen(index: int | None) -> None:
            if index == len(levels):
                self.post_message(Tell(Act("level", status.id, data=(("level", "auto"),))))
            elif index is not None:
                ask = Choose("Review it after", [span for span, _ in SPANS])
                self.app.push_screen(ask, lambda span: reviewed(levels[index].name, span))

        self.app.push_screen(Choose(f"Level of {status.name}", words), chosen)


def note_on(widget: Widget, subject: str | None) -> None:
    """Ask for a note about `subject`."""
    if subject is None:
        return

    def done(text: str | None) -> None:
        if text:
            widget.post_message(Tell(Act("note", subject, text)))

    widget.app.push_screen(Ask("Note", "", hint="what the watch log should say"), done)


def undo_on(widget: Widget, subject: str, title: str) -> None:
    """Ask why what was done last to `subject` is taken back; the desk tells what that was."""

    def done(text: str | None) -> None:
        if text:
            widget.post_message(Tell(Act("undo", subject, text)))

    widget.app.push_screen(Ask("Take back what was done last: why?", title, hint="reason"), done)
