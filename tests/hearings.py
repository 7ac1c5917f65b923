"""Debates without a server: the pure engine, scripted agents, and replies in any order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import attrs
from aragora_server.agents.model import AgentFailure
from aragora_server.agents.service import AgentRegistry, Offline
from aragora_server.debates import documents
from aragora_server.debates.rules import prompts, protocol, rounds
from aragora_server.debates.rules.protocol import Protocol
from aragora_server.debates.rules.replies import Reader
from aragora_server.debates.rules.transcript import (
    AnswerKind,
    Ask,
    Conclude,
    Failed,
    Option,
    Record,
    Seat,
    Setup,
    Transcript,
)

MEMO = Path(__file__).parents[1] / "examples" / "decision-memo.md"
OPTIONS = (
    Option(id="sqlite", label="SQLite in the data directory"),
    Option(id="postgresql", label="PostgreSQL from the first day"),
    Option(id="both", label="Both, with SQLite as the default"),
)
QUESTION = "Which database should the reference server use when nothing is configured?"
_REGISTRY = AgentRegistry(offline=Offline(delay_s=0.0))


def seats(*styles: str) -> tuple[Seat, ...]:
    return tuple(
        Seat(
            name=f"{['Ada', 'Ben', 'Cleo', 'Dora', 'Emil', 'Fay'][no]}",
            model=f"scripted:{style}",
            family=_REGISTRY.card(f"scripted:{style}").family,
        )
        for no, style in enumerate(styles)
    )


def next_steps(
    protocol: Protocol, setup: Setup, transcript: Transcript
) -> tuple[Ask, ...] | Conclude:
    """The calls still missing in the open round, or the end."""
    where = rounds.plan(protocol, setup, transcript)
    return where.asks if where.end is None else where.end


def setup(
    *styles: str,
    question: str = QUESTION,
    kind: AnswerKind = "choice",
    seed: int = 7,
    has_memo: bool = True,
) -> Setup:
    source = documents.Source(name="memo.md", media_type="text/markdown", text=MEMO.read_text())
    return Setup(
        debate_id="019a0000-0000-7000-8000-000000000001",
        question=question,
        seats=seats(*(styles or ("steady", "contrarian", "careful"))),
        seed=seed,
        answer_kind=kind,
        options=OPTIONS if kind == "choice" else (),
        documents=tuple(d.for_agents() for d in documents.read([source])) if has_memo else (),
    )


@attrs.frozen(kw_only=True)
class Hearing:
    """Runs a debate in memory. `shuffle` fixes in which order the replies of a round come."""

    setup: Setup
    protocol: Protocol = attrs.field(factory=lambda: protocol.load("escalate"))
    shuffle: int | None = None
    attempts: int = 2

    async def run(self) -> tuple[Transcript, Conclude]:
        transcript: Transcript = ()
        while not isinstance(next_ := self._next(transcript), Conclude):
            for ask in self._order(next_):
                transcript += (await self.hear(transcript, ask),)
        return rounds.in_order(transcript), next_

    async def hear(self, transcript: Transcript, ask: Ask) -> Record:
        prompt = prompts.render(self.protocol, self.setup, transcript, ask)
        seat = self.setup.seat(ask.agent)
        failure: AgentFailure | None = None
        for attempt in range(1, self.attempts + 1):
            try:
                reply = await _REGISTRY.resolve(seat.model).ask(
                    attrs.evolve(prompt, attempt=attempt),
                    max_output_tokens=seat.max_output_tokens,
                    deadline_s=10,
                )
            except AgentFailure as gone:
                failure = gone
            else:
                return self._reader(ask).read(transcript, ask, reply.text)
        return failed(ask, code=failure.code if failure else "agent_failed")

    def _next(self, transcript: Transcript) -> tuple[Ask, ...] | Conclude:
        return next_steps(self.protocol, self.setup, transcript)

    def _order(self, asks: tuple[Ask, ...]) -> list[Ask]:
        if self.shuffle is None:
            return list(asks)
        return random.Random(self.shuffle + asks[0].call_no).sample(asks, len(asks))

    def _reader(self, ask: Ask) -> Reader:
        """Ids hang on the call and not on who came first, so that any order gives one record."""
        ids = _ids(ask.call_no)
        return Reader(
            protocol=self.protocol,
            setup=self.setup,
            new_id=lambda: next(ids),
            new_salt=lambda: f"salt-{ask.call_no}",
        )


def failed(ask: Ask, *, code: str = "provider_unavailable") -> Failed:
    return Failed(
        call_no=ask.call_no,
        round=ask.round,
        step=ask.step,
        agent=ask.agent,
        code=code,
        repairs=ask.repairs,
    )


def _ids(call_no: int) -> Iterator[str]:
    return (f"019a0000-0000-7000-8000-{call_no:06d}{no:06d}" for no in count(1))
