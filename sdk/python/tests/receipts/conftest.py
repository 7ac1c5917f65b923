from __future__ import annotations

import sys
from pathlib import Path

# The makers of the vectors are also a script; tests borrow its fixed keys and example.
sys.path.insert(0, str(Path(__file__).parent))
