"""The themes, and the names of the inks that everything on the screen is drawn with.

At most seven hues, bright only for what is abnormal; red and yellow mean alarms and nothing else (ISA-101 practice).
`cvd` replaces the red-green pair by orange and blue; `mono` and NO_COLOR carry all meaning in words, glyphs, bold,
underline and reverse.
"""

from __future__ import annotations

from textual.theme import Theme

INKS = (
    "p1",
    "p2",
    "p3",
    "flag",
    "level",
    "calm",
    "accent",
    "region",
    "actor",
    "harm",
    "quiet",
    "cursor",
    "bar",
    "rule",
)
"""Each is a CSS variable `$ink-NAME`: priorities, abnormal and normal levels, marks in text, quiet words, surfaces."""


def _theme(name: str, background: str, foreground: str, hues: str, *, dark: bool = True) -> Theme:
    """`hues` lists a colour for each of INKS, in their order."""
    inks = dict(zip(INKS, hues.split(), strict=True))
    return Theme(
        name=name,
        primary=inks["accent"],
        secondary=inks["region"],
        accent=inks["accent"],
        warning=inks["p2"],
        error=inks["p1"],
        success=inks["accent"],
        foreground=foreground,
        background=background,
        surface=background,
        panel=inks["bar"],
        dark=dark,
        variables={f"ink-{ink}": colour for ink, colour in inks.items()},
    )


# Hues in the order of INKS: alarms and flags | levels and accents | words in text | surfaces.
THEMES = (
    _theme(
        "dark",
        "#101418",
        "#c8ccd0",
        "#ff5f5f #ffd75f #d0d4d8 #87afd7 "
        "#ff87ff #9aa4ae #5fafff "
        "#5fd7d7 #87d787 #ff87ff "
        "#808890 #26384a #1c2228 #3c4650",
    ),
    _theme(
        "night-dim",
        "#080404",
        "#a06858",
        "#ff5f4f #d7a04f #b07868 #a07070 "
        "#d7708f #805048 #c07860 "
        "#b08060 #a08858 #d7708f "
        "#80504a #301410 #180a08 #401c18",
    ),
    _theme(
        "light",
        "#f4f4f0",
        "#202428",
        "#c00000 #8a5a00 #303438 #305f9f "
        "#8f1f8f #505860 #005faf "
        "#006f6f #2f6f1f #8f1f8f "
        "#606870 #c8dcf0 #e0e0dc #a8aca8",
        dark=False,
    ),
    _theme(
        "high-contrast",
        "#000000",
        "#ffffff",
        "#ff6060 #ffff40 #ffffff #a0d0ff "
        "#ff90ff #ffffff #60c0ff "
        "#40ffff #80ff80 #ff90ff "
        "#d0d0d0 #0040a0 #202020 #a0a0a0",
    ),
    _theme(
        "cvd",
        "#101418",
        "#c8ccd0",
        "#ff8700 #ffd787 #d0d4d8 #87afd7 "
        "#d7afff #9aa4ae #5fafff "
        "#87d7ff #afafff #ffaf5f "
        "#808890 #26384a #1c2228 #3c4650",
    ),
    _theme(
        "mono",
        "#000000",
        "#c8c8c8",
        "#ffffff #f0f0f0 #d0d0d0 #c0c0c0 "
        "#ffffff #a0a0a0 #e0e0e0 "
        "#e0e0e0 #e0e0e0 #ffffff "
        "#8a8a8a #444444 #1c1c1c #585858",
    ),
)
NAMES = tuple(theme.name for theme in THEMES)
