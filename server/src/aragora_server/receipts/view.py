"""A receipt printed for reading: the signed content in the words of the API.

Whatever the signed bytes leave to be counted (who supported, by how much, who changed sides) is
counted here from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aragora_server.kernel.money import format_usd

from .log.model import LogPlace
from .model import WHOLE_PPM, Receipt

Content = Mapping[str, Any]
View = dict[str, Any]

BUCKETS = (
    "input_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
)


def printed(receipt: Receipt) -> View:
    content, sealed = receipt.content, receipt.sealed
    names = {person["id"]: person.get("name", person["id"]) for person in content["participants"]}
    protocol = content["protocol"]
    return {
        "id": sealed.id,
        "debate_id": sealed.debate_id,
        "issued_at": sealed.issued_at,
        "key_id": sealed.key_id,
        "question": content["question"].get("text"),
        "protocol": {
            "id": protocol["name"],
            "version": protocol["version"],
            "hash": protocol["sha256"],
        },
        "stop_reason": content["stop_reason"],
        "verdict": _verdict(content, names),
        "dissents": [_dissent(content, item, names) for item in content["dissent"]],
        "participants": [_participant(person) for person in content["participants"]],
        "usage": _usage(content["cost"], names),
        "digest": sealed.digest,
        "transcript_sha256": content["transcript"]["sha256"],
        "log": _place(receipt.place),
    }


def _place(place: LogPlace | None) -> View:
    if place is None:
        return {"state": "pending", "shard": None, "index": None}
    return {"state": "included", "shard": place.shard, "index": place.index}


def _participant(person: Content) -> View:
    return {
        "id": person["id"],
        "name": person.get("name"),
        "provider": person.get("provider", ""),
        "model": person.get("model", ""),
    }


def _verdict(content: Content, names: Mapping[str, str]) -> View:
    verdict = content["verdict"]
    weights = sorted((entry["weight_ppm"] for entry in verdict["tally"]), reverse=True)
    first, second, *_ = [*weights, 0, 0]
    option, quorum = verdict.get("option"), verdict["quorum"]
    final = {ballot["participant"]: ballot.get("option") for ballot in _in_order(content)}
    return {
        "outcome": verdict["outcome"],
        "option_id": option,
        "answer": verdict.get("answer", ""),
        "rule": verdict["rule"],
        "tally": [
            {
                "option_id": entry["option"],
                "count": entry["count"],
                "weight": entry["weight_ppm"] // WHOLE_PPM,
            }
            for entry in verdict["tally"]
        ],
        "margin": (first - second) // WHOLE_PPM,
        "tie_rule_used": verdict.get("tie_rule_used"),
        "quorum": {
            "cast": quorum["cast"],
            "eligible": quorum["eligible"],
            "is_met": quorum["met"],
        },
        "abstentions": verdict["abstentions"],
        "supported_by": [
            names[person] for person, chosen in final.items() if option and chosen == option
        ],
        "confidence_ppm": verdict.get("confidence_ppm"),
        "stop_reason": content["stop_reason"],
    }


def _dissent(content: Content, dissent: Content, names: Mapping[str, str]) -> View:
    person, option = dissent["participant"], dissent.get("option")
    chosen = [
        ballot["option"]
        for ballot in _in_order(content)
        if ballot["participant"] == person and "option" in ballot
    ]
    return {
        "agent": names[person],
        "round": dissent["round"],
        "option_id": option,
        "text": dissent.get("text", ""),
        "flipped_from": chosen[0] if chosen and chosen[0] != option else None,
    }


def _usage(cost: Content, names: Mapping[str, str]) -> View:
    agents = cost["agents"]
    return {
        "calls": sum(agent["calls"] for agent in agents),
        "usage": {bucket: sum(agent[bucket] for agent in agents) for bucket in BUCKETS},
        "cost_usd": format_usd(cost["total_micro_usd"]),
        "by_agent": [
            {
                "agent": names[agent["participant"]],
                "calls": agent["calls"],
                "usage": {bucket: agent[bucket] for bucket in BUCKETS},
                "cost_usd": format_usd(agent["cost_micro_usd"]),
                "is_estimated": agent["estimated"],
            }
            for agent in agents
        ],
    }


def _in_order(content: Content) -> list[Content]:
    return sorted(content["ballots"], key=lambda ballot: int(ballot["round"]))
