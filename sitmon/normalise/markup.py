"""Markup to text: tags dropped, block elements become line breaks, scripts and styles go with their content.

Feeds write `x < y` and `<Kidal>` as well as HTML, so only names that HTML knows, or that look like an extension's
(`o:p`, `my-widget`), are tags. Every pass is linear: none of the patterns can backtrack.
"""

from __future__ import annotations

import re
from typing import Final

_BLOCK_NAMES: Final = (
    "address article aside blockquote body br caption center dd dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html li main menu nav ol option p pre section table tbody td tfoot th thead "
    "title tr ul"
)
_BLOCK: Final = frozenset(_BLOCK_NAMES.split())
_INLINE_NAMES: Final = (
    "a abbr acronym area audio b base basefont bdi bdo big button canvas cite code col colgroup data datalist del "
    "details dfn dialog em embed font frame frameset i img input ins kbd label legend link map mark meta meter "
    "noframes noscript object optgroup output param picture progress q rp rt ruby s samp search select slot small "
    "source span strike strong sub summary sup svg math path template textarea time track tt u var video wbr "
    "xml blink marquee nobr"
)
_INLINE: Final = frozenset(_INLINE_NAMES.split())
_HIDDEN: Final = ("script", "style", "iframe", "noembed", "applet", "svg")
_OPEN_HIDDEN: Final = re.compile(rf"<(?:!--|(?P<name>{'|'.join(_HIDDEN)})(?=[\s/>]))", re.IGNORECASE)
_TAG: Final = re.compile(
    r"""<(?:/?(?P<name>[a-zA-Z][a-zA-Z0-9]*+(?P<ext>[:-][\w:.-]*+)?)(?=[\s/>])(?>[^'"<>]+|"[^"<]*"|'[^'<]*'|["'])*+>"""
    r"""|[!?][^<>]*+>)"""
)
_CUT_OFF: Final = re.compile(r"<(?:/?(?P<name>[a-zA-Z][a-zA-Z0-9]*+)(?:[\s/][^<>]*+)?|[!?][^<>]*+)\Z")


def without_markup(markup: str) -> str:
    """The text of `markup`, with a newline where a block element begins or ends."""
    plain = markup.replace("<p>", "\n").replace("</p>", "\n")
    if "<" not in plain:  # paragraphs are all the markup that most feeds have
        return plain
    if "<!" in markup or _OPEN_HIDDEN.search(markup):
        markup = _without_hidden(markup.replace("<![CDATA[", "").replace("]]>", ""))
    markup = _TAG.sub(_replacement, markup)
    last = markup.rfind("<")
    end = _CUT_OFF.match(markup, last) if last > markup.rfind(">") else None
    if end and (end["name"] is None or end["name"].lower() in _BLOCK | _INLINE):
        markup = markup[: end.start()]
    return markup


def _replacement(tag: re.Match[str]) -> str:
    name = tag["name"]
    if name is None or tag["ext"]:
        return ""
    name = name.lower()
    if name in _BLOCK:
        return "\n"
    return "" if name in _INLINE or name in _HIDDEN else tag[0]


def _without_hidden(markup: str) -> str:
    """Without comments and the content of scripts and styles; one that is never closed hides what follows it."""
    lower = markup.lower()
    if len(lower) != len(markup):  # U+0130 lower-cases to two characters
        lower = markup
    kept, at = [], 0
    while found := _OPEN_HIDDEN.search(markup, at):
        kept.append(markup[at : found.start()])
        name = found["name"]
        close = lower.find(f"</{name.lower()}" if name else "-->", found.end())
        if close < 0:
            return " ".join(kept)
        at = markup.find(">", close) + 1
        if at == 0:
            return " ".join(kept)
    return " ".join((*kept, markup[at:]))
