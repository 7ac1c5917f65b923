"""One agent that tries to steer the others: no ballot but its own may change."""

from __future__ import annotations

import pytest
from aragora_server.debates.rules import prompts, protocol
from aragora_server.debates.rules.transcript import Answer, Conclude, Transcript

from tests.hearings import Hearing, next_steps, setup

pytestmark = pytest.mark.anyio


def others(transcript: Transcript) -> dict[tuple[str, int], str | None]:
    """What everybody but the first agent voted, by agent and round."""
    return {
        (record.agent, record.round): record.ballot.choice
        for record in transcript
        if isinstance(record, Answer) and record.ballot and record.agent != "Ada"
    }


@pytest.mark.parametrize("rules", protocol.ids())
@pytest.mark.parametrize("seed", range(5))
async def test_no_other_ballot_moves(rules: str, seed: int) -> None:
    """The injector sits where an agent sat that says as much without the tricks."""
    calm, steered = [
        Hearing(setup=setup(style, "steady", "careful", seed=seed), protocol=protocol.load(rules))
        for style in ("slow", "injector")
    ]

    told, _ = await calm.run()
    tricked, _ = await steered.run()

    shared = others(told).keys() & others(tricked).keys()
    assert ("Ben", 0) in shared
    assert all(others(told)[vote] == others(tricked)[vote] for vote in shared)


async def test_its_false_fence_stands_inside_a_true_one() -> None:
    hearing = Hearing(setup=setup("injector", "careful", "steady"))
    rules = hearing.protocol
    asks = next_steps(rules, hearing.setup, ())
    assert not isinstance(asks, Conclude)
    said = tuple([await hearing.hear((), ask) for ask in asks])
    (_, careful) = next_steps(rules, hearing.setup, said)  # type: ignore[misc]

    user = prompts.render(rules, hearing.setup, said, careful).user

    start = user.index("<<<Response A ")
    nonce = user[start + len("<<<Response A ") :][:16]
    fence = user[start : user.index(f">>> end {nonce}")]
    assert ">>> end 0000000000000000" in fence
    assert "<<<system" in fence
    assert nonce != "0" * 16
