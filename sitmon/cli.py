"""The command line: arguments, and the one place where everything is put together.

Results go to stdout, diagnostics to stderr. Exit 0 is fine, 1 means that what was asked for failed or some feeds did,
2 is wrong usage or configuration.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence

from sitmon import __version__, build
from sitmon.errors import SitmonError
from sitmon.options import Options

LISTS = {
    "alerts": "what rules found, unseen first",
    "timeline": "items and events, newest first",
    "regions": "how each region stands, and why",
    "stories": "what items tell together, newest first",
    "feeds": "each feed's health",
}

FEEDS = """\
Without one of these words it lists the feeds whose id, name or health holds QUERY:
  add URL                 ask it, find the feed that a page announces, and write its block into feeds.yaml
  enable ID, disable ID   switch feeds on and off; history stays
  fix [ID]                take over addresses to which feeds have moved for good
  import FILE, export     a list of feeds, in from OPML, out as YAML or with --opml

examples:
  sitmon feeds add https://www.example.org/ --id example --set reliability=B --set regions=[sahel] --dry-run
  sitmon feeds import subscriptions.opml
  sitmon feeds export --opml > feeds.opml
  sitmon feeds stale"""

REPLAY = """\
Nothing is stored. Rules, stories and levels are worked out anew, so that a change of feeds.yaml shows; what officers
did is left out, and every feed that is on counts as speaking.

examples:
  sitmon replay 170000ZSEP24 191200ZSEP24 --speed 600
  sitmon replay 7d now --json | grep alert"""

TAIL = """\
It follows what a running collector stores, tells nothing twice, and ends at Ctrl+C.

examples:
  sitmon tail
  sitmon tail --json | jq -r 'select(.event == "alert").title'"""

SITREP = """\
Its traffic light is the strictest of the sources in it, and AMBER where an officer's words are.

examples:
  sitmon sitrep --since 12h --region Sahel
  sitmon sitrep --format mil --since 180600ZSEP24 --as-of 191800ZSEP24"""

SERVICE = """\
What it raises meanwhile is stored and counted, and neither rings nor stands among the open alerts.

examples:
  sitmon service out silent --until 6h "network works at the provider"
  sitmon service in silent works are over"""

NOTE = """\
The first word is what the note is about where it is the id of an alert, item, story, region, rule or feed.

examples:
  sitmon note "embassy rings back at 14Z"
  sitmon note kidal "road to Aguelhok is cut"
  sitmon note deadly-1a2b3c4d "called the duty officer" --by KJ"""

LEVEL = """\
It stands until another is set, and is due for review at the time given; auto gives it back to the formula.

examples:
  sitmon level kidal high "second convoy has left" --review 12h
  sitmon level "Burkina Faso" elevated "as HQ has it" --review 221530ZNOV26
  sitmon level kidal auto"""

STORIES = """\
ids: `sitmon stories` lists those of stories, `sitmon search --json` and `sitmon stories --json` those of items.

examples:
  sitmon credibility s-1f2e3d4c5b6a 2 "seen on two films"
  sitmon split 5d41402abc4b,7d793037a076 "another attack, on the day after"
  sitmon merge s-1f2e3d4c5b6a s-6a5b4c3d2e1f "the same convoy"
  sitmon undo s-6a5b4c3d2e1f "it was not one event" --by KJ"""

LEVELS = ("normal", "guarded", "elevated", "high", "severe", "auto")

OFFICER = {
    "ack": "acknowledge an alert",
    "watch": "keep watching an alert",
    "close": "close an alert",
    "shelve": "put an alert away until a time, with a reason",
    "unshelve": "bring a shelved alert back",
    "undo": "take back what was done last to an alert, item, story or region, or a line of the log by its number",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run sitmon; the exit code."""
    options = parse(sys.argv[1:] if argv is None else argv)
    try:
        code = run(options)
        sys.stdout.flush()
        return code
    except SitmonError as error:
        print(f"sitmon: {error}" if error.exit_code == 1 else str(error), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        # Python would complain once more while flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0  # `sitmon search … | head`: the reader has enough
        print(f"sitmon: {error}", file=sys.stderr)
        return 1


def run(options: Options) -> int:
    """Each verb's module is imported when it is asked for: a list must not wait for the screen's imports."""
    verb = options.verb
    if verb in {"dashboard", "demo"}:
        from sitmon import seat

        return seat.sit(options)
    if verb == "desk":
        from sitmon import desk

        return desk.run(options)
    from sitmon import headless

    return headless.VERBS[verb](options)


WITHOUT = re.compile(r"-(?!h$)[^-\s]")
"""What stands before a word that a query leaves out. `-h` is the only flag of one letter."""


def parse(argv: Sequence[str]) -> Options:
    """The options; exits with 2 and a usage line where the words are off."""
    main_parser = parser()
    # A query may begin with `-football`; behind a space argparse takes it for the word that it is, not for a flag.
    found, rest = main_parser.parse_known_args([f" {word}" if WITHOUT.match(word) else word for word in argv])
    words = vars(found)
    # argparse gives all free words before the first flag to the verb, and leaves those behind it over.
    if rest and words.get("subject", "") is None and not rest[0].startswith("-"):
        words["subject"] = rest.pop(0)
    free = next((name for name in ("query", "text") if name in words), None)
    if rest and (free is None or any(word.startswith("-") for word in rest)):
        main_parser.error(f"unrecognized arguments: {' '.join(rest)}")
    words |= {free: [*words[free], *rest]} if rest and free else {}
    words["verb"] = words.get("verb") or "dashboard"
    return Options(**words)


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
        lines = verb(name, text, FEEDS if name == "feeds" else "")
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
    note = verb("note", "write a line into the watch log", NOTE)
    note.add_argument("subject", metavar="ID", nargs="?", help="what it is about")
    reason_flags(note, "what the watch log should say")
    level = verb("level", "set a region's level, with a reason and a time of review", LEVEL)
    level.add_argument("subject", metavar="REGION", help="its id or name")
    level.add_argument("level", metavar="LEVEL", type=str.lower, choices=LEVELS, help=", ".join(LEVELS))
    reason_flags(level)
    level.add_argument("--review", dest="until", metavar="TIME", help="22:00Z, 12h, or 221530ZNOV26")
    deciding(verb)
    service = verb("service", "take a rule, a feed or an alert out of service, with a reason, or put it back", SERVICE)
    service.add_argument("action", choices=("out", "in"))
    service.add_argument("subject", metavar="ID")
    reason_flags(service)
    service.add_argument("--until", metavar="TIME", help="22:00Z, 4h, or 221530ZNOV26; until it is put back")
    verb("log", "the watch log").add_argument("--as-of", metavar="TIME")
    handover = verb("handover", "the sheet that one officer hands to the next")
    handover.add_argument("subject", nargs="?", metavar="INITIALS", help="of the officer who takes over")
    handover.add_argument("--by", metavar="INITIALS")
    handover.add_argument("--as-of", metavar="TIME")
    sitrep = verb("sitrep", "a situation report of what is stored", SITREP)
    sitrep.add_argument("--format", choices=("ocha", "mil", "intsum"), default="ocha")
    sitrep.add_argument("--since", metavar="TIME", default="24h", help="a time, or a span back from --as-of (24h)")
    sitrep.add_argument("--region", metavar="REGION", help="this one alone, by id or name")
    sitrep.add_argument("--by", metavar="INITIALS", help="who makes it; settings.initials when not given")
    sitrep.add_argument("--as-of", metavar="TIME")


def deciding(verb: Verb) -> None:
    """What officers decide about stories."""
    rated = verb("credibility", "rate a story: 1 confirmed to 5 improbable, 6 cannot be judged", STORIES)
    rated.add_argument("subject", metavar="ID", help="of the story, or of an item in it")
    rated.add_argument("digit", metavar="DIGIT", choices=tuple("123456"), help="1 to 6")
    reason_flags(rated)
    split = verb("split", "make items of a story a story of their own", STORIES)
    split.add_argument("subject", metavar="ITEM[,ITEM...]")
    reason_flags(split)
    merge = verb("merge", "tell a story as a part of another", STORIES)
    merge.add_argument("subject", metavar="ID", help="of the story, or of an item in it")
    merge.add_argument("into", metavar="INTO", help="the story that it becomes a part of, or an item in it")
    reason_flags(merge)


def judging(verb: Verb) -> None:
    judge = verb("rules", "what rules would have done over what is stored")
    judge.add_argument("action", choices=("test",))
    judge.add_argument("subject", nargs="?", metavar="RULE")
    judge.add_argument("--replay", metavar="SPAN", default="30d")
    judge.add_argument("--as-of", metavar="TIME")
    replay = verb("replay", "what is stored, told again as it became known, by the rules of today", REPLAY)
    replay.add_argument("start", metavar="FROM", help="a time, or a span back from now, as 24h")
    replay.add_argument("end", metavar="TO", help="the same, or now")
    replay.add_argument(
        "--speed", type=positive, metavar="N", help="N times real time (3600 on a terminal, else no wait)"
    )
    verb("tail", "one line for each new item and alert, until interrupted", TAIL)
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


if __name__ == "__main__":
    sys.exit(main())
