"""A stage for debates: real databases, budgets and receipts, and actors who know their lines."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import anyio
import attrs
from aragora_server.agents.model import OnDelta, Prompt, Reply, Usage, tokens
from aragora_server.debates.model import Debate
from aragora_server.debates.opening import Wanted
from aragora_server.debates.ports import SeatWanted
from aragora_server.debates.rules.transcript import Seat
from aragora_server.debates.running import minutes
from aragora_server.debates.running.clerk import Clerk
from aragora_server.debates.running.dispatch import LocalDispatch
from aragora_server.debates.running.endings import Endings
from aragora_server.debates.running.hearing import Pace
from aragora_server.debates.running.journal import Journal
from aragora_server.debates.running.proceedings import Proceedings
from aragora_server.debates.running.process import DebateProcess
from aragora_server.debates.running.runner import Runner
from aragora_server.debates.service import DebateService, Known
from aragora_server.debates.stream import DebateLog, DebateStream
from aragora_server.debates.telling.events import Event
from aragora_server.kernel.broadcast import LocalBroadcast
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.drain import Drain
from aragora_server.kernel.hub import Hub
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.runners import Heartbeat, runners, since_boot
from aragora_server.plugs import DebateCosts, DebateReceipts
from aragora_server.receipts.seal import Seal
from aragora_server.receipts.service import ReceiptService
from aragora_server.receipts.signing import KeyStore
from sqlalchemy import Engine, delete, event

from tests.money import KEY, Money, money_on

QUESTION = "Should we move the archive to the new store?"
CLAUSES = {"ada": "approve", "blaise": "reject", "carl": "approve"}
MODELS = {"ada": "flat:one", "blaise": "flat:two", "carl": "flat:three"}

Line = Callable[[Prompt, OnDelta], Awaitable[str]]


class PowerCut(BaseException):
    """The process is gone: nothing catches this."""


class Cuttable(Database):
    """A database whose process dies after so many commits."""

    def __init__(self, url: str, *, commits: int | None = None) -> None:
        super().__init__(url)
        self.commits = 0
        self.limit = commits

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        self._check()
        async with super().begin() as tx:
            # Whoever waited for its turn may have waited through the cut.
            self._check()
            yield tx
            # Counted here, for the next unit may begin before this one's commit.
            self.commits += 1

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:  # type: ignore[override]
        self._check()
        async with super().read() as tx:
            yield tx

    def _check(self) -> None:
        if self.limit is not None and self.commits >= self.limit:
            raise PowerCut


@contextmanager
def statements() -> Iterator[list[str]]:
    """What any database of this process is asked meanwhile."""
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


@attrs.define
class Actor:
    """Says its line and is paid by the token; the troupe remembers each time it was asked."""

    troupe: Troupe
    seat: Seat

    async def ask(
        self,
        prompt: Prompt,
        *,
        max_output_tokens: int,
        deadline_s: float,
        on_delta: OnDelta | None = None,
    ) -> Reply:
        self.troupe.asked.append((prompt.debate_id, prompt.call_no, prompt.attempt))
        await self.troupe.cue(prompt)

        async def nobody(_text: str) -> None:
            return None

        text = await self.troupe.lines[self.seat.name](prompt, on_delta or nobody)
        usage = Usage(input=tokens(prompt.user), output=tokens(text), source="reported")
        return Reply(text=text, usage=usage, model_version=f"{self.seat.model}-2026")


async def no_cue(_prompt: Prompt) -> None:
    return None


@attrs.define
class Troupe:
    """The agents of a test, by name."""

    lines: dict[str, Line] = attrs.field(
        factory=lambda: {name: saying(option) for name, option in CLAUSES.items()}
    )
    asked: list[tuple[str, int, int]] = attrs.field(factory=list)
    cue: Callable[[Prompt], Awaitable[None]] = no_cue

    def seats(self, wanted: Sequence[SeatWanted]) -> tuple[Seat, ...]:
        if wanted:
            return tuple(_seat(one.name or one.model, one.model) for one in wanted)
        return tuple(_seat(name, MODELS[name]) for name in self.lines)

    def agent(self, seat: Seat) -> Actor:
        return Actor(troupe=self, seat=seat)

    @property
    def repeated(self) -> list[tuple[str, int]]:
        """Calls that were made more than once."""
        made = Counter((debate_id, call_no) for debate_id, call_no, _ in self.asked)
        return [call for call, times in made.items() if times > 1]


def _seat(name: str, model: str) -> Seat:
    return Seat(name=name, model=model, family=model, max_output_tokens=256)


def reply(prompt: Prompt, option: str, confidence: int = 70) -> str:
    """A reply that fits what was asked."""
    said: dict[str, object] = {
        "answer": option,
        "confidence": confidence,
        "reasoning": f"I hold that {option} is right. The archive matters.",
    }
    if prompt.material.kind == "critique":
        said |= {"critique": "The costs are left out.", "severity": 4}
    return json.dumps(said)


def saying(option: str, confidence: int = 70) -> Line:
    async def say(prompt: Prompt, _on_delta: OnDelta) -> str:
        return reply(prompt, option, confidence)

    return say


def hanging(*, after: str = "") -> Line:
    """Speaks a little and then says nothing more."""

    async def hang(_prompt: Prompt, on_delta: OnDelta) -> str:
        await on_delta(after)
        await anyio.sleep_forever()
        raise AssertionError("unreachable")

    return hang


def failing(failure: Exception, *, times: int = 10**6, then: str = "approve") -> Line:
    left = itertools.count(times, -1)

    async def fail(prompt: Prompt, _on_delta: OnDelta) -> str:
        if next(left) > 0:
            raise failure
        return reply(prompt, then)

    return fail


@attrs.define
class Seconds:
    """A monotonic clock that can be put forward."""

    later: float = 0.0

    def __call__(self) -> float:
        return since_boot() + self.later


@attrs.frozen(kw_only=True)
class Stage:
    """One server process, without its HTTP."""

    db: Database
    money: Money
    receipts: ReceiptService
    troupe: Troupe
    broadcast: LocalBroadcast
    runner: Runner
    process: DebateProcess
    heartbeat: Heartbeat
    seconds: Seconds
    debates: DebateService
    stream: DebateStream
    waits: list[float]

    @property
    def workspace_id(self) -> str:
        return self.money.workspace_id

    async def open(self, **wanted: Any) -> Debate:
        return (await self.open_known(**wanted)).debate

    async def open_known(self, **wanted: Any) -> Known:
        agents = wanted.pop("agents", ())
        asked = Wanted(**{"question": QUESTION, "seed": 7, **wanted})
        return await self.debates.open(self.workspace_id, KEY, asked, agents)

    async def outlive(self) -> None:
        """Every other process is dead, and this one has lived long enough to say so."""
        async with self.db.begin() as tx:
            await tx.execute(delete(runners).where(runners.c.id != self.heartbeat.runner_id))
        await self.heartbeat.start()
        for _ in range(4):
            self.seconds.later += self.heartbeat.timeout_s / 2
            await self.heartbeat.beat()
        assert self.heartbeat.may_judge()

    @asynccontextmanager
    async def running(self, *, drain_s: float = 10.0) -> AsyncIterator[None]:
        """As in a server: debates that nobody has are found."""
        await self.heartbeat.start()
        async with self.process.open(drain_s=drain_s):
            yield

    async def run(self, debate: Debate) -> Debate:
        if not self.heartbeat.is_sure():
            await self.heartbeat.start()
        await self.runner.run(debate.id)
        return await self.get(debate.id)

    async def get(self, debate_id: str) -> Debate:
        return (await self.debates.get(self.workspace_id, debate_id)).debate

    async def events(self, debate_id: str) -> tuple[Event, ...]:
        async with self.db.read() as tx:
            return await minutes.events_after(tx, debate_id, 0, 10_000)

    async def types(self, debate_id: str) -> list[str]:
        return [event.type for event in await self.events(debate_id)]


def stage_on(
    db: Database,
    keys: Path,
    *,
    troupe: Troupe | None = None,
    money: Money | None = None,
    debate_id: str | None = None,
    max_debates: int = 100,
) -> Stage:
    """A fresh process on this database. With a `debate_id`, everything it makes is repeatable."""
    troupe = troupe or Troupe()
    money = money or money_on(db)
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await anyio.sleep(0)

    salts = itertools.count()
    seal = Seal(
        origin="http://127.0.0.1:8080",
        keys=KeyStore(directory=keys, now=money.time),
        new_salt=lambda: next(salts).to_bytes(16, "big"),
    )
    receipts = ReceiptService(
        db=db,
        seal=seal,
        now=money.time,
        new_id=new_id if debate_id is None else lambda: f"{debate_id[:-1]}f",
    )
    broadcast = LocalBroadcast()
    seconds = Seconds()
    heartbeat = Heartbeat(db=db, every_s=0.05, timeout_s=30, monotonic=seconds)
    clerk = Clerk(
        db=db,
        journal=Journal(budgets=money.holds, now=money.time),
        costs=DebateCosts(money.holds),
        broadcast=broadcast,
        pulse=heartbeat,
    )
    proceedings = Proceedings(clerk=clerk)
    endings = Endings(clerk=clerk, receipts=DebateReceipts(receipts, money.holds, clerk.broadcast))
    runner = Runner(
        proceedings=proceedings,
        endings=endings,
        agents=troupe,
        pace=Pace(sleep=sleep, jitter=lambda: 0.0, new_salt=lambda: "c2FsdHNhbHRzYWx0c2FsdA"),
    )
    here = LocalDispatch(max_debates=max_debates)
    debates = DebateService(
        clerk=clerk,
        endings=endings,
        agents=troupe,
        dispatch=here,
        new_id=new_id if debate_id is None else lambda: debate_id,
    )
    return Stage(
        db=db,
        money=money,
        receipts=receipts,
        troupe=troupe,
        broadcast=broadcast,
        runner=runner,
        process=DebateProcess(runner=runner, here=here, dispatch=here, drain=Drain(), beat_s=0.05),
        heartbeat=heartbeat,
        seconds=seconds,
        debates=debates,
        stream=DebateStream(log=DebateLog(db), hub=Hub(DebateLog(db), broadcast)),
        waits=waits,
    )
