"""The glyphs, words and codes of the screen: nothing is told by colour alone.

Every glyph is one cell wide and has an ASCII equal of the same width (`ASCII`), so that one layout serves both.
"""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len, set_cell_size

from sitmon.model import AlertState, EventType, FeedHealth, Level, Priority, RegionStatus, Severity, Trend

Cell = tuple[str, str]
"""A run of text and the style it is drawn in, as `bold $ink-p1`."""

LEVELS = {
    Level.SEVERE: ("◆", "SEVERE", "bold reverse $ink-level"),
    Level.HIGH: ("▲", "HIGH", "bold $ink-level"),
    Level.ELEVATED: ("■", "ELEV", "bold"),
    Level.GUARDED: ("●", "GUARD", ""),
    Level.NORMAL: ("·", "NORMAL", "$ink-calm"),
    Level.UNKNOWN: ("?", "UNKNOWN", "italic $ink-flag"),
}
TRENDS = {Trend.RISING: "↑", Trend.STEADY: "→", Trend.FALLING: "↓"}
PRIORITIES = {
    Priority.P1: ("P1", "bold reverse $ink-p1"),
    Priority.P2: ("P2", "bold $ink-p2"),
    Priority.P3: ("P3", "$ink-p3"),
    Priority.FLAG: ("FL", "$ink-flag"),
}
STATES = {
    AlertState.NEW: ("●", "NEW", "bold"),
    AlertState.RETURNED: ("○", "RTN", "bold"),
    AlertState.ACKNOWLEDGED: ("·", "ACK", "$ink-quiet"),
    AlertState.WATCHING: ("◉", "WATCH", ""),
    AlertState.SHELVED: ("z", "SHELF", "$ink-quiet"),
    AlertState.CLOSED: ("×", "CLOSE", "$ink-quiet"),
    AlertState.OUT_OF_SERVICE: ("×", "OOS", "$ink-quiet"),
}
SEVERITIES = {
    Severity.EXTREME: ("◆", "bold $ink-level"),
    Severity.SEVERE: ("▲", "$ink-level"),
    Severity.MODERATE: ("■", ""),
    Severity.MINOR: ("·", "$ink-quiet"),
    Severity.UNKNOWN: (" ", ""),
}
TYPES: dict[str, str] = {
    EventType.BATTLES: "BATTLE",
    EventType.EXPLOSIONS: "EXPLOS",
    EventType.CIVILIANS: "CIVIL",
    EventType.PROTESTS: "PROTST",
    EventType.RIOTS: "RIOT",
    EventType.STRATEGIC: "STRAT",
    EventType.DISASTER: "DISAST",
    EventType.HEALTH: "HEALTH",
    EventType.ACCIDENT: "ACCID",
    EventType.DIPLOMACY: "DIPLO",
    EventType.ECONOMY: "ECON",
    EventType.CYBER: "CYBER",
    EventType.CRIME: "CRIME",
    EventType.OTHER: "",
}
HEALTH = {
    FeedHealth.OK: ("·", ""),
    FeedHealth.NEW: ("○", "$ink-quiet"),
    FeedHealth.QUIET: ("○", ""),
    FeedHealth.STALE: ("■", "bold"),
    FeedHealth.EMPTY: ("■", "bold"),
    FeedHealth.PARSE: ("▲", "bold"),
    FeedHealth.BLOCKED: ("▲", "bold"),
    FeedHealth.DEAD: ("◆", "bold reverse"),
    FeedHealth.OFF: ("×", "$ink-quiet"),
}
BARS = "▁▂▃▄▅▆▇█"

ASCII = str.maketrans(
    {
        **dict(zip("◆▲■●○◉·×↑→↓…↵⌫", "X!#*o@.x^=v~<<", strict=True)),
        **dict(zip(BARS, "_.,-=+*#", strict=True)),
        **dict(zip("─│═║┌┐└┘├┤┬┴┼━┃╸╺▌▐▔▎▊▕", "-|=|+++++++++-|--||-|||", strict=True)),
        **dict(zip("‘’‚“”„«»‹›–—−•\u00a0", "''," + '"""' + '""' + "<>---* ", strict=True)),
    }
)
"""Own glyphs and common punctuation to one ASCII character each."""


def fold(text: str) -> str:
    """`text` in ASCII, as many cells wide: own glyphs by table, accents dropped, the rest `?`."""
    if text.isascii():
        return text
    return "".join(_ascii(char) for char in text.translate(ASCII))


def _ascii(char: str) -> str:
    if char.isascii():
        return char
    plain = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    width = cell_len(char)
    return plain if plain and len(plain) == width else "?" * width


def fit(text: str, width: int) -> str:
    """`text` cut with an ellipsis or padded to exactly `width` cells."""
    if text.isascii():
        return text.ljust(width) if len(text) <= width else text[: max(0, width - 1)] + "…"[:width]
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(0, width - 1)) + "…"[:width]


def spark(values: tuple[float, ...], top: float) -> str:
    """One bar a value, `top` the full height; days without a value are not made up."""
    if top <= 0:
        return BARS[0] * len(values)
    return "".join(BARS[min(7, int(max(0.0, value) / top * 7.99))] for value in values)


def place(region: str | None) -> str:
    """A region id as a short word: `ML.Kidal.Tin-Zaouatine` is `Tin-Zaouatine`."""
    return (region or "--").rpartition(".")[2]


def level(status: RegionStatus) -> Cell:
    """Glyph and word of a region's level."""
    glyph, word, style = LEVELS[status.level]
    return f"{glyph}{word}", style
