"""What `aragora verify` finds beside the SDK to set a receipt again. Without the extra `[pdf]` this
module cannot be imported, and the command compares texts instead.
"""

from __future__ import annotations

from importlib import import_module

from .pdf import FONTS, Press

for needed in ("typst", *FONTS):
    import_module(needed)

press = Press().of
