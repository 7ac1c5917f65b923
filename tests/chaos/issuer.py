"""A process that issues receipts as fast as it can, and gives leaves their places as any other.

    python -m tests.chaos.issuer <file>

The id of each receipt whose transaction was committed is a line of the file. SIGTERM ends it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO

import anyio
from aragora_server.kernel.ids import new_id
from aragora_server.lifecycle import running
from aragora_server.receipts import model
from aragora_server.receipts.log import pending
from aragora_server.services import Services, build_services
from aragora_server.settings import Settings

AT_ONCE = 8
WORKSPACE = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"


def claim() -> model.Claim:
    return model.Claim(
        debate_id=new_id(),
        question="Ship on Friday?",
        protocol=model.Protocol(name="escalate", version=1, sha256="a" * 64),
        seed=7,
        rounds=1,
        stop_reason="rounds_exhausted",
        participants=(model.Participant(name="Ada", provider="scripted", model="careful"),),
        options=(model.Option(id="a", label="Yes"), model.Option(id="b", label="No")),
        ballots=(model.Ballot(participant="Ada", round=0, option_id="a"),),
        verdict=model.Verdict(
            outcome="decided",
            option_id="a",
            rule="weighted",
            tally=(
                model.TallyEntry(option_id="a", count=1, weight=1),
                model.TallyEntry(option_id="b", count=0, weight=0),
            ),
            quorum=model.Quorum(cast=1, eligible=1, met=True),
            abstentions=0,
        ),
        messages=(),
        cost=model.Cost(agents=()),
    )


async def issue_on(services: Services, told: BinaryIO) -> None:
    while True:
        async with services.db.begin() as tx:
            issued = await services.receipts.issue(tx, workspace_id=WORKSPACE, claim=claim())
        told.write(f"{issued.receipt_id}\n".encode())
        await pending.wake(services.outside.broadcast)


async def main(path: Path) -> None:
    stopping = anyio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    settings = Settings.from_env(os.environ)
    services = build_services(settings)
    part = "everything" if settings.is_embedded else "worker"
    with path.open("ab", buffering=0) as told:
        async with running(services, part=part), anyio.create_task_group() as group:
            for _ in range(AT_ONCE):
                group.start_soon(issue_on, services, told)
            await stopping.wait()
            group.cancel_scope.cancel()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
