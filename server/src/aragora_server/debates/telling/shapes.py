"""What a debate looks like from outside: the same shape in an event and in an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

import orjson

from aragora_server.debates.documents import Snapshot
from aragora_server.debates.estimate import Estimate
from aragora_server.debates.model import AgentTotal, Cost, Debate, ProtocolRef, RoundRow, Standing
from aragora_server.debates.rules.protocol import load
from aragora_server.debates.rules.transcript import Answer, Seat, Transcript
from aragora_server.debates.rules.voting import Decision, weight
from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.money import format_usd

from . import speech
from .speech import Shape

BUCKETS = (
    "input_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
)


def debate(known: Debate, cost: Cost) -> Shape:
    return {
        "id": known.id,
        "question": known.question,
        "context": known.context,
        "documents": [document(one) for one in known.documents],
        "options": [{"id": option.id, "label": option.label} for option in known.options],
        "answer_kind": known.answer_kind,
        "protocol": protocol(known.protocol),
        "agents": [seat(one) for one in known.seats],
        "tags": list(known.tags),
        "seed": known.seed,
        "status": known.status,
        "stop_reason": known.stop_reason,
        "verdict": known.verdict and speech.verdict(known.verdict),
        "dissents": [speech.dissent(one) for one in known.dissents],
        "usage": usage(cost),
        "limits": {
            "max_cost_usd": _money(known.max_cost_micro_usd),
            "deadline_at": wire_time(known.deadline_at),
        },
        "warnings": [{"code": one.code, "detail": one.detail} for one in known.warnings],
        "receipt_id": known.receipt_id,
        "last_seq": known.last_seq,
        "created_by": known.created_by,
        "created_at": wire_time(known.created_at),
        "started_at": _time(known.started_at),
        "ended_at": _time(known.ended_at),
    }


def document(known: Snapshot) -> Shape:
    return {
        "name": known.name,
        "media_type": known.media_type,
        "bytes": known.byte_count,
        "sha256": known.sha256,
        "passages": len(known.passages),
    }


def protocol(known: ProtocolRef) -> Shape:
    return {"id": known.id, "version": known.version, "hash": known.sha256}


def seat(known: Seat) -> Shape:
    return {
        "name": known.name,
        "model": known.model,
        "provider": known.provider,
        "family": known.family,
        "persona": known.persona,
        "role": known.role,
        "max_output_tokens": known.max_output_tokens,
        "temperature": known.temperature,
    }


def transcript(known: Debate, rounds: Iterable[RoundRow], said: Transcript) -> Shape:
    decision = load(known.protocol.id).decision
    answers = [record for record in said if isinstance(record, Answer)]
    return {
        "debate_id": known.id,
        "rounds": [
            _round(row, [a for a in answers if a.round == row.no], decision) for row in rounds
        ],
    }


def _round(row: RoundRow, answers: list[Answer], decision: Decision) -> Shape:
    """Ballots stay sealed until their round is closed."""
    cast = [a.ballot for a in answers if a.ballot is not None and row.closed_at is not None]
    return {
        "no": row.no,
        "kind": row.kind,
        "label": row.label,
        "participants": list(row.participants),
        "opened_at": wire_time(row.opened_at),
        "closed_at": _time(row.closed_at),
        "arguments": [speech.argument(a.argument) for a in answers if a.argument is not None],
        "critiques": [speech.critique(one) for a in answers for one in a.critiques],
        "ballots": [speech.ballot(one, weight(decision, one)) for one in cast],
    }


def usage(cost: Cost) -> Shape:
    return {
        "calls": cost.calls,
        "usage": {
            bucket: sum(getattr(agent, bucket) for agent in cost.agents) for bucket in BUCKETS
        },
        "cost_usd": format_usd(cost.total_micro_usd),
        "by_agent": [_agent_usage(agent) for agent in cost.agents],
    }


def _agent_usage(used: AgentTotal) -> Shape:
    return {
        "agent": used.agent,
        "calls": used.calls,
        "usage": {bucket: getattr(used, bucket) for bucket in BUCKETS},
        "cost_usd": format_usd(used.cost_micro_usd),
        "is_estimated": used.is_estimated,
    }


def created(known: Debate) -> Shape:
    return {
        "question_sha256": hashlib.sha256(known.question.encode()).hexdigest(),
        "agents": [one.name for one in known.seats],
        "max_cost_usd": _money(known.max_cost_micro_usd),
    }


def started(known: Debate) -> Shape:
    return {
        "protocol": protocol(known.protocol),
        "seed": known.seed,
        "cost_max_usd": format_usd(known.cost_bound_micro_usd),
    }


def estimate(planned: Debate, cost: Estimate) -> Shape:
    return {
        "protocol": protocol(planned.protocol),
        "calls_min": cost.calls_min,
        "calls_max": cost.calls_max,
        "input_tokens_max": cost.input_tokens_max,
        "output_tokens_max": cost.output_tokens_max,
        "cost_likely_usd": format_usd(cost.cost_likely_micro_usd),
        "cost_max_usd": format_usd(cost.cost_max_micro_usd),
        "by_agent": [
            {
                "agent": agent.agent,
                "model": agent.model,
                "calls_max": agent.calls_max,
                "cost_max_usd": format_usd(agent.cost_max_micro_usd),
                "unpriced": agent.is_unpriced,
            }
            for agent in cost.agents
        ],
    }


def standing(known: Standing) -> Shape:
    return {
        "spent_usd": format_usd(known.spent_micro_usd),
        "held_usd": format_usd(known.held_micro_usd),
        "remaining_usd": _money(known.remaining_micro_usd),
    }


def encode(shape: Shape) -> bytes:
    return orjson.dumps(shape)


def _money(micro_usd: int | None) -> str | None:
    return None if micro_usd is None else format_usd(micro_usd)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else wire_time(moment)
