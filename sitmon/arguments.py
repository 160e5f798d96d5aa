"""The verbs of the command line with their words and flags, as argparse takes them."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from sitmon import __version__, build, examples

LISTS = {
    "alerts": "what rules found, unseen first",
    "timeline": "items and events, newest first",
    "regions": "how each region stands, and why",
    "stories": "what items tell together, newest first",
    "feeds": "each feed's health",
}

LEVELS = ("normal", "guarded", "elevated", "high", "severe", "auto")

OFFICER = {
    "ack": "acknowledge an alert",
    "watch": "keep watching an alert",
    "close": "close an alert",
    "shelve": "put an alert away until a time, with a reason",
    "unshelve": "bring a shelved alert back",
    "undo": "take back what was done last to an alert, item, story or region, or a line of the log by its number",
}


def parser() -> argparse.ArgumentParser:
    main_parser = argparse.ArgumentParser(
        prog="sitmon",
        description="A terminal dashboard for situation monitoring. Without a verb: the dashboard.",
        parents=[common()],
    )
    main_parser.add_argument("--version", action="version", version=f"sitmon {__version__}, {build()}")
    screen_flags(main_parser)
    verbs = main_parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")

    def verb(name: str, text: str | None = None, example: str = "") -> argparse.ArgumentParser:
        hidden = {} if text is None else {"help": text, "description": text}
        form = argparse.RawDescriptionHelpFormatter
        return verbs.add_parser(name, parents=[common()], epilog=example, formatter_class=form, **hidden)  # type: ignore[arg-type]

    for add in (collecting, tagging, listing, watching, judging, keeping):
        add(verb)
    return main_parser


Verb = Callable[..., argparse.ArgumentParser]
"""Adds a verb of a name, a help text and an example; without a text it is not listed."""


def collecting(verb: Verb) -> None:
    demo = verb("demo", "the dashboard on the bundled exercise; needs no network")
    demo.add_argument("--speed", type=positive, metavar="N", help="seconds of exercise in each real one (3600)")
    demo.add_argument("--restart", action="store_true", help="begin the exercise anew, forgetting what was done in it")
    screen_flags(demo)
    poll = verb("poll", "collect without a screen")
    poll.add_argument("--once", action="store_true", help="poll every feed now, then stop")
    poll.add_argument("--follow-parent", action="store_true", help=argparse.SUPPRESS)
    for inner in (verb("desk"), poll):
        inner.add_argument("--clock", default="", help=argparse.SUPPRESS)
    check = verb("check", "validate feeds.yaml")
    check.add_argument("file", nargs="?", metavar="FILE")
    check.add_argument("--net", action="store_true", help="also fetch: title, newest item, age, language")


def tagging(verb: Verb) -> None:
    tag = verb("tag", "tag what stands on stdin")
    tag.add_argument("--stories", action="store_true", help="also fold the input into stories")
    tag.add_argument("--retag", action="store_true", help="instead tag anew what is stored, and show what would change")
    tag.add_argument("--apply", action="store_true", help="with --retag: and store it")
    tags = verb("tags", "correct a tag, or review corrections")
    tags.add_argument("action", choices=("review", "add", "remove", "sense"))
    tags.add_argument("subject", nargs="?", metavar="ITEM")
    tags.add_argument("text", nargs="*", metavar="ID", help="region or actor; for sense, the wrong and the right one")
    tags.add_argument("--reason", default="")
    tags.add_argument("--by", metavar="INITIALS")


def listing(verb: Verb) -> None:
    search = verb("search", "items that answer a query, newest first")
    search.add_argument("query", nargs="+", metavar="QUERY")
    list_flags(search)
    for name, text in LISTS.items():
        lines = verb(name, text, examples.FEEDS if name == "feeds" else "")
        lines.add_argument("query", nargs="*", metavar="QUERY")
        list_flags(lines)
        if name == "feeds":
            source_flags(lines)
        if name == "stories":
            lines.add_argument("--full", action="store_true", help="each with its sources, tolls and rating in words")


def watching(verb: Verb) -> None:
    for name, text in OFFICER.items():
        officer = verb(name, text)
        officer.add_argument("subject", metavar="ID")
        reason_flags(officer)
        if name == "shelve":
            officer.add_argument("--until", metavar="TIME", required=True, help="22:00Z, 4h, or 221530ZNOV26")
    note = verb("note", "write a line into the watch log", examples.NOTE)
    note.add_argument("subject", metavar="ID", nargs="?", help="what it is about")
    reason_flags(note, "what the watch log should say")
    level = verb("level", "set a region's level, with a reason and a time of review", examples.LEVEL)
    level.add_argument("subject", metavar="REGION", help="its id or name")
    level.add_argument("level", metavar="LEVEL", type=str.lower, choices=LEVELS, help=", ".join(LEVELS))
    reason_flags(level)
    level.add_argument("--review", dest="until", metavar="TIME", help="22:00Z, 12h, or 221530ZNOV26")
    deciding(verb)
    service = verb(
        "service", "take a rule, a feed or an alert out of service, with a reason, or put it back", examples.SERVICE
    )
    service.add_argument("action", choices=("out", "in"))
    service.add_argument("subject", metavar="ID")
    reason_flags(service)
    service.add_argument("--until", metavar="TIME", help="22:00Z, 4h, or 221530ZNOV26; until it is put back")
    verb("log", "the watch log").add_argument("--as-of", metavar="TIME")
    handover = verb("handover", "the sheet that one officer hands to the next")
    handover.add_argument("subject", nargs="?", metavar="INITIALS", help="of the officer who takes over")
    handover.add_argument("--by", metavar="INITIALS")
    handover.add_argument("--as-of", metavar="TIME")
    sitrep = verb("sitrep", "a situation report of what is stored", examples.SITREP)
    sitrep.add_argument("--format", choices=("ocha", "mil", "intsum"), default="ocha")
    sitrep.add_argument("--since", metavar="TIME", default="24h", help="a time, or a span back from --as-of (24h)")
    sitrep.add_argument("--region", metavar="REGION", help="this one alone, by id or name")
    sitrep.add_argument("--by", metavar="INITIALS", help="who makes it; settings.initials when not given")
    sitrep.add_argument("--as-of", metavar="TIME")


def deciding(verb: Verb) -> None:
    """What officers decide about stories."""
    rated = verb("credibility", "rate a story: 1 confirmed to 5 improbable, 6 cannot be judged", examples.STORIES)
    rated.add_argument("subject", metavar="ID", help="of the story, or of an item in it")
    rated.add_argument("digit", metavar="DIGIT", choices=tuple("123456"), help="1 to 6")
    reason_flags(rated)
    split = verb("split", "make items of a story a story of their own", examples.STORIES)
    split.add_argument("subject", metavar="ITEM[,ITEM...]")
    reason_flags(split)
    merge = verb("merge", "tell a story as a part of another", examples.STORIES)
    merge.add_argument("subject", metavar="ID", help="of the story, or of an item in it")
    merge.add_argument("into", metavar="INTO", help="the story that it becomes a part of, or an item in it")
    reason_flags(merge)


def judging(verb: Verb) -> None:
    judge = verb("rules", "what rules would have done over what is stored")
    judge.add_argument("action", choices=("test",))
    judge.add_argument("subject", nargs="?", metavar="RULE")
    judge.add_argument("--replay", metavar="SPAN", default="30d")
    judge.add_argument("--as-of", metavar="TIME")
    replay = verb("replay", "what is stored, told again as it became known, by the rules of today", examples.REPLAY)
    replay.add_argument("start", metavar="FROM", help="a time, or a span back from now, as 24h")
    replay.add_argument("end", metavar="TO", help="the same, or now")
    replay.add_argument(
        "--speed", type=positive, metavar="N", help="N times real time (3600 on a terminal, else no wait)"
    )
    verb("tail", "one line for each new item and alert, until interrupted", examples.TAIL)
    alarms = verb("alarms", "alarm load beside the limits of ISA-18.2")
    alarms.add_argument("action", choices=("report",))
    alarms.add_argument("--period", metavar="SPAN", default="30d")
    alarms.add_argument("--as-of", metavar="TIME")


def keeping(verb: Verb) -> None:
    export = verb("export", "items that answer a query, to keep or pass on")
    export.add_argument("--format", choices=("jsonl", "csv", "geojson", "md", "tinydb"), default="jsonl")
    export.add_argument("--everything", action="store_true", help="all that is stored, alerts and watch log too")
    export.add_argument("--output", metavar="FILE", help="of --format tinydb")
    export.add_argument("query", nargs="*", metavar="QUERY")
    bring = verb("import", "store what an export holds: JSON lines, or a TinyDB file")
    bring.add_argument("file", nargs="?", metavar="FILE", help="JSON lines (stdin), or TinyDB's .json")
    keep = verb("store", "check or compact the journals")
    keep.add_argument("action", choices=("check", "compact"))


def common() -> argparse.ArgumentParser:
    """Flags that stand before or after the verb: absent ones must not overwrite those of the other side."""
    flags = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    flags.add_argument("--config", metavar="FILE", help="feeds.yaml (./feeds.yaml, then the user's config folder)")
    flags.add_argument("--data", metavar="DIR", help="data folder (the user's data folder)")
    flags.add_argument("--json", action="store_true", help="one JSON object a line")
    return flags


def screen_flags(flags: argparse.ArgumentParser) -> None:
    flags.add_argument("--theme", default=argparse.SUPPRESS, help="dark, night-dim, light, high-contrast, cvd, mono")
    flags.add_argument("--ascii", action="store_true", default=argparse.SUPPRESS, help="no character beyond ASCII")
    flags.add_argument(
        "--no-mouse", action="store_true", default=argparse.SUPPRESS, help="leave the mouse to the terminal"
    )


def list_flags(flags: argparse.ArgumentParser) -> None:
    flags.add_argument("--as-of", metavar="TIME", help="as it stood then: ISO 8601, or 221530ZNOV26")
    flags.add_argument("--limit", type=int, metavar="N", help="at most so many lines; 0 for all (100)")


def reason_flags(flags: argparse.ArgumentParser, text: str = "reason") -> None:
    flags.add_argument("text", metavar="TEXT", nargs="*", help=text)
    flags.add_argument("--by", metavar="INITIALS", help="of the officer; settings.initials when not given")


def source_flags(flags: argparse.ArgumentParser) -> None:
    """Of the actions that change feeds.yaml."""
    flags.add_argument("--id", help="of the feed that is added")
    flags.add_argument("--name", help="of the feed that is added")
    flags.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="any other key of it")
    flags.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")
    flags.add_argument("--opml", action="store_true", help="export as OPML, not YAML")
    flags.add_argument("--trust", action="store_true", help="import ${env:NAME} references too, of a list of your own")


def positive(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError("must be over 0")
    return value
