"""The payload's shape, version 1. It is closed: a member nobody defined is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from .canonical import MAX_INTEGER, Misplaced, Value

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:aragora:decision-receipt:v1"
MAX_MESSAGES = 4096

Shape: TypeAlias = Callable[[Value], None]


class SchemaError(Misplaced):
    """The payload is not a decision receipt of version 1."""


def text(pattern: str) -> Shape:
    match = re.compile(rf"(?:{pattern})\Z").match

    def shape(value: Value) -> None:
        if not isinstance(value, str) or match(value) is None:
            raise SchemaError("unexpected text")

    return shape


def integer(low: int = 0, high: int = MAX_INTEGER) -> Shape:
    def shape(value: Value) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise SchemaError(f"not an integer from {low} to {high}")

    return shape


def truth(value: Value) -> None:
    if not isinstance(value, bool):
        raise SchemaError("not true or false")


def each(item: Shape, *, least: int = 0, most: int = 4096) -> Shape:
    def shape(value: Value) -> None:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise SchemaError(f"not a list of {least} to {most}")
        index = 0
        try:
            for index, member in enumerate(value):  # noqa: B007 - the handler below reads it
                item(member)
        except SchemaError as error:
            raise error.within(f"[{index}]") from None

    return shape


def record(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    members = {**required, **(optional or {})}

    def shape(value: Value) -> None:
        if not isinstance(value, dict):
            raise SchemaError("not an object")
        name = ""
        try:
            if not required.keys() <= value.keys():
                name = next(name for name in required if name not in value)
                raise SchemaError("missing")
            for name, member in value.items():
                if name not in members:
                    raise SchemaError("not known")
                members[name](member)
        except SchemaError as error:
            raise error.within(f".{name}") from None

    return shape


UUID = text(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TIME = text(
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z"
)
HEX = text(r"[0-9a-f]{64}")
TOKEN = text(r"[a-z0-9_]{1,64}")
# Names of models and hosts: printable ASCII without spaces at the ends.
NAME = text(r"[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?")
OPTION = text(r"[A-Za-z0-9._+-]{1,64}")
PARTICIPANT = text(r"p[1-9][0-9]{0,3}")
COUNT = integer()
PPM = integer(0, 1_000_000)
# 32 bytes in 43 characters leave two bits that must be zero.
_DIGEST = text(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
SD = each(_DIGEST, least=1)
ONE_SD = each(_DIGEST, least=1, most=1)

_participant = record(
    {"id": PARTICIPANT, "kind": text("agent|person"), "_sd": SD},
    {"provider": NAME, "model": NAME, "model_version": NAME},
)
_ballot = record(
    {"participant": PARTICIPANT, "round": COUNT, "weight_ppm": COUNT},
    {"option": OPTION, "confidence_ppm": PPM, "_sd": SD},
)
_verdict = record(
    {
        "outcome": text("decided|no_consensus|no_decision"),
        "rule": TOKEN,
        "tally": each(record({"option": OPTION, "count": COUNT, "weight_ppm": COUNT})),
        "quorum": record({"cast": COUNT, "eligible": COUNT, "met": truth}),
        "abstentions": COUNT,
    },
    {
        "option": OPTION,
        "share": record({"num": integer(1), "den": integer(1)}),
        "tie_rule_used": TOKEN,
        "confidence_ppm": PPM,
        "_sd": SD,
    },
)
_dissent = record({"participant": PARTICIPANT, "round": COUNT}, {"option": OPTION, "_sd": SD})
_message = record(
    {
        "seq": integer(1),
        "round": COUNT,
        "phase": TOKEN,
        "participant": PARTICIPANT,
        "at": TIME,
        "bytes": COUNT,
        "_sd": ONE_SD,
    }
)
_agent_cost = record(
    {
        "participant": PARTICIPANT,
        "calls": COUNT,
        "input_tokens": COUNT,
        "cache_read_tokens": COUNT,
        "cache_write_tokens": COUNT,
        "output_tokens": COUNT,
        "reasoning_tokens": COUNT,
        "estimated": truth,
        "cost_micro_usd": COUNT,
    }
)
_predicate = record(
    {
        "v": integer(1, 1),
        "receipt_id": UUID,
        "issued_at": TIME,
        "debate_id": UUID,
        "workspace_digest": HEX,
        "issuer": record({"origin": NAME, "key_id": HEX, "hmac_key_id": HEX}),
        "protocol": record({"name": TOKEN, "version": COUNT, "sha256": HEX}),
        "seed": COUNT,
        "rounds": COUNT,
        "stop_reason": TOKEN,
        "question": record({"_sd": SD}),
        "participants": each(_participant, least=1),
        "options": each(record({"id": OPTION}, {"_sd": SD})),
        "ballots": each(_ballot),
        "verdict": _verdict,
        "dissent": each(_dissent),
        "transcript": record(
            {
                "count": COUNT,
                "root": HEX,
                "sha256": HEX,
                "messages": each(_message, most=MAX_MESSAGES),
            }
        ),
        "cost": record(
            {
                "total_micro_usd": COUNT,
                "overage_micro_usd": COUNT,
                "price_versions": each(NAME),
                "agents": each(_agent_cost),
            }
        ),
        "budget": record({"overrides": each(UUID)}),
        "evidence": each(
            record({"sha256": HEX, "bytes": COUNT, "media_type": NAME}, {"_sd": SD}), most=256
        ),
    },
    {"amends": record({"receipt_id": UUID, "reason": TOKEN})},
)
_statement = record(
    {
        "_type": text(re.escape(STATEMENT_TYPE)),
        "subject": each(
            record({"name": text(r"debate/[0-9a-f-]{36}"), "digest": record({"sha256": HEX})}),
            least=1,
            most=1,
        ),
        "predicateType": text(re.escape(PREDICATE_TYPE)),
        "predicate": _predicate,
    }
)


def check(statement: Value) -> None:
    """Refuse a payload of another shape, naming the place."""
    _statement(statement)
