"""What an officer corrects in the view of an item: its tags, and the story that it is told in."""

from __future__ import annotations

from textual.widget import Widget

from sitmon.picture import Act, Card, Row
from sitmon.tui.messages import Say, Tell
from sitmon.tui.screens.ask import Ask, Choose
from sitmon.tui.screens.lists import MergeView
from sitmon.tui.verbs import undo_on

OPS = (
    ("add a region or place", "add", "region"),
    ("add an actor", "add", "actor"),
    ("remove a tag", "remove", ""),
    ("other sense: a tag means something else", "sense", ""),
)
SHOWN = 30
"""Tags to choose from: as many as a tall terminal shows."""


class CardVerbs(Widget):
    """For who has `card`, and `marked` items of its story."""

    card: Card | None

    @property
    def marked(self) -> tuple[str, ...]:
        """Ids of the items that are marked for a split."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"tag", "split", "merge", "undo"} and self.card is None:
            return False
        return super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Of a tag of it, of its rating, of a split or a merge of its story: whichever came last."""
        assert self.card
        undo_on(self, self.card.item.id, self.card.item.title)

    # ---------------------------------------------------------------- tags

    def action_tag(self) -> None:
        """Ask what is wrong, with which tag, and why."""

        def chosen(index: int | None) -> None:
            if index is None:
                return
            _, op, what = OPS[index]
            if op == "add":
                self._call(op, what, "")
            else:
                self._pick(op)

        self.app.push_screen(Choose("Correct a tag", [words for words, _, _ in OPS]), chosen)

    def _pick(self, op: str) -> None:
        assert self.card
        tags = self.card.item.tags
        known = [("region", tag.id, tag.name) for tag in tags.regions]
        known += [("actor", tag.id, tag.name) for tag in tags.actors]
        if not known:
            self.post_message(Say("It has no tags; choose add.", warn=True))
            return

        def chosen(index: int | None) -> None:
            if index is not None:
                what, name, _ = known[index]
                if op == "sense":
                    self._call(op, what, name)
                else:
                    self._reason(op, what, name, "")

        words = [f"{what} {name} ({title})" for what, name, title in known[:SHOWN]]
        self.app.push_screen(Choose("Which tag?", words), chosen)

    def _call(self, op: str, what: str, old: str) -> None:
        """Ask for the right one; the desk knows what it may be."""
        about = f"instead of {old}" if old else ""
        hint = "id or name: ML.Kidal, Kidal" if what == "region" else "id, name or acronym: jnim, JNIM"

        def named(text: str | None) -> None:
            if text:
                self._reason(op, what, old or text, text if old else "")

        self.app.push_screen(Ask(f"Which {what}?", about, hint=hint), named)

    def _reason(self, op: str, what: str, name: str, to: str) -> None:
        assert self.card
        item = self.card.item.id

        def done(text: str | None) -> None:
            if text:
                data = (("op", op), ("what", what), ("id", name), ("to", to))
                self.post_message(Tell(Act("tag", item, text, data=data)))

        self.app.push_screen(Ask(f"{op} {what} {name} {to}".rstrip() + ": why?", hint="reason"), done)

    # ---------------------------------------------------------------- stories

    @property
    def _story(self) -> str | None:
        """The story's id; says so when there is none."""
        assert self.card
        if self.card.story is None:
            self.post_message(Say("This item is in no story that is still open.", warn=True))
        return self.card.story.id if self.card.story else None

    def action_split(self) -> None:
        """The marked items, or this one, become a story of their own."""
        assert self.card
        items = self.marked or (self.card.item.id,)
        if (story := self._story) is None:
            return
        which = "this item" if not self.marked else f"{len(items)} marked"

        def done(text: str | None) -> None:
            if text:
                self.post_message(Tell(Act("split", story, text, data=(("items", " ".join(items)),))))

        self.app.push_screen(Ask(f"Split off {which}: why?", hint="reason"), done)

    def action_merge(self) -> None:
        """Look for the story that this one belongs to among the latest items, or those that answer a query."""
        if (story := self._story) is None:
            return

        def done(row: Row, text: str | None) -> None:
            if text and row.story:
                self.post_message(Tell(Act("merge", story, text, data=(("into", row.story),))))

        def taken(row: Row) -> None:
            if row.story is None:
                self.post_message(Say("That item is in no story that is still open.", warn=True))
            else:
                self.app.push_screen(Ask("Merge: why?", row.title, hint="reason"), lambda text: done(row, text))

        def asked(text: str | None) -> None:
            if text is not None:
                self.app.push_screen(MergeView(text, taken))

        hint = "a query, or story:s-1f2e3d; empty: the latest items"
        self.app.push_screen(Ask("Merge into which story?", hint=hint, optional=True), asked)
