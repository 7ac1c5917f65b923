"""What is said and counted in a debate, as it looks from outside."""

from __future__ import annotations

from collections.abc import Iterable

from aragora_server.debates.rules.transcript import (
    Argument,
    Ballot,
    Critique,
    Dissent,
    Round,
    TallyEntry,
    Verdict,
)

Shape = dict[str, object]


def argument(said: Argument) -> Shape:
    return {
        "id": said.id,
        "round": said.round,
        "agent": said.agent,
        "text": said.text,
        "option_id": said.option_id,
        "confidence_ppm": said.confidence_ppm,
        "sources": list(said.sources),
        "is_truncated": said.truncated,
        "call_no": said.call_no,
    }


def critique(said: Critique) -> Shape:
    return {
        "id": said.id,
        "round": said.round,
        "agent": said.agent,
        "target_argument_id": said.target_argument_id,
        "issues": list(said.issues),
        "severity": said.severity,
        "text": said.text,
        "call_no": said.call_no,
    }


def sealed(cast: Ballot) -> Shape:
    return {
        "id": cast.id,
        "round": cast.round,
        "agent": cast.agent,
        "commitment": cast.commitment,
    }


def ballot(cast: Ballot, weight: int) -> Shape:
    return {
        "id": cast.id,
        "round": cast.round,
        "agent": cast.agent,
        "kind": cast.kind,
        "choices": list(cast.choices),
        "confidence_ppm": cast.confidence_ppm,
        "reason": cast.reason,
        "weight": weight,
        "commitment": cast.commitment,
        "call_no": cast.call_no,
    }


def round_started(view: Round) -> Shape:
    return {
        "round": view.no,
        "kind": view.kind,
        "label": view.label,
        "participants": list(view.participants),
    }


def round_completed(view: Round) -> Shape:
    return {
        "round": view.no,
        "tally": tally(view.tally),
        "moved": list(view.moved),
        "abstentions": view.abstentions,
    }


def tally(entries: Iterable[TallyEntry]) -> list[Shape]:
    return [
        {"option_id": entry.option_id, "count": entry.count, "weight": entry.weight}
        for entry in entries
    ]


def verdict(known: Verdict) -> Shape:
    return {
        "outcome": known.outcome,
        "option_id": known.option_id,
        "answer": known.answer or "",
        "rule": known.rule,
        "tally": tally(known.tally),
        "margin": known.margin,
        "tie_rule_used": known.tie_rule_used,
        "quorum": {
            "cast": known.quorum.cast,
            "eligible": known.quorum.eligible,
            "is_met": known.quorum.met,
        },
        "abstentions": known.abstentions,
        "supported_by": list(known.supported_by),
        "confidence_ppm": known.confidence_ppm,
        "stop_reason": known.stop_reason,
    }


def dissent(known: Dissent) -> Shape:
    return {
        "agent": known.agent,
        "round": known.round,
        "option_id": known.option_id,
        "text": known.text,
        "flipped_from": known.flipped_from,
    }
