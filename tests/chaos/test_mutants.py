"""Each guard taken out of the product, and the small form of the chaos test that must notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import mutants
from tests.chaos.full import Full
from tests.chaos.oracle import judge
from tests.chaos.run import Run
from tests.chaos.test_embedded import add_a_second_row, with_a_second_server
from tests.chaos.test_workers import freeze_until_taken_over, kill_one

WITHIN_S = 40


def test_without_the_directory_lock_two_servers_ask_the_same(embedded: Run, tmp_path: Path) -> None:
    embedded.server.sources = mutants.WITHOUT_LOCK.grow(tmp_path)

    _, seen = with_a_second_server(embedded)

    assert {"asked again", "repeated"} & {one.rule for one in judge(seen)}


def test_without_the_unique_key_a_call_has_two_rows(embedded: Run, tmp_path: Path) -> None:
    embedded.server.sources = mutants.WITHOUT_KEY.grow(tmp_path)

    assert add_a_second_row(embedded)


def test_without_the_reconciler_the_debates_of_the_dead_never_end(
    full: Full, tmp_path: Path
) -> None:
    full.server.sources = mutants.WITHOUT_RECONCILER.grow(tmp_path)

    kill_one(full, share=0.3, pace_s="0.3", debates=12)

    with pytest.raises(AssertionError, match="not within"):
        full.finish(within_s=WITHIN_S)


def test_without_the_epoch_test_one_who_was_frozen_writes_over_others(
    full: Full, tmp_path: Path
) -> None:
    full.server.sources = mutants.WITHOUT_EPOCH.grow(tmp_path)

    freeze_until_taken_over(full, debates=12)

    assert judge(full.finish())
