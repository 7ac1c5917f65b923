"""A thousand connections at once read, list and create: all are answered, none is cut."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bench import mixed
from tests.chaos.run import Run

CONNECTIONS, SECONDS = 1000, 30.0
SHARES = {"get": 80, "list": 15, "create": 5}
PACE = {"ARAGORA_SCRIPTED_PACE_S": "600", "ARAGORA_DRAIN_S": "1"}
"""The debates themselves wait: what is carried here is the API."""


def test_a_thousand_connections_for_half_a_minute_without_an_error(
    embedded: Run, tell: Callable[..., None]
) -> None:
    embedded.server.settings |= PACE
    embedded.server.start()
    mix = mixed.of_debates(embedded.server.url, embedded.server.api_key)
    assert {one.name: one.share for one in mix} == SHARES

    with mixed.many_files():
        taken = asyncio.run(
            mixed.carry(embedded.server.url, mix, connections=CONNECTIONS, seconds=SECONDS)
        )

    answered = {name: len(ms) for name, ms in taken.ms.items()}
    tell(embedded, answered=answered, slowest_ms=round(max(taken.all_ms)))
    assert (dict(taken.refused), taken.resets) == ({}, 0)
    assert min(answered.values()) > 0
    ((row,),) = embedded.store.ask("SELECT count(*) AS number FROM debates")
    assert row["number"] == answered["create"] + 1
