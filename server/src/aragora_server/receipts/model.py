"""What a receipt claims, and what was issued. A claim names people; the signed bytes do not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import attrs

from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.errors import Conflict, Gone, Invalid, NotFound

from .log.model import LogPlace

Outcome = Literal["decided", "no_consensus", "no_decision"]
WHOLE_PPM = 1_000_000


class ReceiptNotFound(NotFound):
    code = "receipt_not_found"


class ReceiptErased(Gone):
    """It was deleted: when and why is told, of what it said nothing is left."""

    code = "receipt_erased"

    @classmethod
    def at(cls, deleted_at: datetime, reason: str) -> ReceiptErased:
        members = {"deleted_at": wire_time(deleted_at), "reason": reason}
        return cls(f"deleted at {members['deleted_at']}: {reason}", members=members)


class ReceiptConflict(Conflict):
    """Another receipt stands where this one would."""

    code = "receipt_conflict"


class BundleUnreadable(Invalid):
    code = "bundle_unreadable"


@attrs.frozen(kw_only=True)
class Protocol:
    name: str
    version: int
    sha256: str


@attrs.frozen(kw_only=True)
class Participant:
    """Others of the claim refer to it by `name`, which is unique."""

    name: str
    kind: Literal["agent", "person"] = "agent"
    provider: str | None = None
    model: str | None = None
    model_version: str | None = None
    persona: str | None = None
    role: str | None = None


@attrs.frozen(kw_only=True)
class Option:
    id: str
    label: str


@attrs.frozen(kw_only=True)
class Ballot:
    """One vote of one round; without an option it is an abstention. `weight` 1 counts once."""

    participant: str
    round: int
    option_id: str | None
    weight: int = 1
    confidence_ppm: int | None = None
    reason: str = ""


@attrs.frozen(kw_only=True)
class TallyEntry:
    option_id: str
    count: int
    weight: int


@attrs.frozen(kw_only=True)
class Quorum:
    cast: int
    eligible: int
    met: bool


@attrs.frozen(kw_only=True)
class Share:
    num: int
    den: int


@attrs.frozen(kw_only=True)
class Verdict:
    outcome: Outcome
    option_id: str | None
    rule: str
    tally: tuple[TallyEntry, ...]
    quorum: Quorum
    abstentions: int
    answer: str | None = None
    share: Share | None = None
    tie_rule_used: str | None = None
    confidence_ppm: int | None = None


@attrs.frozen(kw_only=True)
class Dissent:
    participant: str
    round: int
    option_id: str | None
    text: str


@attrs.frozen(kw_only=True)
class Message:
    """Something that was said, in the order of the transcript."""

    round: int
    phase: str
    participant: str
    at: datetime
    text: str


@attrs.frozen(kw_only=True)
class AgentCost:
    participant: str
    calls: int
    input_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    output_tokens: int
    reasoning_tokens: int
    is_estimated: bool
    cost_micro_usd: int


@attrs.frozen(kw_only=True)
class Cost:
    """What the debate cost; the agents' shares add up to the total."""

    agents: tuple[AgentCost, ...]
    overage_micro_usd: int = 0
    price_versions: tuple[str, ...] = ()

    @property
    def total_micro_usd(self) -> int:
        return sum(agent.cost_micro_usd for agent in self.agents)


@attrs.frozen(kw_only=True)
class Evidence:
    """A document that the agents were given."""

    name: str
    media_type: str
    bytes: int
    sha256: str


@attrs.frozen(kw_only=True)
class Amends:
    """This receipt corrects another; `reason` is a code, not a sentence."""

    receipt_id: str
    reason: str


@attrs.frozen(kw_only=True)
class Claim:
    """All that a receipt says of a debate. Every field reaches the signed bytes."""

    debate_id: str
    question: str
    protocol: Protocol
    seed: int
    rounds: int
    stop_reason: str
    participants: tuple[Participant, ...]
    options: tuple[Option, ...]
    ballots: tuple[Ballot, ...]
    verdict: Verdict
    messages: tuple[Message, ...]
    cost: Cost
    context: str | None = None
    dissents: tuple[Dissent, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    budget_overrides: tuple[str, ...] = ()
    amends: Amends | None = None


@attrs.frozen(kw_only=True)
class Issuer:
    """Who signs: the origin that a receipt names, and the ids of the keys that vouch for it."""

    origin: str
    key_id: str
    hmac_key_id: str


@attrs.frozen(kw_only=True)
class Sealed:
    """A receipt as it is kept: the exact bytes that were signed, and what vouches for them."""

    id: str
    workspace_id: str
    debate_id: str
    issued_at: datetime
    outcome: Outcome
    cost_micro_usd: int
    amends_id: str | None
    key_id: str
    payload: bytes
    signature: bytes
    hmac_key_id: str
    hmac_tag: str
    workspace_salt: bytes
    digest: str


@attrs.frozen(kw_only=True)
class Issued:
    receipt_id: str
    digest: str


@attrs.frozen(kw_only=True)
class Receipt:
    """A receipt to read: the signed content with every disclosed text where it belongs.

    `place` is that in the log, once a checkpoint speaks for it.
    """

    sealed: Sealed
    content: Mapping[str, Any]
    place: LogPlace | None
