"""A debate and its events as the server sends them, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ID = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"
RECEIPT_ID = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"
AT = "2026-11-22T09:30:00.000Z"
DIGEST = "ab" * 32
USAGE = {
    "input_tokens": 1840,
    "cache_read_tokens": 0,
    "cache_write_tokens": 0,
    "output_tokens": 412,
    "reasoning_tokens": 0,
}
DEBATE_USAGE: dict[str, Any] = {
    "calls": 5,
    "usage": USAGE,
    "cost_usd": "0.003076",
    "by_agent": [],
}
PROTOCOL = {"id": "escalate", "version": 1, "hash": DIGEST}
VERDICT: dict[str, Any] = {
    "outcome": "decided",
    "option_id": "wait",
    "answer": "Wait for Monday",
    "rule": "weighted",
    "tally": [
        {"option_id": "wait", "count": 2, "weight": 13},
        {"option_id": "ship", "count": 1, "weight": 5},
        {"option_id": "stop", "count": 0, "weight": 0},
    ],
    "margin": 8,
    "tie_rule_used": None,
    "quorum": {"cast": 3, "eligible": 3, "is_met": True},
    "abstentions": 0,
    "supported_by": ["careful", "steady"],
    "confidence_ppm": 780000,
    "stop_reason": "rounds_exhausted",
}
DISSENT = {
    "agent": "contrarian",
    "round": 2,
    "option_id": "ship",
    "text": "A rollback takes four minutes.",
    "flipped_from": None,
}


def agent(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "model": f"scripted:{name}",
        "provider": "scripted",
        "family": name,
        "persona": None,
        "role": None,
        "max_output_tokens": 1024,
        "temperature": None,
    }


def debate(**changes: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "question": "Ship on Friday?",
        "context": None,
        "documents": [],
        "options": [
            {"id": "ship", "label": "Ship on Friday"},
            {"id": "wait", "label": "Wait for Monday"},
        ],
        "answer_kind": "choice",
        "protocol": PROTOCOL,
        "agents": [agent("careful"), agent("steady"), agent("contrarian")],
        "tags": [],
        "seed": 7,
        "status": "queued",
        "stop_reason": None,
        "verdict": None,
        "dissents": [],
        "usage": {**DEBATE_USAGE, "calls": 0},
        "limits": {"max_cost_usd": "0.5", "deadline_at": AT},
        "warnings": [],
        "receipt_id": None,
        "last_seq": 1,
        "created_by": ID,
        "created_at": AT,
        "started_at": None,
        "ended_at": None,
        **changes,
    }


def concluded(**changes: Any) -> dict[str, Any]:
    found = {"status": "concluded", "stop_reason": "rounds_exhausted", "verdict": VERDICT}
    return debate(**found, receipt_id=RECEIPT_ID, dissents=[DISSENT], **changes)


def event(seq: int, kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"seq": seq, "debate_id": ID, "type": kind, "at": AT, "data": data}


def delta(agent: str, text: str) -> dict[str, Any]:
    data = {"call_no": 0, "agent": agent, "text": text}
    return {"debate_id": ID, "type": "token.delta", "at": AT, "data": data}


def heartbeat() -> dict[str, Any]:
    return {"debate_id": ID, "type": "heartbeat", "at": AT}


def argument(agent: str, text: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d01",
        "round": 0,
        "agent": agent,
        "text": text,
        "option_id": "wait",
        "confidence_ppm": 780000,
        "sources": ["D1:p3"],
        "is_truncated": False,
        "call_no": 0,
        **changes,
    }


def ballot(agent: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d02",
        "round": 0,
        "agent": agent,
        "kind": "single",
        "choices": ["wait"],
        "confidence_ppm": None,
        "reason": "Nobody is on call.",
        "weight": 1,
        "commitment": DIGEST,
        "call_no": 0,
        **changes,
    }


def critique(agent: str) -> dict[str, Any]:
    return {
        "id": "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d03",
        "round": 1,
        "agent": agent,
        "target_argument_id": "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d01",
        "issues": ["no figures"],
        "severity": 6,
        "text": "Where are the figures?",
        "call_no": 1,
    }


def log() -> list[dict[str, Any]]:
    """A whole debate."""
    sealed = {"id": RECEIPT_ID, "agent": "careful", "round": 0, "commitment": DIGEST}
    entries: list[tuple[str, dict[str, Any]]] = [
        ("debate.created", {"question_sha256": DIGEST, "agents": [], "max_cost_usd": "0.5"}),
        ("debate.started", {"protocol": PROTOCOL, "seed": 7, "cost_max_usd": "0.5"}),
        (
            "round.started",
            {"round": 0, "kind": "argument", "label": "Sealed", "participants": ["careful"]},
        ),
        ("argument.added", argument("careful", "Nobody is on call at the weekend.")),
        ("ballot.sealed", sealed),
        (
            "agent.failed",
            {
                "agent": "steady",
                "call_no": 1,
                "attempt": 1,
                "code": "provider_unavailable",
                "detail": "503",
                "retry_in_s": 2,
            },
        ),
        ("ballot.cast", {"ballot": ballot("careful"), "salt": "c2FsdA"}),
        ("ballot.cast", {"ballot": ballot("steady", choices=[], kind="abstain"), "salt": "c2FsdA"}),
        ("critique.added", critique("contrarian")),
        ("budget.updated", {"spent_usd": "0.003", "held_usd": "0", "remaining_usd": "0.497"}),
        ("debate.warning", {"code": "homogeneous_agents", "detail": "one family", "agent": None}),
        (
            "round.completed",
            {"round": 0, "tally": VERDICT["tally"], "moved": ["steady"], "abstentions": 1},
        ),
        ("dissent.recorded", DISSENT),
        ("debate.concluded", {"verdict": VERDICT, "usage": DEBATE_USAGE}),
        ("receipt.issued", {"receipt_id": RECEIPT_ID, "digest": DIGEST}),
    ]
    return [event(seq, kind, data) for seq, (kind, data) in enumerate(entries, 1)]
