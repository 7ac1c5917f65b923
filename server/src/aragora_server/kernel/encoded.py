"""An answer that is JSON already."""

from __future__ import annotations

import attrs


@attrs.frozen
class Encoded:
    """Sent as it is. In tests it is judged by the operation's schema like any other answer."""

    content: bytes
