"""Text of others on our terminal. A model that writes escape codes must not move the cursor."""

from __future__ import annotations

import re

# Control codes of both sets, and the marks that turn the direction of what follows.
_ACTIVE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """The same text, every character that a terminal would act on made visible."""
    return _ACTIVE.sub("\N{REPLACEMENT CHARACTER}", text)


def harmless_json(text: str) -> str:
    """The same JSON value; what a terminal would act on stands there as an escape."""
    return _ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
