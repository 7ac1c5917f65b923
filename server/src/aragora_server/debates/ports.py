"""What debates need from other slices, in their own words; `plugs.py` fits the plugs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

import attrs

from aragora_server.agents.model import Agent, Usage
from aragora_server.kernel import runners
from aragora_server.kernel.db import Tx
from aragora_server.kernel.errors import PaymentRequired

from .model import Cost, Decision, Standing
from .rules.transcript import Seat


@attrs.frozen(kw_only=True)
class Bound:
    """One attempt of one call, before it is made, and the most it can use."""

    agent: str
    provider: str
    model: str
    round: int
    call_no: int
    attempt: int
    input_bound: int
    max_output: int


class Said(Protocol):
    """What a budget says, as far as readers of the debate may know it: an event of the debate."""

    @property
    def type(self) -> str: ...
    @property
    def data(self) -> Mapping[str, object]: ...


class Paid(Protocol):
    @property
    def said(self) -> Sequence[Said]:
        """What budgets had to say of it; nothing when the same is done again."""
        ...


class Budgets(Protocol):
    """Money is held before a call and settled after it, in the caller's transaction."""

    async def open_cap(
        self, tx: Tx, *, workspace_id: str, debate_id: str, limit_micro_usd: int
    ) -> None: ...

    async def reserve(  # noqa: PLR0913 - who pays, and what for
        self,
        tx: Tx,
        *,
        workspace_id: str,
        api_key_id: str,
        debate_id: str,
        tags: Sequence[str],
        bounds: Sequence[Bound],
    ) -> list[str]:
        """A hold for each bound, or PaymentRequired and none."""
        ...

    async def note_refusal(self, tx: Tx, *, refusal: PaymentRequired) -> Sequence[Said]:
        """After the transaction of the refusal is gone: who is to know is told."""
        ...

    async def mark_sent(self, tx: Tx, *, hold_ids: Sequence[str]) -> frozenset[str]:
        """From now on they may be billed; one that was closed meanwhile is not among the result."""
        ...

    async def settle(self, tx: Tx, *, hold_id: str, usage: Usage) -> Paid: ...
    async def release(self, tx: Tx, *, hold_id: str) -> Paid: ...

    async def abandon(self, tx: Tx, *, hold_id: str) -> Paid:
        """Close what a dead process left: in full what was sent, back what was not."""
        ...

    async def adjust(self, tx: Tx, *, hold_id: str, usage: Usage) -> Paid:
        """An answer came after all: book what it really cost. Once, however often it is said."""
        ...


class Costs(Protocol):
    """What was spent, and what would be."""

    async def of_debate(self, tx: Tx, *, debate_id: str) -> Cost: ...

    async def of_debates(self, tx: Tx, *, debate_ids: Collection[str]) -> Mapping[str, Cost]:
        """Each of them, in one reading of the books."""
        ...

    async def standing(
        self, tx: Tx, *, workspace_id: str, api_key_id: str, debate_id: str, tags: Sequence[str]
    ) -> Standing: ...

    async def pricing(
        self, tx: Tx, *, workspace_id: str, api_key_id: str, tags: Sequence[str], is_capped: bool
    ) -> Callable[[Bound], int | None]:
        """What a call may cost at most, as prices are now. None when nobody knows and all budgets
        allow it; where one does not, the refusal that it would meet."""
        ...


@attrs.frozen(kw_only=True)
class Issued:
    receipt_id: str
    digest: str


class Receipts(Protocol):
    async def issue(self, tx: Tx, *, workspace_id: str, decision: Decision) -> Issued: ...

    async def issued(self) -> None:
        """Call after the commit: the log takes it in at once."""
        ...


@attrs.frozen(kw_only=True)
class SeatWanted:
    """An agent as a caller asks for it."""

    model: str
    name: str | None = None
    persona: str | None = None
    role: str | None = None
    max_output_tokens: int | None = None
    temperature: str | None = None


class Agents(Protocol):
    def seats(self, wanted: Sequence[SeatWanted]) -> tuple[Seat, ...]:
        """Seats for these agents, or for the server's own team when none are named.

        Raises what stands in the way: an unknown model, a missing key, missing support.
        """
        ...

    def agent(self, seat: Seat) -> Agent: ...


class Pulse(runners.Pulse, Protocol):
    """A runner that is not sure waits before it asks anybody anything."""

    async def until_sure(self) -> None: ...


class Dispatch(Protocol):
    async def submit(self, debate_id: str) -> None:
        """Somebody will soon look at this debate. Idempotent; call after commit; may be lost."""
        ...
