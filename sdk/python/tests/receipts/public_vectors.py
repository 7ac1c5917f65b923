"""Where the public vectors lie, when they lie beside the project; nothing of them is committed."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[4].parent / "shared" / "vectors"


def shared(path: str) -> Path:
    if not (SHARED / path).exists():
        pytest.skip(f"the public vectors {path} are not beside the project")
    return SHARED / path
