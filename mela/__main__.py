"""``python -m mela``: the command where its script is not on the path."""

import sys

from mela.cli import main

sys.exit(main())
