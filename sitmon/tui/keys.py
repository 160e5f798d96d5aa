"""The one table of keys: bindings, footer, help screen, palette and the README's table are made from it.

A key's `id` is what `keys:` in feeds.yaml rebinds. Ctrl+B, Ctrl+A, Ctrl+S and Ctrl+Q stay free for tmux, screen and
flow control; Alt chords do not survive every terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Key:
    """One action and the keys that start it."""

    id: str
    keys: str
    """Textual's names, separated by commas."""
    action: str
    label: str
    """For the footer: one or two words."""
    help: str
    scope: str
    """Where it works: a key of SCOPES."""
    rank: int = 0
    """Place in the footer, the lowest first; 0 keeps it out."""


SCOPES = {
    "app": "Everywhere",
    "watch": "The watch: panes and views",
    "back": "In a view",
    "list": "In a list",
    "strip": "In the strip of regions",
    "item": "On an item",
    "card": "In the view of an item",
    "same": "In its list of the same story",
    "sheet": "On the hand-over sheet",
    "alert": "On an alert",
    "region": "On a region",
    "feed": "On a feed",
    "scroll": "In a text",
}

KEYS = (
    Key("down", "j,down", "down", "", "next line", "list"),
    Key("up", "k,up", "up", "", "previous line", "list"),
    Key("first", "g,home", "first", "", "first line (the newest)", "list"),
    Key("last", "G,end", "last", "", "last line; the new lines when the title counts some", "list"),
    Key("half-down", "ctrl+d", "half_down", "", "half a page down", "list"),
    Key("half-up", "ctrl+u", "half_up", "", "half a page up", "list"),
    Key("page-down", "pagedown", "page_down", "", "a page down", "list"),
    Key("page-up", "pageup", "page_up", "", "a page up", "list"),
    Key("open", "enter", "open", "open", "open what is selected", "list", 10),
    Key("right", "l,right", "down", "", "next region", "strip"),
    Key("left", "h,left", "up", "", "previous region", "strip"),
    Key("ack", "a", "acknowledge", "ack", "acknowledge the alert", "alert", 1),
    Key(
        "shelve",
        "s",
        "shelve",
        "shelve",
        "shelve it for a time, with a reason; a shelved one: bring it back",
        "alert",
        2,
    ),
    Key("close", "c", "close", "close", "close it, with a reason", "alert", 3),
    Key("watch", "w", "watch", "watch", "keep it on watch", "alert", 4),
    Key("alert-note", "n", "note", "note", "add a note to the watch log", "alert", 5),
    Key("alert-undo", "u", "undo", "undo", "take back what was done to it last, with a reason", "alert", 33),
    Key(
        "service",
        "O",
        "service",
        "",
        "take it, its rule or its feed out of service, with a reason; put back what is out",
        "alert",
    ),
    Key("alert-cite", "y", "cite", "", "copy a line that cites it", "alert"),
    Key("explain", "e", "explain", "explain", "why it is tagged so: tags with the words that caused them", "item", 12),
    Key("cite", "y", "cite", "cite", "copy a line that cites it: time, source, rating, title", "item", 13),
    Key("copy-url", "Y", "copy_url", "", "copy its link (OSC 52; tmux needs set-clipboard on)", "item"),
    Key("show-url", "o", "show_url", "link", "show its link in full", "item", 14),
    Key("item-note", "n", "note", "note", "add a note to the watch log", "item", 15),
    *(
        Key(f"credibility-{n}", str(n), f"credibility({n})", "", f"credibility {n}: {words}", "card")
        for n, words in enumerate(
            ("confirmed", "probably true", "possibly true", "doubtful", "improbable", "cannot be judged"), 1
        )
    ),
    Key("tag", "t", "tag", "tag", "correct a tag: add, remove, other sense; with a reason", "card", 16),
    Key("split", "X", "split", "", "make the marked items, or this one, a story of their own", "card"),
    Key("merge", "M", "merge", "", "merge its story into that of another item", "card"),
    Key("undo", "u", "undo", "undo", "take back what was done last to it or its story, with a reason", "card", 33),
    Key("mark", "x", "mark", "mark", "mark the item for a split, and back", "same", 11),
    Key("sign", "s", "sign", "sign", "hand the watch over: sign with the initials of who takes it", "sheet", 1),
    Key("set-level", "S", "set_level", "set level", "set its level, with a reason and a time of review", "region", 1),
    Key("region-note", "n", "note", "note", "add a note to the watch log", "region", 2),
    Key("region-undo", "u", "undo", "undo", "take back what was done to it last, with a reason", "region", 33),
    Key("poll-feed", "r", "poll_feed", "poll it", "poll this feed now", "feed", 1),
    Key("filter", "f", "filter", "filter", "filter the timeline; empty shows all", "watch", 23),
    Key("search", "slash", "search", "search", "search all that is stored", "watch", 20),
    Key("next-pane", "tab", "next_pane", "pane", "next pane", "watch", 24),
    Key("previous-pane", "shift+tab", "previous_pane", "", "previous pane", "watch"),
    Key("pane-1", "1", "pane('alerts')", "", "ALERTS", "watch"),
    Key("pane-2", "2", "pane('timeline')", "", "TIMELINE", "watch"),
    Key("pane-3", "3", "pane('regions')", "", "REGIONS", "watch"),
    Key("pane-4", "4", "pane('detail')", "", "DETAIL, where it is shown", "watch"),
    Key("zoom", "z", "zoom", "zoom", "one pane on the whole screen, and back", "watch", 29),
    Key("pause", "p", "pause", "", "stop the timeline's flow; alerts go on", "watch"),
    Key("regions", "R", "regions", "regions", "all regions with level, trend and drivers", "watch", 25),
    Key("feeds", "F", "feeds", "feeds", "health of the feeds", "watch", 26),
    Key("log", "L", "log", "log", "the watch log", "watch", 28),
    Key("handover", "H", "handover", "hand over", "the hand-over sheet, and signing it", "watch", 32),
    Key(
        "look-back",
        "T",
        "look_back",
        "look back",
        "show the situation as it stood at a time; empty for now",
        "watch",
        30,
    ),
    Key("text-down", "j,down", "scroll_down", "", "a line down", "scroll"),
    Key("text-up", "k,up", "scroll_up", "", "a line up", "scroll"),
    Key("text-first", "g,home", "scroll_home", "", "the beginning", "scroll"),
    Key("text-last", "G,end", "scroll_end", "", "the end", "scroll"),
    Key("text-page-down", "pagedown,ctrl+d,space", "page_down", "page", "a page down", "scroll", 11),
    Key("text-page-up", "pageup,ctrl+u", "page_up", "", "a page up", "scroll"),
    Key("back", "escape", "back", "back", "back to where you came from", "back", 9),
    Key("next-part", "tab", "next_part", "text/list", "from the text to the list, and back", "back", 12),
    Key("previous-part", "shift+tab", "previous_part", "", "the other way round", "back"),
    Key("poll", "r", "poll", "poll", "poll all feeds now", "app", 27),
    Key("mute", "m", "mute", "mute", "mute or ring the bell of new P1 alerts", "app", 31),
    Key("palette", "ctrl+p", "command_palette", "", "every action by name", "app"),
    Key("help", "question_mark,f1", "help", "help", "this help", "app", 21),
    Key("quit", "q,ctrl+c", "quit", "quit", "quit; asks when a P1 is not acknowledged", "app", 22),
)

BY_ID = {key.id: key for key in KEYS}

NAMES = {
    "slash": "/",
    "question_mark": "?",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "left": "Left",
    "right": "Right",
    "down": "Down",
    "up": "Up",
    "home": "Home",
    "end": "End",
    "space": "Space",
    "f1": "F1",
}


def bindings(*scopes: str) -> list[BindingType]:
    """What a widget or screen of these scopes binds."""
    return [
        Binding(key.keys, key.action, key.label or key.help, show=bool(key.rank), id=key.id)
        for scope in scopes
        for key in KEYS
        if key.scope == scope
    ]


def shown(key: str) -> str:
    """A key's name as people write it: `Ctrl+D`, `/`, `Enter`."""
    if key in NAMES:
        return NAMES[key]
    *held, last = key.split("+")
    return "+".join([*(part.capitalize() for part in held), last.upper() if held else last])


def table(keymap: dict[str, str] | None = None) -> Iterable[tuple[str, tuple[tuple[str, str, str], ...]]]:
    """For help and README: each scope's heading with its lines of (keys, what they do, id)."""
    rebound = keymap or {}
    for scope, heading in SCOPES.items():
        lines = tuple(
            (" ".join(shown(name) for name in rebound.get(key.id, key.keys).split(",")), key.help, key.id)
            for key in KEYS
            if key.scope == scope
        )
        yield heading, lines


def markdown() -> str:
    """The table as the README prints it."""
    lines = [f"| `{names}` | {what} | `{key}` |" for _, rows in table() for names, what, key in rows]
    return "\n".join(["| key | does | id |", "|---|---|---|", *lines])
