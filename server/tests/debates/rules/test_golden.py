"""Whole debates, byte for byte. `python -m tests.golden_transcripts` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden_transcripts import CASES, told

pytestmark = pytest.mark.anyio

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", CASES)
async def test_the_same_seed_gives_the_same_debate(name: str) -> None:
    expected = (GOLDEN / f"{name}.json").read_text(encoding="utf-8")

    assert await told(CASES[name]) == expected


@pytest.mark.parametrize("shuffle", range(4))
@pytest.mark.parametrize("name", CASES)
async def test_the_order_of_replies_changes_nothing(name: str, shuffle: int) -> None:
    expected = (GOLDEN / f"{name}.json").read_text(encoding="utf-8")

    assert await told(CASES[name], shuffle=shuffle) == expected
