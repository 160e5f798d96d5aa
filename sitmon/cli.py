"""The command line: the one place where everything is put together.

Results go to stdout, diagnostics to stderr. Exit 0 is fine, 1 means that what was asked for failed or some feeds did,
2 is wrong usage or configuration.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence

from sitmon.arguments import parser
from sitmon.errors import SitmonError
from sitmon.options import Options


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


if __name__ == "__main__":
    sys.exit(main())
