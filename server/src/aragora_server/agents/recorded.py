"""Answers from a cassette, and the recorder that makes one. A cassette is JSONL, a line an attempt.

    {"call_no", "attempt", "request_sha256", "request", "reply", "model_version", "usage", "deltas"}

A request that differs from the recorded one is a mismatch that names the fields: an answer to
another question is worth nothing. Secrets never enter: keys are no part of a request, and what
looks like one is masked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio
import attrs
import orjson
from aragora.receipts import canonical

from .model import Agent, CassetteMismatch, OnDelta, Prompt, ProviderTimeout, Reply, Usage

_SECRET = re.compile(
    r"\b(?:sk|rk|pk|gsk|xai|ara)[-_][A-Za-z0-9_-]{16,}|\bAIza[\w-]{30,}|(?i:bearer)\s+[\w.~+/-]{16,}=*"
)
REDACTED = "[redacted]"


def redacted(text: str) -> str:
    return _SECRET.sub(REDACTED, text)


def request_of(prompt: Prompt, *, max_output_tokens: int) -> dict[str, Any]:
    """What makes two asks the same ask. The debate's id and nonces that hang on it are part."""
    return {
        "system": redacted(prompt.system),
        "user": redacted(prompt.user),
        "schema": orjson.dumps(prompt.schema, option=orjson.OPT_SORT_KEYS).decode(),
        "max_output_tokens": max_output_tokens,
    }


def digest_of(request: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical.dump_plain(dict(request))).hexdigest()


@attrs.frozen(kw_only=True)
class RecordedAgent:
    """Replays one cassette; the deadline and deltas behave as they did."""

    path: Path

    async def ask(
        self,
        prompt: Prompt,
        *,
        max_output_tokens: int,
        deadline_s: float,
        on_delta: OnDelta | None = None,
    ) -> Reply:
        request = request_of(prompt, max_output_tokens=max_output_tokens)
        line = await self._find(prompt, request)
        with anyio.move_on_after(deadline_s) as within:
            for delta in line["deltas"]:
                if on_delta is not None:
                    await on_delta(delta)
            await anyio.sleep(0)
        if within.cancelled_caught:
            raise ProviderTimeout(f"no answer within {deadline_s:g} s")
        return Reply(
            text=line["reply"],
            usage=Usage(**line["usage"]),
            model_version=line["model_version"],
        )

    async def _find(self, prompt: Prompt, request: Mapping[str, Any]) -> dict[str, Any]:
        """The recorded attempt of this agent's call with this very request."""
        nearest: dict[str, Any] | None = None
        for line in (await anyio.Path(self.path).read_bytes()).splitlines():
            entry: dict[str, Any] = orjson.loads(line)
            if (entry["call_no"], entry["attempt"]) != (prompt.call_no, prompt.attempt):
                continue
            if entry["request_sha256"] == digest_of(request):
                return entry
            nearest = nearest or entry
        raise CassetteMismatch(_difference(prompt, nearest, request))


@attrs.frozen(kw_only=True)
class Recorder:
    """Stands before any agent and writes what it answers, a line a reply."""

    agent: Agent
    path: Path

    async def ask(
        self,
        prompt: Prompt,
        *,
        max_output_tokens: int,
        deadline_s: float,
        on_delta: OnDelta | None = None,
    ) -> Reply:
        deltas: list[str] = []

        async def note(delta: str) -> None:
            deltas.append(redacted(delta))
            if on_delta is not None:
                await on_delta(delta)

        reply = await self.agent.ask(
            prompt, max_output_tokens=max_output_tokens, deadline_s=deadline_s, on_delta=note
        )
        request = request_of(prompt, max_output_tokens=max_output_tokens)
        line = {
            "call_no": prompt.call_no,
            "attempt": prompt.attempt,
            "request_sha256": digest_of(request),
            "request": request,
            "reply": redacted(reply.text),
            "model_version": reply.model_version,
            "usage": attrs.asdict(reply.usage),
            "deltas": deltas,
        }
        async with await anyio.open_file(self.path, "ab") as file:
            await file.write(orjson.dumps(line) + b"\n")
        return reply


def _difference(prompt: Prompt, entry: Mapping[str, Any] | None, request: Mapping[str, Any]) -> str:
    where = f"call {prompt.call_no}, attempt {prompt.attempt}"
    if entry is None:
        return f"the cassette holds nothing for {where}"
    fields = [name for name in request if entry["request"].get(name) != request[name]]
    told = "; ".join(_field(name, entry["request"].get(name), request[name]) for name in fields)
    return f"{where} was recorded with another request: {told}"


def _field(name: str, recorded: object, asked: object) -> str:
    """Both values from a little before the first difference on."""
    left, right = str(recorded), str(asked)
    same = next(
        (at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    start = max(0, same - 20)
    return f"{name} at {same}: {left[start : same + 40]!r} became {right[start : same + 40]!r}"
