"""sitmon, a terminal dashboard for situation monitoring.

Feeds are fetched, parsed, normalised, tagged, folded into stories, stored, held against rules and assessed by region,
and the situation that results is shown. `pipeline` composes these stages top to bottom: READ IT FIRST. `model` holds
the nouns that pass between them, and each stage is a module or folder of its name:

    config      feeds.yaml to Config                      story, rules   items to stories, stories to alerts
    schedule    which feeds are due                       store          all that is kept, on journals
    fetch       a feed's answer                           watch          what officers did, folded over the rest
    parse       an answer's entries                       status         how regions stand, and why
    normalise   entries to items of clean text            query          the one language of filter, search and rules
    tag         items to places, actors and events        room, desk     what is stored, for lists and for the screen
    collector   the first six at work, in `workers`       tui, headless  the two faces
"""

__version__ = "0.1.0"


def build() -> str:
    """`compiled` where compile.py could, else `plain Python`."""
    from sitmon import dtg

    return "plain Python" if dtg.__file__.endswith(".py") else "compiled"
