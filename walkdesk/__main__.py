"""``python -m walkdesk``: the window, or one of its commands."""

from __future__ import annotations

import sys

from walkdesk.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
