"""What a webhook endpoint of yours is sent: is it from your server, and what does it say?

    from aragora import webhooks

    event = webhooks.unwrap(body, headers, secret="whsec_...")
    if event.type == "budget.exhausted":
        ...

Signed after Standard Webhooks, so any library for that standard verifies it as well. Answer with
any 2xx; an event may come more than once, with the same `webhook-id` each time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from aragora.errors import AragoraError, ConfigurationError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from aragora._core.model import UnknownEvent
    from aragora.types import WebhookEvent

TOLERANCE_S = 300
_NAMES = ("webhook-id", "webhook-timestamp", "webhook-signature")
_TIME = re.compile(r"[0-9]{1,15}", re.ASCII)
_MARK = "whsec_"

Reason = Literal[
    "missing_header", "malformed_timestamp", "no_match", "too_old", "too_new", "malformed_body"
]


class WebhookInvalid(AragoraError):
    """What came is not an event of your server, or it is too old: refuse it. `reason` says why."""

    def __init__(self, message: str, reason: Reason) -> None:
        super().__init__(message, reason)
        self.reason: Reason = reason

    def __str__(self) -> str:
        return str(self.args[0])


def unwrap(
    body: bytes | str,
    headers: Mapping[str, str],
    secret: str | Sequence[str],
    *,
    tolerance_s: float = TOLERANCE_S,
    now: float | None = None,
) -> WebhookEvent | UnknownEvent:
    """The event, when it is signed with one of the secrets; else WebhookInvalid.

    `body` is what came, to the byte: an object that was parsed and written again has another
    signature. A kind of event that this version does not know is an `UnknownEvent`.
    """
    verify_signature(body, headers, secret, tolerance_s=tolerance_s, now=now)
    return _event(body)


def verify_signature(
    body: bytes | str,
    headers: Mapping[str, str],
    secret: str | Sequence[str],
    *,
    tolerance_s: float = TOLERANCE_S,
    now: float | None = None,
) -> None:
    """WebhookInvalid unless it is signed with one of the secrets, and not too long ago.

    During a rotation give both secrets. `now` is a Unix time, for tests.
    """
    message_id, sent_at, signature = _needed(headers)
    if _TIME.fullmatch(sent_at) is None:
        raise WebhookInvalid("webhook-timestamp is no Unix time", "malformed_timestamp")
    raw = body.encode() if isinstance(body, str) else body
    signed = f"{message_id}.{sent_at}.".encode() + raw
    if not _is_signed(signed, signature, _keys(secret)):
        raise WebhookInvalid("the signature is of none of these secrets", "no_match")
    age_s = (time.time() if now is None else now) - int(sent_at)
    if age_s > tolerance_s:
        raise WebhookInvalid("it was sent too long ago", "too_old")
    if age_s < -tolerance_s:
        raise WebhookInvalid("it is from the future: look at the clocks", "too_new")


def _needed(headers: Mapping[str, str]) -> list[str]:
    found = {name.lower(): value for name, value in headers.items()}
    for name in _NAMES:
        if name not in found:
            raise WebhookInvalid(f"the header {name} is missing", "missing_header")
    return [found[name] for name in _NAMES]


def _keys(secret: str | Sequence[str]) -> list[bytes]:
    secrets = [secret] if isinstance(secret, str) else list(secret)
    try:
        keys = [base64.b64decode(one.removeprefix(_MARK), validate=True) for one in secrets]
    except (binascii.Error, ValueError):
        keys = []
    if not keys or not all(keys):
        raise ConfigurationError("a webhook secret is written as whsec_ and base64")
    return keys


def _is_signed(signed: bytes, signature: str, keys: Sequence[bytes]) -> bool:
    """Each one is compared, in a time that tells nothing of where they differ."""
    tags = [hmac.new(key, signed, hashlib.sha256).digest() for key in keys]
    given = [_tag(part) for part in signature.split(" ")]
    return any([hmac.compare_digest(tag, one) for tag in tags for one in given])  # noqa: C419


def _tag(part: str) -> bytes:
    """What a signature of version 1 says; nothing when it is of another one or none."""
    version, _, encoded = part.partition(",")
    try:
        return base64.b64decode(encoded, validate=True) if version == "v1" else b""
    except (binascii.Error, ValueError):
        return b""


def _event(body: bytes | str) -> WebhookEvent | UnknownEvent:
    from pydantic import ValidationError

    from aragora._core.model import UnknownEvent

    try:
        raw: Any = json.loads(body)
    except ValueError:
        raise WebhookInvalid("the body is no JSON", "malformed_body") from None
    try:
        event: WebhookEvent = _events().validate_python(raw)
    except ValidationError as fault:
        is_newer = fault.errors()[0]["type"] == "union_tag_invalid"
        if is_newer and isinstance(raw["type"], str):
            return UnknownEvent.model_validate(raw)
        raise WebhookInvalid("the body is no event", "malformed_body") from None
    return event


@cache
def _events() -> TypeAdapter[Any]:
    """Built at the first event: models take a moment."""
    from pydantic import TypeAdapter

    from aragora.types import events

    return TypeAdapter(events.WebhookEvent)
