"""A protocol is data: who speaks when, what they see, how it is decided. Its hash names it.

The code knows kinds of steps and voting rules, never a protocol's name.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal

import attrs
import jsonschema_rs
from aragora.receipts import canonical

from aragora_server.kernel.errors import Invalid

from .transcript import AnswerKind, StepKind, StopReason
from .voting import Decision, Share

PLACEHOLDERS = frozenset(
    {"question", "options", "documents", "peers", "own_last", "role", "schema"}
)

_FILES = files(__package__) / "protocols"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_ID = re.compile(r"[a-z0-9_]{1,64}\Z")


class ProtocolUnknown(Invalid):
    code = "protocol_unknown"


class ProtocolInvalid(ValueError):
    """A protocol file says something that no debate could follow."""


@attrs.frozen(kw_only=True)
class Step:
    id: str
    kind: StepKind
    label: str
    who: Literal["all", "pair", "rest"]
    sees: Literal["none", "others"]
    prompt: str
    parse: Mapping[str, Any]
    answer_kinds: tuple[AnswerKind, ...] = ("choice", "verdict", "number", "text")


@attrs.frozen(kw_only=True)
class Stop:
    """After this step: everyone asked in it voted for one option, each at least this sure."""

    after: str
    min_confidence_ppm: int
    reason: StopReason


@attrs.frozen(kw_only=True)
class Protocol:
    id: str
    version: int
    hash: str
    title: str
    source: str
    min_agents: int
    max_agents: int
    min_families: int
    system: str
    steps: tuple[Step, ...]
    decision: Decision
    stop: tuple[Stop, ...]

    def step(self, step_id: str) -> Step:
        return next(step for step in self.steps if step.id == step_id)


def ids() -> tuple[str, ...]:
    """The built-in protocols."""
    names = (entry.name for entry in _FILES.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@functools.cache
def load(protocol_id: str) -> Protocol:
    if not _ID.match(protocol_id) or protocol_id not in ids():
        raise ProtocolUnknown(f"there is no protocol {protocol_id!r}; known: {', '.join(ids())}")
    return parse((_FILES / f"{protocol_id}.yaml").read_text(encoding="utf-8"))


def parse(text: str) -> Protocol:
    """Read a protocol file; what it says must be complete and unambiguous."""
    from . import plain_yaml  # YAML is read at the first debate, not at the start

    try:
        content: Any = plain_yaml.parse(text)
        _schema().validate(content)
    except (plain_yaml.NotPlain, jsonschema_rs.ValidationError) as error:
        raise ProtocolInvalid(str(error)) from None
    protocol = _build(content)
    _check(protocol)
    return protocol


def hash_of(content: object) -> str:
    """SHA-256 of the RFC 8785 bytes: keys are ASCII and there are no fractions."""
    return hashlib.sha256(canonical.dump_plain(content)).hexdigest()


@functools.cache
def _schema() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads((_FILES / "schema.json").read_text()))


def _build(content: Any) -> Protocol:
    return Protocol(
        id=content["id"],
        version=content["version"],
        hash=hash_of(content),
        title=content["title"],
        source=content["source"]["citation"],
        min_agents=content["agents"]["min"],
        max_agents=content["agents"]["max"],
        min_families=content["agents"]["min_families"],
        system=content["system"],
        steps=tuple(_step(step) for step in content["steps"]),
        decision=_decision(content["decision"]),
        stop=tuple(
            Stop(
                after=stop["after"],
                min_confidence_ppm=stop["min_confidence_ppm"],
                reason=stop["reason"],
            )
            for stop in content["stop"]
        ),
    )


def _step(content: Any) -> Step:
    known = dict(content)
    if "answer_kinds" in known:
        known["answer_kinds"] = tuple(known["answer_kinds"])
    return Step(**known)


def _decision(content: Any) -> Decision:
    quorum = content["quorum"]
    share = {"share": Share(**content["share"])} if "share" in content else {}
    return Decision(
        rule=content["rule"],
        weights=content["weights"],
        ties=tuple(content["ties"]),
        min_ballots=quorum["min_ballots"],
        quorum_share=Share(**quorum["share"]),
        **share,
    )


def _check(protocol: Protocol) -> None:
    """What a schema cannot say: names resolve, placeholders are known, schemas are schemas."""
    names = [step.id for step in protocol.steps]
    if len(set(names)) != len(names):
        raise ProtocolInvalid("two steps have one id")
    if unknown := [stop.after for stop in protocol.stop if stop.after not in names]:
        raise ProtocolInvalid(f"a stop names no step: {unknown[0]}")
    if protocol.min_agents > protocol.max_agents:
        raise ProtocolInvalid("fewer agents allowed than needed")
    for text in (protocol.system, *(step.prompt for step in protocol.steps)):
        if foreign := set(_PLACEHOLDER.findall(text)) - PLACEHOLDERS:
            raise ProtocolInvalid(f"unknown placeholder {{{min(foreign)}}}")
    for step in protocol.steps:
        needed = {"answer", "confidence", "reasoning"}
        needed |= {"critique", "severity"} if step.kind == "critique" else set()
        if not needed <= set(step.parse.get("required", [])):
            raise ProtocolInvalid(f"step {step.id}: a reply needs {', '.join(sorted(needed))}")
        try:
            jsonschema_rs.meta.validate(dict(step.parse))
        except jsonschema_rs.ValidationError as error:
            raise ProtocolInvalid(f"step {step.id}: {error.message}") from None


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values for placeholders; a value's own braces are text, never a placeholder."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], template)
