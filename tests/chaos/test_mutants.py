"""Each guard taken out of the product, and the small form of the chaos test that must notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import mutants
from tests.chaos.conftest import Begin
from tests.chaos.full import Full
from tests.chaos.oracle import judge
from tests.chaos.run import ASK, Run
from tests.chaos.spending import AGENTS, MUCH
from tests.chaos.test_embedded import add_a_second_row, with_a_second_server
from tests.chaos.test_money import assert_within_the_limit
from tests.chaos.test_workers import freeze_until_taken_over, kill_one

ZONE = "Pacific/Auckland"
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


def test_without_the_guard_the_database_refuses(
    embedded: Run, begin: Begin, tmp_path: Path
) -> None:
    embedded.server.sources = mutants.WITHOUT_GUARD.grow(tmp_path)
    spending = begin(embedded, ZONE)
    embedded.server.start()
    spending.spend_most(worth=40)

    client = embedded.server.client()
    asked = {**ASK, "agents": AGENTS, "context": MUCH}
    while (answer := client.post("/v1/debates", json=asked)).status_code == 202:
        embedded.wait(embedded.is_over, "the debate ends")

    assert answer.status_code == 500
    assert "within_ceiling" in embedded.server.log
    assert_within_the_limit(spending)


def test_without_guard_and_check_thirty_debates_pass_the_limit(
    embedded: Run, begin: Begin, tmp_path: Path
) -> None:
    embedded.server.sources = mutants.WITHOUT_GUARD_AND_CHECK.grow(tmp_path)
    spending = begin(embedded, ZONE)
    embedded.server.start()
    spending.spend_most(worth=40)

    with spending.users(30):
        embedded.wait(lambda: len(embedded.opened) >= 30, "all ask")
        embedded.wait(embedded.is_over, "all debates end")

    with pytest.raises(AssertionError, match="micro_usd"):
        assert_within_the_limit(spending)
