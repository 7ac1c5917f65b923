"""What a log holds beside receipts, such as that a text was erased.

The log has only the digest of such a statement; the statement itself travels beside its proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from . import log
from .bundle import Evidence
from .canonical import ProfileError, decode, form
from .digest import from_base64
from .keys import LogKey
from .log import Place
from .result import Findings
from .schema import SchemaError, Shape


class EvidenceError(ValueError):
    """It is no statement of its kind, or not what the log holds."""


@dataclass(frozen=True, slots=True)
class Proven:
    """A statement, and where the log has it."""

    content: dict[str, Any]
    place: Place


def prove(sent: Evidence, kind: str, shape: Shape, logs: tuple[LogKey, ...]) -> Proven | None:
    """What was stated; None when it cannot be told here whether a log holds it.

    Raises EvidenceError when it is false: then the statement counts as an attempt to deceive.
    """
    body, content = _read(sent.body, shape)
    findings = Findings()
    log.examine(findings, sent, logs, log.entry_of_body(kind, str(content["id"]), body))
    for check in findings.listed():
        if check.result == "fail":
            raise EvidenceError(f"{check.name}: {check.detail}")
    place = log.place(findings, sent)
    return None if place is None else Proven(content, place)


def _read(encoded: str, shape: Shape) -> tuple[bytes, dict[str, Any]]:
    try:
        body = from_base64(encoded)
    except ValueError:
        raise EvidenceError("the body is not base64") from None
    try:
        content, _ = decode(body)
        if form(content) != body:
            raise EvidenceError("the body is not in canonical form")
        shape(content)
    except (ProfileError, SchemaError) as error:
        raise EvidenceError(f"the body: {error}") from None
    return body, cast(dict[str, Any], content)
