"""`python -m aragora`: the same as the command `aragora`."""

import sys

from aragora.cli import main

if __name__ == "__main__":
    sys.exit(main())
