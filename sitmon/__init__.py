"""sitmon, a terminal dashboard for situation monitoring.

Feeds are fetched, parsed, normalised, tagged, folded into stories, stored, held against rules and
assessed by region, and the situation that results is shown: `pipeline` composes these stages top to
bottom, each of them is a module of that name, and `model` holds the nouns that pass between them.
"""

__version__ = "0.1.0"
