"""What stands under the help of a verb: remarks, and examples to copy."""

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
