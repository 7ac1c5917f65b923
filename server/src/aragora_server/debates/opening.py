"""From what was asked for to a debate that can run: defaults filled in, nonsense refused. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs

from . import documents
from .model import AgentsInvalid, Debate, OptionsInvalid, ProtocolRef
from .rules import protocol
from .rules.options import ABSTAIN
from .rules.protocol import Protocol
from .rules.transcript import AnswerKind, Option, Seat, Warned

DEFAULT_PROTOCOL = "escalate"
DEFAULT_DEADLINE_S = 3600
MAX_SEED = 2**53 - 1


@attrs.frozen(kw_only=True)
class Wanted:
    """A debate as a caller asks for it; what is None gets its default."""

    question: str
    context: str | None = None
    documents: tuple[documents.Source, ...] = ()
    options: tuple[Option, ...] = ()
    answer_kind: AnswerKind | None = None
    protocol: str = DEFAULT_PROTOCOL
    tags: tuple[str, ...] = ()
    seed: int | None = None
    max_cost_micro_usd: int | None = None
    deadline_s: int = DEFAULT_DEADLINE_S


def draft(  # noqa: PLR0913 - the facts of a new debate, each from another place
    wanted: Wanted,
    seats: Sequence[Seat],
    *,
    debate_id: str,
    workspace_id: str,
    created_by: str,
    at: datetime,
) -> Debate:
    rules = protocol.load(wanted.protocol)
    kind: AnswerKind = wanted.answer_kind or ("choice" if wanted.options else "verdict")
    _check_options(kind, wanted.options)
    _check_seats(rules, seats)
    return Debate(
        id=debate_id,
        workspace_id=workspace_id,
        created_by=created_by,
        question=wanted.question,
        context=wanted.context,
        documents=documents.read(wanted.documents),
        options=wanted.options,
        answer_kind=kind,
        protocol=ProtocolRef(id=rules.id, version=rules.version, sha256=rules.hash),
        seats=tuple(seats),
        tags=tuple(dict.fromkeys(wanted.tags)),
        seed=_seed(debate_id) if wanted.seed is None else wanted.seed,
        max_cost_micro_usd=wanted.max_cost_micro_usd,
        cost_bound_micro_usd=0,
        deadline_at=at + timedelta(seconds=wanted.deadline_s),
        warnings=_warnings(seats),
        created_at=at,
    )


def _check_options(kind: AnswerKind, options: Sequence[Option]) -> None:
    if kind == "choice" and not options:
        raise OptionsInvalid("a choice needs options")
    if kind != "choice" and options:
        raise OptionsInvalid(f"options belong to a choice; the answer of this debate is a {kind}")
    if len({option.id for option in options}) != len(options):
        raise OptionsInvalid("two options have one id")
    if any(option.id == ABSTAIN for option in options):
        raise OptionsInvalid(f"{ABSTAIN!r} already means to choose none of the options")


def _check_seats(rules: Protocol, seats: Sequence[Seat]) -> None:
    if not rules.min_agents <= len(seats) <= rules.max_agents:
        raise AgentsInvalid(
            f"{rules.id} needs {rules.min_agents} to {rules.max_agents} agents, {len(seats)} given"
        )
    if len({seat.name for seat in seats}) != len(seats):
        raise AgentsInvalid("two agents have one name")
    if len({seat.family for seat in seats}) < rules.min_families:
        raise AgentsInvalid(f"{rules.id} needs agents of {rules.min_families} model families")


def _warnings(seats: Sequence[Seat]) -> tuple[Warned, ...]:
    families = {seat.family for seat in seats}
    if len(families) > 1:
        return ()
    detail = f"all agents are of one family, {families.pop()}: they tend to err alike"
    return (Warned(code="homogeneous_agents", detail=detail),)


def _seed(debate_id: str) -> int:
    """As random as the id, and therefore repeatable with it."""
    return int.from_bytes(hashlib.sha256(debate_id.encode()).digest()) & MAX_SEED
