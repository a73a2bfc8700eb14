"""`python -m tracker`: the window, or a subcommand."""

import sys

from tracker.cli import main

if __name__ == "__main__":
    sys.exit(main())
