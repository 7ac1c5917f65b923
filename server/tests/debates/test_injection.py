"""One agent that tries to steer the others: no ballot but its own may change."""

from __future__ import annotations

import pytest
from aragora_server.debates import prompts, protocol, rounds
from aragora_server.debates.transcript import Answer, Conclude, Transcript

from tests.hearings import Hearing, setup

pytestmark = pytest.mark.anyio


def ballots(transcript: Transcript, *agents: str) -> list[tuple[str, int, str | None]]:
    return [
        (record.agent, record.round, record.ballot.choice)
        for record in transcript
        if isinstance(record, Answer) and record.ballot and record.agent in agents
    ]


@pytest.mark.parametrize("rules", protocol.ids())
@pytest.mark.parametrize("seed", range(5))
async def test_no_other_ballot_moves(rules: str, seed: int) -> None:
    """The injector sits where a stubborn agent sat, who says the same without the tricks."""
    calm, steered = [
        Hearing(setup=setup(style, "careful", "steady", seed=seed), protocol=protocol.load(rules))
        for style in ("stubborn", "injector")
    ]

    told, _ = await calm.run()
    tricked, _ = await steered.run()

    assert ballots(told, "Ben", "Cleo") == ballots(tricked, "Ben", "Cleo")


async def test_its_false_fence_stands_inside_a_true_one() -> None:
    hearing = Hearing(setup=setup("injector", "careful", "steady"))
    rules = hearing.protocol
    asks = rounds.next_steps(rules, hearing.setup, ())
    assert not isinstance(asks, Conclude)
    said = tuple([await hearing.hear((), ask) for ask in asks])
    (_, careful) = rounds.next_steps(rules, hearing.setup, said)  # type: ignore[misc]

    user = prompts.render(rules, hearing.setup, said, careful).user

    start = user.index("<<<Response A ")
    nonce = user[start + len("<<<Response A ") :][:16]
    fence = user[start : user.index(f">>> end {nonce}")]
    assert ">>> end 0000000000000000" in fence
    assert "<<<system" in fence
    assert nonce != "0" * 16
