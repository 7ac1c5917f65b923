"""Errors as RFC 9457 problem documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs
import orjson

from .errors import AragoraError, FieldError
from .operation import ErrorCode
from .redaction import Redactor

MEDIA_TYPE = "application/problem+json"
# The published document carries the catalogue, so the link works wherever the server runs.
DOC_URL = "/v1/openapi.json#/x-error-codes/"


@attrs.frozen
class Problems:
    """The catalogue of codes, and what each looks like on the wire."""

    catalogue: Mapping[str, ErrorCode]
    redact: Callable[[str], str] = attrs.field(factory=Redactor)

    def knows(self, error: AragoraError) -> bool:
        known = self.catalogue.get(error.code)
        return known is not None and known.status == error.status

    def encode(self, error: AragoraError, *, instance: str, request_id: str) -> bytes:
        known = self.catalogue[error.code]
        return orjson.dumps(
            {
                "type": f"urn:aragora:error:{known.code}",
                "title": known.title,
                "status": known.status,
                "detail": self.redact(error.detail) or known.title,
                "instance": instance,
                "code": known.code,
                "request_id": request_id,
                "doc_url": DOC_URL + known.code,
                "errors": [self._told(fault) for fault in error.errors],
                **error.members,
            }
        )

    def _told(self, fault: FieldError) -> dict[str, str]:
        told: dict[str, str] = attrs.asdict(fault)
        return {**told, "message": self.redact(fault.message)}
