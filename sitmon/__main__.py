"""`python -m sitmon` is `sitmon`."""

import sys

from sitmon.cli import main

sys.exit(main())
