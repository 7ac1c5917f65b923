"""The debates whose transcripts are kept byte for byte, and the command that writes them."""

from __future__ import annotations

from pathlib import Path

import anyio
import attrs
import orjson
from aragora_server.debates.rules import protocol

from tests.hearings import Hearing, setup

ROLLOUT = "How should we roll out the storage layer?"
CALLS = "How many transactions does a debate of nine calls need?"
MOVE = "Should we move the billing service to Kubernetes in May?"
ESCALATE = protocol.load("escalate")
VOTE = protocol.load("independent_vote")

CASES = {
    "escalate-choice": Hearing(setup=setup(), protocol=ESCALATE),
    "escalate-verdict": Hearing(
        setup=setup(question=MOVE, kind="verdict", has_memo=False), protocol=ESCALATE
    ),
    "escalate-conformist": Hearing(
        setup=setup("conformist", "stubborn", "careful", kind="verdict"), protocol=ESCALATE
    ),
    "independent_vote-number": Hearing(
        setup=setup("steady", "contrarian", "careful", "slow", question=CALLS, kind="number"),
        protocol=VOTE,
    ),
    "independent_vote-text": Hearing(
        setup=setup("steady", "conformist", "careful", "stubborn", question=ROLLOUT, kind="text"),
        protocol=VOTE,
    ),
    "independent_vote-troubled": Hearing(
        setup=setup("steady", "rambling", "flaky", "injector", question=MOVE, kind="verdict"),
        protocol=VOTE,
    ),
}


async def told(hearing: Hearing, *, shuffle: int | None = None) -> str:
    transcript, end = await attrs.evolve(hearing, shuffle=shuffle).run()
    found = {
        "records": [{"is": type(r).__name__, **attrs.asdict(r)} for r in transcript],
        "end": attrs.asdict(end),
    }
    return orjson.dumps(found, option=orjson.OPT_INDENT_2).decode() + "\n"


async def write(folder: Path) -> None:
    for name, hearing in CASES.items():
        await anyio.Path(folder / f"{name}.json").write_text(await told(hearing), encoding="utf-8")


if __name__ == "__main__":
    anyio.run(
        write, Path(__file__).parents[1] / "server" / "tests" / "debates" / "rules" / "golden"
    )
